"""Days, months, quarters, years: small pure functions over `datetime.date`. Nothing here reads a clock."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

MONTHS_A_DAY = Fraction(12, 365)


@lru_cache(maxsize=4096)
def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def is_month_end(day: date) -> bool:
    """Whether `day` is the last of its month."""
    return day == month_end(day)


def previous_month_end(day: date) -> date:
    """The last day of the month before that of `day`."""
    return day.replace(day=1) - timedelta(days=1)


def previous_december_end(day: date) -> date:
    """31 December of the year before `day`."""
    return date(day.year - 1, 12, 31)


def same_day_last_year(day: date) -> date:
    """The same period a year earlier; a month's end stays a month's end (28/02/2025 → 29/02/2024)."""
    return shift_months(day, -12)


def shift_months(day: date, months: int) -> date:
    """`day` moved by whole months; a month's end stays a month's end, else the day is cut to the month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    wanted = last if is_month_end(day) else min(day.day, last)
    return date(year, month + 1, wanted)


@lru_cache(maxsize=4096)
def months_between(start: date, end: date) -> Fraction:
    """Months from `start` to `end`: whole between two month-ends, else days × 12/365. Negative backwards."""
    if is_month_end(start) and is_month_end(end):
        return Fraction((end.year - start.year) * 12 + end.month - start.month)
    return (end - start).days * MONTHS_A_DAY


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month of `day`."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return month_end(self.first_day)

    def shifted(self, months: int) -> "Month":
        """The month `months` later (earlier when negative)."""
        return Month.of(shift_months(self.first_day, months))


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A calendar quarter, `number` 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter of `day`."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return month_end(date(self.year, self.number * 3, 1))
