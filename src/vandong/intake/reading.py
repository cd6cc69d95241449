"""A list as it stands in its file: heads and cells as text, with the row numbers that the sender sees.

A csv goes through polars; whatever polars and the row-by-row reader could take differently (quotation marks
inside cells, more cells than heads, other signs than UTF-8) goes through `sheets`, as workbooks do.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import polars as pl

from vandong.intake.heads import is_known_head, known_words
from vandong.kernel.findings import Finding, Severity
from vandong.sheets import Row, Table, open_table
from vandong.sheets.cells import LONGEST, clean_text
from vandong.sheets.delimited import find_delimiter

ROW = "row"
"""The column with the row number as a spreadsheet shows it (Int64)."""

SIZE_LIMIT = 600_000_000
"""Bytes of a list that is read at all: a list of a whole province as csv is larger than other files."""

FAULTS = pl.Schema(
    {"row": pl.Int64, "index": pl.Int64, "code": pl.String, "text": pl.String, "mild": pl.Boolean}
)
_CHUNK = 20_000
_ENOUGH_HEADS = 3
_ODD = (
    r"[\p{C}\x{00a0}\x{00d0}\x{00f0}\x{0189}\x{0256}\x{0300}-\x{1dff}\x{1f00}-\x{200a}\x{202f}"
    r"\x{2028}\x{2029}\x{205f}\x{2100}-\x{10ffff}]|  |^#"
)
"""Cells whose stored form may be another: unseen signs, wide spaces, eth, all that no Vietnamese word has."""
_MAYBE_SPLIT = r'["\n\r]'


@dataclass(frozen=True, slots=True)
class RawList:
    """`frame`: `row` and `c0` … `cN`, raw text or null; empty rows are left out. `heads`: name of each column,
    merged heads as “A / B”, empty where a column has none; `paths` the same from top to bottom. `titles`: what
    stands above the table. `findings`: what the reader should know (other sheets, an encoding recognised).
    `faults` (`FAULTS`): cells that could not be read, by the index of their column; -1: beyond the head."""

    heads: tuple[str, ...]
    titles: tuple[str, ...]
    frame: pl.DataFrame
    paths: tuple[tuple[str, ...], ...] = ()
    findings: tuple[Finding, ...] = ()
    faults: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=FAULTS))


def read_list(path: Path, name: str) -> RawList:
    """The table in a csv, xlsx or xls file; `name` as the sender knows it.

    Raises SheetProblem (codes of `sheets.open_table`; text of the old fonts as legacy_encoding).
    """
    table = _opened(path, name)
    read = _quick_frame(path, table) or _frame(table)
    return RawList(
        heads=tuple(column.name for column in table.header),
        titles=table.titles,
        frame=read[0],
        paths=tuple(column.path for column in table.header),
        findings=table.findings,
        faults=read[1],
    )


def _opened(path: Path, name: str) -> Table:
    """The table by its likely head, or, where that says little, by the heads that lists are known to have."""
    table = open_table(path, name, size_limit=SIZE_LIMIT)
    if _known_count(table) >= min(_ENOUGH_HEADS, len(table.header)):
        return table
    other = open_table(path, name, wanted=known_words(), size_limit=SIZE_LIMIT)
    return other if _known_count(other) > _known_count(table) else table


def _known_count(table: Table) -> int:
    return sum(is_known_head(column.name) for column in table.header)


Read = tuple[pl.DataFrame, pl.DataFrame]


def _quick_frame(path: Path, table: Table) -> Read | None:
    """Cells of a plain csv; None when it must be read row by row."""
    if table.encoding not in ("utf-8", "utf-8-sig"):
        return None
    separator, skipped = find_delimiter(path, table.encoding)
    names = [f"c{index}" for index in range(len(table.header))]
    try:
        frame = pl.read_csv(
            path,
            has_header=False,
            schema=dict.fromkeys(names, pl.String),
            separator=separator,
            row_index_name=ROW,
            row_index_offset=1,
            raise_if_empty=False,
        )
    except pl.exceptions.PolarsError:
        return None
    first = _first_data_row(table)
    frame = frame.filter(pl.col(ROW) >= max(first, skipped + 1)).with_columns(
        pl.col(ROW).cast(pl.Int64)
    )
    if frame.select(pl.any_horizontal(pl.col(names).str.contains(_MAYBE_SPLIT).any())).item():
        return None
    return _cleaned(frame, names)


def _first_data_row(table: Table) -> int:
    """Where the row-by-row reader begins: below the head and the row that numbers its columns."""
    numbering = [one.values["row"] for one in table.findings if one.code == "numbering_row_skipped"]
    return max([table.header_rows[1], *(row for row in numbering if isinstance(row, int))]) + 1


def _cleaned(frame: pl.DataFrame, names: list[str]) -> Read:
    """The stored form of every cell, as `sheets.cells.clean_text` makes it; empty rows left out."""
    faults = [pl.DataFrame(schema=FAULTS)]
    rows = frame[ROW]
    columns = [rows]
    for index, name in enumerate(names):
        column = frame.drop_in_place(name).str.strip_chars()
        strange = column.str.contains(_ODD) | (column.str.len_bytes() > LONGEST)
        odd = column.filter(strange.fill_null(False)).unique()
        if len(odd):
            made = {text: clean_text(text) for text in odd.to_list()}
            column, wrong = _with_clean(rows, column, made)
            faults.append(
                wrong.with_columns(pl.lit(index, pl.Int64).alias("index")).select(*FAULTS)
            )
        empty = column == ""
        columns.append((column.set(empty, None) if empty.any() else column).alias(name))
    cleaned = pl.DataFrame(columns)
    blank = cleaned.select(pl.all_horizontal(pl.col(names).is_null())).to_series()
    return cleaned.filter(~blank) if blank.any() else cleaned, pl.concat(faults)


def _with_clean(
    rows: pl.Series, column: pl.Series, made: dict[str, tuple[str | None, str | None]]
) -> tuple[pl.Series, pl.DataFrame]:
    """The column with its odd cells replaced, and the cells that are faulty."""
    texts = column.replace(list(made), [text for text, _ in made.values()])
    codes = {raw: code for raw, (_, code) in made.items() if code}
    wrong = pl.DataFrame({"row": rows, "raw": column, "text": texts}).filter(
        pl.col("raw").is_in(list(codes))
    )
    found = pl.col("raw").replace_strict(codes, default=None, return_dtype=pl.String)
    return texts, wrong.select(
        "row",
        found.alias("code"),
        pl.col("text").fill_null(""),
        (found == "control_characters").alias("mild"),
    )


def _frame(table: Table) -> Read:
    """Cells row by row, in parts that fit in memory."""
    rows, parts, faults = table.rows(), [], []
    names = [f"c{index}" for index in range(len(table.header))]
    places = {column.name: column.index for column in table.header}
    while chunk := list(islice(rows, _CHUNK)):
        columns = list(zip(*(row.cells for row in chunk), strict=True))
        numbers = pl.Series(ROW, [row.number for row in chunk], dtype=pl.Int64)
        texts = [
            pl.Series(name, cells, dtype=pl.String)
            for name, cells in zip(names, columns, strict=True)
        ]
        parts.append(pl.DataFrame([numbers, *texts]))
        faults += [fault for row in chunk if row.problems for fault in _faults(row, places)]
    schema = {ROW: pl.Int64} | dict.fromkeys(names, pl.String)
    read = pl.concat(parts) if parts else pl.DataFrame(schema=schema)
    filled = read.filter(pl.any_horizontal(pl.col(names).is_not_null()))
    return filled, pl.DataFrame(faults, schema=FAULTS, orient="row")


def _faults(row: Row, places: dict[str, int]) -> Iterator[tuple[int, int, str, str, bool]]:
    for one in row.problems:
        at = places.get(one.spot.column or "", -1) if one.spot else -1
        mild = one.severity is not Severity.ERROR
        yield row.number, at, one.code, str(one.values.get("text", "")), mild
