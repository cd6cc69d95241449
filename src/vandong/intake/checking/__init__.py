"""A list checked as a whole, column by column: millions of rows in seconds."""

from vandong.intake.checking.lists import check_list
from vandong.intake.checking.shapes import (
    FINDINGS,
    FRAME,
    SKIPPED,
    CheckContext,
    CheckedList,
    FindUnits,
    FoundUnit,
)

__all__ = [
    "FINDINGS",
    "FRAME",
    "SKIPPED",
    "CheckContext",
    "CheckedList",
    "FindUnits",
    "FoundUnit",
    "check_list",
]
