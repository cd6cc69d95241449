"""What came after a unit and what before it, by the official conversion sheet."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Q, QuerySet

from vandong.places.models import Placement, Succession, Tree, Unit, UnitKind
from vandong.places.queries.spans import is_valid_on, valid_on
from vandong.places.queries.units import subtree


@dataclass(frozen=True, slots=True)
class Heir:
    """A unit of the asked day. `share` of the asked unit's people went there: 1 all, None unknown."""

    unit: Unit
    on: date
    note: str
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class SplitCount:
    """Of `total` communes of before, `split` went into several new ones, `lost` the sheet omits."""

    total: int
    split: int
    lost: int


def successors_on(unit: Unit, day: date) -> tuple[Heir, ...]:
    """The units of `day` that hold what was `unit`, each with note and share, followed over all changes.

    A unit valid on the day is its own successor. A district has none of its own: see `successor_communes`.
    Shares multiply along the way; unknown times anything but 0 stays unknown. Two ways to one unit add up.
    """
    if is_valid_on(unit.valid_from, unit.valid_until, day):
        return (Heir(unit, day, "", Decimal(1)),)
    found: dict[int, Heir] = {}
    for step in _steps(unit, day):
        for heir in successors_on(step.successor, day):
            share = _product(step.share, heir.share)
            known = found.get(heir.unit.id)
            total = share if known is None else _sum(known.share, share)
            found[heir.unit.id] = Heir(heir.unit, step.on, step.note or heir.note, total)
    return tuple(sorted(found.values(), key=lambda heir: heir.unit.sort_key))


def sole_heirs(unit_ids: Collection[int], day: date) -> dict[int, int | None]:
    """For each unit the one unit of `day` where its people live: itself, or its only heir, or the one that took
    all of them; None where they were divided. A few queries for any number of units."""
    found: dict[int, int | None] = {}
    at = {unit_id: unit_id for unit_id in unit_ids}
    while at:
        here = set(at.values())
        held = set(Unit.objects.filter(valid_on(day), pk__in=here).values_list("pk", flat=True))
        steps = _sole_steps(here - held)
        found |= {unit_id: now for unit_id, now in at.items() if now in held}
        found |= {
            unit_id: None for unit_id, now in at.items() if now not in held and now not in steps
        }
        at = {unit_id: steps[now] for unit_id, now in at.items() if now in steps}
    return found


def _sole_steps(unit_ids: set[int]) -> dict[int, int]:
    """Where all people of each unit went at its end, if to one place."""
    ways: dict[int, list[tuple[int, Decimal | None]]] = {}
    rows = Succession.objects.filter(predecessor__in=unit_ids)
    for unit_id, heir_id, share in rows.values_list("predecessor_id", "successor_id", "share"):
        ways.setdefault(unit_id, []).append((heir_id, share))
    whole = {
        unit_id: [heir_id for heir_id, share in heirs if share == 1 or len(heirs) == 1]
        for unit_id, heirs in ways.items()
    }
    return {unit_id: heirs[0] for unit_id, heirs in whole.items() if len(heirs) == 1}


def origins(unit: Unit) -> tuple[Succession, ...]:
    """What went into the unit, in alphabetical order; `predecessor` is loaded."""
    rows = Succession.objects.filter(successor=unit).select_related("predecessor")
    return tuple(rows.order_by("on", "predecessor__sort_key"))


def successions(unit: Unit) -> tuple[Succession, ...]:
    """What the unit went into, in alphabetical order; `successor` is loaded."""
    rows = Succession.objects.filter(predecessor=unit).select_related("successor")
    return tuple(rows.order_by("on", "successor__sort_key"))


def communes_before(unit: Unit) -> QuerySet[Unit]:
    """The communes that stood under a unit (a district, a province) until the last change of its tree."""
    inside = Q()
    for path in unit.placements.filter(tree=Tree.ADMINISTRATIVE).values_list("path", flat=True):
        inside |= Q(path__startswith=path)
    if not inside:
        return Unit.objects.none()
    ended = Placement.objects.filter(
        inside, tree=Tree.ADMINISTRATIVE, unit__kind=UnitKind.COMMUNE, valid_until__isnull=False
    )
    last = ended.aggregate(last=Max("valid_until"))["last"]
    return Unit.objects.filter(id__in=ended.filter(valid_until=last).values("unit_id"))


def successor_communes(unit: Unit, day: date) -> tuple[Unit, ...]:
    """The communes of `day` that hold what was under `unit` (a district, most of all), alphabetically."""
    if _holds(unit, day):
        inside = subtree(unit, Tree.ADMINISTRATIVE, day)
        return tuple(inside.filter(kind=UnitKind.COMMUNE).order_by("sort_key"))
    before = communes_before(unit)
    kept = [row for row in before if _holds(row, day)]
    reached = Unit.objects.filter(
        Q(origins__predecessor__in=before) | Q(origins__predecessor=unit), kind=UnitKind.COMMUNE
    ).distinct()
    found = {row.id: row for row in (*kept, *(row for row in reached if _holds(row, day)))}
    return tuple(sorted(found.values(), key=lambda row: row.sort_key))


def split_count(communes: QuerySet[Unit]) -> SplitCount:
    """How many of these communes went into more than one new one, as the sheet lists them, or into none."""
    counted = communes.annotate(ways=Count("successions"))
    rows = list(counted.values_list("ways", "valid_until"))
    split = sum(ways > 1 for ways, _ in rows)
    lost = sum(ways == 0 and ended is not None for ways, ended in rows)
    return SplitCount(len(rows), split, lost)


def _holds(unit: Unit, day: date) -> bool:
    return is_valid_on(unit.valid_from, unit.valid_until, day)


def _steps(unit: Unit, day: date) -> Iterable[Succession]:
    return unit.successions.filter(on__lte=day).select_related("successor").order_by("id")


def _product(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    if 0 in (one, other):
        return Decimal(0)
    return None if one is None or other is None else one * other


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other
