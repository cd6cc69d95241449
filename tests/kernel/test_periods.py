from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vandong.kernel.periods import (
    Month,
    Quarter,
    is_month_end,
    month_end,
    months_between,
    previous_december_end,
    previous_month_end,
    same_day_last_year,
    shift_months,
)

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31))


def test_ends_of_months_and_years() -> None:
    assert month_end(date(2024, 2, 1)) == date(2024, 2, 29)
    assert previous_month_end(date(2023, 5, 31)) == date(2023, 4, 30)
    assert previous_december_end(date(2023, 5, 31)) == date(2022, 12, 31)
    assert same_day_last_year(date(2025, 2, 28)) == date(2024, 2, 29)
    assert same_day_last_year(date(2024, 2, 28)) == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2022, 12, 31), date(2023, 5, 31), Fraction(5)),
        (date(2023, 5, 31), date(2023, 10, 31), Fraction(5)),
        (date(2023, 5, 31), date(2022, 12, 31), Fraction(-5)),
        (date(2023, 5, 31), date(2023, 6, 15), Fraction(15 * 12, 365)),
    ],
)
def test_months_are_whole_between_month_ends(start: date, end: date, months: Fraction) -> None:
    assert months_between(start, end) == months


@given(DAYS, st.integers(min_value=-600, max_value=600))
def test_shifting_keeps_month_ends_and_counts_back(day: date, months: int) -> None:
    moved = shift_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    if is_month_end(day):
        assert is_month_end(moved)
        assert months_between(day, moved) == months
        assert shift_months(moved, -months) == day


@given(DAYS)
def test_a_day_lies_in_its_month_and_quarter(day: date) -> None:
    assert Month.of(day).first_day <= day <= Month.of(day).last_day
    assert Quarter.of(day).first_day <= day <= Quarter.of(day).last_day
    assert Month.of(day).shifted(1).first_day > day


def test_quarters() -> None:
    assert Quarter.of(date(2023, 5, 31)) == Quarter(2023, 2)
    assert Quarter(2023, 4).last_day == date(2023, 12, 31)
    assert Month(2023, 12).shifted(1) == Month(2024, 1)
