"""Averages and sums. An average printed as a whole number stands for half a unit each way."""

from fractions import Fraction

from vandong.measures.quantity import Quantity, exact


def mean(whole: Quantity, count: int) -> Quantity:
    """Whole ÷ count of units. Raises ZeroDivisionError for no units."""
    return whole / exact(count)


def printed_mean(value: Fraction, decimals: int = 0) -> Quantity:
    """An average (or a multiple) as printed, rounded to `decimals`."""
    half = Fraction(1, 2 * 10**decimals)
    return Quantity(value, value - half, value + half)


def sum_from_mean(average: Quantity, count: int) -> Quantity:
    """The total that an average over `count` units stands for."""
    return average * exact(count)
