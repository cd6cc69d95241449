from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vandong.kernel.money import format_dong, parse_dong, parse_dong_change, round_dong
from vandong.kernel.numbers import NumberProblem
from vandong.kernel.rates import parse_rate, rate_fraction, share_of


def test_dong_round_half_up_once() -> None:
    assert round_dong(Fraction(3, 2)) == 2
    assert round_dong(Fraction(5, 2)) == 3
    assert round_dong(Fraction(249, 100)) == 2
    assert round_dong(7) == 7


def test_dong_are_written_with_an_unbreaking_space() -> None:
    assert format_dong(1188000) == "1.188.000\u00a0đ"


@pytest.mark.parametrize(
    "text", ["1.188.000 đ", "1188000", "1,188,000 VND", "1.188.000đồng", "1.188.000 ₫", "1188000.0"]
)
def test_dong_read(text: str) -> None:
    assert parse_dong(text) == 1188000


@given(st.integers(min_value=0, max_value=10**14))
def test_dong_written_is_dong_read(amount: int) -> None:
    assert parse_dong(format_dong(amount)) == amount


def test_negative_dong_only_as_a_change() -> None:
    assert parse_dong_change("\u221266.000 đ") == -66000
    with pytest.raises(NumberProblem, match="negative_count"):
        parse_dong("-66.000 đ")


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("0.22", "0.22"),
        ("0,22", "0.22"),
        ("22%", "0.22"),
        ("4,5%", "0.045"),
        ("1", "1"),
        ("0", "0"),
        ("100%", "1"),
    ],
)
def test_rates_read_exactly(text: str, rate: str) -> None:
    assert parse_rate(text) == Decimal(rate)


@pytest.mark.parametrize("text", ["22", "1,01", "-0,1", "101%"])
def test_rates_out_of_range(text: str) -> None:
    with pytest.raises(NumberProblem, match="rate_out_of_range"):
        parse_rate(text)


def test_shares_stay_exact() -> None:
    assert rate_fraction(Decimal("0.045")) == Fraction(45, 1000)
    assert share_of(2_340_000, Decimal("0.045")) == 105300
    assert share_of(1, Decimal("0.22")) == Fraction(22, 100)
