"""F5: coverage on a named denominator, and deviation from a goal in percentage points."""

from dataclasses import dataclass
from fractions import Fraction

from vandong.measures.quantity import Quantity, exact


def coverage_rate(participants: Quantity, denominator: Quantity) -> Quantity:
    """Participants ÷ denominator, a fraction. Raises ZeroDivisionError when the denominator may be nought."""
    return participants / denominator


@dataclass(frozen=True, slots=True)
class Deviation:
    """Actual against goal: `points` is the difference in percentage points, `relative` the fraction of
    the goal."""

    points: Quantity
    relative: Quantity


def deviation(actual_rate: Quantity, goal_rate: Quantity) -> Deviation:
    """How far two rates (fractions) lie apart: 1,3% against 1,0% is 0,3 points and 30%."""
    apart = actual_rate - goal_rate
    return Deviation(apart * exact(100), actual_rate / goal_rate - exact(1))


def people_for_points(points: Fraction, denominator: Quantity) -> Quantity:
    """How many people make `points` percentage points of a denominator."""
    return denominator * exact(points / 100)
