"""Progress of units against their plans: what is read, worked out, explained and found."""

from vandong.planning.progress.explained import Explained, Input, Source
from vandong.planning.progress.reading import (
    progress_of_children,
    progress_of_units,
    trend,
    unit_name,
    unit_progress,
)
from vandong.planning.progress.shapes import (
    Baseline,
    ChildrenProgress,
    Coverage,
    Flow,
    Growth,
    PlanLine,
    PlanProgress,
    PrintedCheck,
    Trend,
    TrendPoint,
    UnitName,
    UnitProgress,
)

__all__ = [
    "Baseline",
    "ChildrenProgress",
    "Coverage",
    "Explained",
    "Flow",
    "Growth",
    "Input",
    "PlanLine",
    "PlanProgress",
    "PrintedCheck",
    "Source",
    "Trend",
    "TrendPoint",
    "UnitName",
    "UnitProgress",
    "progress_of_children",
    "progress_of_units",
    "trend",
    "unit_name",
    "unit_progress",
]
