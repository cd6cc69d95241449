"""What the figures of one unit say when they are set side by side."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from vandong.figures.models import PlanKind
from vandong.figures.queries.readings import Reading
from vandong.kernel.findings import Finding
from vandong.measures.findings.closing import baseline_differs, sources_differ, stale
from vandong.measures.findings.growth import DatedStock, decline_hidden_by_last_month
from vandong.measures.findings.plans import (
    OwnedPlan,
    coverage_goal_already_met,
    net_gap_called_new,
    target_already_met,
    two_plans_for_one_figure,
)
from vandong.planning.progress.facts import UnitFacts, baseline_day
from vandong.planning.progress.shapes import Baseline, Growth, PlanProgress

NEW_KINDS = frozenset({PlanKind.GROSS_NEW, PlanKind.FIRST_TIME})
WHOLE_KINDS = frozenset({PlanKind.STOCK, PlanKind.COVERAGE, PlanKind.REVENUE})


def unit_findings(
    facts: UnitFacts, stock: Reading, plans: Sequence[PlanProgress], growth: Sequence[Growth]
) -> tuple[Finding, ...]:
    """Findings that need nothing but the figures already read."""
    return present(
        [
            stale(stock.as_of, facts.on),
            hidden_decline(stock, growth),
            *conflicts(plans),
            *already_met(plans, stock),
            *gaps_called_new(plans),
            *_other_sources(facts, stock),
            *_other_baselines(facts, stock, growth),
        ]
    )


def present(findings: Iterable[Finding | None]) -> tuple[Finding, ...]:
    """Those that were found, the gravest first, in the order given."""
    found = [one for one in findings if one is not None]
    weight = {"error": 0, "warning": 1, "info": 2}
    return tuple(sorted(found, key=lambda one: weight[one.severity]))


def hidden_decline(stock: Reading, growth: Sequence[Growth]) -> Finding | None:
    """The months before the last one fell, the last one rose; never from a stale baseline."""
    by_name = {one.baseline: one for one in growth if not one.stale}
    month, december = by_name.get(Baseline.PREVIOUS_MONTH), by_name.get(Baseline.PREVIOUS_DECEMBER)
    if month is None or december is None:
        return None
    return decline_hidden_by_last_month(
        DatedStock(december.on, december.prior.quantity),
        DatedStock(month.on, month.prior.quantity),
        DatedStock(stock.as_of, stock.quantity),
    )


def conflicts(plans: Sequence[PlanProgress]) -> list[Finding | None]:
    """Plans of the same kind, channel and year that cannot both be the plan. Handing down by months is
    no conflict."""
    alike: dict[tuple[str, str, str, int], list[OwnedPlan]] = defaultdict(list)
    for plan in plans:
        if plan.kind in WHOLE_KINDS and plan.commitment == "assigned":
            key = (plan.kind, plan.channel, plan.denominator, plan.deadline.year)
            alike[key].append(OwnedPlan(plan.owner, plan.value.quantity))
    return [
        two_plans_for_one_figure(several) for key, several in alike.items() if key[0] == "stock"
    ]


def already_met(plans: Sequence[PlanProgress], stock: Reading) -> list[Finding | None]:
    """Stock plans not above the stock they started from, and coverage goals met while people are still
    missing."""
    found: list[Finding | None] = []
    left = next(
        (one.remaining for one in plans if one.kind in {PlanKind.STOCK, PlanKind.NET_NEW}), None
    )
    for plan in plans:
        if plan.kind == PlanKind.STOCK and not plan.channel:
            start = stock.quantity if plan.base is None else plan.base.quantity
            if plan.value.quantity.high <= start.low:
                found.append(
                    target_already_met(plan.owner, plan.value.quantity, stock.quantity, stock.as_of)
                )
        if plan.kind == PlanKind.COVERAGE and plan.achieved is not None and left is not None:
            rate, goal = plan.achieved.quantity, plan.value.quantity
            found.append(coverage_goal_already_met(rate, goal, left.quantity))
    return found


def gaps_called_new(plans: Sequence[PlanProgress]) -> list[Finding | None]:
    """A target of new people that is just the gap between a stock plan and the stock."""
    gaps = [one.remaining for one in plans if one.kind == PlanKind.STOCK and one.remaining]
    new = [one.value for one in plans if one.kind in NEW_KINDS]
    return [net_gap_called_new(gap.quantity, called.quantity) for gap in gaps for called in new]


def _other_sources(facts: UnitFacts, stock: Reading) -> list[Finding | None]:
    return [
        sources_differ(stock.quantity, other.quantity, stock.as_of)
        for other in facts.stocks()
        if other.source_kind != stock.source_kind and other.as_of == stock.as_of
    ]


def _other_baselines(
    facts: UnitFacts, stock: Reading, growth: Sequence[Growth]
) -> list[Finding | None]:
    """A stated baseline against the one that a printed change leads back to."""
    found = []
    for row in growth:
        change = facts.change(stock, row.baseline)
        asked = baseline_day(row.baseline, stock.as_of)
        if change is not None and not row.derived and row.on == asked:
            derived = stock.quantity - change.quantity
            found.append(baseline_differs(row.prior.quantity, derived, row.on))
    return found
