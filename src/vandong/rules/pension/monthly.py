"""The pension a month, as the law of a day makes it, or projected in today's money."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from vandong.kernel.findings import Finding
from vandong.kernel.money import round_dong
from vandong.law import LawBook
from vandong.rules.average_income import AverageIncome, Growth, average_income
from vandong.rules.counted_years import counted_years
from vandong.rules.notes import note
from vandong.rules.pension.extra_years import extra_years
from vandong.rules.pension.rate import pension_rate
from vandong.rules.pension.start import NEEDED, PensionStart, first_of_month, pension_start
from vandong.rules.people import Sex
from vandong.rules.problems import RuleProblem
from vandong.rules.reference_level import reference_level
from vandong.rules.retirement_age import Birth, RetirementAge, retirement_age
from vandong.rules.segments import Kind, Paid, Segment, month_count, paid_time
from vandong.rules.trace import Step, Trace


@dataclass(frozen=True, slots=True)
class PensionRequest:
    """Who asks: what was paid, and the day whose law is used. `retire_on` takes the place of the first day
    that the law gives; `missing_paid_on` is the day missing time was paid in full, when known."""

    sex: Sex
    birth: Birth
    segments: tuple[Segment, ...]
    on: date
    retire_on: date | None = None
    missing_paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class Pension:
    """The pension. Amounts in whole đồng, each rounded once from the exact sum.

    `worth_on` is the day whose coefficients and levels the amounts rest on: the first day of the pension, or
    the day asked when that lies before it. Age and first day are None for a bare average.
    """

    retirement_age: RetirementAge | None
    pension_from: date | None
    worth_on: date
    paid_months: int
    counted_years: Fraction
    average: Fraction
    rate: Fraction
    monthly_amount: int
    extra_amount: int
    trace: Trace

    @property
    def average_income(self) -> int:
        """The average in whole đồng, for showing: amounts are worked out from the exact one."""
        return round_dong(self.average)


def pension(book: LawBook, given: PensionRequest) -> Pension:
    """The pension by Law 41/2024/QH15, art 98 to 100 and 104; mixed time by Decree 159/2025/NĐ-CP, art 11.

    Raises RuleProblem (see `paid_time`, `pension_start`), ParameterMissing when the coefficients of the
    year are not published.
    """
    return _pension(book, given, None)


def projected_pension(book: LawBook, given: PensionRequest, growth: Growth) -> Pension:
    """The pension in the money of `given.on`, should the law stay as it is on that day.

    Months after the year of `given.on` enter with the assumed growth of income over prices, which is
    coefficient 1 when both are equal. The notes say what was assumed: this is no amount of the law.
    Raises as `pension`.
    """
    made = _pension(book, replace(given, retire_on=None), growth)
    values = {"income": growth.income_rate, "prices": growth.price_rate, "on": given.on}
    notes = (note("projected_in_todays_money", **values), note("projected_law_may_change"))
    return replace(made, trace=made.trace + Trace(notes=notes))


def pension_of_average(
    book: LawBook, sex: Sex, average_amount: int, *, years: int, months: int, on: date
) -> Pension:
    """Rate and amount alone, from a known average income and the time paid.

    Raises RuleProblem negative_time, months_not_below_year, average_wrong, pension_months_short;
    ParameterMissing.
    """
    total = whole_months(years, months)
    if average_amount < 1:
        raise RuleProblem("average_wrong", "average", amount=average_amount)
    needed = book.fact(NEEDED, on)
    if total < needed.value:
        short = needed.whole - total
        raise RuleProblem(
            "pension_months_short", "years", months=total, needed=needed.whole, short=short
        )
    right = Step("pension_right", {"months": total, "needed": needed.whole}, (needed,))
    average = AverageIncome(Fraction(average_amount), Fraction(0), total, Trace((right,)))
    return _amounts(book, _Case(sex, total, 0, on, on), average)


def whole_months(years: int, months: int) -> int:
    """Years and odd months as months. Raises RuleProblem negative_time, months_not_below_year."""
    if years < 0 or months < 0:
        raise RuleProblem("negative_time", "years" if years < 0 else "months")
    if months >= 12:
        raise RuleProblem("months_not_below_year", "months", months=months)
    return years * 12 + months


@dataclass(frozen=True, slots=True)
class _Case:
    """What the amounts need: `law_on` is the day whose rates hold, `worth_on` that of levels."""

    sex: Sex
    months: int
    months_after_age: int
    law_on: date
    worth_on: date


def _pension(book: LawBook, given: PensionRequest, growth: Growth | None) -> Pension:
    until = first_of_month(given.retire_on) - timedelta(days=1) if given.retire_on else None
    if given.birth.on > given.on:
        raise RuleProblem("birth_after_day", "birth", birth=given.birth.on, on=given.on)
    paid = paid_time(book, given.segments, until=until)
    _check_birth(given.birth, paid)
    start = pension_start(
        book,
        given.sex,
        given.birth,
        paid,
        on=given.on,
        retire_on=given.retire_on,
        missing_paid_on=given.missing_paid_on,
    )
    worth_on = start.pension_from if given.retire_on else min(start.pension_from, given.on)
    average = average_income(book, paid, worth_on, growth)
    after = _months_after_age(book, given, paid)
    case = _Case(given.sex, paid.count(), after, start.pension_from, worth_on)
    made = _amounts(book, case, average, paid)
    return _dated(made, start)


def _dated(made: Pension, start: PensionStart) -> Pension:
    notes: tuple[Finding, ...] = ()
    if start.pension_from > made.worth_on:
        notes = (note("pension_worth_on", on=made.worth_on, begins=start.pension_from),)
    return replace(
        made,
        retirement_age=start.age,
        pension_from=start.pension_from,
        trace=start.trace + made.trace + Trace(notes=notes),
    )


def _amounts(
    book: LawBook, case: _Case, average: AverageIncome, paid: Paid | None = None
) -> Pension:
    counted = counted_years(book, case.months, case.law_on)
    rate = pension_rate(book, case.sex, counted.years, case.law_on)
    extra = extra_years(
        book,
        case.sex,
        months=case.months,
        months_after_age=case.months_after_age,
        on=case.law_on,
    )
    exact = average.amount * rate.rate
    least, least_steps = _least(book, paid, exact, case.worth_on)
    monthly, extra_amount = (
        round_dong(max(exact, least)),
        round_dong(extra.averages * average.amount),
    )
    values = {"average": round_dong(average.amount), "rate": rate.rate, "amount": round_dong(exact)}
    steps = (counted.step, rate.step, Step("pension_amount", values), *least_steps, *extra.steps)
    if extra.averages:
        steps = (*steps, Step("pension_extra_amount", {"amount": extra_amount}))
    return Pension(
        retirement_age=None,
        pension_from=None,
        worth_on=case.worth_on,
        paid_months=case.months,
        counted_years=counted.years,
        average=average.amount,
        rate=rate.rate,
        monthly_amount=monthly,
        extra_amount=extra_amount,
        trace=average.trace + Trace(steps) + _health_card(book, monthly, case.worth_on),
    )


def _least(
    book: LawBook, paid: Paid | None, exact: Fraction, on: date
) -> tuple[Fraction, tuple[Step, ...]]:
    """The lowest pension: the reference level, only for those with 20 years of compulsory time who joined
    before 1/7/2025 (Decree 159/2025/NĐ-CP, art 11.3). A purely voluntary payer has none."""
    none = Fraction(0), ()
    if paid is None or paid.first is None or not book.has("pension_minimum_compulsory_months", on):
        return none
    needed = book.fact("pension_minimum_compulsory_months", on)
    joined_on = paid.first.first_day
    if paid.count(Kind.COMPULSORY) < needed.value or not book.has(
        "pension_minimum_levels", joined_on
    ):
        return none
    levels, level = book.fact("pension_minimum_levels", joined_on), reference_level(book, on)
    least = levels.value * level.value
    if exact >= least:
        return none
    return least, (Step("pension_minimum", {"amount": int(least)}, (needed, levels, level)),)


def _health_card(book: LawBook, monthly: int, on: date) -> Trace:
    rate = book.fact("pension_health_card_rate", on)
    values = {"rate": rate.value, "amount": round_dong(rate.value * monthly)}
    return Trace((Step("pension_health_card", values, (rate,)),))


def _months_after_age(book: LawBook, given: PensionRequest, paid: Paid) -> int:
    """Months paid after the month in which the normal retirement age is reached."""
    reached = retirement_age(book, given.sex, given.birth, given.on).reached
    dated = sum(one.months for one in paid.segments if one.first)
    return dated - paid.months_before(reached.shifted(1))


def _check_birth(birth: Birth, paid: Paid) -> None:
    if paid.first and month_count(birth.month, paid.first) < 0:
        raise RuleProblem("segment_before_birth", "segments", birth=birth.on)
