"""Printed percentages: what they may stand for, and whether a recomputed value explains them.

Offices mostly round and sometimes cut off (`domain.md` 2.A: 155,835 printed as 155,83): both are accepted.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from vandong.kernel.exactness import Interval
from vandong.measures.quantity import Quantity


class Verdict(StrEnum):
    """How a printed percentage relates to the recomputed value."""

    ROUNDED = "rounded"
    TRUNCATED = "truncated"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class PrintedRate:
    """A percentage as printed: `rate` is a fraction (84,65% is 0.8465) with `decimals` places after the
    comma."""

    rate: Fraction
    decimals: int

    @property
    def unit(self) -> Fraction:
        """One in the last printed place, as a fraction."""
        return Fraction(1, 100 * 10**self.decimals)

    @property
    def if_rounded(self) -> Interval:
        """What it stands for when rounded half away from nought."""
        return Interval(self.rate - self.unit / 2, self.rate + self.unit / 2)

    @property
    def if_truncated(self) -> Interval:
        """What it stands for when cut off."""
        if self.rate < 0:
            return Interval(self.rate - self.unit, self.rate)
        return Interval(self.rate, self.rate + self.unit)

    @property
    def either(self) -> Interval:
        """What it may stand for, rounded or cut off."""
        return Interval(
            min(self.if_rounded.low, self.if_truncated.low),
            max(self.if_rounded.high, self.if_truncated.high),
        )


def printed_rate(per_cent: Fraction, decimals: int) -> PrintedRate:
    """A percentage given in per cent (84.65 with 2 decimals)."""
    return PrintedRate(per_cent / 100, decimals)


def recognised(recomputed: Quantity, printed: PrintedRate) -> Verdict:
    """Whether some possible value of `recomputed` prints so, rounded first, then cut off."""
    if _reaches(recomputed, printed.if_rounded, printed.rate < 0):
        return Verdict.ROUNDED
    if _reaches(recomputed, printed.if_truncated, printed.rate < 0):
        return Verdict.TRUNCATED
    return Verdict.NEITHER


def _reaches(value: Quantity, span: Interval, negative: bool) -> bool:
    """Overlap with a span whose end further from nought is open: 84,655 prints as 84,66, not 84,65."""
    if negative:
        return value.low <= span.high and value.high > span.low
    return value.high >= span.low and value.low < span.high
