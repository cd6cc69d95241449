"""The units' table as a file: the same rows and order as on screen, small cells hidden alike."""

from vandong.papers.content import Cell, Table
from vandong.phrases import sentence
from vandong.reporting.unit_table import unit_table
from vandong.web.board.page import BoardPage

NAME_COLUMN, FIRST_COUNT = 1, 2


def board_table(page: BoardPage, lang: str) -> Table:
    """The table that xlsx and csv carry."""
    table = unit_table(page.children)
    by_name = dict(
        zip([child.unit.unit_id for child in page.children.children], table.rows, strict=True)
    )
    rows = []
    for number, row in enumerate(page.rows, start=1):
        cells = by_name[row.progress.unit.unit_id]
        rows.append(_hidden(cells, number, lang) if row.is_hidden else (str(number), *cells[1:]))
    return Table(table.title, table.columns, tuple(rows), table.total)


def _hidden(cells: tuple[Cell, ...], number: int, lang: str) -> tuple[Cell, ...]:
    shown: list[Cell] = [str(number), cells[NAME_COLUMN], sentence("board_hidden", {}, lang)]
    return (*shown, *[None] * (len(cells) - len(shown)))
