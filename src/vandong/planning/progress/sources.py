"""From rows as read to inputs and figures that can be opened."""

from fractions import Fraction

from vandong.figures.models import Measure, PlanKind
from vandong.figures.queries.flows import FlowTotal
from vandong.figures.queries.readings import Reading
from vandong.figures.queries.targets import TargetRow
from vandong.kernel.exactness import Exactness
from vandong.measures.quantity import Quantity, exact
from vandong.planning.progress.explained import Explained, Input, Source

MEASURED_IN = {Measure.REVENUE: "dong", Measure.HOUSEHOLDS: "households"}
PLAN_MEASURED_IN = {PlanKind.REVENUE: "dong", PlanKind.COVERAGE: "per_cent"}


def reading_input(label: str, reading: Reading) -> Input:
    """One observation as an input."""
    return Input(
        label=label,
        value=Fraction(reading.value),
        exactness=Exactness(reading.exactness),
        measured_in=MEASURED_IN.get(Measure(reading.measure), "people"),
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
    given = reading_input(label, reading)
    return Explained(reading.quantity, "reading", (given,), given.measured_in)


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
    given = target_input(target)
    return Explained(target.quantity, "reading", (given,), given.measured_in)


def plan_measured_in(kind: str) -> str:
    """In what a plan of this kind counts."""
    return PLAN_MEASURED_IN.get(PlanKind(kind), "people")


def explained_flow(flow: FlowTotal) -> Explained:
    """A sum over a span. With several rows the source of the last one stands for all, without its row
    number."""
    last = flow.last
    single = flow.row_count == 1
    measured_in = MEASURED_IN.get(Measure(last.measure), "people")
    given = Input(
        label=last.measure,
        value=flow.amount.nominal,
        exactness=Exactness.EXACT if flow.amount.is_exact else Exactness.ABOUT,
        measured_in=measured_in,
        on=flow.until,
        period_from=flow.first_on,
        source=Source(
            last.source_kind,
            last.source_text,
            last.file_name,
            last.batch_id,
            last.batch_row if single else None,
        ),
        restated=last.restated,
    )
    return Explained(flow.amount, "reading" if single else "flow_sum", (given,), measured_in)


def months_input(label: str, months: Fraction) -> Input:
    """A number of months that went into a pace."""
    return Input(label=label, value=months, measured_in="months")


def months_figure(formula: str, value: Fraction, *inputs: Input) -> Explained:
    """A fraction of time."""
    return Explained(exact(value), formula, inputs, "fraction")


def combined(
    formula: str, quantity: Quantity, *parts: Explained | Input, measured_in: str = "people"
) -> Explained:
    """A figure worked out of others: all their inputs, each once."""
    inputs: list[Input] = []
    for part in parts:
        for one in part.inputs if isinstance(part, Explained) else (part,):
            if one not in inputs:
                inputs.append(one)
    return Explained(quantity, formula, tuple(inputs), measured_in)
