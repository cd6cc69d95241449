"""Coefficients of months over columns: what 1 đồng of each month counts, exact to thirty decimals.

A weight is its whole part and shards of six decimal digits; a sum of weights times incomes stays within 64 bits
for every shard, and only then are the shards carried over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from vandong.law import LawBook
from vandong.rules.average_income import COEFFICIENTS, Growth
from vandong.rules.bulk.exact import LARGEST, Whole

SHARD = 10**6
SHARDS = 5
WIDTH = 1 + SHARDS
KNOWN = WIDTH
UNKNOWN = KNOWN + 1
TOO_LARGE = UNKNOWN + 1
COLUMNS = TOO_LARGE + 1
"""Whole part and shards of the weights, then counts of months: with a coefficient of the law, without a
value, with growth beyond a hundredfold."""


def shards(value: Fraction) -> list[int]:
    """A weight in whole part and shards. Raises ValueError when thirty decimals do not hold it."""
    whole, rest = divmod(value.numerator, value.denominator)
    parts = [whole]
    for _ in range(SHARDS):
        part, rest = divmod(rest * SHARD, value.denominator)
        parts.append(part)
    if rest:
        raise ValueError(f"{value} has more than thirty decimals")
    return parts


@dataclass(frozen=True, slots=True)
class WeightTable:
    """Running sums over months from `first` on, one block of rows for each day of worth."""

    first: int
    length: int
    running: Whole

    @classmethod
    def of(cls, first: int, blocks: Sequence[Sequence[Sequence[int]]]) -> "WeightTable":
        """From January `first` on: for each day of worth the rows of its years (`year_row`)."""
        running = [_running(rows) for rows in blocks]
        return cls(first, len(running[0]), np.concatenate(running))

    def sums(self, block: Whole, first: Whole, months: Whole) -> Whole:
        """Weights and counts of so many months from `first` on, a row for each."""
        base = block * self.length + first - self.first
        found: Whole = self.running[base + months] - self.running[base]
        return found


def year_of(month: int) -> int:
    """The calendar year of a month by its number."""
    return int(str(np.datetime64(month, "M"))[: -len("-01")])


def _running(years: Sequence[Sequence[int]]) -> Whole:
    monthly = np.repeat(np.array(years, dtype=np.int64), 12, axis=0)
    return np.concatenate([np.zeros((1, COLUMNS), dtype=np.int64), np.cumsum(monthly, axis=0)])


def year_row(book: LawBook, on: date, year: int, growth: Growth | None) -> list[int]:
    """Weight and counts of one month of a year, for a benefit of the day `on` (Law 41/2024/QH15, art 104)."""
    if growth is not None and year >= on.year:
        factor = growth.factor(year - on.year)
        if factor > 100:
            return [*[0] * WIDTH, 0, 0, 1]
        return [*shards(factor), 0, 0, 0]
    if not book.has(COEFFICIENTS, on, f"{year:04d}"):
        return [*[0] * WIDTH, 0, 1, 0]
    return [*shards(book.fact(COEFFICIENTS, on, f"{year:04d}").value), 1, 0, 0]


def carried(totals: Whole) -> Whole:
    """The same sums with every shard below SHARD."""
    made = totals[:, :WIDTH].copy()
    for column in range(SHARDS, 0, -1):
        over, made[:, column] = np.divmod(made[:, column], SHARD)
        made[:, column - 1] += over
    return made


def rounded_quotients(totals: Whole, times: Whole, by: Whole) -> Whole:
    """`round_dong(total * times / by)` of each row of carried totals, exact. Raises OverflowError."""
    most = int(totals[:, 0].max(initial=0)) + 1
    if most * (2 * int(times.max(initial=0)) + 1) + int(by.max(initial=0)) > LARGEST:
        raise OverflowError("a product does not fit 64 bits")
    carry = np.zeros(len(totals), dtype=np.int64)
    for column in range(SHARDS, 0, -1):
        carry = (totals[:, column] * 2 * times + carry) // SHARD
    doubled = totals[:, 0] * 2 * times + carry
    rounded: Whole = (doubled + by) // (2 * by)
    return rounded
