"""Reading csv, xlsx and xls files of offices safely, row by row, every cell as text. Pure."""

from vandong.sheets.heads import find_header
from vandong.sheets.opening import SIZE_LIMIT, open_table
from vandong.sheets.tables import CellKind, Column, Row, SheetProblem, Table

__all__ = [
    "SIZE_LIMIT",
    "CellKind",
    "Column",
    "Row",
    "SheetProblem",
    "Table",
    "find_header",
    "open_table",
]
