"""What the official tables are to become: units, places in the tree, successions."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from vandong.places.official.conversion import Fault

CHANGE_DAY = date(2025, 7, 1)
COUNTRY_CODE = "VN"


class UnitMark(NamedTuple):
    """What names a unit in the tables: kind, code, and the day of change when it begins then."""

    kind: str
    code: str
    valid_from: date | None


COUNTRY = UnitMark("country", COUNTRY_CODE, None)


class Centre(NamedTuple):
    """Degrees and square kilometres; None where nothing tells."""

    lat: float | None = None
    lon: float | None = None
    area_km2: float | None = None


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """A unit to stand in the records; `valid_until` exclusive."""

    mark: UnitMark
    name: str
    valid_until: date | None
    centre: Centre


@dataclass(frozen=True, slots=True)
class PlannedPlacement:
    """A place in the administrative tree: the units from the root to the unit itself."""

    line: tuple[UnitMark, ...]
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class PlannedSuccession:
    """`share` of the people of `old` came into `new` on the day of change; None when unknown."""

    old: UnitMark
    new: UnitMark
    note: str
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class OfficialPlan:
    """Everything to be loaded, and every fault met on the way."""

    units: tuple[PlannedUnit, ...]
    placements: tuple[PlannedPlacement, ...]
    successions: tuple[PlannedSuccession, ...]
    faults: tuple[Fault, ...]
