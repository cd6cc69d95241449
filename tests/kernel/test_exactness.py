from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vandong.kernel.exactness import Exactness, Interval, count_interval, point

WHOLE = st.integers(min_value=-1000, max_value=1000)


@pytest.mark.parametrize(
    ("value", "exactness", "low", "high"),
    [
        (44134, Exactness.EXACT, 44134, 44134),
        (63300, Exactness.OVER, 63300, 63399),
        (6500, Exactness.NEARLY, 6401, 6500),
        (100000, Exactness.OVER, 100000, 109999),
        (4000, Exactness.ABOUT, 3800, 4200),
        (0, Exactness.OVER, 0, 0),
        (7, Exactness.OVER, 7, 7),
    ],
)
def test_words_reach_to_the_last_digit_printed(
    value: int, exactness: Exactness, low: int, high: int
) -> None:
    assert count_interval(value, exactness) == Interval(Fraction(low), Fraction(high))


@given(WHOLE, WHOLE, WHOLE, WHOLE)
def test_arithmetic_holds_every_pair(a: int, b: int, c: int, d: int) -> None:
    one = Interval(Fraction(min(a, b)), Fraction(max(a, b)))
    other = Interval(Fraction(min(c, d)), Fraction(max(c, d)))
    for x in (a, b):
        for y in (c, d):
            assert x + y in one + other
            assert x - y in one - other
            assert x * y in one * other
            if 0 not in other:
                assert Fraction(x, y) in one / other


def test_points_and_overlaps() -> None:
    assert point(5).is_point
    assert point(5).overlaps(Interval(Fraction(1), Fraction(5)))
    assert not point(5).overlaps(Interval(Fraction(6), Fraction(7)))
    with pytest.raises(ZeroDivisionError):
        point(1) / Interval(Fraction(-1), Fraction(1))
    with pytest.raises(ValueError, match="above"):
        Interval(Fraction(2), Fraction(1))


@given(st.integers(min_value=1, max_value=10**9), st.sampled_from(list(Exactness)))
def test_the_printed_value_is_always_possible(value: int, exactness: Exactness) -> None:
    interval = count_interval(value, exactness)
    assert value in interval
    assert interval.low >= Fraction(value * 9, 10) - 1
    assert interval.high <= Fraction(value * 11, 10)
