"""When a person reaches retirement age, and from which day a pension can begin."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from vandong.kernel.periods import Month
from vandong.law import Fact, LawBook
from vandong.rules.people import Sex
from vandong.rules.problems import RuleProblem
from vandong.rules.segments import month_text
from vandong.rules.trace import Step, Trace

_TABLES = {Sex.MALE: "retirement_age_male", Sex.FEMALE: "retirement_age_female"}


class Known(StrEnum):
    """How much of a birthday is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Birth:
    """A birthday as far as it is known. `on` is the day that counts: the 1st of a month, or 1 January of a
    year, when no more is known (Circular 11/2025/TT-BNV, art 5.7)."""

    on: date
    known: Known = Known.DAY

    @classmethod
    def of_month(cls, year: int, month: int) -> "Birth":
        """Born in a month whose day does not matter."""
        return cls(date(year, month, 1), Known.MONTH)

    @classmethod
    def of_year(cls, year: int) -> "Birth":
        """Only the year is known: 1 January counts."""
        return cls(date(year, 1, 1), Known.YEAR)

    @property
    def month(self) -> Month:
        """The month that counts."""
        return Month.of(self.on)


@dataclass(frozen=True, slots=True)
class RetirementAge:
    """The age in months, the month it is reached in, and the first day a pension can begin."""

    age_months: int
    reached: Month
    pension_from: date
    trace: Trace

    @property
    def years(self) -> int:
        """Whole years of the age."""
        return self.age_months // 12

    @property
    def months(self) -> int:
        """Months beyond the whole years."""
        return self.age_months % 12


def retirement_age(book: LawBook, sex: Sex, birth: Birth, on: date) -> RetirementAge:
    """The retirement age of the law of `on`: under normal working conditions (Labour Code 45/2019/QH14,
    art 169.2; Decree 135/2020/NĐ-CP, Appendix I); who was born before its first row had reached the age of
    the Labour Code 2012. A pension can begin on the 1st of the month after (Circular 11/2025/TT-BNV, art 5.1).

    Raises RuleProblem birth_after_day, ParameterMissing.
    """
    if birth.on > on:
        raise RuleProblem("birth_after_day", "birth", birth=birth.on, on=on)
    fact = _age(book, _TABLES[sex], on, month_text(birth.month))
    return reaching(birth, fact, "retirement_age")


def old_entrant_age(book: LawBook, sex: Sex, birth: Birth, joined_on: date) -> RetirementAge:
    """The former age that those who began voluntary insurance before 1/1/2021 keep
    (Law 41/2024/QH15, art 141.9). Raises ParameterMissing when they joined later."""
    return reaching(birth, book.fact("old_entrant_age", joined_on, sex.value), "old_entrant_age")


def reaching(birth: Birth, fact: Fact, code: str) -> RetirementAge:
    """The month in which an age is reached, and the 1st of the month after."""
    reached = birth.month.shifted(fact.whole)
    begins = reached.shifted(1).first_day
    values = {"years": fact.whole // 12, "months": fact.whole % 12, "on": begins}
    steps = [Step(code if values["months"] else f"{code}_whole", values, (fact,))]
    if birth.known is Known.YEAR:
        steps.insert(0, Step("birth_year_only", {"on": birth.on}))
    return RetirementAge(fact.whole, reached, begins, Trace(tuple(steps)))


def _age(book: LawBook, table: str, on: date, born: str) -> Fact:
    first = book.fact(table, on, book.keys(table, on)[0])
    if born < first.key:
        return book.banded(table, first.valid_from - timedelta(days=1), born)
    return book.banded(table, on, born)
