"""The cells of a list on their way to the frame: by field, judged value by value, with what is said of them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from vandong.intake.checking.shapes import CheckContext
from vandong.intake.kinds import ListField, ListKind
from vandong.jobs.values import kept

FOUND = pl.Schema(
    {
        "row": pl.Int64,
        "column": pl.String,
        "code": pl.String,
        "values": pl.String,
        "grave": pl.Boolean,
    }
)
"""Findings on their way; `grave` ones refuse their row."""

EMPTY_WORDS = (
    "-",
    "--",
    "---",
    "–",
    "—",
    ".",
    "..",
    "...",
    "…",
    "/",
    "//",
    "null",
    "NULL",
    "None",
    "N/A",
    "n/a",
)
EMPTY_NUMBERS = (
    *EMPTY_WORDS,
    "0",
    "không",
    "Không",
    "không có",
    "Không có",
    "KHÔNG",
    "chưa có",
    "Chưa có",
    "x",
    "X",
)
"""What people write for nothing, in any column, and where a number is meant."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing to say of a cell. `grave`: the row cannot be taken."""

    code: str
    values: Mapping[str, object]
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a cell is worth, and what is to be said of it."""

    value: Any = None
    said: tuple[Said, ...] = ()


def refused(code: str, text: str, **values: object) -> Verdict:
    """A cell that refuses its row."""
    return Verdict(None, (Said(code, {"text": text, **values}, grave=True),))


@dataclass(frozen=True, slots=True)
class Told:
    """Values of a sentence row by row: one column for each of `names`, put into JSON only where they are said.

    Numbers stay numbers, days days; texts are free of quotation marks and backslashes.
    """

    columns: Mapping[str, pl.Series]

    def of(self, mask: pl.Series) -> pl.Series:
        """JSON for the rows of `mask`, as `jobs.values` keeps it."""
        parts: list[pl.Expr] = []
        for name, column in self.columns.items():
            parts += [pl.lit(f'{", " if parts else "{"}"{name}": '), _in_json(name, column.dtype)]
        rows = pl.DataFrame({name: one.filter(mask) for name, one in self.columns.items()})
        return rows.select(pl.concat_str(*parts, pl.lit("}"))).to_series()


def _in_json(name: str, dtype: pl.DataType) -> pl.Expr:
    if dtype == pl.Date:
        return pl.concat_str(
            pl.lit('{"$day": "'), pl.col(name).dt.strftime("%Y-%m-%d"), pl.lit('"}')
        )
    if dtype == pl.String:
        return pl.concat_str(pl.lit('"'), pl.col(name), pl.lit('"'))
    return pl.col(name).cast(pl.String)


def text_and_value(texts: pl.Series, values: pl.Series) -> Told:
    """What was typed and what was read."""
    return Told({"text": texts, "value": values})


@dataclass
class Cells:
    """`frame`: `row` and one text column a field. `heads`: their heads in the file, `places` their indexes."""

    context: CheckContext
    frame: pl.DataFrame
    heads: Mapping[ListField, str]
    places: Mapping[ListField, int]
    found: list[pl.DataFrame] = field(default_factory=list)
    made: dict[str, pl.Series] = field(default_factory=dict)
    _constants: dict[str, pl.Series] = field(default_factory=dict)

    @property
    def kind(self) -> ListKind:
        """The kind of the list."""
        return self.context.kind

    @property
    def count(self) -> int:
        """Rows."""
        return self.frame.height

    def has(self, wanted: ListField) -> bool:
        """Whether the list has such a column."""
        return wanted in self.heads

    def text(self, wanted: ListField, nothing: tuple[str, ...] = EMPTY_WORDS) -> pl.Series:
        """The column's texts; '' where there is nothing, or no such column."""
        if wanted not in self.heads:
            return self.blank()
        column = self.frame[wanted.value].fill_null("")
        if not column.is_in(list(nothing)).any():
            return column
        return column.replace(list(nothing), [""] * len(nothing))

    def blank(self) -> pl.Series:
        """'' in every row; one column in memory, however often it is used."""
        return self.constant("")

    def nothing(self, dtype: pl.DataType | type[pl.DataType]) -> pl.Series:
        """Null in every row; one column in memory for each type."""
        key = f"null {dtype}"
        if key not in self._constants:
            self._constants[key] = pl.repeat(None, self.count, dtype=dtype, eager=True)
        return self._constants[key]

    def constant(self, value: str) -> pl.Series:
        """The same text in every row."""
        if value not in self._constants:
            self._constants[value] = pl.repeat(value, self.count, dtype=pl.String, eager=True)
        return self._constants[value]

    def is_constant(self, column: pl.Series) -> bool:
        """Whether the column is one of those that stand for many."""
        return any(column is one for one in self._constants.values())

    def head(self, wanted: ListField | None) -> str:
        """The head of the field's column in the file."""
        return self.heads.get(wanted, "") if wanted else ""

    def say(
        self,
        mask: pl.Series,
        wanted: ListField | None,
        code: str,
        values: Told | Mapping[str, object] | None = None,
        *,
        grave: bool = False,
    ) -> None:
        """One thing to say of all rows of `mask`; `values` the same for all, or made of their cells."""
        mask = mask.fill_null(False)
        rows = self.frame["row"].filter(mask)
        if not len(rows):
            return
        if isinstance(values, Told):
            told = values.of(mask)
        else:
            told = pl.repeat(as_json(values or {}), len(rows), dtype=pl.String, eager=True)
        self.add(rows, told, wanted, code, grave)

    def say_where_nothing(self, mask: pl.Series, wanted: ListField | None, code: str) -> None:
        """Something is lacking, which refuses the row; not said again where a cell was refused already."""
        mask = mask.fill_null(False)
        if mask.any():
            graves = [one.filter("grave")["row"] for one in self.found]
            bad = pl.concat([pl.Series("row", [], dtype=pl.Int64), *graves]).unique()
            self.say(mask & ~self.frame["row"].is_in(bad.implode()), wanted, code, grave=True)

    def add(
        self, rows: pl.Series, values: pl.Series, wanted: ListField | None, code: str, grave: bool
    ) -> None:
        """One thing to say of these rows."""
        columns = {
            "row": rows,
            "column": pl.lit(self.head(wanted)),
            "code": pl.lit(code),
            "values": values,
            "grave": pl.lit(grave),
        }
        parts = pl.DataFrame({"row": rows, "values": values})
        constant = {name: one for name, one in columns.items() if isinstance(one, pl.Expr)}
        self.found.append(parts.with_columns(**constant).select(*FOUND))

    def judged(
        self,
        texts: pl.Series,
        wanted: ListField | None,
        judge: Callable[[str], Verdict],
        dtype: pl.DataType | type[pl.DataType],
    ) -> pl.Series:
        """The values of texts, each different one judged once; null for empty and refused ones."""
        different = texts.filter(texts != "").unique()
        if not len(different):
            return self.nothing(dtype)
        words = different.to_list()
        verdicts = [judge(word) for word in words]
        self._say_of_words(texts, words, verdicts, wanted)
        values = pl.Series([one.value for one in verdicts], dtype=dtype)
        return texts.replace_strict(different, values, default=None, return_dtype=dtype)

    def _say_of_words(
        self,
        texts: pl.Series,
        words: list[str],
        verdicts: list[Verdict],
        wanted: ListField | None,
    ) -> None:
        told = [
            (word, one.code, as_json(one.values), one.grave)
            for word, verdict in zip(words, verdicts, strict=True)
            for one in verdict.said
        ]
        if not told:
            return
        schema = {"text": pl.String, "code": pl.String, "values": pl.String, "grave": pl.Boolean}
        said = pl.DataFrame(told, schema=schema, orient="row")
        rows = pl.DataFrame({"row": self.frame["row"], "text": texts})
        found = rows.join(said, on="text", how="inner", maintain_order="left")
        head = pl.lit(self.head(wanted)).alias("column")
        self.found.append(found.with_columns(head).select(*FOUND))


def as_json(values: Mapping[str, object]) -> str:
    """Values of a sentence as `jobs.values` keeps them."""
    return json.dumps(kept(values), ensure_ascii=False)
