"""Products of whole numbers with exact fractions over whole columns, rounded once, half up, without floats.

A fraction is its whole part and limbs of nine decimal digits. Each limb times a value fits 64 bits, carries
run from the last limb to the first, so that every digit of a sum counts, as with `fractions.Fraction`.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from vandong.kernel.money import round_dong

LIMB = 10**9
LIMBS = 5
Whole: TypeAlias = NDArray[np.int64]

LARGEST = int(np.iinfo(np.int64).max)
LARGEST_VALUE = (LARGEST - LIMB) // LIMB - 1
"""The largest value that may be multiplied: nine billion, far above any income or number of months."""


def rounded_products(values: Whole, rows: Whole, factors: Sequence[Fraction]) -> Whole:
    """`round_dong(values[i] * factors[rows[i]])` for each i, exact.

    Values from 0 to LARGEST_VALUE, factors not negative. Raises OverflowError when a value or a product does
    not fit 64 bits. Factors whose decimals go on beyond the limbs are exact too: where the limbs leave a half
    undecided, the row is worked out as a fraction.
    """
    if not values.size:
        return np.zeros(0, dtype=np.int64)
    limbs = [_limbs(factor) for factor in factors]
    table = np.array([[whole, *parts] for whole, parts, _ in limbs], dtype=np.int64)
    top = int(values.max())
    if int(values.min()) < 0 or top > LARGEST_VALUE or top * _ceiling(factors) > LARGEST:
        raise OverflowError("a product does not fit 64 bits")
    carry, first = np.zeros(values.size, dtype=np.int64), np.zeros(values.size, dtype=np.int64)
    for column in range(LIMBS, 0, -1):
        if not table[:, column].any() and not carry.any():
            first = np.zeros_like(carry)
            continue
        carry += values * table[rows, column]
        carry, first = np.divmod(carry, LIMB)
    result: Whole = values * table[rows, 0] + carry + (first >= LIMB // 2)
    endless = np.array([not ends for _, _, ends in limbs])
    if endless.any():
        for row in np.flatnonzero(endless[rows] & (first == LIMB // 2 - 1)):
            result[row] = round_dong(int(values[row]) * factors[int(rows[row])])
    return result


def _limbs(factor: Fraction) -> tuple[int, list[int], bool]:
    """Whole part, limbs of the decimals, and whether the decimals end within them."""
    whole, rest = divmod(factor.numerator, factor.denominator)
    parts = []
    for _ in range(LIMBS):
        part, rest = divmod(rest * LIMB, factor.denominator)
        parts.append(part)
    return whole, parts, not rest


def _ceiling(factors: Sequence[Fraction]) -> int:
    return int(max(factors, default=Fraction(0))) + 1
