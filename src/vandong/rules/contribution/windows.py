"""Until when a payment is in time, and what is unpaid after it (Law 41/2024/QH15, art 36.3).

The 30- and 90-day rules are those of health insurance; here only the window of the method counts.
"""

from dataclasses import dataclass
from datetime import date

from vandong.kernel.findings import Finding
from vandong.kernel.periods import Month
from vandong.law import Fact, LawBook
from vandong.rules.contribution.methods import Method, MethodKind, method_months
from vandong.rules.problems import RuleProblem
from vandong.rules.trace import Step, Trace


@dataclass(frozen=True, slots=True)
class Standing:
    """How a payment stands: in time or not, which months it covers, which stay unpaid.

    `deadline_on` is the last day in time; None where it is paid at registration. `unpaid_months` are the
    months from the first one wanted until the payment, not covered by it. `paid_until` is the last month
    covered, None for missing time.
    """

    is_in_time: bool
    deadline_on: date | None
    unpaid_months: int
    covers_from: Month | None
    paid_until: Month | None
    trace: Trace


def months_apart(earlier: Month, later: Month) -> int:
    """Whole months from one to the other; negative backwards."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def payment_deadline(book: LawBook, method: Method, first: Month) -> tuple[date, Fact] | None:
    """The last day on which a period beginning with `first` is paid in time: within the month, the three
    months, the first four of six, the first seven of twelve. None for what is paid at registration.

    The law in force in the first month applies. Raises ParameterMissing.
    """
    if method.is_at_once:
        return None
    window = book.fact("payment_window_months", first.first_day, method.kind.value)
    return first.shifted(window.whole - 1).last_day, window


def payment_standing(book: LawBook, method: Method, first: Month, paid_on: date) -> Standing:
    """How a payment on `paid_on` for a period beginning with `first` stands. Raises RuleProblem,
    ParameterMissing.

    Late: the months before are simply not paid, the person registers again and pays from the month of
    payment on. Until 30/6/2025 they could be made up with interest (Decree 134/2015, art 11): a note says so.
    """
    paid_in = Month.of(paid_on)
    months, _ = method_months(book, method, paid_on)
    if method.kind is MethodKind.MISSING:
        return Standing(True, None, 0, None, None, Trace())
    due = payment_deadline(book, method, first)
    late = paid_on > due[0] if due else paid_in > first
    starts = paid_in if late else first
    return Standing(
        is_in_time=not late,
        deadline_on=due[0] if due else None,
        unpaid_months=months_apart(first, starts),
        covers_from=starts,
        paid_until=starts.shifted(months - 1),
        trace=_trace(book, due, first, paid_on, late),
    )


def require_open_window(book: LawBook, method: Method, first: Month, on: date) -> date | None:
    """The deadline of a period that may be paid on `on`. Raises ParameterMissing, RuleProblem month_not_payable
    when its window has passed; month_too_far when it lies more than a year ahead, which is a slip of the pen
    rather than a rule of the law."""
    named = f"{first.month:02d}/{first.year}"
    if months_apart(Month.of(on), first) > 12:
        raise RuleProblem("month_too_far", field="covers_from", month=named, on=on)
    due = payment_deadline(book, method, first)
    closed = on > due[0] if due else Month.of(on) > first
    if closed:
        deadline = due[0] if due else first.last_day
        raise RuleProblem(
            "month_not_payable",
            field="covers_from",
            month=named,
            deadline=deadline,
            on=on,
        )
    return due[0] if due else None


def _trace(
    book: LawBook, due: tuple[date, Fact] | None, first: Month, paid_on: date, late: bool
) -> Trace:
    deadline = due[0] if due else first.last_day
    facts = (due[1],) if due else ()
    step = Step("contribution_deadline", {"deadline": deadline, "paid_on": paid_on}, facts)
    if not late:
        return Trace((step,))
    makeup = book.has("arrears_makeup", paid_on)
    code = "contribution_late_makeup" if makeup else "contribution_late_unpaid"
    return Trace((step,), (Finding(code, {"deadline": deadline}),))
