"""The same money in a savings book, and over the years of a life: everything in the money of today."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate

from vandong.advice.citizen.assumptions import assumed_count
from vandong.advice.citizen.case import Case
from vandong.advice.citizen.old_age import OldAge
from vandong.advice.citizen.outcome import Outcome
from vandong.kernel.money import round_dong
from vandong.kernel.periods import Month
from vandong.rules.comparison import (
    Comparison,
    ComparisonRequest,
    comparison,
    real_rate,
)
from vandong.rules.contribution import Contribution
from vandong.rules.segments import month_count
from vandong.rules.social_pension import SocialPension
from vandong.rules.trace import Step, Trace


@dataclass(frozen=True, slots=True)
class YearOfLife:
    """Sums until an age, in today's money: own money paid in (the same either way), pension received, drawn
    from the savings book at the same amount while it lasts, and the social pension of who does nothing."""

    age: int
    paid_in_amount: int
    pension_amount: int
    drawn_amount: int
    social_amount: int


@dataclass(frozen=True, slots=True)
class Savings:
    """`found` compares like with like at `real_rate` until `horizon_age`; drawing the pension from the savings
    book empties it at `empty_age` (None: never). `years` are the points of the plot, from today's age on."""

    real_rate: Fraction
    horizon_age: int
    empty_age: int | None
    found: Comparison
    years: tuple[YearOfLife, ...]
    trace: Trace


def savings(case: Case, old: OldAge, social: Outcome[SocialPension]) -> Savings | None:
    """The own money of the plan in a savings book instead, drawn from the day of the pension. What was paid
    before now is in neither side's money; None when nothing is left to pay or the pension begins beyond the
    horizon. Raises RuleProblem."""
    assumed = case.answers.assumed
    rate, horizon = (
        real_rate(assumed.savings_rate, assumed.price_growth),
        assumed_count("horizon_age"),
    )
    begins = month_count(case.plan.first, Month.of(old.begins))
    payments = _payments(case, old, begins)
    drawn = (horizon - old.begins_age) * 12
    if not any(payments) or drawn < 1:
        return None
    social_on = social.from_on if isinstance(social, SocialPension) else None
    asked = ComparisonRequest(
        payments=payments,
        months_to_pension=begins,
        months_drawn=drawn,
        pension_amount=old.pension.monthly_amount,
        saving_rate=rate,
        lump_amount=old.pension.extra_amount,
        social_amount=social.amount if isinstance(social, SocialPension) else 0,
        months_to_social=max(0, _months_to(case, social_on)),
    )
    found = comparison(asked)
    lasts = found.saving_lasts_months
    empty = None if lasts is None else old.begins_age + lasts // 12
    stated = {"savings": assumed.savings_rate, "prices": assumed.price_growth, "real": rate}
    steps = [Step("advice_real_rate", stated)]
    if empty is not None:
        values = {"pension": found.pension_amount, "months": lasts, "age": empty}
        steps.append(Step("advice_savings_lasts", values))
    return Savings(
        real_rate=rate,
        horizon_age=horizon,
        empty_age=empty,
        found=found,
        years=_years(case, asked, lasts),
        trace=Trace(tuple(steps)) + found.trace,
    )


def _payments(case: Case, old: OldAge, begins: int) -> tuple[int, ...]:
    """Own money of each month until the pension; missing time is paid in the last of them."""
    rounded = lru_cache(maxsize=None)(round_dong)
    own = [rounded(one) for one in case.own_money(case.plan.months)][:begins]
    own += [0] * (begins - len(own))
    missing = old.paid_in.missing
    if isinstance(missing, Contribution) and own:
        own[-1] += missing.pay_amount
    return tuple(own)


def _months_to(case: Case, day: date | None) -> int:
    return 0 if day is None else month_count(case.plan.first, Month.of(day))


def _years(case: Case, asked: ComparisonRequest, lasts: int | None) -> tuple[YearOfLife, ...]:
    """One point for today and each birthday until the horizon; drawn from savings as long as they pay a
    month in full."""
    lived = month_count(case.answers.birth.month, case.plan.first)
    months = assumed_count("horizon_age") * 12 - lived
    begins, pension = asked.months_to_pension, asked.pension_amount
    sums = (0, *accumulate(asked.payments))
    rows = [YearOfLife(lived // 12, 0, 0, 0, 0)]
    for month in range(1, months + 1):
        if (lived + month) % 12:
            continue
        paid, drawn = min(month, begins), max(0, month - begins)
        lump = asked.lump_amount if drawn else 0
        taken = drawn if lasts is None else min(drawn, lasts)
        social = max(0, month - asked.months_to_social) * asked.social_amount
        age = (lived + month) // 12
        rows.append(YearOfLife(age, sums[paid], pension * drawn + lump, pension * taken, social))
    return tuple(rows)
