"""Tables as csv for machines: UTF-8 with a mark for Excel, raw numbers with a decimal point, ISO days."""

import csv
from datetime import date
from fractions import Fraction
from io import StringIO

from vandong.kernel.numbers import decimal_text
from vandong.papers.content import Cell, Table

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(table: Table, *, sample_note: str = "") -> bytes:
    """The table as csv. Text that a spreadsheet would run as a formula is given an apostrophe."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    if sample_note:
        writer.writerow([f"# {sample_note}"])
    writer.writerow([_head(column.group, column.label) for column in table.columns])
    for row in (*table.rows, *([table.total] if table.total else [])):
        writer.writerow([_raw(cell) for cell in row])
    return buffer.getvalue().encode("utf-8-sig")


def _head(group: str, label: str) -> str:
    return f"{group} – {label}" if group else label


def _raw(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
    if isinstance(cell, date):
        return cell.isoformat()
    return decimal_text(Fraction(cell))
