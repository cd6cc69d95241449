from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vandong.kernel.days import DayProblem, day_from_cell, format_day, parse_day

END_OF_MAY = date(2023, 5, 31)


@pytest.mark.parametrize(
    "text",
    [
        "2023-05-31",
        "2023-05-31 00:00:00",
        "2023-05-31T17:00:00+07:00",
        "2023/5/31",
        "31/05/2023",
        "31/5/2023",
        " 31 / 05 / 2023 ",
        "31-5-2023",
        "31.5.2023",
        "ngày 31 tháng 5 năm 2023",
        "31 tháng 05, 2023",
        "45077",
        "45077.0",
        "45077.354",
    ],
)
def test_days_in_every_form(text: str) -> None:
    assert parse_day(text) == END_OF_MAY


def test_day_stands_before_month() -> None:
    assert parse_day("05/03/1990") == date(1990, 3, 5)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "missing_day"),
        ("hôm qua", "not_a_day"),
        ("31/05-2023", "not_a_day"),
        ("999999", "not_a_day"),
        ("12", "not_a_day"),
        ("31/02/1980", "impossible_day"),
        ("29/02/2023", "impossible_day"),
        ("00/05/2023", "impossible_day"),
        ("05/31/2023", "month_before_day"),
        ("1990", "year_only"),
        ("1990.0", "year_only"),
        ("05/2023", "month_only"),
        ("2023-05", "month_only"),
        ("31/5/23", "two_digit_year"),
        ("31/05/0023", "day_out_of_range"),
        ("31/05/9999", "day_out_of_range"),
    ],
)
def test_days_refused_with_their_reason(text: str, code: str) -> None:
    with pytest.raises(DayProblem) as raised:
        parse_day(text)
    assert (raised.value.code, raised.value.text) == (code, text)


@given(st.dates(min_value=date(1850, 1, 1), max_value=date(2150, 12, 31)))
def test_day_written_is_day_read(day: date) -> None:
    assert parse_day(format_day(day)) == day
    assert parse_day(day.isoformat()) == day


@given(st.dates(min_value=date(1910, 1, 1), max_value=date(2099, 12, 31)))
def test_serials_are_days_since_1899(day: date) -> None:
    assert parse_day(str((day - date(1899, 12, 30)).days)) == day


@given(st.text(max_size=25))
def test_any_text_is_a_day_or_a_problem(text: str) -> None:
    with suppress(DayProblem):
        assert parse_day(text).year in range(1850, 2151)


def test_cells_hold_days_in_several_types() -> None:
    for cell in (END_OF_MAY, datetime(2023, 5, 31, 8, 30), "31/05/2023", 45077, 45077.5):  # noqa: DTZ001
        assert day_from_cell(cell) == END_OF_MAY
    with pytest.raises(DayProblem):
        day_from_cell(None)
