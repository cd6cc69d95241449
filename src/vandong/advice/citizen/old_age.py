"""What is received: the pension, what it takes to have paid in back, and what is left when one stops."""

from dataclasses import dataclass
from datetime import date

from vandong.advice.citizen.case import Case
from vandong.advice.citizen.outcome import NotWorkedOut, Outcome, worked
from vandong.advice.citizen.paying import request
from vandong.kernel.money import round_dong
from vandong.kernel.periods import Month
from vandong.rules.average_income import average_income
from vandong.rules.comparison import break_even_months
from vandong.rules.contribution import Contribution, Method, MethodKind, voluntary_contribution
from vandong.rules.monthly_allowance import AllowanceRequest, MonthlyAllowance, monthly_allowance
from vandong.rules.notes import note
from vandong.rules.pension import Pension, PensionRequest, projected_pension
from vandong.rules.segments import month_count, paid_time
from vandong.rules.social_pension import SocialPension
from vandong.rules.trace import Step, Trace


@dataclass(frozen=True, slots=True)
class PaidIn:
    """The person's own money over the plan in today's money: `planned_amount` from now on, `missing` the one
    payment for missing time at the interest of today, `total_amount` with what was paid before. `is_whole`:
    whether every month of the pension has its money in it; else nothing is said of it coming back."""

    planned_amount: int
    missing: Outcome[Contribution | None]
    total_amount: int
    is_whole: bool
    trace: Trace


@dataclass(frozen=True, slots=True)
class OldAge:
    """The pension of the plan in today's money. `payback_months` of pension pay back `paid_in`, which is
    reached at `payback_age` whole years; None where what is paid in cannot be worked out."""

    pension: Pension
    begins: date
    begins_age: int
    paid_in: PaidIn
    payback_months: int | None
    payback_age: int | None
    trace: Trace


@dataclass(frozen=True, slots=True)
class Stopping:
    """Stopping after `months` of the plan. `kept_months` stay for ever; `short_months` are missing at the
    retirement age. The ways from there that exist: `pension` (with `missing` paid at once), `allowance`."""

    months: int
    kept_months: int
    short_months: int
    age_on: date
    missing: Outcome[Contribution | None]
    pension: Outcome[Pension | None]
    allowance: Outcome[MonthlyAllowance | None]
    trace: Trace


def old_age(case: Case) -> OldAge:
    """The pension of the plan (Law 41/2024/QH15, art 98 and 99). Raises RuleProblem, ParameterMissing."""
    planned = case.plan
    found = _pension(case, planned.months, planned.missing)
    begins = found.pension_from or case.answers.on
    paid_in = _paid_in(case)
    payback = age = None
    steps: tuple[Step, ...] = ()
    if paid_in.is_whole and not isinstance(paid_in.missing, NotWorkedOut):
        payback = break_even_months(paid_in.total_amount, found.monthly_amount, found.extra_amount)
    if payback is not None:
        age = _age_in(case, begins, payback)
        values = {
            "amount": paid_in.total_amount,
            "pension": found.monthly_amount,
            "months": payback,
            "age": age,
        }
        steps = (Step("advice_payback", values),)
    return OldAge(
        pension=found,
        begins=begins,
        begins_age=_age_in(case, begins, 0),
        paid_in=paid_in,
        payback_months=payback,
        payback_age=age,
        trace=planned.trace + found.trace + paid_in.trace + Trace(steps),
    )


def pension_of_income(case: Case, income: int) -> Pension:
    """The pension of the same plan at another income. Raises RuleProblem, ParameterMissing."""
    return _pension(case, case.plan.months, case.plan.missing, income)


def stopping(case: Case, social: Outcome[SocialPension]) -> Stopping | None:
    """Stopping after the years looked at; None when the plan has no month left to pay. Time paid is kept (Law
    41/2024/QH15, art 36; Decree 159/2025/NĐ-CP, art 14 for the allowance). Raises ParameterMissing."""
    planned, months = case.plan, case.stop_months
    if not months:
        return None
    kept = case.before.months + months
    short = max(0, planned.needed - kept)
    most = case.book.fact("missing_months", case.answers.on, "most")
    within = short <= most.whole
    values = {"months": months, "kept": kept, "needed": planned.needed, "short": short}
    step = Step("advice_stop_kept", {**values, "most": most.whole}, (most,))
    return Stopping(
        months=months,
        kept_months=kept,
        short_months=short,
        age_on=planned.age.pension_from,
        missing=_missing(case, months, short if within else 0),
        pension=worked(lambda: _pension(case, months, short)) if within else None,
        allowance=worked(lambda: _allowance(case, months, social)) if short else None,
        trace=planned.age.trace + Trace((step,)),
    )


def _pension(case: Case, months: int, missing: int, income: int | None = None) -> Pension:
    """The pension after so many months of the plan; missing time is paid as early as the law allows."""
    planned, paid_on = case.plan, None
    if missing:
        last = planned.first.shifted(months - 1) if months else planned.first
        paid_on = max(planned.age.reached, last, planned.first).first_day
    asked = PensionRequest(
        sex=case.answers.sex,
        birth=case.answers.birth,
        segments=case.segments(months, missing, income),
        on=case.answers.on,
        missing_paid_on=paid_on,
    )
    return projected_pension(case.book, asked, case.answers.assumed.growth)


def _missing(case: Case, months: int, missing: int) -> Outcome[Contribution | None]:
    """The price of missing time by the interest known today; the one of that year will be another."""

    def price() -> Contribution | None:
        if not missing:
            return None
        cap = case.book.fact("support_months_cap", case.answers.on).whole
        asked = request(
            case.book,
            case.answers,
            income=case.paying.income,
            method=Method(MethodKind.MISSING, missing),
            months_supported=min(cap, case.before.months_supported + months),
        )
        return voluntary_contribution(case.book, asked)

    return worked(price)


def _paid_in(case: Case) -> PaidIn:
    months, before = case.plan.months, case.before
    amount = round_dong(case.own_sum(months))
    missing = _missing(case, months, case.plan.missing)
    at_once = missing.pay_amount if isinstance(missing, Contribution) else 0
    total = before.own_amount + amount + at_once
    values = {
        "months": months,
        "amount": amount,
        "before": before.own_amount,
        "missing": at_once,
        "total": total,
    }
    code = "advice_paid_in_more" if before.own_amount or at_once else "advice_paid_in"
    has_compulsory = case.answers.paid.compulsory_months > 0
    notes = [note("advice_compulsory_money_unknown")] if has_compulsory else []
    if before.unknown_months:
        notes.append(note("advice_before_money_unknown", months=before.unknown_months))
    trace = before.trace + Trace((Step(code, values),), tuple(notes))
    if isinstance(missing, Contribution):
        trace = trace + missing.trace
    return PaidIn(amount, missing, total, not notes, trace)


def _allowance(case: Case, months: int, social: Outcome[SocialPension]) -> MonthlyAllowance | None:
    if isinstance(social, NotWorkedOut):
        return None
    due = month_count(case.plan.age.reached, Month.of(social.from_on))
    if due < 1:
        return None
    on, growth = case.answers.on, case.answers.assumed.growth
    average = average_income(case.book, paid_time(case.book, case.segments(months)), on, growth)
    kept = case.before.months + months
    return monthly_allowance(case.book, AllowanceRequest(average.amount, kept, on, due))


def _age_in(case: Case, day: date, months: int) -> int:
    """Whole years of age so many months after a day."""
    return (month_count(case.answers.birth.month, Month.of(day)) + months) // 12
