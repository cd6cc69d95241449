"""Where the head of a table is: below the titles that offices put on top, over one row or several.

With the wanted names known, the rows that hold most of them are the head. Without, the head is the first row
that is filled about as widely as the table and does not repeat one merged text; the rows below belong to it
while they only subdivide it. A row that numbers the columns (A, B, 1, 2, 3) is no data.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from vandong.kernel.names import fold
from vandong.sheets.tables import CellKind, Column, Row, column_letter

DEPTH = 4
"""Rows a head may have."""

LOOKED_AT = 40
"""Rows from the top among which the head is sought."""

_NUMBERING = re.compile(r"\(?(?:[A-ZĐ]|[0-9]{1,3})\)?(?:\s*=.*)?", re.IGNORECASE)
_FIGURE = re.compile(r"[+\-\u2212]?[0-9][0-9.,\s]*%?")

Merge = tuple[tuple[int, int], tuple[int, int]]
"""First and last (row, column) of merged cells, counted from 0."""


@dataclass(frozen=True, slots=True)
class Head:
    """The columns, the first and last row number of the head, and the first row of data."""

    columns: tuple[Column, ...]
    first: int
    last: int
    data_from: int


def find_header(
    rows: Sequence[Row], wanted: Collection[str] = (), merges: Iterable[Merge] = ()
) -> Head | None:
    """The head among the first `rows`, or None when there is none.

    `rows` are the rows of the top in order, blank ones left out or not. `wanted` names, if any of them is
    found, decide; a wanted name may be the whole path ("BHXH tự nguyện / Số người") or its last part.
    """
    grid = _Grid(rows[:LOOKED_AT], list(merges))
    return _wanted_head(grid, {fold(name) for name in wanted}) or _likely_head(grid)


class _Grid:
    """The top of a sheet with merged cells filled."""

    def __init__(self, rows: Sequence[Row], merges: list[Merge]) -> None:
        self.rows = [row for row in rows if any(cell is not None for cell in row.cells)]
        self.width = max((len(row.cells) for row in self.rows), default=0)
        self._places = {row.number: index for index, row in enumerate(self.rows)}
        self.texts = [[*row.cells, *[None] * (self.width - len(row.cells))] for row in self.rows]
        self.hanging: set[tuple[int, int]] = set()
        self.used = [sum(cell is not None for cell in cells) for cells in self.texts]
        for (top, left), (bottom, right) in merges:
            self._fill(top, left, bottom, right)

    def _fill(self, top: int, left: int, bottom: int, right: int) -> None:
        start = self._places.get(top + 1)
        if start is None or left >= self.width:
            return
        text = self.texts[start][left]
        for number in range(top + 1, min(bottom + 1, top + LOOKED_AT) + 1):
            index = self._places.get(number)
            if index is None:
                continue
            for column in range(left, min(right, self.width - 1) + 1):
                self.texts[index][column] = text
                if index > start:
                    self.hanging.add((index, column))

    def head(self, first: int, last: int) -> Head:
        levels = [self._spread(index, index < last) for index in range(first, last + 1)]
        columns = tuple(
            Column(at, column_letter(at), _path(at, levels)) for at in range(self.width)
        )
        following = last + 1
        while following < len(self.rows) and is_numbering(self.rows[following]):
            following += 1
        beyond = self.rows[last].number + 1
        data = (
            self.rows[following].number
            if following < len(self.rows) and following > last + 1
            else beyond
        )
        return Head(columns, self.rows[first].number, self.rows[last].number, data)

    def reach(self, index: int) -> int:
        """Columns under the texts of a row, when the row below may subdivide it."""
        return sum(text is not None for text in self._spread(index, index + 1 < len(self.rows)))

    def _spread(self, index: int, above: bool) -> list[str | None]:
        """A group's text over the blanks to its right, where the row below subdivides it."""
        texts = list(self.texts[index])
        if not above:
            return texts
        below = self.texts[index + 1]
        for at in range(1, self.width):
            if texts[at] is None and below[at] is not None and (below[at - 1] is not None):
                texts[at] = texts[at - 1]
        return texts


