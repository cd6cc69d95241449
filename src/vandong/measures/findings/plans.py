"""Findings about plans: conflicts between owners, targets met before they start, gaps and quotas misread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vandong.kernel.findings import Finding, Severity
from vandong.kernel.numbers import rounded
from vandong.measures.quantity import Quantity
from vandong.measures.quota import QuotaCheck

TOO_MANY_NEW = 2


@dataclass(frozen=True, slots=True)
class OwnedPlan:
    """What one owner wants for a figure (people; a fraction for coverage)."""

    owner: str
    value: Quantity


def two_plans_for_one_figure(plans: Sequence[OwnedPlan]) -> Finding | None:
    """Owners (or documents) whose values for one scheme, kind and period cannot be the same: S0.1
    against S1.2."""
    if len(plans) < 2:
        return None
    least = min(plans, key=lambda plan: plan.value.high)
    most = max(plans, key=lambda plan: plan.value.low)
    if least.value.overlaps(most.value):
        return None
    return Finding(
        "two_plans_for_one_figure",
        {
            "owner_low": least.owner,
            "low": rounded(least.value.nominal),
            "owner_high": most.owner,
            "high": rounded(most.value.nominal),
            "difference": rounded(most.value.nominal - least.value.nominal),
        },
    )


def target_already_met(
    owner: str, target: Quantity, stock: Quantity, stock_on: date
) -> Finding | None:
    """A year's target not above the stock that already takes part: a flow, or one channel only (S3.3,
    S3.6)."""
    if stock.low < target.high:
        return None
    return Finding(
        "target_already_met",
        {
            "owner": owner,
            "target": rounded(target.nominal),
            "stock": rounded(stock.nominal),
            "on": stock_on,
            "excess": rounded(stock.nominal - target.nominal),
        },
    )


def coverage_goal_already_met(
    coverage: Quantity, goal: Quantity, remaining: Quantity
) -> Finding | None:
    """A coverage goal (fractions) already met while people are still said to be missing (S0.2)."""
    if coverage.low < goal.high or remaining.low <= 0:
        return None
    return Finding(
        "coverage_goal_already_met",
        {
            "coverage": coverage.nominal,
            "goal": goal.nominal,
            "remaining": rounded(remaining.nominal),
        },
    )


def net_gap_called_new(remaining: Quantity, called_new: Quantity) -> Finding | None:
    """A plan − stock gap handed on as that many NEW people (S2.3): every lapse adds to what must be
    recruited."""
    if remaining.low <= 0 or not remaining.overlaps(called_new):
        return None
    return Finding("net_gap_called_new", {"gap": rounded(remaining.nominal)})


def quota_only_as_stock(quota: Quantity, unit_count: int, check: QuotaCheck) -> Finding | None:
    """A quota for each unit that reaches the target as a stock, but as new people is over twice the need
    (S1.9)."""
    share = check.share_of_need
    if share is None or share.low <= TOO_MANY_NEW or check.share_of_target.high < 1:
        return None
    return Finding(
        "quota_only_as_stock",
        {
            "quota": rounded(quota.nominal),
            "units": unit_count,
            "product": rounded(check.product.nominal),
            "need": rounded(check.need.nominal),
            "times": share.nominal,
            "need_per_unit": check.need_per_unit.nominal,
        },
        severity=Severity.INFO,
    )
