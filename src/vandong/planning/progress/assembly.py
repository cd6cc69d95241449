"""Progress put together from facts, without asking who reads: only `reading` hands it out, after
authorising."""

from collections.abc import Sequence
from datetime import date

from vandong.accounts.models import Channel
from vandong.figures.models import Measure, SourceKind
from vandong.figures.queries.flows import FlowTotal, FlowWant, flow_totals
from vandong.figures.queries.printed import PrintedRow, printed_figures
from vandong.figures.queries.readings import Reading, Want, latest_readings
from vandong.kernel.findings import Finding
from vandong.measures.channels import channel_split
from vandong.measures.findings.closing import channels_do_not_close, unexplained_change
from vandong.measures.staleness import is_stale
from vandong.measures.stock_identity import INFLOWS, OUTFLOWS, stock_identity
from vandong.planning.progress.coverage_rows import coverage_rows
from vandong.planning.progress.explained import Explained
from vandong.planning.progress.facts import UnitFacts, day_after, unit_facts
from vandong.planning.progress.findings import present, unit_findings
from vandong.planning.progress.growth_rows import growth_rows
from vandong.planning.progress.plan_rows import plan_rows
from vandong.planning.progress.printed_checks import (
    denominators_that_differ,
    printed_checks,
    printed_findings,
)
from vandong.planning.progress.reconciling import is_counted_whole
from vandong.planning.progress.set_beside import findings_set_beside, renewals_among_outsiders
from vandong.planning.progress.shapes import (
    Baseline,
    Flow,
    PrintedCheck,
    UnitName,
    UnitProgress,
)
from vandong.planning.progress.sources import explained_flow

YEAR_FLOWS: tuple[str, ...] = (
    Measure.GROSS_NEW,
    Measure.FIRST_TIME,
    Measure.RETURNING,
    Measure.RENEWED,
    Measure.LAPSED,
    Measure.APPROACHED,
    Measure.REVENUE,
)


def many_progress(units: Sequence[UnitName], scheme: str, on: date) -> tuple[UnitProgress, ...]:
    """The progress of many units as a board needs it, in four or five queries whatever their number."""
    return tuple(_progress(facts) for facts in unit_facts(units, scheme, on))


def single_progress(unit: UnitName, scheme: str, on: date) -> UnitProgress:
    """The progress of one unit with everything: flows of the year, printed percentages, channels, the
    identity."""
    spans = [(measure, date(on.year, 1, 1)) for measure in YEAR_FLOWS]
    facts = unit_facts([unit], scheme, on, spans)[0]
    bare = _progress(facts)
    stock = facts.stock()
    flows, flow_findings = _flows(facts)
    flow_findings += renewals_among_outsiders(facts)
    if stock is None:
        return _with(bare, flows=flows, extra=flow_findings)
    printed = printed_figures(unit.unit_id, [stock.as_of])
    own = [row for row in printed if row.scheme == scheme]
    checks = printed_checks(own, stock, bare.plans, bare.growth, bare.coverage)
    extra = [
        *flow_findings,
        *printed_findings(own, checks, stock, bare.growth),
        *denominators_that_differ(printed, _stocks_of(unit, printed, stock.as_of)),
        *findings_set_beside(
            facts, stock, bare.plans, bare.coverage, list(zip(own, checks, strict=True))
        ),
        _identity_finding(facts, stock, bare),
    ]
    return _with(bare, flows=flows, printed=checks, extra=extra)


def _progress(facts: UnitFacts) -> UnitProgress:
    stock = facts.stock()
    plans = plan_rows(facts)
    if stock is None:
        return UnitProgress(
            facts.unit, facts.scheme, facts.on, None, None, False, plans, (), (), (), (), ()
        )
    growth = growth_rows(facts, stock)
    return UnitProgress(
        unit=facts.unit,
        scheme=facts.scheme,
        on=facts.on,
        stock=facts.stock_figure(),
        stock_on=stock.as_of,
        is_stale=is_stale(stock.as_of, facts.on),
        plans=plans,
        growth=growth,
        coverage=coverage_rows(facts),
        flows=(),
        printed=(),
        findings=unit_findings(facts, stock, plans, growth),
    )


