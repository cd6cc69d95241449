"""F7: what calls or visits brought. New joiners and renewals have two different denominators."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist

from vandong.kernel.exactness import Interval
from vandong.measures.quantity import Quantity

CONFIDENCE = Fraction(95, 100)
"""How sure an interval of a share is."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """`new_rate` on those called who were not in the scheme; `renewal_rate` on those called whose
    payment was due, None when nobody says how many those were; `called_per_new` calls for one new joiner."""

    new_rate: Quantity
    renewal_rate: Quantity | None
    called_per_new: Quantity | None


def conversion(
    called_outside: Quantity, joined: Quantity, called_due: Quantity | None, renewed: Quantity
) -> Conversion:
    """Rates of a call list. Never divides renewals by people who were not in the scheme."""
    return Conversion(
        new_rate=joined / called_outside,
        renewal_rate=None if called_due is None else renewed / called_due,
        called_per_new=called_outside / joined if joined.low > 0 else None,
    )


def share_interval(part: int, whole: int) -> Interval:
    """Between which shares the true one lies with 95 % confidence, when `part` of `whole` people were seen to
    do it (E. B. Wilson, 1927, score interval: holds for few people and for shares near nought too).

    Raises ValueError unless 0 ≤ part ≤ whole and whole > 0.
    """
    if not 0 <= part <= whole or whole == 0:
        raise ValueError(f"{part} of {whole}")
    z = Fraction(NormalDist().inv_cdf(float((1 + CONFIDENCE) / 2)))
    share, square = Fraction(part, whole), z * z / whole
    middle = (share + square / 2) / (1 + square)
    spread = share * (1 - share) / whole + square / (4 * whole)
    half = z * _root(spread) / (1 + square)
    low = Fraction(0) if part == 0 else max(Fraction(0), middle - half)
    high = Fraction(1) if part == whole else min(Fraction(1), middle + half)
    return Interval(low, high)


def _root(value: Fraction) -> Fraction:
    return Fraction((Decimal(value.numerator) / Decimal(value.denominator)).sqrt())
