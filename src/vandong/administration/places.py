"""Loading the official units: the lists of January and July 2025 and the conversion sheet between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from vandong.accounts.queries.scope import Actor, Right, require
from vandong.administration.audit_trail import Subject, record
from vandong.kernel.names import fold, sort_key, tone_key
from vandong.places.models import Placement, Succession, Tree, Unit
from vandong.places.official import (
    CHANGE_DAY,
    OfficialPlan,
    PlannedPlacement,
    PlannedSuccession,
    PlannedUnit,
    UnitMark,
    official_plan,
)

_SUBJECT = "units 2025-01, 2025-07"
_UNIT_FIELDS = (
    "name",
    "name_key",
    "name_fold",
    "sort_key",
    "valid_until",
    "lat",
    "lon",
    "area_km2",
)
_UNIT_COLUMNS = ("id", "kind", "code", "valid_from", *_UNIT_FIELDS)
_PLACEMENT_COLUMNS = ("tree", "unit_id", "parent_id", "path", "valid_from", "valid_until")
_SUCCESSION_COLUMNS = ("predecessor_id", "successor_id", "on", "note", "share")


@dataclass(frozen=True, slots=True)
class LoadedUnits:
    """How many rows came new, were mended to the lists, or stood already; how many faults the lists have."""

    new_count: int
    changed_count: int
    unchanged_count: int
    fault_count: int


def load_official_units(*, actor: Actor, at: datetime) -> LoadedUnits:
    """Bring the official units, their tree and successions into the records. Running again changes nothing.

    Units that people made themselves are left alone. Raises NotAllowed.
    """
    require(actor, Right.MANAGE_PLACES)
    plan = official_plan()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {Unit._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
        ids, counts = _load_units(plan)
        counts = _added(counts, _load_placements(plan.placements, ids))
        counts = _added(counts, _load_successions(plan.successions, ids))
        loaded = LoadedUnits(*counts, fault_count=len(plan.faults))
        if loaded.new_count or loaded.changed_count:
            record(
                actor=actor,
                action="official_units.loaded",
                subject=Subject("places.unit", CHANGE_DAY.isoformat(), _SUBJECT),
                before=None,
                after=_summary(plan, loaded),
                at=at,
            )
    return loaded


Counts = tuple[int, int, int]


def _added(one: Counts, other: Counts) -> Counts:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _summary(plan: OfficialPlan, loaded: LoadedUnits) -> dict[str, int]:
    return {
        "units": len(plan.units),
        "placements": len(plan.placements),
        "successions": len(plan.successions),
        "new": loaded.new_count,
        "changed": loaded.changed_count,
        "faults": loaded.fault_count,
    }


def _load_units(plan: OfficialPlan) -> tuple[dict[UnitMark, int], Counts]:
    stored = {
        UnitMark(unit.kind, unit.code, unit.valid_from): unit
        for unit in Unit.objects.filter(kind__in={unit.mark.kind for unit in plan.units})
    }
    fresh = [unit for unit in plan.units if unit.mark not in stored]
    changed = [
        stored[unit.mark]
        for unit in plan.units
        if unit.mark in stored and _brought_up(stored[unit.mark], unit)
    ]
    Unit.objects.bulk_update(changed, _UNIT_FIELDS, batch_size=1000)
    ids = {mark: unit.id for mark, unit in stored.items()}
    reserved = _reserved_ids(Unit._meta.db_table, len(fresh))
    ids |= {unit.mark: unit_id for unit, unit_id in zip(fresh, reserved, strict=True)}
    rows = ((ids[unit.mark], *unit.mark, *_unit_values(unit)) for unit in fresh)
    _copy(Unit._meta.db_table, _UNIT_COLUMNS, rows)
    return ids, (len(fresh), len(changed), len(plan.units) - len(fresh) - len(changed))


def _unit_values(unit: PlannedUnit) -> tuple[object, ...]:
    name = unit.name
    keys = (tone_key(name), fold(name), sort_key(name))
    return (name, *keys, unit.valid_until, *unit.centre)


def _brought_up(stored: Unit, planned: PlannedUnit) -> bool:
    """Set the stored unit to the lists; whether anything differed."""
    wanted = dict(zip(_UNIT_FIELDS, _unit_values(planned), strict=True))
    differs = any(getattr(stored, field) != value for field, value in wanted.items())
    for field, value in wanted.items():
        setattr(stored, field, value)
    return differs


def _load_placements(planned: Sequence[PlannedPlacement], ids: dict[UnitMark, int]) -> Counts:
    wanted = {
        (ids[place.line[-1]], place.valid_from): _placement_values(place, ids) for place in planned
    }
    stored = {
        (place.unit_id, place.valid_from): place
        for place in Placement.objects.filter(tree=Tree.ADMINISTRATIVE)
    }
    fresh = [key for key in wanted if key not in stored]
    changed = []
    for key, (parent_id, path, until) in wanted.items():
        place = stored.get(key)
        if place and (place.parent_id, place.path, place.valid_until) != (parent_id, path, until):
            place.parent_id, place.path, place.valid_until = parent_id, path, until
            changed.append(place)
    Placement.objects.bulk_update(changed, ["parent", "path", "valid_until"], batch_size=1000)
    rows = (
        (
            Tree.ADMINISTRATIVE.value,
            unit_id,
            *wanted[unit_id, start][:2],
            start,
            wanted[unit_id, start][2],
        )
        for unit_id, start in fresh
    )
    _copy(Placement._meta.db_table, _PLACEMENT_COLUMNS, rows)
    return len(fresh), len(changed), len(wanted) - len(fresh) - len(changed)


def _placement_values(
    place: PlannedPlacement, ids: dict[UnitMark, int]
) -> tuple[int | None, str, date | None]:
    line = [ids[mark] for mark in place.line]
    parent_id = line[-2] if len(line) > 1 else None
    return parent_id, "/" + "".join(f"{unit_id}/" for unit_id in line), place.valid_until


def _load_successions(planned: Sequence[PlannedSuccession], ids: dict[UnitMark, int]) -> Counts:
    wanted = {(ids[pair.old], ids[pair.new]): (pair.note, pair.share) for pair in planned}
    stored = {
        (pair.predecessor_id, pair.successor_id): pair
        for pair in Succession.objects.filter(on=CHANGE_DAY)
    }
    fresh = [key for key in wanted if key not in stored]
    changed = []
    for key, (note, share) in wanted.items():
        pair = stored.get(key)
        if pair and (pair.note, pair.share) != (note, share):
            pair.note, pair.share = note, share
            changed.append(pair)
    Succession.objects.bulk_update(changed, ["note", "share"], batch_size=1000)
    _copy(
        Succession._meta.db_table,
        _SUCCESSION_COLUMNS,
        ((old, new, CHANGE_DAY, *wanted[old, new]) for old, new in fresh),
    )
    return len(fresh), len(changed), len(wanted) - len(fresh) - len(changed)


def _reserved_ids(table: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as lines,
    ):
        for row in rows:
            lines.write_row(row)
