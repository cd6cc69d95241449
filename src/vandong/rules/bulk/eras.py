"""Days of whole columns: spans between which no value of the law changes, and months."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vandong.law import LawBook
from vandong.rules.bulk.exact import Whole


@dataclass(frozen=True)
class Eras:
    """Spans by their first days, in order. The first span begins with the calendar: nothing was known then."""

    days: tuple[date, ...]

    @classmethod
    def of(cls, book: LawBook) -> "Eras":
        """The spans in which no parameter of the book changes."""
        starts = {entry.valid_from for one in book.parameters.values() for entry in one.entries}
        return cls((date.min, *sorted(starts)))

    @cached_property
    def _starts(self) -> NDArray[np.datetime64]:
        return np.array(self.days, dtype="datetime64[D]")

    def at(self, days: NDArray[np.datetime64]) -> Whole:
        """The index of the span of each day."""
        return by_day(days, lambda some: np.searchsorted(self._starts, some, side="right") - 1)

    def of_months(self, months: Whole) -> Whole:
        """The index of the span of the first day of each month, by its number."""
        return self.at(months.view("datetime64[M]").astype("datetime64[D]"))


def month_numbers(days: NDArray[np.datetime64]) -> Whole:
    """Months counted through all years, so that one month later is one more."""
    return by_day(days, lambda some: some.astype("datetime64[M]").astype(np.int64))


def by_day(
    days: NDArray[np.datetime64], number: Callable[[NDArray[np.datetime64]], Whole]
) -> Whole:
    """A number of each day; worked out once for each day of the calendar when there are more rows than days."""
    counted = days.astype("datetime64[D]").view(np.int64)
    if not counted.size:
        return np.zeros(0, dtype=np.int64)
    first, last = int(counted.min()), int(counted.max())
    if last - first >= counted.size:
        return number(days.astype("datetime64[D]")).astype(np.int64)
    calendar = np.arange(first, last + 1, dtype=np.int64).view("datetime64[D]")
    return number(calendar).astype(np.int64)[counted - first]
