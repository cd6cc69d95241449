"""Sums of flows over a span from rows that may overlap (a month inside a quarter, a running total of the
year)."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vandong.measures.quantity import Quantity, exact, total


@dataclass(frozen=True, slots=True)
class FlowSpan:
    """A count over a span, both days included."""

    period_from: date
    until: date
    amount: Quantity

    @property
    def days(self) -> int:
        """Days in the span."""
        return (self.until - self.period_from).days + 1


@dataclass(frozen=True, slots=True)
class FlowSum:
    """The sum of spans that do not overlap. `missing_days` of the asked span are covered by none of them."""

    total: Quantity
    spans: tuple[FlowSpan, ...]
    missing_days: int

    @property
    def until(self) -> date | None:
        """The last day that is covered."""
        return self.spans[-1].until if self.spans else None


def flow_sum(rows: Iterable[FlowSpan], start: date, end: date) -> FlowSum:
    """The spans inside `start` to `end` that cover most days without overlap, the fewest of them on a tie."""
    inside = sorted(
        (row for row in rows if row.period_from >= start and row.until <= end),
        key=lambda row: (row.until, row.period_from),
    )
    chosen = _best_cover(inside)
    covered = sum(row.days for row in chosen)
    amount = total(row.amount for row in chosen) if chosen else exact(0)
    return FlowSum(amount, chosen, (end - start).days + 1 - covered)


def _best_cover(rows: Sequence[FlowSpan]) -> tuple[FlowSpan, ...]:
    """Weighted interval scheduling by covered days, then by fewer rows."""
    ends = [row.until for row in rows]
    best: list[tuple[int, int]] = [(0, 0)]
    previous: list[int] = []
    for index, row in enumerate(rows):
        before = bisect_right(ends, row.period_from - timedelta(days=1), hi=index)
        previous.append(before)
        days, minus_rows = best[before]
        best.append(max(best[index], (days + row.days, minus_rows - 1)))
    chosen: list[FlowSpan] = []
    index = len(rows)
    while index:
        if best[index] == best[index - 1]:
            index -= 1
        else:
            chosen.append(rows[index - 1])
            index = previous[index - 1]
    return tuple(reversed(chosen))
