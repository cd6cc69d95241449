"""The official lists of units and the conversion sheet of 1 July 2025, read and made whole."""

from vandong.places.official.plan import official_plan
from vandong.places.official.planned import (
    CHANGE_DAY,
    COUNTRY_CODE,
    OfficialPlan,
    PlannedPlacement,
    PlannedSuccession,
    PlannedUnit,
    UnitMark,
)

__all__ = [
    "CHANGE_DAY",
    "COUNTRY_CODE",
    "OfficialPlan",
    "PlannedPlacement",
    "PlannedSuccession",
    "PlannedUnit",
    "UnitMark",
    "official_plan",
]
