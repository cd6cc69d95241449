"""Months paid as years that count for amounts: odd months are half a year or a whole one."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vandong.law import LawBook
from vandong.rules.trace import Step


@dataclass(frozen=True, slots=True)
class CountedYears:
    """Years for amounts: whole or with a half."""

    years: Fraction
    step: Step


def counted_years(book: LawBook, months: int, on: date) -> CountedYears:
    """1 to 6 odd months are half a year, 7 to 11 a whole one (Law 41/2024/QH15, art 5.6). For amounts only:
    whether somebody has a right is decided on full months. Raises ParameterMissing."""
    return _counted(book, months, on, "")


def allowance_years(book: LawBook, months: int, on: date) -> CountedYears:
    """The same for the allowance instead of a pension (Decree 159/2025/NĐ-CP, art 14)."""
    return _counted(book, months, on, "allowance_")


def _counted(book: LawBook, months: int, on: date, prefix: str) -> CountedYears:
    whole, odd = divmod(months, 12)
    limit, half = (
        book.fact(f"{prefix}odd_months_half", on),
        book.fact(f"{prefix}odd_months_half_years", on),
    )
    years = Fraction(whole)
    if odd:
        years += half.value if odd <= limit.value else 1
    values = {"months": months, "whole": whole, "odd": odd, "years": years}
    return CountedYears(years, Step("counted_years", values, (limit, half)))
