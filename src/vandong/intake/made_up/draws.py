"""Drawing many values at once: by weights, by triangles, by rates; days and months as whole numbers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Days = NDArray[np.datetime64]
Rng = np.random.Generator
LARGEST_CHANCE = 0.95


def drawn(rng: Rng, weights: Sequence[float] | Floats, count: int) -> Ints:
    """`count` indexes into `weights`, each as often as its weight says."""
    ends = np.cumsum(np.asarray(weights, dtype=float))
    found: Ints = np.searchsorted(ends, rng.random(count) * ends[-1], side="right")
    return np.minimum(found, len(ends) - 1)


def triangle(rng: Rng, low: Floats, top: Floats, high: Floats) -> Floats:
    """Values between `low` and `high`, most near `top`."""
    return rng.triangular(low, top, high)


def chosen(rng: Rng, possible: Flags, rate: float) -> Flags:
    """Rows among the possible ones, so many that they are `rate` of all rows, as far as there are enough."""
    share = possible.mean() if len(possible) else 0.0
    chance = min(LARGEST_CHANCE, rate / share) if share else 0.0
    return possible & (rng.random(len(possible)) < chance)


def first_days(months: Ints) -> Days:
    """Months counted from January 1970 to their first days."""
    return months.astype("datetime64[M]").astype("datetime64[D]")


def months_of(days: Days) -> Ints:
    """The months of days, counted from January 1970."""
    return days.astype("datetime64[M]").astype(np.int64)


def after_months(days: Days, months: Ints) -> Days:
    """The first day after a period of whole months: the same day of the month, the first of the next
    where that month has no such day (`household_card.validity.last_day` says the day before)."""
    first = first_days(months_of(days))
    wanted = first_days(months_of(days) + months)
    following = first_days(months_of(days) + months + 1)
    return np.minimum(wanted + (days - first), following)
