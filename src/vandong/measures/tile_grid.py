"""Places of equal tiles: each unit one cell of a near-square grid, as close to its centre as all can be.

Linear assignment of centres to cells (Jonker–Volgenant, in scipy). Deterministic: the same centres give the
same grid, whatever their order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, cos, radians, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment  # type: ignore[attr-defined]  # listed in a way mypy cannot read

_ROOM = 1.45
"""Cells a unit: some empty cells let the outline show (126 units → 14 × 14)."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class TileGrid:
    """`cells[key]` is (row, column) from 0, north and west first. No row or column is empty."""

    rows: int
    columns: int
    cells: Mapping[int, tuple[int, int]]


def tile_grid(centres: Mapping[int, Point | None]) -> TileGrid:
    """The grid for units keyed by id, with centre (latitude, longitude) in degrees; None: unknown centre.

    A unit without centre stands in the middle of the others. Raises ValueError for a latitude beyond ±90 or a
    longitude beyond ±180.
    """
    if not centres:
        return TileGrid(0, 0, {})
    keys = sorted(centres)
    points = _spread(_plane(_filled([centres[key] for key in keys])))
    side = ceil(sqrt(len(keys) * _ROOM)) if len(keys) > 1 else 1
    chosen = _assigned(points * (side - 1), side)
    return _trimmed(keys, chosen)


def _filled(given: list[Point | None]) -> NDArray[np.float64]:
    known = np.array([point for point in given if point is not None], dtype=float).reshape(-1, 2)
    if (np.abs(known) > np.array([90.0, 180.0])).any() or not np.isfinite(known).all():
        raise ValueError("a centre lies off the globe")
    middle = known.mean(axis=0) if len(known) else np.zeros(2)
    return np.array([middle if point is None else point for point in given], dtype=float)


def _plane(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows to the south, columns to the east, in equal lengths: a degree of longitude shrinks northwards."""
    shrink = cos(radians(float(points[:, 0].mean())))
    return np.column_stack([-points[:, 0], points[:, 1] * shrink])


def _spread(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each axis to 0…1, half by place and half by rank, so that islands far out do not press all others."""
    low, high = points.min(axis=0), points.max(axis=0)
    width = np.where(high > low, high - low, 1.0)
    by_place = np.where(high > low, (points - low) / width, 0.5)
    ranks = _mean_ranks(points)
    by_rank = ranks / max(len(points) - 1, 1)
    spread: NDArray[np.float64] = (by_place + by_rank) / 2
    return spread


def _mean_ranks(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The rank of each value in its column; equal values share the mean of their ranks."""
    below = (points[:, None, :] > points[None, :, :]).sum(axis=1)
    not_above = (points[:, None, :] >= points[None, :, :]).sum(axis=1)
    ranks: NDArray[np.float64] = (below + not_above - 1) / 2
    return ranks


def _assigned(points: NDArray[np.float64], side: int) -> NDArray[np.int64]:
    cells = np.array([(row, column) for row in range(side) for column in range(side)], dtype=float)
    cost = ((points[:, None, :] - cells[None, :, :]) ** 2).sum(axis=2)
    _, taken = linear_sum_assignment(cost)
    return np.column_stack(np.divmod(taken, side))


def _trimmed(keys: list[int], chosen: NDArray[np.int64]) -> TileGrid:
    """Without the rows and columns that nobody took."""
    rows = {int(row): place for place, row in enumerate(np.unique(chosen[:, 0]))}
    columns = {int(column): place for place, column in enumerate(np.unique(chosen[:, 1]))}
    cells = {
        key: (rows[int(row)], columns[int(column)])
        for key, (row, column) in zip(keys, chosen, strict=True)
    }
    return TileGrid(len(rows), len(columns), cells)