def _path(at: int, levels: Sequence[Sequence[str | None]]) -> tuple[str, ...]:
    path: list[str] = []
    for level in levels:
        text = level[at]
        if text is not None and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


def _wanted_head(grid: _Grid, wanted: set[str]) -> Head | None:
    best: tuple[int, int] = (0, 0)
    chosen = None
    for first in range(len(grid.rows) if wanted else 0):
        for last in range(first, min(first + DEPTH, len(grid.rows))):
            head = grid.head(first, last)
            score = (_known(head, wanted), first - last)
            if score[0] and score > best:
                best, chosen = score, head
    return chosen


def _known(head: Head, wanted: set[str]) -> int:
    """How many wanted names a head holds, as a whole path or as its lowest part."""
    names = {fold(column.name) for column in head.columns}
    return len((names | {fold(column.path[-1]) for column in head.columns if column.path}) & wanted)


def _likely_head(grid: _Grid) -> Head | None:
    # Titles, notes and signatures hold one cell: in a short table they may outnumber its rows.
    widths = [used for used in grid.used if used > 1] or grid.used
    usual = max(set(widths), key=lambda used: (widths.count(used), used), default=0)
    for first in range(len(grid.rows)):
        filled = [cell for cell in grid.texts[first] if cell is not None]
        wide = grid.reach(first) * 5 >= usual * 3 or _subdivided(grid, first)
        several = len(set(filled)) >= min(usual, 3) or _subdivided(grid, first)
        if wide and several and not _has_figures(grid, first):
            last = first
            while (
                last + 1 < len(grid.rows)
                and last - first < DEPTH - 1
                and _subdivides(grid, last + 1)
            ):
                last += 1
            return grid.head(first, last)
    return grid.head(0, 0) if grid.rows else None


def _subdivided(grid: _Grid, index: int) -> bool:
    """Whether the next row hangs on this one by a cell merged downwards."""
    return any((index + 1, column) in grid.hanging for column in range(grid.width)) and any(
        cell is not None for cell in grid.texts[index]
    )


def _subdivides(grid: _Grid, index: int) -> bool:
    """Whether a row only parts the head above it: under its blanks or merged cells, without figures."""
    above, here, row = grid.texts[index - 1], grid.texts[index], grid.rows[index]
    if is_numbering(row) or _has_figures(grid, index):
        return False
    if any((index, column) in grid.hanging for column in range(grid.width)):
        return True
    own = [at for at in range(grid.width) if here[at] is not None]
    under_blank = any(above[at] is None for at in own)
    return under_blank and above[0] is not None and here[0] is None


def _has_figures(grid: _Grid, index: int) -> bool:
    row = grid.rows[index]
    kinds = {CellKind.NUMBER, CellKind.PERCENT, CellKind.DAY}
    if row.kinds and kinds & set(row.kinds):
        return not _years_only(row)
    figures = [cell for cell in row.cells if cell is not None and _FIGURE.fullmatch(cell)]
    return bool(figures) and not _years_only(row)


def _years_only(row: Row) -> bool:
    """Heads may carry years (2023, 2024) as numbers."""
    figures = [cell for cell in row.cells if cell is not None and _FIGURE.fullmatch(cell)]
    return bool(figures) and all(len(cell) == 4 and cell[:2] in ("19", "20") for cell in figures)


def is_numbering(row: Row) -> bool:
    """Whether the row only numbers the columns: A, B, 1, 2, 3 or (1), (2), (3)=(1)+(2).

    Bare numbers must fill four columns and lead without noughts, so that no small row of data is taken for it.
    """
    filled = [cell for cell in row.cells if cell is not None]
    if len(filled) < 3 or not all(_NUMBERING.fullmatch(cell) for cell in filled):
        return False
    bare = not any(cell[0] in "(Aa" for cell in filled)
    led = [re.match(r"\(?([0-9]+)", cell) for cell in filled]
    numbers = [found[1] for found in led if found]
    counted = [str(number) for number in range(1, len(numbers) + 1)]
    return numbers == counted and len(numbers) >= (4 if bare else 2)
