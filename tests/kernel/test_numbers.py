from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vandong.kernel.numbers import (
    NumberProblem,
    decimal_text,
    format_count,
    format_decimal,
    format_percent,
    format_signed,
    parse_change,
    parse_count,
    parse_percent,
    rounded,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.724.171", 1724171),
        ("1,724,171", 1724171),
        ("1 724 171", 1724171),
        ("1\u00a0724\u202f171", 1724171),
        ("1'724'171", 1724171),
        ("1724171", 1724171),
        (" 8005 ", 8005),
        ("12.345", 12345),
        ("12,345", 12345),
        ("44134.0", 44134),
        ("44134,00", 44134),
        ("1.724.171,00", 1724171),
        ("1,724,171.0", 1724171),
        ("0", 0),
        ("007", 7),
        ("+5", 5),
        ("-0", 0),
        ("999999999999999", 999999999999999),
    ],
)
def test_counts_read_in_both_notations(text: str, value: int) -> None:
    assert parse_count(text) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "missing_number"),
        (" \u00a0", "missing_number"),
        ("abc", "not_a_number"),
        ("12 người", "not_a_number"),
        ("1.72.3", "not_a_number"),
        ("1.724,171.000", "not_a_number"),
        ("1.724.17", "not_a_number"),
        ("--5", "not_a_number"),
        ("+-5", "not_a_number"),
        ("5%", "not_a_number"),
        ("#REF!", "not_a_number"),
        ("nan", "not_a_number"),
        ("inf", "not_a_number"),
        ("٣٤", "not_a_number"),
        ("5.", "not_a_number"),
        (",5", "not_a_number"),
        ("()", "not_a_number"),
        ("-", "not_a_number"),
        ("1,5", "not_whole"),
        ("12.3450", "not_whole"),
        ("1.724.171,5", "not_whole"),
        ("-5", "negative_count"),
        ("−5", "negative_count"),
        ("(1.898)", "negative_count"),
        ("0.500", "ambiguous_number"),
        ("012.345", "ambiguous_number"),
        ("1e308", "scientific_notation"),
        ("1,2E+05", "scientific_notation"),
        ("1000000000000000", "number_too_large"),
        ("9" * 6000, "number_too_large"),
    ],
)
def test_counts_refused_with_their_reason(text: str, code: str) -> None:
    with pytest.raises(NumberProblem) as raised:
        parse_count(text)
    assert (raised.value.code, raised.value.text) == (code, text)


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_count_written_is_count_read(value: int) -> None:
    assert parse_count(format_count(value)) == value
    assert parse_count(f"{value:,}") == value
    assert parse_count(f"{value}.0") == value


@given(st.integers(min_value=-(10**15) + 1, max_value=10**15 - 1))
def test_change_written_is_change_read(value: int) -> None:
    assert parse_change(format_signed(value)) == value
    assert parse_change(str(value)) == value


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_a_problem(text: str) -> None:
    for parse in (parse_count, parse_change, parse_percent):
        with suppress(NumberProblem):
            assert parse(text) is not None


@pytest.mark.parametrize(
    ("text", "share", "decimals"),
    [
        ("84,65%", Fraction(8465, 10000), 2),
        ("84.65", Fraction(8465, 10000), 2),
        ("84,65 %", Fraction(8465, 10000), 2),
        ("100", Fraction(1), 0),
        ("12,345%", Fraction(12345, 100000), 3),
        ("1.084,65%", Fraction(108465, 10000), 2),
        ("−3,2%", Fraction(-32, 1000), 1),
        ("0,0", Fraction(0), 1),
    ],
)
def test_percentages_keep_their_decimals(text: str, share: Fraction, decimals: int) -> None:
    assert parse_percent(text) == (share, decimals)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "missing_number"),
        ("%", "missing_number"),
        ("84,,6", "not_a_number"),
        ("1e2", "scientific_notation"),
    ],
)
def test_percentages_refused(text: str, code: str) -> None:
    with pytest.raises(NumberProblem) as raised:
        parse_percent(text)
    assert raised.value.code == code


@given(st.integers(min_value=-(10**9), max_value=10**9), st.integers(min_value=0, max_value=6))
def test_percentage_written_is_percentage_read(units: int, decimals: int) -> None:
    """Below 1,000 %: a lone 1.000 is read as one with three decimals."""
    units %= 1000 * 10**decimals
    share = Fraction(units, 100 * 10**decimals)
    assert parse_percent(format_percent(share, decimals) + "%") == (share, decimals)


def test_written_forms() -> None:
    assert format_count(1724171) == "1.724.171"
    assert format_count(-1898) == "\u22121.898"
    assert format_signed(4934) == "+4.934"
    assert format_signed(-1898) == "\u22121.898"
    assert format_signed(0) == "0"
    assert format_percent(Fraction(44134, 52139)) == "84,65"
    assert format_percent(Fraction(1, 8), 1) == "12,5"
    assert format_percent(Fraction(1, 3), 0) == "33"
    assert format_decimal(Fraction(9869, 2)) == "4.934,50"
    assert format_decimal(Fraction(-1, 1000)) == "0,00"


def test_decimal_text_ends_early_and_rounds_half_up() -> None:
    assert decimal_text(Fraction(44134, 52139) * 100) == "84.6468094900"
    assert decimal_text(Fraction(1601)) == "1601"
    assert decimal_text(Fraction(1, 8)) == "0.125"
    assert decimal_text(Fraction(-1, 8), 2) == "-0.13"
    assert decimal_text(Fraction(2, 3), 3) == "0.667"
    assert decimal_text(Fraction(1, 10**12)) == "0.0000000000"
    assert decimal_text(Fraction(5, 2), 0) == "3"


def test_a_half_goes_away_from_nought() -> None:
    assert [rounded(Fraction(n, 2)) for n in (-3, -1, 1, 3, 5)] == [-2, -1, 1, 2, 3]
    assert rounded(Fraction(49, 100)) == 0
