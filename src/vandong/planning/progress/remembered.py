"""Boards are opened again and again between two imports: their progress is worked out once and remembered.

Only what is the same for every reader is kept; who may see which unit is asked each time, before.
"""

from datetime import date
from functools import lru_cache

from vandong.figures.queries.version import FiguresVersion, figures_version
from vandong.planning.progress.assembly import many_progress
from vandong.planning.progress.shapes import UnitName, UnitProgress

MOST_BOARDS = 64


def remembered_progress(
    units: tuple[UnitName, ...], scheme: str, on: date
) -> tuple[UnitProgress, ...]:
    """The progress of the units, from memory unless a figure has changed since."""
    return _worked_out(units, scheme, on, figures_version())


@lru_cache(maxsize=MOST_BOARDS)
def _worked_out(
    units: tuple[UnitName, ...], scheme: str, on: date, version: FiguresVersion
) -> tuple[UnitProgress, ...]:
    return many_progress(units, scheme, on)
