"""The discount tables: what server, bulk calculation and phone share."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from vandong.rules.discount import SCALE, compound_factors, discount_factors

RATES = st.fractions(min_value=0, max_value=Fraction(2, 100), max_denominator=10**6)
MONTHS = st.integers(min_value=1, max_value=120)


def test_the_first_month_ahead_is_not_discounted() -> None:
    factors = discount_factors(Fraction("0.0031"), 24)
    assert factors[:2] == (SCALE, 996909580301066693250922141362)
    assert len(factors) == 24


def test_the_last_missing_month_bears_interest_already() -> None:
    assert compound_factors(Fraction("0.01"), 2) == (SCALE * 101 // 100, SCALE * 10201 // 10000)


@given(RATES, MONTHS)
def test_each_factor_is_the_exact_power_rounded_half_up(r: Fraction, months: int) -> None:
    half = Fraction(1, 2)
    last = months - 1
    assert -half < discount_factors(r, months)[last] - SCALE / (1 + r) ** last <= half
    assert -half < compound_factors(r, months)[last] - SCALE * (1 + r) ** months <= half


@given(MONTHS)
def test_without_interest_every_factor_is_one(months: int) -> None:
    assert discount_factors(Fraction(0), months) == compound_factors(Fraction(0), months)
    assert set(discount_factors(Fraction(0), months)) == {SCALE}
