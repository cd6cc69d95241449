"""How many averages the years paid are worth: one figure for years before 2014, another from then on."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from vandong.kernel.periods import Month
from vandong.law import LawBook
from vandong.rules.counted_years import counted_years
from vandong.rules.trace import Step


@dataclass(frozen=True, slots=True)
class YearMultiples:
    """The averages due, and how they come about."""

    averages: Fraction
    steps: tuple[Step, ...]


def limit_month(book: LawBook, parameter: str, on: date) -> Month:
    """The first month of the later figure (January 2014). Raises ParameterMissing."""
    return Month.of(book.fact(parameter, on).valid_from)


def year_multiples(
    book: LawBook, parameter: str, *, months_before: int, months_from: int, on: date
) -> YearMultiples:
    """1.5 averages for each year before 2014 and 2 for each from 2014; odd months before 2014 move to the
    later time, whose odd months are half a year or a whole one (Law 41/2024/QH15, art 102 and 110;
    Circular 59/2015/TT-BLĐTBXH, example 34). Raises ParameterMissing."""
    later = book.fact(parameter, on)
    earlier = book.fact(parameter, later.valid_from - timedelta(days=1))
    years_before, moved = divmod(months_before, 12)
    counted = counted_years(book, months_from + moved, on)
    averages = earlier.value * years_before + later.value * counted.years
    values = {
        "before": years_before,
        "each_before": earlier.value,
        "moved": moved,
        "after": counted.years,
        "each_after": later.value,
        "averages": averages,
    }
    code = "year_multiples_moved" if moved else "year_multiples"
    return YearMultiples(averages, (counted.step, Step(code, values, (earlier, later))))
