"""Tables as Excel workbooks. Text is always text: a name that begins with '=' never becomes a formula."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import Any

import xlsxwriter

from vandong.papers.content import Cell, Column, Look, Table, column_groups

NUMBER_FORMATS = {
    Look.COUNT: "#,##0",
    Look.CHANGE: "+#,##0;−#,##0;0",
    Look.PACE: "#,##0",
    Look.DAY: "dd/mm/yyyy",
}
WIDEST = 48


def workbook(tables: Sequence[Table], *, notes: Sequence[str] = (), sample_note: str = "") -> bytes:
    """An xlsx file with one sheet a table. `sample_note` heads each sheet and stands in its print footer."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        for index, table in enumerate(tables, start=1):
            _SheetWriter(book, f"Bảng {index}", table, notes, sample_note).write()
    return buffer.getvalue()


class _SheetWriter:
    """Writes one table into one sheet."""

    def __init__(
        self, book: Any, name: str, table: Table, notes: Sequence[str], sample_note: str
    ) -> None:
        self.sheet = book.add_worksheet(name)
        self.table = table
        self.notes = notes
        self.sample_note = sample_note
        self.formats = _Formats(book)

    def write(self) -> None:
        row = self._write_top()
        row = self._write_heads(row)
        self.sheet.freeze_panes(row, 1)
        first = row
        for cells in self.table.rows:
            self._write_row(row, cells, is_total=False)
            row += 1
        if self.table.rows:
            self.sheet.autofilter(first - 1, 0, row - 1, len(self.table.columns) - 1)
        if self.table.total:
            self._write_row(row, self.table.total, is_total=True)
            row += 1
        for offset, note in enumerate(self.notes, start=1):
            self.sheet.write_string(row + offset, 0, note, self.formats.note)
        self._set_widths()
        self._set_print()

    def _write_top(self) -> int:
        self.sheet.write_string(0, 0, self.table.title, self.formats.title)
        if not self.sample_note:
            return 2
        self.sheet.write_string(1, 0, self.sample_note, self.formats.sample)
        return 3

    def _write_heads(self, row: int) -> int:
        columns = self.table.columns
        if self.table.is_grouped:
            at = 0
            for label, width in column_groups(columns):
                if width > 1:
                    self.sheet.merge_range(row, at, row, at + width - 1, label, self.formats.head)
                else:
                    self.sheet.write_string(row, at, label, self.formats.head)
                at += width
            row += 1
        for index, column in enumerate(columns):
            self.sheet.write_string(row, index, column.label, self.formats.head)
        return row + 1

    def _write_row(self, row: int, cells: tuple[Cell, ...], *, is_total: bool) -> None:
        for index, (cell, column) in enumerate(zip(cells, self.table.columns, strict=True)):
            style = self.formats.of(column, is_total=is_total)
            if cell is None:
                self.sheet.write_blank(row, index, None, style)
            elif isinstance(cell, str):
                self.sheet.write_string(row, index, cell, style)
            elif isinstance(cell, date):
                self.sheet.write_datetime(row, index, cell, style)
            else:
                self.sheet.write_number(row, index, _number(cell), style)

    def _set_widths(self) -> None:
        for index, column in enumerate(self.table.columns):
            longest = max(
                [len(column.label), *(len(str(row[index])) for row in self.table.rows)], default=8
            )
            narrow = column.look is not Look.TEXT
            width = min(len(column.label) + 2, 20) if narrow else longest + 2
            self.sheet.set_column(index, index, max(10, min(width, WIDEST)))

    def _set_print(self) -> None:
        self.sheet.set_paper(9)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer(f"&L{self.sample_note}&R&P/&N")


class _Formats:
    """The cell formats of one workbook, made once each."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.sample = book.add_format({"bold": True, "font_color": "#9a5b00"})
        self.note = book.add_format({"italic": True, "font_color": "#5a6675"})
        self.head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter", "align": "center"}
        )
        self._known: dict[tuple[str, bool], Any] = {}

    def of(self, column: Column, *, is_total: bool) -> Any:
        number = NUMBER_FORMATS.get(column.look, "")
        if column.look is Look.SHARE:
            number = "0." + "0" * column.share_decimals + "%" if column.share_decimals else "0%"
        key = (number, is_total)
        if key not in self._known:
            style: dict[str, object] = {"bold": True, "top": 1} if is_total else {}
            self._known[key] = self.book.add_format(
                style | ({"num_format": number} if number else {})
            )
        return self._known[key]


def _number(cell: int | Fraction) -> float | int:
    """What a spreadsheet can hold: whole counts stay whole, fractions become its binary numbers."""
    return cell if isinstance(cell, int) else float(cell)
