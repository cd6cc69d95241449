"""Factors of payments made ahead and of payments made up: (1+r)^−i and (1+r)^i as scaled whole numbers.

Server, bulk calculation and phone multiply the same integers, so that they agree to the đồng.
"""

from fractions import Fraction
from functools import cache
from itertools import accumulate, repeat

SCALE = 10**30
"""One whole, as every factor here is written. A matter of arithmetic, not of law: thirty decimals leave the
sum of ten years of the highest income exact to far below a đồng."""


@cache
def discount_factors(r: Fraction, months: int) -> tuple[int, ...]:
    """SCALE / (1+r)^i for i = 0 … months−1, each rounded half up: the first month is not discounted
    (Decree 159/2025/NĐ-CP, art 6). `r` is the interest of one month."""
    return _scaled(1 / (1 + r), months + 1)[:-1]


@cache
def compound_factors(r: Fraction, months: int) -> tuple[int, ...]:
    """SCALE × (1+r)^i for i = 1 … months, each rounded half up: already the last month bears one month of
    interest (Decree 159/2025/NĐ-CP, art 7). `r` is the interest of one month."""
    return _scaled(1 + r, months + 1)[1:]


def _scaled(step: Fraction, count: int) -> tuple[int, ...]:
    """SCALE × step^i for i = 0 … count−1, half up: exact powers, kept as numerator and denominator, because
    whole numbers grow without the work of reducing fractions."""
    powers = accumulate(
        repeat(step.as_integer_ratio(), count - 1),
        lambda power, by: (power[0] * by[0], power[1] * by[1]),
        initial=(1, 1),
    )
    return tuple((2 * SCALE * above + below) // (2 * below) for above, below in powers)
