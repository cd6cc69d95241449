"""F3: the whole (a plan, a denominator) that a count and its printed percentage imply: an interval,
never a number.

The print may be rounded or cut off, so both readings are kept.
"""

import math
from dataclasses import dataclass

from vandong.kernel.exactness import Interval
from vandong.measures.printed import PrintedRate
from vandong.measures.quantity import Quantity


@dataclass(frozen=True, slots=True)
class ImpliedWhole:
    """Possible sizes of the whole when the print was rounded, when it was cut off, and either way."""

    if_rounded: Interval
    if_truncated: Interval

    @property
    def either(self) -> Interval:
        """The least and greatest of both readings."""
        return Interval(
            min(self.if_rounded.low, self.if_truncated.low),
            max(self.if_rounded.high, self.if_truncated.high),
        )


def implied_whole(part: Quantity, printed: PrintedRate) -> ImpliedWhole:
    """Part ÷ (p ± half a unit), or ÷ (p to p + a unit). Raises ZeroDivisionError when p may be nought."""
    return ImpliedWhole(part.interval / printed.if_rounded, part.interval / printed.if_truncated)


def whole_numbers(span: Interval) -> tuple[int, int]:
    """The least and greatest whole number inside; raises ValueError when there is none."""
    low, high = math.ceil(span.low), math.floor(span.high)
    if low > high:
        raise ValueError(f"no whole number from {span.low} to {span.high}")
    return low, high


def implied_quantity(part: Quantity, printed: PrintedRate) -> Quantity:
    """The implied whole either way, shown as part ÷ p."""
    span = implied_whole(part, printed).either
    nominal = part.nominal / printed.rate
    return Quantity(nominal, span.low, span.high)
