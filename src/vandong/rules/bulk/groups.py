"""Rows that belong together (the segments of a person) as spans of sorted columns: sums, least, greatest.

Running sums over all groups may pass 64 bits and wrap; the difference between two of them is exact again as
long as the sum of each group fits.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vandong.rules.bulk.exact import LARGEST, Whole

NEVER = LARGEST // 2
"""The least of nothing; −NEVER is the greatest of nothing."""


@dataclass(frozen=True, slots=True)
class Groups:
    """`bounds[i]` to `bounds[i + 1]` are the rows of group i; `of_row` is the group of each row."""

    bounds: Whole
    of_row: Whole

    @classmethod
    def of(cls, of_row: Whole, count: int) -> "Groups":
        """Groups 0 … count−1 of rows sorted by group."""
        return cls(np.searchsorted(of_row, np.arange(count + 1)).astype(np.int64), of_row)

    def sums(self, values: Whole) -> Whole:
        """The sum of each group; also of several columns at once."""
        zero = np.zeros((1, *values.shape[1:]), dtype=np.int64)
        running = np.concatenate([zero, np.cumsum(values, axis=0)])
        total: Whole = running[self.bounds[1:]] - running[self.bounds[:-1]]
        return total

    def least(self, values: Whole, where: NDArray[np.bool_]) -> Whole:
        """The least value of each group among the flagged rows; NEVER where there are none."""
        if not values.size:
            return np.full(self.bounds.size - 1, NEVER, dtype=np.int64)
        shown = np.append(np.where(where, values, NEVER), NEVER)
        found = np.minimum.reduceat(shown, self.bounds[:-1])
        return np.where(self.bounds[1:] > self.bounds[:-1], found, NEVER).astype(np.int64)

    def greatest(self, values: Whole, where: NDArray[np.bool_]) -> Whole:
        """The greatest value of each group among the flagged rows; −NEVER where there are none."""
        return -self.least(-values, where)
