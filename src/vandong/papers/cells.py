"""Cells as Vietnamese text: what docx and pdf print."""

from datetime import date
from fractions import Fraction

from vandong.kernel.days import format_day
from vandong.kernel.numbers import format_count, format_percent, format_signed, rounded
from vandong.papers.content import Cell, Column, Look

NOTHING = "–"


def cell_text(cell: Cell, column: Column) -> str:
    """The cell as printed; a missing value is a dash. Raises TypeError when cell and look disagree."""
    if cell is None:
        return NOTHING
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return format_day(cell)
    return _number_text(cell, column)


def _number_text(cell: int | Fraction, column: Column) -> str:
    match column.look:
        case Look.SHARE:
            return format_percent(Fraction(cell), column.share_decimals)
        case Look.CHANGE:
            return format_signed(_whole(cell))
        case Look.COUNT:
            return format_count(_whole(cell))
        case Look.PACE:
            return format_count(rounded(Fraction(cell)))
        case _:
            raise TypeError(f"a number under a column of {column.look}")


def _whole(cell: int | Fraction) -> int:
    if Fraction(cell).denominator != 1:
        raise TypeError(f"{cell} is not a whole count")
    return int(cell)
