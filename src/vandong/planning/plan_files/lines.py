"""Lines of a plans file: one target a row, all text."""

from collections.abc import Iterator
from typing import NamedTuple

from vandong.planning.figure_files.lines import Remark
from vandong.planning.file_heads import layout_of, split_faults
from vandong.planning.file_words import PLAN_COLUMNS, PLAN_REQUIRED
from vandong.sheets import CellKind, Table


class PlanLine(NamedTuple):
    """One target as written. `row` is the one the spreadsheet shows."""

    row: int
    owner: str
    document: str
    unit: str
    parent: str
    scheme: str
    kind: str
    channel: str
    period_from: str
    deadline: str
    value: str
    commitment: str
    denominator: str
    exactness: str
    signed_on: str
    is_percent_cell: bool = False


_TEXT_FIELDS = PlanLine._fields[1:15]


class PlanFile:
    """A table with the columns of interface.md; `exactness`, `signed_on` and `parent` may stand too."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.layout = layout_of(table, PLAN_COLUMNS, PLAN_REQUIRED)

    def lines(self) -> Iterator[PlanLine | Remark]:
        """Raises SheetProblem when the file breaks off inside."""
        beyond = len(self.table.header)
        at = [self.layout.indexes.get(name, beyond) for name in _TEXT_FIELDS]
        value_at = self.layout.indexes["value"]
        for row in self.table.rows():
            problems, notes = split_faults(row)
            if row.problems:
                yield Remark(row.number, tuple(problems), tuple(notes))
            if problems:
                continue
            cells = (*row.cells, None)
            texts = [cells[index] or "" for index in at]
            is_percent = row.kind(value_at) is CellKind.PERCENT
            yield PlanLine._make((row.number, *texts, is_percent))
