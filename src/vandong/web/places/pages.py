"""What the unit page shows, gathered in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vandong.kernel.days import format_day
from vandong.kernel.numbers import format_decimal
from vandong.phrases.forms import in_language
from vandong.places.models import Succession, Unit, UnitKind
from vandong.places.queries import (
    SplitCount,
    ancestors,
    children,
    communes_before,
    is_valid_on,
    origins,
    own_tree,
    split_count,
    successions,
    successor_communes,
    unit_lines,
)

KIND_NAMES = {
    UnitKind.COUNTRY: _("Cả nước"),
    UnitKind.PROVINCE: _("Tỉnh, thành phố"),
    UnitKind.DISTRICT: _("Quận, huyện"),
    UnitKind.COMMUNE: _("Xã, phường, đặc khu"),
    UnitKind.CLUSTER: _("Tổ, cụm dân cư"),
    UnitKind.AGENCY_AREA: _("Địa bàn BHXH cơ sở"),
    UnitKind.POST_AREA: _("Địa bàn Bưu điện"),
}
SORTS = {"ten": "sort_key", "ma": "code", "dien-tich": "area_km2"}


@dataclass(frozen=True, slots=True)
class Passage:
    """One unit before or after, with the note of the sheet and what it says about people."""

    unit: Unit
    parents: str
    on: date
    note: str
    people: str


@dataclass(frozen=True, slots=True)
class Child:
    """One row of the table of units below."""

    unit: Unit
    area: str


@dataclass(frozen=True, slots=True)
class UnitPage:
    """Everything that the page of a unit shows on a day."""

    unit: Unit
    kind: Promise | str
    day: date
    holds: bool
    other_day: date | None
    above: tuple[Unit, ...]
    children: tuple[Child, ...]
    area: str
    before: tuple[Passage, ...]
    after: tuple[Passage, ...]
    heirs: tuple[Unit, ...]
    split: SplitCount | None
    sort: str
    is_reversed: bool


def unit_page(unit: Unit, day: date, sort: str = "ten", is_reversed: bool = False) -> UnitPage:
    """The page of a unit on a day. A unit of other days shows its tree as it last stood, and says so."""
    holds = is_valid_on(unit.valid_from, unit.valid_until, day)
    other_day = None if holds else _nearest_day(unit, day)
    shown = other_day or day
    after = successions(unit)
    heirs = () if holds or after else successor_communes(unit, day)
    return UnitPage(
        unit=unit,
        kind=KIND_NAMES[UnitKind(unit.kind)],
        day=day,
        holds=holds,
        other_day=other_day,
        above=ancestors(unit, own_tree(unit), shown),
        children=_children(unit, shown, sort, is_reversed),
        area=area_text(unit.area_km2),
        before=_passages(origins(unit), "predecessor"),
        after=_passages(after, "successor"),
        heirs=heirs,
        split=_split(unit),
        sort=sort if sort in SORTS else "ten",
        is_reversed=is_reversed,
    )


def area_text(area_km2: float | None) -> str:
    """An area as people write it, "2,97"; empty when unknown."""
    if area_km2 is None:
        return ""
    return in_language(format_decimal(Fraction(str(area_km2)), 2), get_language() or "vi")


def span_words(unit: Unit) -> tuple[str, str]:
    """First and last day of a unit as text; empty when open."""
    first = format_day(unit.valid_from) if unit.valid_from else ""
    last = format_day(unit.valid_until - timedelta(days=1)) if unit.valid_until else ""
    return first, last


def _nearest_day(unit: Unit, day: date) -> date:
    if unit.valid_until is not None and day >= unit.valid_until:
        return unit.valid_until - timedelta(days=1)
    return unit.valid_from or day


def _children(unit: Unit, day: date, sort: str, is_reversed: bool) -> tuple[Child, ...]:
    rows = list(children(unit, own_tree(unit), day))
    column = SORTS.get(sort, "sort_key")
    known = [row for row in rows if getattr(row, column) is not None]
    known.sort(key=lambda row: (getattr(row, column), row.sort_key), reverse=is_reversed)
    unknown = [row for row in rows if getattr(row, column) is None]
    return tuple(Child(row, area_text(row.area_km2)) for row in (*known, *unknown))


def _passages(rows: tuple[Succession, ...], side: str) -> tuple[Passage, ...]:
    units = [getattr(row, side) for row in rows]
    day = rows[0].on if rows else date.min
    shown = day if side == "successor" else day - timedelta(days=1) if rows else day
    lines = unit_lines(units, shown)
    return tuple(
        Passage(unit, ", ".join(line.parents), row.on, row.note, _people(row.share))
        for row, unit, line in zip(rows, units, lines, strict=True)
    )


def _people(share: Decimal | None) -> str:
    if share is None:
        return "unknown"
    return {Decimal(0): "none", Decimal(1): "all"}.get(share, "part")


def _split(unit: Unit) -> SplitCount | None:
    if unit.kind not in {UnitKind.PROVINCE, UnitKind.DISTRICT}:
        return None
    counted = split_count(communes_before(unit))
    return counted if counted.total else None
