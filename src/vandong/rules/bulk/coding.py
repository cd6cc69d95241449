"""Columns of a frame as numbers: texts as places in the list of their distinct values, days as days."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from vandong.rules.bulk.exact import Whole

ABSENT = -1


def flags(truths: Iterable[bool]) -> NDArray[np.bool_]:
    """A column of truths, also of none."""
    return np.array(list(truths), dtype=np.bool_)


def coded(texts: pl.Series) -> tuple[list[str], Whole]:
    """The distinct texts of a column, and for each row which of them it holds, ABSENT for none."""
    known = texts.cast(pl.String).drop_nulls().unique()
    places = texts.cast(pl.String).cast(pl.Enum(known)).to_physical().cast(pl.Int64)
    return known.to_list(), places.fill_null(ABSENT).to_numpy()


def text_column(frame: pl.DataFrame, name: str, default: str) -> pl.Series:
    """A column as text, `default` where it or its cell is absent. Raises TypeError for floats."""
    if name not in frame.columns:
        return pl.Series(name, [default], dtype=pl.String).new_from_index(0, frame.height)
    column = frame[name]
    if column.dtype.is_float():
        raise TypeError(f"{name} holds floats: write exact numbers as text or decimals")
    return column.cast(pl.String).fill_null(default)


def whole_column(frame: pl.DataFrame, name: str) -> pl.Series:
    """A column of whole numbers, 0 where the column is absent; empty cells stay. Raises TypeError."""
    if name not in frame.columns:
        return pl.Series(name, [0], dtype=pl.Int64).new_from_index(0, frame.height)
    column = frame[name]
    if not (column.dtype.is_integer() or column.dtype == pl.Null):
        raise TypeError(f"{name} holds {column.dtype}, not whole numbers")
    return column.cast(pl.Int64)


def day_column(frame: pl.DataFrame, name: str, same: date | None = None) -> NDArray[np.datetime64]:
    """A column of days, NaT where empty; `same` for every row when it is given. Raises TypeError."""
    if same is not None:
        return np.full(frame.height, same, dtype="datetime64[D]")
    if name not in frame.columns:
        return np.full(frame.height, "NaT", dtype="datetime64[D]")
    column = frame[name]
    if column.dtype not in (pl.Date, pl.Null):
        raise TypeError(f"{name} holds {column.dtype}, not days")
    return column.cast(pl.Date).to_numpy().astype("datetime64[D]")


def occurring(cells: Whole, size: int) -> tuple[Whole, Whole]:
    """The cells of a table of `size` that occur, in order, and which of them each row has."""
    if size > cells.size:
        used = np.unique(cells)
        return used, np.searchsorted(used, cells).astype(np.int64)
    used = np.flatnonzero(np.bincount(cells, minlength=size)).astype(np.int64)
    places = np.zeros(size, dtype=np.int64)
    places[used] = np.arange(used.size)
    return used, places[cells]
