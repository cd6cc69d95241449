"""Money in whole đồng. It is an int everywhere; only sums under way are fractions, rounded once."""

import re
from fractions import Fraction

from vandong.kernel.numbers import format_count, parse_change, parse_count, rounded

_UNIT = re.compile(r"\s*(?:đồng|đ|₫|vnđ|vnd)\.?\s*$", re.IGNORECASE)


def round_dong(value: Fraction | int) -> int:
    """A sum under way to whole đồng, half up (a half away from nought). Round once, at the end."""
    return rounded(Fraction(value))


def format_dong(amount: int) -> str:
    """1188000 → "1.188.000 đ"; the space does not break."""
    return f"{format_count(amount)}\u00a0đ"


def parse_dong(text: str) -> int:
    """An amount, 0 or more, with or without its unit (đ, đồng, ₫, VND, VNĐ). Raises NumberProblem."""
    return parse_count(_UNIT.sub("", text))


def parse_dong_change(text: str) -> int:
    """An amount that may be negative. Raises NumberProblem."""
    return parse_change(_UNIT.sub("", text))
