"""The average of adjusted incomes (Mbq): mean of all months, each raised by the coefficient of its year."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vandong.kernel.money import round_dong
from vandong.law import Fact, LawBook
from vandong.rules.discount import SCALE, compound_factors
from vandong.rules.segments import Kind, Paid, Segment
from vandong.rules.trace import Step, Trace

COEFFICIENTS = "income_coefficient_voluntary"


@dataclass(frozen=True, slots=True)
class Growth:
    """What is assumed of years to come: growth of the income paid on, and of prices, a year, as fractions."""

    income_rate: Fraction
    price_rate: Fraction

    def factor(self, years: int) -> Fraction:
        """What 1 đồng of today's chosen income is so many years on, in today's money; 30 decimals."""
        if not years or self.income_rate == self.price_rate:
            return Fraction(1)
        real = (1 + self.income_rate) / (1 + self.price_rate) - 1
        return Fraction(compound_factors(real, years)[-1], SCALE)


@dataclass(frozen=True, slots=True)
class AverageIncome:
    """The exact average in đồng a month, before any rounding, with the total and months behind it."""

    amount: Fraction
    total: Fraction
    months: int
    trace: Trace


def average_income(
    book: LawBook, paid: Paid, on: date, growth: Growth | None = None
) -> AverageIncome:
    """Mbq for a benefit of the year of `on` (Law 41/2024/QH15, art 104; Decree 159/2025/NĐ-CP, art 10; mixed
    time art 11.4: compulsory months enter with their own average). Missing time has its own coefficient
    (art 10.3). With `growth` the year of `on` and those after it are put into the money of `on` instead, which
    needs no table of that year.

    Raises ParameterMissing for a year without a published table or coefficient."""
    total, steps = Fraction(0), []
    for one in paid.segments:
        amount, step = _adjusted(book, one, on, growth)
        total += amount
        steps.append(step)
    months = paid.count()
    average = total / months
    values = {
        "total": round_dong(total),
        "months": months,
        "average": round_dong(average),
    }
    steps.append(Step("average_mixed" if paid.is_mixed else "average_income", values))
    return AverageIncome(average, total, months, Trace(tuple(steps)))


def _adjusted(
    book: LawBook, one: Segment, on: date, growth: Growth | None
) -> tuple[Fraction, Step]:
    values: dict[str, object] = {
        "segment": str(one),
        "months": one.months,
        "income": one.income_amount,
    }
    if one.kind is Kind.COMPULSORY:
        total = Fraction(one.income_amount * one.months)
        return total, Step("average_compulsory", {**values, "total": round_dong(total)})
    facts: tuple[Fact, ...]
    if one.kind is Kind.MISSING:
        facts = (book.fact("missing_time_coefficient", on),)
        total = facts[0].value * one.income_amount * one.months
        return total, Step("average_missing", {**values, "total": round_dong(total)}, facts)
    weighed, known = Fraction(0), []
    for year, months in one.years():
        if growth is not None and year >= on.year:
            weighed += growth.factor(year - on.year) * months
            continue
        known.append(book.fact(COEFFICIENTS, on, f"{year:04d}"))
        weighed += known[-1].value * months
    total = weighed * one.income_amount
    return total, Step("average_voluntary", {**values, "total": round_dong(total)}, tuple(known))
