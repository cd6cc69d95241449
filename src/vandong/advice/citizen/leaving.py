"""What comes back before the pension: money taken out, what a family receives, what a refund is."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from vandong.advice.citizen.case import Case
from vandong.advice.citizen.old_age import OldAge
from vandong.advice.citizen.outcome import NotWorkedOut, Outcome, worked
from vandong.advice.citizen.paying import request
from vandong.kernel.findings import Finding
from vandong.kernel.money import round_dong
from vandong.kernel.periods import Month
from vandong.rules.average_income import AverageIncome, average_income
from vandong.rules.contribution import (
    Contribution,
    MethodKind,
    Refund,
    RefundEvent,
    RefundRequest,
    refund,
)
from vandong.rules.contribution.methods import Method
from vandong.rules.funeral import Funeral, FuneralRequest, funeral
from vandong.rules.lump_sum import MULTIPLE as LUMP_MULTIPLE
from vandong.rules.notes import note
from vandong.rules.segments import Kind, Paid, paid_time
from vandong.rules.survivors import MULTIPLE as SURVIVOR_MULTIPLE
from vandong.rules.survivors import survivors_of_pensioner
from vandong.rules.trace import Step, Trace
from vandong.rules.year_multiples import limit_month, year_multiples


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Taking everything out after `months` of the plan, in today's money. `by_waiting`: whether case đ is
    open, which needs a first month before 1/7/2025; `wait_ends` is then the first month of the right.
    `own_amount` is the person's own money by then, `support_deducted_amount` goes back to the budget."""

    months: int
    by_waiting: bool
    wait_ends: Month | None
    own_amount: int
    gross_amount: int
    support_deducted_amount: int
    pay_amount: int
    trace: Trace


@dataclass(frozen=True, slots=True)
class Death:
    """Dying after `months` of the plan, or (`drawn_months`) as a pensioner: once to the family, and the
    funeral payment, in today's money, beside what was paid in of one's own."""

    months: int
    drawn_months: int | None
    own_amount: int
    survivors_amount: int
    funeral_amount: int
    trace: Trace


