"""What comes back of a prepaid period (Decree 159/2025/NĐ-CP, art 8; Decree 134/2015/NĐ-CP, art 12 before)."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from vandong.kernel.findings import Finding
from vandong.law import LawBook
from vandong.rules.contribution.amounts import ContributionRequest, Shares, Workings, workings
from vandong.rules.contribution.methods import MethodKind
from vandong.rules.discount import SCALE, discount_factors
from vandong.rules.problems import RuleProblem
from vandong.rules.trace import Step, Trace


class RefundEvent(StrEnum):
    """When the months left of a prepaid period are paid back (art 8.1)."""

    COMPULSORY = "compulsory"
    LUMP_SUM = "lump_sum"
    DEATH = "death"
    PENSION = "pension"


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """The payment as it was made (its day decides rate, support and interest), and the months left of it."""

    payment: ContributionRequest
    months_left: int
    event: RefundEvent = RefundEvent.COMPULSORY


@dataclass(frozen=True, slots=True)
class Refund:
    """`refund_amount` goes to the person or the heirs; what the State paid of these months
    (`state_support_amount`) goes back to the budget (art 5.6). Top-ups are not the person's own money."""

    months_left: int
    supported_months: int
    gross_amount: int
    state_support_amount: int
    local_support_amount: int
    other_amount: int
    refund_amount: int
    trace: Trace


def refund(book: LawBook, given: RefundRequest) -> Refund:
    """The refund of the months left: for 3, 6 and 12 months the own money of these months (art 8.2); for years
    ahead their discounted contributions without the State's support of them (art 8.3).

    Support fills the first months of a payment, so that the months left may have none. Raises RuleProblem
    (refund_not_for_method, months_left_not_allowed and those of the payment), ParameterMissing.
    """
    kind = given.payment.method.kind
    if kind in {MethodKind.MONTHLY, MethodKind.MISSING}:
        raise RuleProblem("refund_not_for_method", field="method")
    found = workings(book, given.payment)
    if not 1 <= given.months_left <= found.months:
        raise RuleProblem("months_left_not_allowed", field="months_left", most=found.months)
    used = found.months - given.months_left
    supported = max(0, found.supported_months - used)
    shares = found.shares(_gross_left(found, used), given.months_left, supported)
    return Refund(
        months_left=given.months_left,
        supported_months=supported,
        gross_amount=shares.gross_amount,
        state_support_amount=shares.state_support_amount,
        local_support_amount=shares.local_support_amount,
        other_amount=shares.other_amount,
        refund_amount=shares.pay_amount,
        trace=_trace(found, given, shares, supported),
    )


def _gross_left(found: Workings, used: int) -> Fraction:
    if found.interest is None:
        return found.monthly_gross * (found.months - used)
    left = discount_factors(found.interest.value, found.months)[used:]
    return found.monthly_gross * sum(left) / SCALE


def _trace(found: Workings, given: RefundRequest, shares: Shares, supported: int) -> Trace:
    ahead = found.interest is not None
    values: dict[str, object] = {
        "months": given.months_left,
        "amount": shares.gross_amount,
        "supported": supported,
        "support": shares.state_support_amount,
        "refund": shares.pay_amount,
    }
    interest = (found.interest,) if found.interest else ()
    steps = (
        Step("refund_gross_ahead" if ahead else "refund_gross", values, (found.rate, *interest)),
        Step("refund_support", values, found.support.facts),
        Step("refund_pay", values),
    )
    notes = []
    if ahead and supported:
        notes.append(Finding("refund_support_scope", {"months": given.months_left}))
    if shares.local_support_amount or shares.other_amount:
        notes.append(Finding("refund_top_ups"))
    return Trace(steps, tuple(notes))
