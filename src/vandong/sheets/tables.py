"""What a file has become: a head, and rows that stream."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vandong.kernel.findings import Finding, Severity, Spot
from vandong.kernel.names import fold


class SheetProblem(Exception):
    """The file, or the rest of it, cannot be read. `code` is worded in `phrases/texts/sheets.yaml`."""

    def __init__(
        self, code: str, values: Mapping[str, object] | None = None, row: int | None = None
    ) -> None:
        super().__init__(code, dict(values or {}), row)
        self.code = code
        self.values = dict(values or {})
        self.row = row

    def finding(self) -> Finding:
        """The same as a finding for the reader."""
        spot = Spot(row=self.row) if self.row is not None else None
        return Finding(self.code, self.values, spot, Severity.ERROR)


class CellKind(StrEnum):
    """What the spreadsheet held before it became text."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"
    TRUTH = "truth"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `number` is the one the spreadsheet shows; `cells` has one cell a column of the head.

    `kinds` is empty when every cell was text (csv). `problems` are faults of single cells: an error value,
    a formula never calculated, control characters, a text cut for its length, cells beyond the head.
    """

    number: int
    cells: tuple[str | None, ...]
    kinds: tuple[CellKind, ...] = ()
    problems: tuple[Finding, ...] = ()

    def kind(self, index: int) -> CellKind:
        """What the cell at `index` was."""
        if self.kinds:
            return self.kinds[index]
        return CellKind.EMPTY if self.cells[index] is None else CellKind.TEXT


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the head. `path` is read from top to bottom through merged heads.

    `index` counts from 0 in `Row.cells`; `letter` is the spreadsheet's.
    """

    index: int
    letter: str
    path: tuple[str, ...]

    @property
    def name(self) -> str:
        """“BHXH tự nguyện / Số người”; for a column without a head “(cột C)” is left to the reader: empty."""
        return " / ".join(self.path)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of one file. `header_rows` are the first and the last row number of the head.

    `findings` say what the reader should know before importing: other sheets left unread, an encoding
    recognised, columns of the same name.
    """

    name: str
    header: tuple[Column, ...]
    header_rows: tuple[int, int]
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()
    encoding: str | None = None
    titles: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    source_rows: Callable[[], Iterator[Row]] = field(
        default=lambda: iter(()), repr=False, compare=False
    )

    def rows(self) -> Iterator[Row]:
        """Rows below the head that hold anything, in order. May be called again.

        Raises SheetProblem when the file breaks off inside.
        """
        return self.source_rows()

    def column(self, name: str) -> Column | None:
        """The first column whose name, or lowest head, is `name` but for case and diacritics."""
        wanted = fold(name)
        for column in self.header:
            if wanted in (fold(column.name), fold(column.path[-1]) if column.path else ""):
                return column
        return None


def column_letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
