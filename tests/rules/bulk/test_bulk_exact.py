"""Products of columns are those of fractions, on halves and beside them."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vandong.kernel.money import round_dong
from vandong.rules.bulk.exact import LARGEST_VALUE, rounded_products

VALUES = st.integers(0, 60_000_000)
FACTORS = st.fractions(min_value=0, max_value=500)


def products(values: list[int], rows: list[int], factors: list[Fraction]) -> list[int]:
    columns = (np.array(one, dtype=np.int64) for one in (values, rows))
    return rounded_products(*columns, factors).tolist()


@given(st.lists(st.tuples(VALUES, FACTORS), min_size=1, max_size=20))
@settings(max_examples=100, deadline=None)
def test_products_are_those_of_fractions(given_rows: list[tuple[int, Fraction]]) -> None:
    values, factors = [row[0] for row in given_rows], [row[1] for row in given_rows]
    wanted = [round_dong(value * factor) for value, factor in given_rows]
    assert products(values, list(range(len(values))), factors) == wanted


@given(st.integers(1, 60_000_000), st.integers(0, 10**9), st.integers(28, 44))
@settings(max_examples=200, deadline=None)
def test_a_half_goes_up_and_the_least_less_goes_down(value: int, whole: int, digits: int) -> None:
    half = Fraction(2 * whole + 1, 2 * value)
    least = Fraction(1, 10**digits)
    found = products([value] * 3, [0, 1, 2], [half - least, half, half + least])
    wanted = [round_dong(value * factor) for factor in (half - least, half, half + least)]
    assert found == wanted == [whole, whole + 1, whole + 1]


@pytest.mark.parametrize("factor", [Fraction(1, 6), Fraction(1, 7), Fraction(5, 18)])
def test_decimals_without_end_are_exact_on_halves(factor: Fraction) -> None:
    values = list(range(200))
    wanted = [round_dong(value * factor) for value in values]
    assert products(values, [0] * len(values), [factor]) == wanted


def test_numbers_too_large_are_refused_not_wrapped() -> None:
    with pytest.raises(OverflowError):
        products([LARGEST_VALUE + 1], [0], [Fraction(1)])
    with pytest.raises(OverflowError):
        products([LARGEST_VALUE], [0], [Fraction(10**10)])
    with pytest.raises(OverflowError):
        products([-1], [0], [Fraction(1)])
    assert products([], [], []) == []


def test_digits_far_behind_the_point_do_not_round_up() -> None:
    """Nine noughts behind the point: the limb after them decides nothing."""
    assert products([723, 1], [0, 1], [Fraction(962, 10**24), 3 + Fraction(7, 10**10)]) == [0, 3]
