"""A list as it stands in its file: heads and cells as text, with the row numbers that the sender sees."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from vandong.kernel.findings import Finding

ROW = "row"
"""The column with the row number as a spreadsheet shows it (Int64)."""


@dataclass(frozen=True, slots=True)
class RawList:
    """`frame`: `row` and `c0` … `cN`, raw text or null; empty rows are left out. `heads`: name of each column,
    merged heads as “A / B”, empty where a column has none; `paths` the same from top to bottom. `titles`: what
    stands above the table. `findings`: what the reader should know (other sheets, an encoding recognised)."""

    heads: tuple[str, ...]
    titles: tuple[str, ...]
    frame: pl.DataFrame
    paths: tuple[tuple[str, ...], ...] = ()
    findings: tuple[Finding, ...] = ()


def read_list(path: Path, name: str) -> RawList:
    """The table in a csv, xlsx or xls file; `name` as the sender knows it. Raises SheetProblem."""
    raise NotImplementedError(path, name)
