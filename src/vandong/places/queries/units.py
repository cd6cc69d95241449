"""Units at their day, and their places in a tree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from vandong.places.models import Placement, Tree, Unit, UnitKind
from vandong.places.queries.spans import valid_on

_HOME: dict[str, Tree] = {UnitKind.AGENCY_AREA: Tree.AGENCY, UnitKind.POST_AREA: Tree.POST}


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit as lists show it. `parents` are names, the nearest first, without the country."""

    unit_id: int
    kind: str
    code: str
    name: str
    valid_from: date | None
    valid_until: date | None
    parents: tuple[str, ...]


def units_on(day: date) -> QuerySet[Unit]:
    """All units of a day."""
    return Unit.objects.filter(valid_on(day))


def unit_at(kind: str | None, code: str, day: date) -> Unit | None:
    """The unit with this code on that day; `kind` empty = any kind. None when there is none, or several."""
    found = units_on(day).filter(code=code)
    if kind:
        found = found.filter(kind=kind)
    rows = list(found[:2])
    return rows[0] if len(rows) == 1 else None


def placement_on(unit: Unit, tree: str, day: date) -> Placement | None:
    """Where the unit stands in the tree on that day."""
    return Placement.objects.filter(valid_on(day), unit=unit, tree=tree).first()


def subtree(unit: Unit, tree: str, day: date) -> QuerySet[Unit]:
    """The unit and all units under it on that day."""
    place = placement_on(unit, tree, day)
    if place is None:
        return Unit.objects.none()
    inside = Placement.objects.filter(valid_on(day), tree=tree, path__startswith=place.path)
    return Unit.objects.filter(id__in=inside.values("unit_id"))


def own_tree(unit: Unit) -> Tree:
    """The tree in which a unit is at home: areas of offices in theirs, all else in the administrative one."""
    return _HOME.get(unit.kind, Tree.ADMINISTRATIVE)


def children(unit: Unit, tree: str, day: date) -> QuerySet[Unit]:
    """The units right below on that day, in alphabetical order."""
    below = Placement.objects.filter(valid_on(day), tree=tree, parent=unit)
    return Unit.objects.filter(id__in=below.values("unit_id")).order_by("sort_key")


def ancestors(unit: Unit, tree: str, day: date) -> tuple[Unit, ...]:
    """The units above on that day, from the root down, without the unit itself."""
    place = placement_on(unit, tree, day)
    if place is None:
        return ()
    ids = path_ids(place.path)[:-1]
    found = Unit.objects.in_bulk(ids)
    return tuple(found[unit_id] for unit_id in ids)


def siblings(unit: Unit, tree: str, day: date) -> QuerySet[Unit]:
    """The other units under the same parent on that day, in alphabetical order."""
    place = placement_on(unit, tree, day)
    if place is None or place.parent is None:
        return Unit.objects.none()
    return children(place.parent, tree, day).exclude(id=unit.id)


def path_ids(path: str) -> list[int]:
    """The ids in a placement's path, from the root to the unit itself."""
    return [int(part) for part in path.split("/") if part]


def unit_lines(units: Iterable[Unit], day: date) -> tuple[UnitLine, ...]:
    """Lines with the names of the parents on that day, or on the unit's own last day. Two queries."""
    rows = list(units)
    paths = _paths([unit.id for unit in rows], day)
    above = {unit_id for path in paths.values() for unit_id in path[1:-1]}
    names = dict(Unit.objects.filter(id__in=above).values_list("id", "name"))
    return tuple(_line(unit, paths.get(unit.id, []), names) for unit in rows)


def _paths(unit_ids: list[int], day: date) -> dict[int, list[int]]:
    """The administrative path of each unit: of the day, else of the span nearest to it."""
    rows = Placement.objects.filter(tree=Tree.ADMINISTRATIVE, unit_id__in=unit_ids)
    found: dict[int, tuple[int, list[int]]] = {}
    for unit_id, path, start, end in rows.values_list(
        "unit_id", "path", "valid_from", "valid_until"
    ):
        far = _days_away(start, end, day)
        if unit_id not in found or far < found[unit_id][0]:
            found[unit_id] = (far, path_ids(path))
    return {unit_id: path for unit_id, (_, path) in found.items()}


def _days_away(start: date | None, end: date | None, day: date) -> int:
    if start is not None and day < start:
        return (start - day).days
    if end is not None and day >= end:
        return (day - end).days + 1
    return 0


def _line(unit: Unit, path: list[int], names: dict[int, str]) -> UnitLine:
    parents = tuple(names[unit_id] for unit_id in reversed(path[1:-1]))
    return UnitLine(
        unit.id, unit.kind, unit.code, unit.name, unit.valid_from, unit.valid_until, parents
    )
