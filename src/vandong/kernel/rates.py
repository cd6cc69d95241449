"""Rates: exact Decimal fractions (22 % is 0.22), never floats."""

from decimal import Decimal
from fractions import Fraction

from vandong.kernel.numbers import NumberProblem, parse_percent


def parse_rate(text: str) -> Decimal:
    """A rate written as a fraction ("0.22", "0,22") or per cent ("22%"), between 0 and 1.

    Raises NumberProblem with `rate_out_of_range` above 1 or below 0 (is "22" meant as 22%?), else with
    the codes of `parse_percent`.
    """
    share, decimals = parse_percent(text)
    per_cent = text.strip().endswith("%")
    value = Decimal(share.numerator) / Decimal(share.denominator) if share else Decimal(0)
    rate = value if per_cent else (value * 100).quantize(Decimal(1).scaleb(-decimals))
    if not 0 <= rate <= 1:
        raise NumberProblem("rate_out_of_range", text)
    return rate


def rate_fraction(rate: Decimal) -> Fraction:
    """The same rate for exact arithmetic."""
    return Fraction(rate)


def share_of(amount: int, rate: Decimal) -> Fraction:
    """`rate` of `amount` đồng or people, not yet rounded."""
    return amount * Fraction(rate)
