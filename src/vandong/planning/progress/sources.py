"""From rows as read to inputs and figures that can be opened."""

from dataclasses import replace
from fractions import Fraction
from functools import partial

from vandong.figures.models import Measure, PlanKind
from vandong.figures.queries.flows import FlowTotal
from vandong.figures.queries.readings import Reading
from vandong.figures.queries.targets import TargetRow
from vandong.kernel.exactness import Exactness
from vandong.measures.quantity import Quantity
from vandong.planning.progress.explained import Explained, Input, Part, Source

MEASURED_IN: dict[str, str] = {Measure.REVENUE: "dong", Measure.HOUSEHOLDS: "households"}
PLAN_MEASURED_IN: dict[str, str] = {PlanKind.REVENUE: "dong", PlanKind.COVERAGE: "per_cent"}


def reading_input(label: str, reading: Reading) -> Input:
    """One observation as an input."""
    return Input(
        label=label,
        value=Fraction(reading.value),
        exactness=Exactness(reading.exactness),
        measured_in=measured_in(reading.measure),
        on=reading.as_of,
        period_from=reading.period_from,
        source=reading_source(reading),
        restated=reading.restated,
    )


def reading_source(reading: Reading) -> Source:
    """Where an observation was stated."""
    return Source(
        reading.source_kind,
        reading.source_text,
        reading.file_name,
        reading.batch_id,
        reading.batch_row,
    )


def explained_reading(label: str, reading: Reading) -> Explained:
    """An observation as a figure: the value as stated."""
    given = partial(reading_input, label, reading)
    return Explained(reading.quantity, "reading", (given,), measured_in(reading.measure))


def measured_in(measure: str) -> str:
    """In what a measure is counted."""
    return MEASURED_IN.get(measure, "people")


def target_input(target: TargetRow) -> Input:
    """A target as an input, dated by its plan's deadline."""
    return Input(
        label="plan",
        value=target.quantity.nominal,
        exactness=Exactness(target.exactness),
        measured_in=plan_measured_in(target.kind),
        on=target.deadline,
        period_from=target.period_from,
        source=Source(
            target.source_kind,
            target.source_text or target.document,
            target.file_name,
            target.batch_id,
            target.batch_row,
        ),
    )


def explained_target(target: TargetRow) -> Explained:
    """A target as a figure."""
    given = partial(target_input, target)
    return Explained(target.quantity, "reading", (given,), plan_measured_in(target.kind))


def plan_measured_in(kind: str) -> str:
    """In what a plan of this kind counts."""
    return PLAN_MEASURED_IN.get(kind, "people")


def flow_input(flow: FlowTotal) -> Input:
    """A sum over a span as an input. With several rows the last one's source stands for all, without its
    row number."""
    last = flow.last
    source = reading_source(last)
    return Input(
        label=last.measure,
        value=flow.amount.nominal,
        exactness=Exactness.EXACT if flow.amount.is_exact else Exactness.ABOUT,
        measured_in=measured_in(last.measure),
        on=flow.until,
        period_from=flow.first_on,
        source=source if flow.row_count == 1 else replace(source, row=None),
        restated=last.restated,
    )


def explained_flow(flow: FlowTotal) -> Explained:
    """A sum over a span as a figure."""
    formula = "reading" if flow.row_count == 1 else "flow_sum"
    given = partial(flow_input, flow)
    return Explained(flow.amount, formula, (given,), measured_in(flow.last.measure))


def months_input(label: str, months: Fraction) -> Input:
    """A number of months that went into a pace."""
    return Input(label=label, value=months, measured_in="months")


def combined(
    formula: str, quantity: Quantity, *parts: Part, measured_in: str = "people"
) -> Explained:
    """A figure worked out of others."""
    return Explained(quantity, formula, parts, measured_in)