def _with(
    bare: UnitProgress,
    *,
    flows: tuple[Flow, ...],
    printed: tuple[PrintedCheck, ...] = (),
    extra: Sequence[Finding | None] = (),
) -> UnitProgress:
    return UnitProgress(
        unit=bare.unit,
        scheme=bare.scheme,
        on=bare.on,
        stock=bare.stock,
        stock_on=bare.stock_on,
        is_stale=bare.is_stale,
        plans=bare.plans,
        growth=bare.growth,
        coverage=bare.coverage,
        flows=flows,
        printed=printed,
        findings=present([*bare.findings, *extra]),
    )


def _flows(facts: UnitFacts) -> tuple[tuple[Flow, ...], list[Finding | None]]:
    """The flows of the year with their channels, and where the channels do not add up to the whole."""
    start = date(facts.on.year, 1, 1)
    whole = [
        found
        for measure in YEAR_FLOWS
        if (found := facts.flow(measure, start, facts.on)) is not None
    ]
    wants = [
        FlowWant(
            facts.unit.unit_id, facts.scheme, one.last.measure, one.first_on, one.until, channel
        )
        for one in whole
        for channel in Channel.values
    ]
    parts = flow_totals(wants)
    rows: list[Flow] = []
    findings: list[Finding | None] = []
    for one in whole:
        rows.append(_flow(one))
        same = [
            parts[want][0] for want in wants if want.measure == one.last.measure and parts[want]
        ]
        rows.extend(_flow(part) for part in same)
        if len(same) > 1:
            split = channel_split(one.amount, {part.want.channel: part.amount for part in same})
            findings.append(channels_do_not_close(one.amount, split))
    return tuple(rows), findings


def _flow(total: FlowTotal) -> Flow:
    return Flow(
        measure=total.last.measure,
        period_from=total.first_on,
        until=total.until,
        total=explained_flow(total),
        channel=total.want.channel,
    )


def _stocks_of(unit: UnitName, rows: Sequence[PrintedRow], on: date) -> dict[str, Reading]:
    wants = {row.scheme: Want(unit.unit_id, row.scheme, Measure.STOCK, on) for row in rows}
    found = latest_readings(list(wants.values()))
    return {scheme: found[want] for scheme, want in wants.items() if want in found}


def _identity_finding(facts: UnitFacts, stock: Reading, progress: UnitProgress) -> Finding | None:
    """Whether joiners and leavers lead from the last month's (else December's) stock to this one.

    Asked only where both joiners and lapses are on record, in the stock's own kind of source, for every day of
    the span.
    """
    for baseline in (Baseline.PREVIOUS_MONTH, Baseline.PREVIOUS_DECEMBER):
        row = progress.growth_since(baseline)
        if row is None or row.on >= stock.as_of:
            continue
        flows = _closing_flows(facts, stock, row.on)
        both_parts = {"first_time", "returning"} <= set(flows)
        if "lapsed" in flows and (both_parts or "gross_new" in flows):
            amounts = {name: flow.quantity for name, flow in flows.items()}
            identity = stock_identity(row.prior.quantity, stock.quantity, amounts)
            return unexplained_change(identity, row.on, stock.as_of)
    return None


def _closing_flows(facts: UnitFacts, stock: Reading, since: date) -> dict[str, Explained]:
    wants = [
        FlowWant(facts.unit.unit_id, facts.scheme, measure, day_after(since), stock.as_of)
        for measure in (*INFLOWS, *OUTFLOWS)
    ]
    own = {
        want.measure: total
        for want, totals in flow_totals(wants).items()
        for total in totals
        if total.last.source_kind == stock.source_kind
    }
    is_counted = stock.source_kind == SourceKind.REGISTER and is_counted_whole(own)
    return {
        measure: explained_flow(total)
        for measure, total in own.items()
        if is_counted or total.missing_days == 0
    }
