"""One-time withdrawal (bảo hiểm xã hội một lần): who may, and how much."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from vandong.kernel.findings import Finding
from vandong.kernel.money import round_dong
from vandong.kernel.periods import Month
from vandong.law import LawBook
from vandong.rules.amount_paid import AmountPaid, amount_paid, state_support
from vandong.rules.average_income import AverageIncome, average_income
from vandong.rules.notes import note
from vandong.rules.people import Sex, SupportGroup
from vandong.rules.problems import RuleProblem
from vandong.rules.retirement_age import Birth, retirement_age
from vandong.rules.segments import Paid, Segment, month_count, paid_time
from vandong.rules.trace import Step, Trace
from vandong.rules.year_multiples import limit_month, year_multiples

MULTIPLE = "lump_sum_multiple"


class Case(StrEnum):
    """Law 41/2024/QH15, art 102.1."""

    RETIREMENT_AGE = "a"
    ABROAD = "b"
    ILLNESS = "c"
    DISABILITY = "d"
    WAITED = "dd"
    """Letter đ."""


@dataclass(frozen=True, slots=True)
class LumpSumRequest:
    """Who withdraws, when and by which case. `group`: the support group of the months paid. With sex and
    birth the age of case a is checked; without, the notes say that it was not."""

    segments: tuple[Segment, ...]
    on: date
    case: Case
    group: SupportGroup = SupportGroup.OTHER
    sex: Sex | None = None
    birth: Birth | None = None


@dataclass(frozen=True, slots=True)
class LumpSum:
    """The withdrawal in whole đồng. `averages` is None when the amount paid is returned (under a year)."""

    averages: Fraction | None
    average: Fraction
    gross_amount: int
    support_deducted_amount: int
    pay_amount: int
    trace: Trace

    @property
    def average_income(self) -> int:
        """The average in whole đồng, for showing."""
        return round_dong(self.average)


def lump_sum(book: LawBook, given: LumpSumRequest) -> LumpSum:
    """1.5 averages a year before 2014 and 2 from then on, less the State support in cases a, b and đ; under a
    year what was paid, at most 2 averages (Law 41/2024/QH15, art 102; Decree 159/2025/NĐ-CP, art 9).

    Raises RuleProblem lump_sum_pension_right, lump_sum_before_age, lump_sum_dd_joined_late,
    lump_sum_dd_too_many_months, lump_sum_dd_wait and those of `paid_time`; ParameterMissing.
    """
    paid = paid_time(book, given.segments, missing_allowed=False)
    right = case_right(book, given, paid) + _ahead(given, paid)
    average = average_income(book, paid, given.on)
    support = _support(book, given, paid)
    short = book.fact("lump_sum_short_months", given.on)
    if paid.count() < short.value:
        return _short(
            book, given, right + average.trace, (average, amount_paid(book, paid), support)
        )
    before = paid.months_before(limit_month(book, MULTIPLE, given.on))
    worth = year_multiples(
        book, MULTIPLE, months_before=before, months_from=paid.count() - before, on=given.on
    )
    trace = right + average.trace + Trace(worth.steps)
    return _result(worth.averages, average.amount, worth.averages * average.amount, support, trace)


def lump_sum_of_average(
    book: LawBook, average_amount: int, *, months_before: int, months_from: int, on: date
) -> LumpSum:
    """The bare formula from a known average, without support, which only the months paid can tell.

    Raises RuleProblem average_wrong, lump_sum_short_needs_segments, no_segments; ParameterMissing.
    """
    if average_amount < 1:
        raise RuleProblem("average_wrong", "average", amount=average_amount)
    short = book.fact("lump_sum_short_months", on)
    if months_before + months_from < short.value:
        raise RuleProblem("lump_sum_short_needs_segments", "years-after", needed=short.whole)
    worth = year_multiples(
        book, MULTIPLE, months_before=months_before, months_from=months_from, on=on
    )
    average = Fraction(average_amount)
    trace = Trace(worth.steps, (note("lump_sum_support_not_known"),))
    return _result(worth.averages, average, worth.averages * average, None, trace)


def case_right(book: LawBook, given: LumpSumRequest, paid: Paid) -> Trace:
    """Whether the case holds, as far as the months, sex and birth tell (Law 41/2024/QH15, art 102.1).
    Raises as `lump_sum`."""
    if given.case is Case.RETIREMENT_AGE:
        return _right_at_age(book, given, paid)
    if given.case is Case.WAITED:
        return _right_after_wait(book, given, paid)
    return Trace(notes=(note(f"lump_sum_case_{given.case.value}_proof"),))


def _ahead(given: LumpSumRequest, paid: Paid) -> Trace:
    """Months after the day asked are a plan: nobody can say yet that they will be paid."""
    if paid.last is None or paid.last <= Month.of(given.on):
        return Trace()
    return Trace(notes=(note("months_after_day", on=given.on, last=paid.last.last_day),))


def _right_at_age(book: LawBook, given: LumpSumRequest, paid: Paid) -> Trace:
    needed = book.fact("pension_months_needed", given.on)
    months = paid.count()
    if months >= needed.value:
        raise RuleProblem("lump_sum_pension_right", "case", months=months, needed=needed.whole)
    step = Step("lump_sum_case_a", {"months": months, "needed": needed.whole}, (needed,))
    choice = note("lump_sum_other_ways")
    if given.sex is None or given.birth is None:
        return Trace((step,), (note("lump_sum_age_unchecked"), choice))
    age = retirement_age(book, given.sex, given.birth, given.on)
    if Month.of(given.on) < age.reached:
        raise RuleProblem("lump_sum_before_age", "case", reached=age.reached.first_day)
    return age.trace + Trace((step,), (choice,))


def _right_after_wait(book: LawBook, given: LumpSumRequest, paid: Paid) -> Trace:
    if paid.first is None or paid.last is None:
        raise RuleProblem("no_segments", "segments")
    joined_on = paid.first.first_day
    if not book.has("lump_sum_wait_months", joined_on):
        raise RuleProblem("lump_sum_dd_joined_late", "case", on=joined_on)
    wait = book.fact("lump_sum_wait_months", joined_on)
    below = book.fact("lump_sum_wait_below_months", given.on)
    if paid.count() >= below.value:
        raise RuleProblem(
            "lump_sum_dd_too_many_months", "case", months=paid.count(), below=below.whole
        )
    earliest = paid.last.shifted(wait.whole + 1)
    if month_count(earliest, Month.of(given.on)) < 0:
        raise RuleProblem("lump_sum_dd_wait", "case", wait=wait.whole, earliest=earliest.first_day)
    values = {"wait": wait.whole, "last": paid.last.last_day, "below": below.whole}
    restart = note("lump_sum_wait_restarts", wait=wait.whole)
    return Trace((Step("lump_sum_case_dd", values, (wait, below)),), (restart,))


def _support(book: LawBook, given: LumpSumRequest, paid: Paid) -> AmountPaid | None:
    deducted = book.fact("lump_sum_support_deducted", given.on, given.case.value)
    return state_support(book, paid, given.group) if deducted.value else None


def _short(
    book: LawBook,
    given: LumpSumRequest,
    trace: Trace,
    sums: tuple[AverageIncome, AmountPaid, AmountPaid | None],
) -> LumpSum:
    average, paid_in, support = sums
    limit = book.fact("lump_sum_short_months", given.on)
    times = book.fact("lump_sum_short_cap", given.on)
    exact = min(paid_in.amount, times.value * average.amount)
    values = {"times": times.value, "amount": round_dong(exact), "limit": limit.whole}
    steps = (paid_in.step, Step("lump_sum_short", values, (limit, times)))
    return _result(None, average.amount, exact, support, trace + Trace(steps))


def _result(
    averages: Fraction | None,
    average: Fraction,
    exact: Fraction,
    support: AmountPaid | None,
    trace: Trace,
) -> LumpSum:
    gross = round_dong(exact)
    deducted = round_dong(support.amount) if support else 0
    pay = max(0, gross - deducted)
    steps: tuple[Step, ...] = (Step("lump_sum_gross", {"amount": gross}),)
    notes: tuple[Finding, ...] = ()
    if support:
        steps = (*steps, support.step)
        notes = (note("support_as_paid_month_by_month"),)
    steps = (*steps, Step("lump_sum_pay", {"amount": pay}))
    return LumpSum(averages, average, gross, deducted, pay, trace + Trace(steps, notes))
