"""The rows of a list that were not taken, in the sender's own layout, each with the reason beside it."""

import json
from collections.abc import Iterator, Mapping

import polars as pl

from vandong.intake.reading import ROW, RawList
from vandong.jobs.values import read
from vandong.papers.returned_sheet import ReturnedSheet, returned_sheet
from vandong.phrases import sentence

_WORDS: Mapping[str, tuple[str, str, str]] = {
    "vi": ("Dòng trong tệp", "Lý do chưa nhận", "Dòng cần sửa"),
    "en": ("Row in the file", "Why it was not taken", "Rows to correct"),
}
MOST_ROWS = 1_000_000
"""Rows of one sheet of xlsx, less the head."""


def refused_rows_sheet(raw: RawList, problems: pl.DataFrame, lang: str = "vi") -> bytes:
    """The rows that have a problem, as an xlsx file: cells as they came, then their row number in the file and
    all reasons, each with its column. `problems` as `CheckedList` keeps them."""
    row_head, reason_head, name = _WORDS[lang]
    reasons = _reasons(problems, lang)
    kept = raw.frame.filter(pl.col(ROW).is_in(problems[ROW].unique().implode())).head(MOST_ROWS)
    paths = raw.paths or tuple((head,) for head in raw.heads)
    sheet = ReturnedSheet(
        heads=[*paths, (row_head,), (reason_head,)],
        rows=_rows(kept, reasons),
        titles=raw.titles,
        name=name,
        noted_columns=2,
    )
    return returned_sheet(sheet)


def _reasons(problems: pl.DataFrame, lang: str) -> Mapping[int, str]:
    """Row → all its reasons; each different problem is worded once."""
    different = problems.select("column", "code", "values").unique()
    worded = [
        _worded(column or "", code, values, lang) for column, code, values in different.iter_rows()
    ]
    told = problems.join(
        different.with_columns(reason=pl.Series(worded, dtype=pl.String)),
        on=["column", "code", "values"],
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    joined = told.group_by(ROW, maintain_order=True).agg(
        pl.col("reason").unique(maintain_order=True).str.join(" ")
    )
    return dict(joined.iter_rows())


def _worded(column: str, code: str, values: str, lang: str) -> str:
    told = sentence(code, read(json.loads(values)), lang)
    return f"{column}: {told}" if column else told


def _rows(kept: pl.DataFrame, reasons: Mapping[int, str]) -> Iterator[list[str]]:
    for number, *cells in kept.iter_rows():
        yield [*(cell or "" for cell in cells), str(number), reasons[number]]
