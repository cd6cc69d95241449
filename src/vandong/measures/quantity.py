"""A figure with everything it may stand for: the value as printed, and the least and the greatest
possible."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from vandong.kernel.exactness import Exactness, Interval, count_interval


@dataclass(frozen=True, slots=True)
class Quantity:
    """`nominal` is what is shown; the true value lies from `low` to `high`, ends included.

    Arithmetic carries both along. Raises ValueError when the ends do not hold the nominal value.
    """

    nominal: Fraction
    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low is self.high is self.nominal:
            return
        if not self.low <= self.nominal <= self.high:
            raise ValueError(f"{self.nominal} outside {self.low} to {self.high}")

    @property
    def is_exact(self) -> bool:
        """Whether only the nominal value is possible."""
        return self.low is self.high or self.low == self.high

    @property
    def interval(self) -> Interval:
        """The possible values without the nominal one."""
        return Interval(self.low, self.high)

    def __add__(self, other: "Quantity") -> "Quantity":
        nominal = _sum(self.nominal, other.nominal, 1)
        if self.is_exact and other.is_exact:
            return Quantity(nominal, nominal, nominal)
        return Quantity(nominal, self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Quantity") -> "Quantity":
        nominal = _sum(self.nominal, other.nominal, -1)
        if self.is_exact and other.is_exact:
            return Quantity(nominal, nominal, nominal)
        return Quantity(nominal, self.low - other.high, self.high - other.low)

    def __mul__(self, other: "Quantity") -> "Quantity":
        nominal = self.nominal * other.nominal
        if self.is_exact and other.is_exact:
            return Quantity(nominal, nominal, nominal)
        span = self.interval * other.interval
        return Quantity(nominal, span.low, span.high)

    def __truediv__(self, other: "Quantity") -> "Quantity":
        """Quotient. Raises ZeroDivisionError when `other` may be nought."""
        if self.is_exact and other.is_exact:
            nominal = _quotient(self.nominal, other.nominal)
            return Quantity(nominal, nominal, nominal)
        span = self.interval / other.interval
        return Quantity(self.nominal / other.nominal, span.low, span.high)

    def __neg__(self) -> "Quantity":
        return Quantity(-self.nominal, -self.high, -self.low)

    def surely_above(self, value: int | Fraction) -> bool:
        """Whether every possible value is greater than `value`."""
        return self.low > value

    def surely_below(self, value: int | Fraction) -> bool:
        """Whether every possible value is less than `value`."""
        return self.high < value

    def overlaps(self, other: "Quantity") -> bool:
        """Whether one value could satisfy both."""
        return self.low <= other.high and other.low <= self.high


def _sum(a: Fraction, b: Fraction, sign: int) -> Fraction:
    """a ± b. Counts are whole, and whole numbers are added several times faster than fractions."""
    if a.denominator == 1 and b.denominator == 1:
        return Fraction(a.numerator + sign * b.numerator)
    return a + sign * b


def _quotient(a: Fraction, b: Fraction) -> Fraction:
    if a.denominator == 1 and b.denominator == 1:
        return Fraction(a.numerator, b.numerator)
    return a / b


def exact(value: int | Fraction) -> Quantity:
    """A value that stands only for itself."""
    number = Fraction(value)
    return Quantity(number, number, number)


def stated(value: int, exactness: Exactness | str = Exactness.EXACT) -> Quantity:
    """A count (people, households, đồng) as printed with its word: hơn, gần, khoảng."""
    number = Fraction(value)
    if exactness == Exactness.EXACT:
        return Quantity(number, number, number)
    word = Exactness(exactness)
    if value < 0:
        return -stated(-value, word)
    span = count_interval(value, word)
    return Quantity(number, span.low, span.high)


def between(
    low: int | Fraction, high: int | Fraction, nominal: int | Fraction | None = None
) -> Quantity:
    """A value known only to lie from `low` to `high`; shown as their middle unless `nominal` is given."""
    ends = Fraction(low), Fraction(high)
    middle = (ends[0] + ends[1]) / 2
    return Quantity(middle if nominal is None else Fraction(nominal), *ends)


def total(parts: Iterable[Quantity]) -> Quantity:
    """The sum; nought of nothing."""
    result = exact(0)
    for part in parts:
        result = result + part
    return result
