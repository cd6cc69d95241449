"""Lines of a figures file, and how the long form (one figure a row) is read into them."""

from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import NamedTuple, Protocol

from vandong.kernel.findings import Finding
from vandong.planning.file_heads import Layout, layout_of, split_faults
from vandong.planning.file_words import FIGURE_COLUMNS, FIGURE_REQUIRED
from vandong.sheets import CellKind, Table


class Line(NamedTuple):
    """One figure as written. `row` is the one the spreadsheet shows; empty text = nothing written."""

    row: int
    as_of: str
    value: str
    period_from: str
    unit: str
    kind: str
    parent: str
    scheme: str
    measure: str
    channel: str
    exactness: str
    organisation: str
    denominator: str
    is_percent_cell: bool = False
    value_label: str = ""

    @property
    def context(self) -> tuple[str, ...]:
        """Everything but the row, the days and the value."""
        return self[4:13]


TEXT_FIELDS = Line._fields[1:13]


class Remark(NamedTuple):
    """What is wrong with the cells of a row. With problems it is no line; notes come beside its line."""

    row: int
    problems: tuple[Finding, ...]
    notes: tuple[Finding, ...]


class FigureSource(Protocol):
    """A file as lines: what its head is worth, and the lines in order (may be asked again)."""

    @property
    def problems(self) -> tuple[Finding, ...]:
        """What makes the whole file unusable."""

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What the reader should know."""

    @property
    def labels(self) -> Mapping[str, str]:
        """How the file calls a field."""

    def lines(self) -> Iterator[Line | Remark]:
        """Raises SheetProblem when the file breaks off inside."""


class LongFile:
    """A table with one figure a row and the columns of interface.md."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.layout: Layout = layout_of(table, FIGURE_COLUMNS, FIGURE_REQUIRED)
        self.problems = self.layout.problems
        self.notes = self.layout.notes
        self.labels: Mapping[str, str] = self.layout.labels

    def lines(self) -> Iterator[Line | Remark]:
        """One line a row."""
        beyond = len(self.table.header)
        picked = itemgetter(*(self.layout.indexes.get(name, beyond) for name in TEXT_FIELDS))
        value_at = self.layout.indexes["value"]
        for row in self.table.rows():
            if row.problems:
                problems, notes = split_faults(row)
                yield Remark(row.number, tuple(problems), tuple(notes))
                if problems:
                    continue
            cells = (*row.cells, None)
            is_percent = bool(row.kinds) and row.kinds[value_at] is CellKind.PERCENT
            texts = [cell or "" for cell in picked(cells)]
            yield Line._make((row.number, *texts, is_percent, ""))


def is_long(table: Table) -> bool:
    """Whether the head is meant to be the long form: at least three of its required columns are there."""
    layout = layout_of(table, FIGURE_COLUMNS, FIGURE_REQUIRED)
    return sum(name in layout.indexes for name in FIGURE_REQUIRED) >= 3
