"""The units' table as a file: the same rows and order as on screen."""

from dataclasses import replace

from vandong.papers.content import Table
from vandong.reporting.unit_table import unit_table
from vandong.web.board.page import BoardPage


def board_table(page: BoardPage) -> Table:
    """The table that xlsx and csv carry."""
    shown = tuple(row.progress for row in page.rows)
    return unit_table(replace(page.children, children=shown))
