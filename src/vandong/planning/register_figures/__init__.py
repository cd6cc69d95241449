"""The register's own figures: what its spells and receipts say of each unit, day by day."""

from vandong.planning.register_figures.periods import Grain, Period
from vandong.planning.register_figures.rebuilding import (
    REGISTER_TASK,
    RebuildCounts,
    count_demo_register,
    enqueue_register_figures,
    rebuild_recent,
    rebuild_register_figures,
)

__all__ = [
    "REGISTER_TASK",
    "Grain",
    "Period",
    "RebuildCounts",
    "count_demo_register",
    "enqueue_register_figures",
    "rebuild_recent",
    "rebuild_register_figures",
]
