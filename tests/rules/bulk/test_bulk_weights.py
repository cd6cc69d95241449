"""Sums of weights: every shard counts, to the last of thirty decimals."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vandong.kernel.money import round_dong
from vandong.rules.bulk.weights import WIDTH, carried, rounded_quotients, shards

THIRTY = 10**30
TOTALS = st.lists(st.integers(0, 10**13 * THIRTY), min_size=1, max_size=8)


def columns(totals: list[int]) -> np.ndarray:
    return np.array([shards(Fraction(total, THIRTY)) for total in totals], dtype=np.int64)


@given(TOTALS, st.integers(1, 10_000), st.integers(1, 12_000_000))
@settings(max_examples=100, deadline=None)
def test_quotients_are_those_of_fractions(totals: list[int], times: int, by: int) -> None:
    sizes = np.full(len(totals), times), np.full(len(totals), by)
    found = rounded_quotients(columns(totals), *sizes).tolist()
    assert found == [round_dong(Fraction(total, THIRTY) * times / by) for total in totals]


@given(st.integers(1, 10_000), st.integers(1, 12_000), st.integers(0, 10**9))
@settings(max_examples=200, deadline=None)
def test_the_last_decimal_decides_a_half(times: int, by: int, whole: int) -> None:
    """Totals just at, below and above what makes half a đồng."""
    edge = -(-(2 * whole + 1) * by * THIRTY // (2 * times))
    totals = [edge - 1, edge, edge + 1]
    sizes = np.full(3, times), np.full(3, by)
    found = rounded_quotients(columns(totals), *sizes).tolist()
    assert found == [round_dong(Fraction(total, THIRTY) * times / by) for total in totals]
    assert found[0] == whole
    assert found[1] == whole + 1


def test_sums_of_shards_are_carried() -> None:
    weight = columns([THIRTY - 1] * 1)[0]
    total = carried(np.array([weight * 480 * 10**9]))
    wanted = Fraction(THIRTY - 1, THIRTY) * 480 * 10**9
    assert total[0].tolist() == shards(wanted)
    assert total.shape == (1, WIDTH)


def test_a_weight_of_more_decimals_is_refused() -> None:
    with pytest.raises(ValueError, match="thirty"):
        shards(Fraction(1, 3))


def test_products_too_large_are_refused_not_wrapped() -> None:
    with pytest.raises(OverflowError):
        rounded_quotients(columns([10**13 * THIRTY]), np.array([10**6]), np.array([1]))
