"""Tables of the figures floor."""

from vandong.figures.models.observation import (
    Measure,
    Observation,
    PrintedFigure,
    Scheme,
    SourceKind,
)
from vandong.figures.models.plan import Commitment, Plan, PlanKind, Target

__all__ = [
    "Commitment",
    "Measure",
    "Observation",
    "Plan",
    "PlanKind",
    "PrintedFigure",
    "Scheme",
    "SourceKind",
    "Target",
]
