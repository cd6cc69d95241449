"""The stock on every denominator that is known of the unit."""

from vandong.figures.models import Measure
from vandong.figures.queries.readings import DENOMINATORS, Reading
from vandong.measures.coverage import coverage_rate
from vandong.planning.progress.explained import Explained
from vandong.planning.progress.facts import UnitFacts
from vandong.planning.progress.shapes import Coverage
from vandong.planning.progress.sources import combined, explained_reading

OF_PEOPLE = tuple(name for name in DENOMINATORS if name != Measure.HOUSEHOLDS)
"""People cannot be a fraction of households."""


def coverage_rows(facts: UnitFacts) -> tuple[Coverage, ...]:
    """One row for each denominator, each with its own day."""
    rows = []
    for name in OF_PEOPLE:
        size = facts.denominator(name)
        if size is not None and size.value > 0:
            rows.append(_coverage(facts.stock_figure(), size))
    return tuple(rows)


def _coverage(people: Explained, size: Reading) -> Coverage:
    whole = explained_reading(size.measure, size)
    rate = coverage_rate(people.quantity, whole.quantity)
    return Coverage(
        denominator=size.measure,
        on=size.as_of,
        size=whole,
        rate=combined("f5_coverage", rate, people, whole, measured_in="fraction"),
    )
