"""One owner's plan for a unit: reached, remaining, pace, light."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial

from vandong.figures.models import PlanKind
from vandong.figures.queries.readings import Reading
from vandong.figures.queries.targets import TargetRow
from vandong.kernel.periods import months_between, previous_december_end
from vandong.measures.growth import growth_from_change
from vandong.measures.pace import (
    base_day,
    light,
    months_left,
    pace_achieved,
    pace_needed,
    time_elapsed,
)
from vandong.measures.plan_share import plan_share
from vandong.measures.quantity import exact
from vandong.measures.remaining import remaining
from vandong.measures.staleness import is_stale
from vandong.measures.stock_identity import joined
from vandong.planning.progress.explained import Explained
from vandong.planning.progress.facts import FLOW_MEASURES, UnitFacts
from vandong.planning.progress.shapes import Baseline, PlanProgress
from vandong.planning.progress.sources import (
    combined,
    explained_flow,
    explained_reading,
    explained_target,
    months_input,
    plan_measured_in,
)


@dataclass(frozen=True, slots=True)
class _Reached:
    """How far a plan is: the figure to set against it, what was gained since `base_on` until `until`,
    what is missing."""

    base_on: date
    until: date
    achieved: Explained | None = None
    base: Explained | None = None
    gained: Explained | None = None
    missing: tuple[str, ...] = ()


def plan_rows(facts: UnitFacts) -> tuple[PlanProgress, ...]:
    """Every plan in force, the leading one first."""
    return tuple(plan_row(facts, target) for target in facts.targets)


def plan_row(facts: UnitFacts, target: TargetRow) -> PlanProgress:
    """The progress of one plan."""
    reached = _reached(facts, target)
    value = explained_target(target)
    left = None
    if reached.achieved is not None:
        left = combined(
            "f1_remaining",
            remaining(value.quantity, reached.achieved.quantity),
            value,
            reached.achieved,
            measured_in=value.measured_in,
        )
    needed, missing = _pace_needed(facts, target, left)
    achieved = _pace_achieved(target, reached)
    net_needed = _net_needed(target, value, reached)
    return PlanProgress(
        target_id=target.target_id,
        plan_id=target.plan_id,
        owner=target.owner,
        document=target.document,
        kind=target.kind,
        channel=target.channel,
        denominator=target.denominator,
        commitment=target.commitment,
        period_from=target.period_from,
        deadline=target.deadline,
        value=value,
        achieved=reached.achieved,
        share=_share(value, reached.achieved),
        remaining=left,
        base_on=reached.base_on,
        base=reached.base,
        net_gain=reached.gained if target.kind == PlanKind.STOCK else None,
        net_needed=net_needed,
        net_share=_net_share(reached.gained, net_needed),
        months_left=months_left(facts.on, target.deadline),
        time_elapsed=_time_elapsed(reached.base_on, facts.on, target.deadline),
        pace_needed=needed,
        pace_achieved=achieved,
        light=light(
            None if achieved is None else achieved.quantity,
            None if needed is None else needed.quantity,
            None if left is None else left.quantity,
        ),
        missing=(*reached.missing, *missing),
    )


def _reached(facts: UnitFacts, target: TargetRow) -> _Reached:
    if target.kind in {PlanKind.STOCK, PlanKind.NET_NEW}:
        return _stock_reached(facts, target)
    if target.kind == PlanKind.COVERAGE:
        return _coverage_reached(facts, target)
    return _flow_reached(facts, target)


def _stock_reached(facts: UnitFacts, target: TargetRow) -> _Reached:
    stock = facts.stock(target.channel)
    if stock is None:
        return _Reached(base_day(target.period_from, facts.on), facts.on, missing=("no_stock",))
    base_on = base_day(target.period_from, stock.as_of)
    now = facts.stock_figure(target.channel)
    base = base_stock(facts, stock, base_on, target.channel)
    gained = None
    if base is not None:
        gained = combined("f4_net_gain", now.quantity - base.quantity, now, base)
    return _Reached(
        base_on=base_on,
        until=stock.as_of,
        achieved=now if target.kind == PlanKind.STOCK else gained,
        base=base,
        gained=gained,
        missing=() if base is not None else ("no_baseline",),
    )


def base_stock(
    facts: UnitFacts, stock: Reading, base_on: date, channel: str = ""
) -> Explained | None:
    """The stock that a plan starts from: stated within 35 days before that day, or derived from a
    printed change since December; None when neither is known."""
    stated = facts.stock_before(stock, base_on, channel)
    if stated is not None and stated.as_of == base_on:
        return explained_reading("baseline", stated)
    december = not channel and base_on == previous_december_end(stock.as_of)
    change = facts.change(stock, Baseline.PREVIOUS_DECEMBER) if december else None
    if change is not None:
        prior = growth_from_change(stock.quantity, change.quantity).prior
        now, apart = explained_reading("stock", stock), explained_reading("change", change)
        return combined("f4_derived_baseline", prior, now, apart)
    if stated is not None and not is_stale(stated.as_of, base_on):
        return explained_reading("baseline", stated)
    return None


def _coverage_reached(facts: UnitFacts, target: TargetRow) -> _Reached:
    start = target.period_from - timedelta(days=1)
    stock, size = facts.stock(target.channel), facts.denominator(target.denominator)
    if stock is None:
        return _Reached(start, facts.on, missing=("no_stock",))
    if size is None or size.value == 0:
        return _Reached(start, stock.as_of, missing=("no_denominator",))
    rate = combined(
        "f5_coverage_per_cent",
        stock.quantity / size.quantity * exact(100),
        explained_reading("stock", stock),
        explained_reading(size.measure, size),
        measured_in="per_cent",
    )
    return _Reached(start, stock.as_of, achieved=rate)


def _flow_reached(facts: UnitFacts, target: TargetRow) -> _Reached:
    start = target.period_from - timedelta(days=1)
    until = min(facts.on, target.deadline)
    found = {}
    for measure in FLOW_MEASURES[target.kind]:
        flow = facts.flow(measure, target.period_from, until, target.channel)
        if flow is not None:
            found[str(measure)] = flow
    if not found:
        return _Reached(start, until, missing=("no_flow",))
    if target.kind != PlanKind.GROSS_NEW:
        flow = next(iter(found.values()))
        total = explained_flow(flow)
        return _Reached(start, flow.until, achieved=total, gained=total)
    amount = joined({name: flow.amount for name, flow in found.items()})
    used = (
        ["gross_new"]
        if "gross_new" in found and len(found) < 3
        else sorted({*found} - {"gross_new"})
    )
    parts = [explained_flow(found[name]) for name in used]
    if amount is None:
        return _Reached(start, until, missing=("no_flow",))
    total = parts[0] if len(parts) == 1 else combined("flow_sum", amount, *parts)
    return _Reached(start, max(found[name].until for name in used), achieved=total, gained=total)


def _share(value: Explained, achieved: Explained | None) -> Explained | None:
    if achieved is None or value.quantity.low <= 0:
        return None
    share = plan_share(achieved.quantity, value.quantity)
    return combined("f2_plan_share", share, achieved, value, measured_in="fraction")


def _net_needed(target: TargetRow, value: Explained, reached: _Reached) -> Explained | None:
    if target.kind != PlanKind.STOCK or reached.base is None:
        return None
    return combined("f1_net_needed", value.quantity - reached.base.quantity, value, reached.base)


def _net_share(gained: Explained | None, needed: Explained | None) -> Explained | None:
    if gained is None or needed is None or needed.quantity.low <= 0:
        return None
    share = gained.quantity / needed.quantity
    return combined("f11_net_share", share, gained, needed, measured_in="fraction")


@lru_cache(maxsize=1024)
def _time_elapsed(base_on: date, on: date, deadline: date) -> Explained:
    """The same for every unit of a plan, so worked out once."""
    passed = months_input("months_passed", months_between(base_on, on))
    whole = months_input("months_in_plan", months_between(base_on, deadline))
    value = exact(time_elapsed(base_on, on, deadline))
    return combined("f11_time_elapsed", value, passed, whole, measured_in="fraction")


def _pace_needed(
    facts: UnitFacts, target: TargetRow, left: Explained | None
) -> tuple[Explained | None, tuple[str, ...]]:
    if left is None:
        return None, ()
    months = months_left(facts.on, target.deadline)
    pace = pace_needed(left.quantity, months)
    if pace is None:
        return None, ("deadline_passed",)
    given = partial(months_input, "months_left", months)
    measured_in = plan_measured_in(target.kind)
    return combined("f11_pace_needed", pace, left, given, measured_in=measured_in), ()


def _pace_achieved(target: TargetRow, reached: _Reached) -> Explained | None:
    if reached.gained is None:
        return None
    months = months_between(reached.base_on, reached.until)
    pace = pace_achieved(reached.gained.quantity, months)
    if pace is None:
        return None
    given = partial(months_input, "months_passed", months)
    measured_in = plan_measured_in(target.kind)
    return combined("f11_pace_achieved", pace, reached.gained, given, measured_in=measured_in)