@dataclass(frozen=True, slots=True)
class BecomingCompulsory:
    """What comes back of a prepaid period when half of it is left; the time paid is added to the new one."""

    method: Method
    paid_amount: int
    refund: Refund


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where the person stands after some months of the plan."""

    months: int
    paid: Paid
    average: AverageIncome
    own_amount: int


def withdrawal(case: Case) -> Withdrawal | None:
    """Law 41/2024/QH15, art 102; Decree 159/2025/NĐ-CP, art 9, as of the day asked; None without any month to
    pay. Raises RuleProblem, ParameterMissing."""
    stand = _stand(case)
    if stand is None:
        return None
    exact, steps = _lump(case, stand)
    support = case.before.support_amount + _support(case, stand.months)
    gross = round_dong(exact)
    pay = max(0, gross - support)
    values = {"gross": gross, "support": support, "amount": pay, "own": stand.own_amount}
    right, ends, notes = _waiting(case, stand)
    done = Trace((*steps, Step("advice_withdrawal", values), *right), notes)
    return Withdrawal(
        months=stand.months,
        by_waiting=ends is not None,
        wait_ends=ends,
        own_amount=stand.own_amount,
        gross_amount=gross,
        support_deducted_amount=support,
        pay_amount=pay,
        trace=stand.average.trace + done,
    )


def deaths(case: Case, old: Outcome[OldAge], drawn_months: int) -> tuple[Death, ...]:
    """After the years of the stop, and after some years of pension (Law 41/2024/QH15, art 109 to 111). Raises
    RuleProblem, ParameterMissing."""
    stand = _stand(case)
    found = () if stand is None else (_death(case, stand),)
    if isinstance(old, NotWorkedOut):
        return found
    return (*found, _as_pensioner(case, old, drawn_months))


def refunds(case: Case) -> Iterator[BecomingCompulsory]:
    """Half of each longer prepaid period (Decree 159/2025/NĐ-CP, art 8.2, 8.3); ways that cannot be worked
    out are left out, as their quote already says why."""
    for way in case.paying.ways:
        if way.method.kind not in {MethodKind.YEARLY, MethodKind.AHEAD}:
            continue
        if isinstance(way.quote, Contribution):
            found = worked(partial(_refund, case, way.method, way.quote.months // 2))
            if isinstance(found, Refund):
                yield BecomingCompulsory(way.method, way.quote.pay_amount, found)


def _refund(case: Case, method: Method, months_left: int) -> Refund:
    payment = request(
        case.book,
        case.answers,
        income=case.paying.income,
        method=method,
        months_supported=case.before.months_supported,
    )
    return refund(case.book, RefundRequest(payment, months_left, RefundEvent.COMPULSORY))


def _stand(case: Case) -> _Stand | None:
    months = case.stop_months
    if not months:
        return None
    time = paid_time(case.book, case.segments(months))
    average = average_income(case.book, time, case.answers.on, case.answers.assumed.growth)
    own = round_dong(case.own_sum(months))
    return _Stand(months, time, average, case.before.own_amount + own)


def _lump(case: Case, stand: _Stand) -> tuple[Fraction, tuple[Step, ...]]:
    """1.5 averages a year before 2014, 2 from then on; under a year what was paid, at most 2 averages."""
    book, on, average = case.book, case.answers.on, stand.average.amount
    limit = book.fact("lump_sum_short_months", on)
    if stand.paid.count() < limit.value:
        times = book.fact("lump_sum_short_cap", on)
        exact = min(_whole(case, stand), times.value * average)
        values = {"times": times.value, "amount": round_dong(exact), "limit": limit.whole}
        return exact, (Step("lump_sum_short", values, (limit, times)),)
    return _by_years(case, stand, LUMP_MULTIPLE)


def _by_years(case: Case, stand: _Stand, parameter: str) -> tuple[Fraction, tuple[Step, ...]]:
    time, on = stand.paid, case.answers.on
    earlier = time.months_before(limit_month(case.book, parameter, on))
    later = time.count() - earlier
    worth = year_multiples(case.book, parameter, months_before=earlier, months_from=later, on=on)
    return worth.averages * stand.average.amount, worth.steps


def _whole(case: Case, stand: _Stand) -> Fraction:
    """All contributions, the State's part included, in today's money."""
    return case.book.fact("contribution_rate", case.answers.on).value * stand.average.total


def _support(case: Case, months: int) -> int:
    month = case.paying.month
    supported = min(months, month.support_months_left + month.supported_months)
    return supported * month.month_supported.state_support_amount


def _waiting(
    case: Case, stand: _Stand
) -> tuple[tuple[Step, ...], Month | None, tuple[Finding, ...]]:
    """Case đ: only who joined before 1/7/2025, and every new payment starts the wait again."""
    book, first = case.book, case.plan.first
    joined = (stand.paid.first or first).first_day
    if not book.has("lump_sum_wait_months", joined):
        return (), None, (note("advice_no_waiting_case", joined=joined),)
    wait = book.fact("lump_sum_wait_months", joined)
    below = book.fact("lump_sum_wait_below_months", case.answers.on)
    if stand.paid.count() >= below.value:
        return (), None, (note("advice_waiting_case_too_long", below=below.whole),)
    ends = first.shifted(stand.months + wait.whole)
    values = {"wait": wait.whole, "on": ends.first_day, "below": below.whole}
    restart = note("lump_sum_wait_restarts", wait=wait.whole)
    return (Step("advice_waiting_case", values, (wait, below)),), ends, (restart,)


def _death(case: Case, stand: _Stand) -> Death:
    exact, steps = _survivors(case, stand)
    amount = round_dong(exact)
    buried = _funeral(case, stand.paid.count(), is_pensioner=False)
    done = Step("survivors_amount", {"amount": amount})
    notes = [note("survivors_may_be_less")]
    monthly = case.book.fact("survivor_monthly_compulsory_months", case.answers.on)
    if stand.paid.count(Kind.COMPULSORY) >= monthly.value:
        notes.append(note("survivors_monthly_possible", needed=monthly.whole))
    return Death(
        months=stand.months,
        drawn_months=None,
        own_amount=stand.own_amount,
        survivors_amount=amount,
        funeral_amount=buried.amount,
        trace=stand.average.trace + Trace((*steps, done), tuple(notes)) + buried.trace,
    )


def _survivors(case: Case, stand: _Stand) -> tuple[Fraction, tuple[Step, ...]]:
    """Under 60 months the amount paid, else by years (art 110.2); mixed time at least 3 averages."""
    book, on, time = case.book, case.answers.on, stand.paid
    limit = book.fact("survivor_short_months", on)
    if time.count() < limit.value:
        exact = _whole(case, stand)
        paid = {"months": time.count(), "amount": round_dong(exact)}
        rate = book.fact("contribution_rate", on)
        told = Step("amount_paid", paid, (rate,))
        steps: tuple[Step, ...] = (told, Step("survivors_short", {"limit": limit.whole}, (limit,)))
    else:
        exact, steps = _by_years(case, stand, SURVIVOR_MULTIPLE)
    if not time.is_mixed:
        return exact, steps
    times = book.fact("survivor_least_averages", on)
    least = times.value * stand.average.amount
    if exact >= least:
        return exact, steps
    return least, (*steps, Step("survivors_least", {"times": times.value}, (times,)))


def _as_pensioner(case: Case, old: OldAge, drawn_months: int) -> Death:
    amount, on = old.pension.monthly_amount, case.answers.on
    found = survivors_of_pensioner(case.book, amount, months_drawn=drawn_months, died_on=on)
    buried = _funeral(case, old.pension.paid_months, is_pensioner=True)
    return Death(
        months=old.pension.paid_months,
        drawn_months=drawn_months,
        own_amount=old.paid_in.total_amount,
        survivors_amount=found.amount,
        funeral_amount=buried.amount,
        trace=found.trace + buried.trace,
    )


def _funeral(case: Case, months: int, *, is_pensioner: bool) -> Funeral:
    asked = FuneralRequest(
        died_on=case.answers.on,
        paid_months=months,
        compulsory_months=case.answers.paid.compulsory_months,
        is_pensioner=is_pensioner,
    )
    return funeral(case.book, asked)
