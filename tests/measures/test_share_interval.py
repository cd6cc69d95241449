"""The interval of a share: against published values and for every part of a whole."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vandong.measures.conversion import share_interval


def test_the_published_values_of_newcombe() -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3."""
    for part, whole, low, high in (
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
    ):
        found = share_interval(part, whole)
        assert (f"{float(found.low):.4f}", f"{float(found.high):.4f}") == (low, high)


@given(whole=st.integers(1, 10_000), data=st.data())
def test_it_holds_the_share_and_mirrors(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    found, other = share_interval(part, whole), share_interval(whole - part, whole)
    assert 0 <= found.low <= Fraction(part, whole) <= found.high <= 1
    assert abs(found.low + other.high - 1) < Fraction(1, 10**12)


@pytest.mark.parametrize(("part", "whole"), [(0, 0), (-1, 3), (4, 3)])
def test_what_is_no_part_is_refused(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="of"):
        share_interval(part, whole)
