"""Findings about one unit that ask for more than a board reads: plans about to begin, printed percentages of
goals and plans, what calls brought, joiners against the net gain."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from vandong.accounts.models import Channel
from vandong.figures.models import Measure, PlanKind, SourceKind
from vandong.figures.queries.flows import FlowTotal, FlowWant, flow_totals
from vandong.figures.queries.printed import PrintedRow
from vandong.figures.queries.readings import Reading, Want, latest_readings
from vandong.figures.queries.targets import targets_in_force
from vandong.kernel.findings import Finding
from vandong.measures.coverage import deviation
from vandong.measures.findings.bases import gross_is_not_net
from vandong.measures.findings.denominators import renewals_outside_their_denominator
from vandong.measures.findings.growth import points_called_per_cent
from vandong.measures.findings.plans import (
    OwnedPlan,
    net_gap_called_new,
    two_plans_for_one_figure,
)
from vandong.measures.quantity import Quantity, between, exact
from vandong.planning.progress.facts import UnitFacts, day_after
from vandong.planning.progress.findings import NEW_KINDS
from vandong.planning.progress.printed_checks import OF_DENOMINATOR
from vandong.planning.progress.shapes import Coverage, PlanProgress, PrintedCheck
from vandong.planning.progress.sources import explained_target

OVER_GOAL = "pct_over_goal"
"""By how much a coverage goal was exceeded, as printed; its denominator is the goal's."""

_CALLED = (Measure.APPROACHED, Measure.RENEWED, Measure.GROSS_NEW, Measure.FIRST_TIME)


def findings_set_beside(
    facts: UnitFacts,
    stock: Reading,
    plans: Sequence[PlanProgress],
    coverage: Sequence[Coverage],
    printed: Sequence[tuple[PrintedRow, PrintedCheck]],
) -> list[Finding | None]:
    """All of them for a unit with a stock. `printed`: rows of the stock's scheme and day with their checks."""
    rows = [row for row, _ in printed]
    return [
        *coming_gaps_called_new(facts, stock, plans),
        *points_printed_as_per_cent(rows, plans, coverage),
        implied_plan_contradicted(facts, plans, printed),
        joiners_beyond_the_gain(facts, stock),
    ]


def coming_gaps_called_new(
    facts: UnitFacts, stock: Reading, plans: Sequence[PlanProgress]
) -> list[Finding | None]:
    """Targets of new people that begin the day after the stock and are just what a stock plan lacks (S2.3)."""
    next_day = day_after(stock.as_of)
    coming = targets_in_force([facts.unit.unit_id], facts.scheme, next_day)[facts.unit.unit_id]
    called = [
        explained_target(one).quantity
        for one in coming
        if one.kind in NEW_KINDS and one.period_from == next_day
    ]
    gaps = [one.remaining for one in plans if one.kind == PlanKind.STOCK and one.remaining]
    return [net_gap_called_new(gap.quantity, one) for gap in gaps for one in called]


def points_printed_as_per_cent(
    rows: Sequence[PrintedRow], plans: Sequence[PlanProgress], coverage: Sequence[Coverage]
) -> list[Finding | None]:
    """“Exceeds the goal by 0,3%” that is true of percentage points only (S1.2)."""
    found: list[Finding | None] = []
    for row in (one for one in rows if one.kind == OVER_GOAL):
        rate = _coverage(row.denominator, rows, coverage)
        goals = [
            plan.value.quantity / exact(100)
            for plan in plans
            if plan.kind == PlanKind.COVERAGE and plan.denominator == row.denominator
        ]
        if rate is not None:
            found += [points_called_per_cent(deviation(rate, goal), row.printed) for goal in goals]
    return found


def _coverage(
    denominator: str, rows: Sequence[PrintedRow], coverage: Sequence[Coverage]
) -> Quantity | None:
    """The rate on a denominator: recomputed where its size is known, else as printed."""
    for known in coverage:
        if known.denominator == denominator:
            return known.rate.quantity
    for row in rows:
        if row.kind == OF_DENOMINATOR and row.denominator == denominator:
            span = row.printed.if_rounded
            return between(span.low, span.high, row.printed.rate)
    return None


def implied_plan_contradicted(
    facts: UnitFacts,
    plans: Sequence[PlanProgress],
    printed: Iterable[tuple[PrintedRow, PrintedCheck]],
) -> Finding | None:
    """A plan known only by its printed percentage, and targets of new people that lead to another stock (S0.1
    against S1.2)."""
    wanted = [
        OwnedPlan(row.denominator or row.source_text, check.implied.quantity)
        for row, check in printed
        if row.kind == "pct_of_plan" and check.implied is not None
    ]
    if not wanted:
        return None
    starts = {
        plan.plan_id: _stock_on(facts, plan.period_from - timedelta(days=1))
        for plan in plans
        if plan.kind in NEW_KINDS and not plan.channel
    }
    for plan in plans:
        start = starts.get(plan.plan_id)
        if start is not None:
            wanted.append(OwnedPlan(plan.owner, start.quantity + plan.value.quantity))
    return two_plans_for_one_figure(wanted)


def joiners_beyond_the_gain(facts: UnitFacts, stock: Reading) -> Finding | None:
    """New joiners and net gain of one span that differ while no lapses are on record (S1.6, S1.7)."""
    start = date(facts.on.year, 1, 1)
    joined = facts.flow(Measure.GROSS_NEW, start, facts.on)
    if joined is None or joined.until != stock.as_of or _has_holes(joined, start):
        return None
    if facts.flow(Measure.LAPSED, start, facts.on) is not None:
        return None
    before = _stock_on(facts, joined.first_on - timedelta(days=1))
    return (
        None
        if before is None
        else gross_is_not_net(joined.amount, stock.quantity - before.quantity)
    )


def _has_holes(flow: FlowTotal, start: date) -> bool:
    """Whether days inside its own span are not covered; days before its first do not matter."""
    return flow.missing_days > (flow.first_on - start).days


def _stock_on(facts: UnitFacts, day: date) -> Reading | None:
    """The stock stated on that very day."""
    want = Want(facts.unit.unit_id, facts.scheme, Measure.STOCK, day)
    found = latest_readings([want]).get(want)
    return found if found is not None and found.as_of == day else None


def renewals_among_outsiders(facts: UnitFacts) -> list[Finding | None]:
    """Joiners and renewals of one file set against the same people called or visited, with no list of those due
    (S0.12). Our own contacts are no such file: each is counted on its own list."""
    start = date(facts.on.year, 1, 1)
    wants = [
        FlowWant(facts.unit.unit_id, facts.scheme, measure, start, facts.on, channel)
        for channel in ("", *Channel.values)
        for measure in _CALLED
    ]
    found = flow_totals(wants)
    return [_renewals(found, channel) for channel in ("", *Channel.values)]


def _renewals(found: Mapping[FlowWant, Sequence[FlowTotal]], channel: str) -> Finding | None:
    by_measure = {
        want.measure: totals[0]
        for want, totals in found.items()
        if want.channel == channel and totals
    }
    called, renewed = by_measure.get(Measure.APPROACHED), by_measure.get(Measure.RENEWED)
    joined = by_measure.get(Measure.GROSS_NEW) or by_measure.get(Measure.FIRST_TIME)
    if called is None or renewed is None or joined is None:
        return None
    if called.last.source_kind == SourceKind.REGISTER:
        return None
    if len({(one.last.batch_id, one.first_on, one.until) for one in (called, renewed, joined)}) > 1:
        return None
    return renewals_outside_their_denominator(called.amount, None, renewed.amount)
