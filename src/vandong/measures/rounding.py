"""Rounding for words and tables: half away from nought, as the offices do."""

from fractions import Fraction


def nearest(value: Fraction) -> int:
    """The nearest whole number, halves away from nought."""
    doubled = abs(value) * 2 + 1
    whole = int(doubled // 2)
    return -whole if value < 0 else whole
