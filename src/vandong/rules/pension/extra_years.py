"""The lump sum for years beyond those of the highest rate."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vandong.law import LawBook
from vandong.rules.counted_years import counted_years
from vandong.rules.people import Sex
from vandong.rules.trace import Step


@dataclass(frozen=True, slots=True)
class ExtraYears:
    """Extra years up to the retirement age and after it, and how many averages they are worth together."""

    until_age: Fraction
    after_age: Fraction
    averages: Fraction
    steps: tuple[Step, ...]


def extra_years(
    book: LawBook, sex: Sex, *, months: int, months_after_age: int, on: date
) -> ExtraYears:
    """Years over 35 (men) or 30 (women): half the average for each up to the retirement age, twice the average
    for each paid after it (Law 41/2024/QH15, art 100; before 1/7/2025 Law 58/2014/QH13, art 75).
    Raises ParameterMissing."""
    limit = book.fact("pension_extra_limit_years", on, sex.value)
    extra = max(Fraction(0), counted_years(book, months, on).years - limit.value)
    if not extra:
        return ExtraYears(extra, extra, extra, ())
    after = min(extra, counted_years(book, months_after_age, on).years)
    until = extra - after
    each, each_after = (
        book.fact(name, on)
        for name in ("pension_extra_multiple", "pension_extra_multiple_after_age")
    )
    averages = until * each.value + after * each_after.value
    values = {
        "limit": limit.value,
        "until": until,
        "after": after,
        "averages": averages,
    }
    step = Step("pension_extra_years", values, (limit, each, each_after))
    return ExtraYears(until, after, averages, (step,))
