"""Factors of payments made ahead and of payments made up: (1+r)^−i and (1+r)^i as scaled whole numbers.

Server, bulk calculation and phone multiply the same integers, so that they agree to the đồng.
"""

from fractions import Fraction
from functools import cache
from itertools import accumulate, repeat
from operator import mul

from vandong.kernel.numbers import rounded

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
    powers = accumulate(repeat(step, count - 1), mul, initial=Fraction(1))
    return tuple(rounded(power * SCALE) for power in powers)
