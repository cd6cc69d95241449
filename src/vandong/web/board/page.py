"""Everything one board shows, fetched and authorised in one place."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from vandong.accounts.queries.scope import Actor, NotVisible, visible_units
from vandong.figures.models import Scheme, SourceKind
from vandong.figures.queries.days import is_registered, last_stock_day, with_stock
from vandong.places.models import Tree, Unit, UnitKind
from vandong.places.queries.spans import is_valid_on
from vandong.places.queries.successions import Heir, successors_on
from vandong.places.queries.units import ancestors, children, own_tree
from vandong.planning.progress.explained import Explained
from vandong.planning.progress.reading import progress_of_children, unit_progress
from vandong.planning.progress.shapes import ChildrenProgress, UnitProgress
from vandong.web.board.figures import figures_by_key
from vandong.web.board.headings import board_heading, parts_heading
from vandong.web.board.query import BoardQuery
from vandong.web.board.rows import LightCounts, UnitRow, light_counts, unit_rows
from vandong.web.board.tiles import TileMap, tile_map

FIRST_ROWS = 30
TIERS = (UnitKind.COUNTRY, UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.COMMUNE, UnitKind.CLUSTER)


@dataclass(frozen=True, slots=True)
class BoardPage:
    """A board. `query` has unit and day filled in; `heirs` when the unit no longer stands on the day."""

    query: BoardQuery
    unit: Unit
    on: date
    above: tuple[Unit, ...]
    heading: str
    children: ChildrenProgress
    rows: tuple[UnitRow, ...]
    counts: LightCounts
    tiles: TileMap | None
    heirs: tuple[Heir, ...]
    is_valid: bool
    is_made_up: bool
    has_areas: bool
    is_registered: bool

    @property
    def progress(self) -> UnitProgress:
        """The unit's own progress."""
        return self.children.parent

    @property
    def has_blank_tiles(self) -> bool:
        """Whether some tile of the map has no share to colour."""
        return self.tiles is not None and any(tile.share is None for tile in self.tiles.tiles)

    @property
    def shown_rows(self) -> tuple[UnitRow, ...]:
        """The rows on screen: those that need help first, until all are asked for."""
        return self.rows if self.query.is_whole else self.rows[:FIRST_ROWS]


def board_page(actor: Actor, query: BoardQuery) -> BoardPage | None:
    """The board asked for; None when the actor has no unit with figures. Raises NotVisible, NotAllowed."""
    unit = board_unit(actor, query)
    if unit is None:
        return None
    on = query.on or default_day(unit, query.scheme)
    if on is None:
        return None
    has_areas = children(unit, Tree.AGENCY, on).exists() and own_tree(unit) != Tree.AGENCY
    tree = Tree.AGENCY if query.by_agency and has_areas else own_tree(unit)
    progress = progress_of_children(actor, unit, query.scheme, on, tree)
    asked = replace(query, unit_id=unit.pk, on=on)
    is_valid = is_valid_on(unit.valid_from, unit.valid_until, on)
    return BoardPage(
        query=asked,
        unit=unit,
        on=on,
        above=_visible_above(actor, unit, on),
        heading=_heading(progress, actor.language),
        children=progress,
        rows=unit_rows(progress.children, asked),
        counts=light_counts(progress.children),
        tiles=_tiles(progress.children) if tree == Tree.ADMINISTRATIVE else None,
        heirs=() if is_valid else successors_on(unit, on),
        is_valid=is_valid,
        is_made_up=_any_made_up((progress.parent, *progress.children)),
        has_areas=has_areas,
        is_registered=is_registered(unit, query.scheme, on),
    )


def board_unit(actor: Actor, query: BoardQuery) -> Unit | None:
    """The unit asked for, else the highest one in the actor's scope with a stock, the latest first.

    Raises NotVisible when the unit asked for is unknown or outside the scope.
    """
    units = visible_units(actor)
    if query.unit_id is not None:
        unit = units.filter(pk=query.unit_id).first()
        if unit is None:
            raise NotVisible
        return unit
    for kind in TIERS:
        known = list(with_stock(units.filter(kind=kind), query.scheme).order_by("pk")[:200])
        if known:
            return max(known, key=lambda unit: _freshness(unit, query.scheme))
    return None


def _freshness(unit: Unit, scheme: Scheme) -> date:
    return last_stock_day([unit.pk], scheme) or date.min


def default_day(unit: Unit, scheme: Scheme) -> date | None:
    """The last day with a stock of the unit, else of the units below it."""
    own = last_stock_day([unit.pk], scheme)
    if own:
        return own
    day = unit.valid_until or date.max
    below = children(unit, own_tree(unit), day).values_list("pk", flat=True)
    return last_stock_day(list(below), scheme)


def board_figure(
    actor: Actor, query: BoardQuery, key: str
) -> tuple[UnitProgress, BoardQuery, Explained]:
    """One figure of a unit by its key. Raises NotVisible when there is none, or when it is a small cell."""
    unit = board_unit(actor, query)
    on = query.on or (default_day(unit, query.scheme) if unit else None)
    if unit is None or on is None:
        raise NotVisible
    progress = unit_progress(actor, unit, query.scheme, on)
    figure = figures_by_key(progress).get(key)
    if figure is None:
        raise NotVisible
    return progress, replace(query, unit_id=unit.pk, on=on), figure


def _heading(progress: ChildrenProgress, lang: str) -> str:
    parent = progress.parent
    is_known = parent.stock is not None or parent.is_hidden
    told = "" if is_known else parts_heading(progress.children, lang)
    return told or board_heading(parent, lang)


def _visible_above(actor: Actor, unit: Unit, on: date) -> tuple[Unit, ...]:
    above = ancestors(unit, own_tree(unit), on)
    ids = [one.pk for one in above]
    seen = set(visible_units(actor).filter(pk__in=ids).values_list("pk", flat=True))
    return tuple(one for one in above if one.pk in seen)


def _tiles(children: tuple[UnitProgress, ...]) -> TileMap | None:
    """No map of a single unit, nor of units without any share to colour."""
    coloured = any(child.plan and child.plan.share for child in children)
    return tile_map(children) if coloured and len(children) > 1 else None


def _any_made_up(every: Iterable[UnitProgress]) -> bool:
    return any(
        given.source is not None and given.source.kind == SourceKind.MADE_UP
        for progress in every
        for figure in _shown(progress)
        for given in figure.inputs
    )


def _shown(progress: UnitProgress) -> list[Explained]:
    plan = progress.plan
    return [figure for figure in (progress.stock, plan.value if plan else None) if figure]
