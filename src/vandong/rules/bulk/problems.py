"""What is wrong with single rows, as a column of codes: one bad row never stops the others."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from vandong.rules.bulk.groups import Groups

VALUE_MISSING = "value_missing"
VALUE_UNKNOWN = "value_unknown"
NUMBER_TOO_LARGE = "number_too_large"


class RowProblems:
    """The first problem of each row, in the order in which the scalar rule would meet it."""

    def __init__(self, count: int) -> None:
        self._codes: list[str] = [""]
        self._marks = np.zeros(count, dtype=np.int16)

    @property
    def fine(self) -> NDArray[np.bool_]:
        """Rows without a problem so far."""
        fine: NDArray[np.bool_] = self._marks == 0
        return fine

    def mark(self, where: NDArray[np.bool_], code: str) -> None:
        """Gives the rows this problem, save those that have one."""
        fresh = where & self.fine
        if fresh.any():
            self._marks[fresh] = self._number(code)

    def mark_each(self, codes: Sequence[str], rows: NDArray[np.int64]) -> None:
        """The same by a table: row i has the problem `codes[rows[i]]`, none where that is empty."""
        for index, code in enumerate(codes):
            if code:
                self.mark(rows == index, code)

    def spread(self, groups_problems: "RowProblems", groups: Groups) -> None:
        """Gives each group the problem of its first row that has one."""
        rows = np.flatnonzero(~self.fine)
        owners, where = np.unique(groups.of_row[rows], return_index=True)
        first = self._marks[rows[where]]
        for number, code in enumerate(self._codes):
            chosen = owners[first == number] if number else owners[:0]
            flags = np.zeros(groups.bounds.size - 1, dtype=np.bool_)
            flags[chosen] = True
            groups_problems.mark(flags, code)

    def column(self) -> pl.Series:
        """The codes as text, empty where a row is fine."""
        kinds = pl.Series(self._codes[1:], dtype=pl.String)
        marks = pl.Series(self._marks.astype(np.int64) - 1)
        return kinds.gather(marks.set(marks < 0, None))

    def _number(self, code: str) -> int:
        if code not in self._codes:
            self._codes.append(code)
        return self._codes.index(code)
