"""Exactness words ("hơn", "gần", "khoảng") as closed intervals that arithmetic carries along."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Exactness(StrEnum):
    """How a count was printed: exact, hơn (over), gần (nearly), khoảng (about)."""

    EXACT = "exact"
    OVER = "over"
    NEARLY = "nearly"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Interval:
    """All values that a printed figure may stand for, ends included.

    Raises ValueError when `low` lies above `high`.
    """

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"low {self.low} above high {self.high}")

    @property
    def is_point(self) -> bool:
        """Whether only one value is possible."""
        return self.low == self.high

    def __contains__(self, value: int | Fraction) -> bool:
        return self.low <= value <= self.high

    def overlaps(self, other: "Interval") -> bool:
        """Whether one value could satisfy both."""
        return self.low <= other.high and other.low <= self.high

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: "Interval") -> "Interval":
        products = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(products), max(products))

    def __truediv__(self, other: "Interval") -> "Interval":
        """Quotient. Raises ZeroDivisionError when `other` may be nought."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("interval divisor contains nought")
        quotients = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(quotients), max(quotients))


def point(value: int | Fraction) -> Interval:
    """The interval of one exact value."""
    return Interval(Fraction(value), Fraction(value))


def count_interval(value: int, exactness: Exactness) -> Interval:
    """The whole counts (people, đồng) that `value` with its word may stand for.

    A word reaches to the place of the last digit that is not 0, but never further than a tenth of the
    value: "hơn 63.300" is 63.300 to 63.399, "gần 6.500" is 6.401 to 6.500, "hơn 100.000" ends at 109.999.
    """
    if exactness is Exactness.EXACT or value == 0:
        return point(value)
    step = _step(abs(value))
    if exactness is Exactness.OVER:
        return Interval(Fraction(value), Fraction(value + step - 1))
    if exactness is Exactness.NEARLY:
        return Interval(Fraction(value - step + 1), Fraction(value))
    half = step // 2
    return Interval(Fraction(value - half), Fraction(value + half))


def _step(value: int) -> int:
    place = 1
    while value % (place * 10) == 0:
        place *= 10
    return max(1, min(place, value // 10))
