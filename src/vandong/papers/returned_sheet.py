"""A sheet in the sender's own layout: heads as they came, rows as they came, nothing calculated.

Every cell is written as text: a cell that begins with “=” stays what it is, a code keeps its noughts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter

WIDEST = 60
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@dataclass(frozen=True, slots=True)
class ReturnedSheet:
    """`heads` are the columns' heads from top to bottom, several when merged; `titles` stand above."""

    heads: Sequence[Sequence[str]]
    rows: Iterable[Sequence[str]]
    titles: Sequence[str] = ()
    name: str = "Dòng cần sửa"
    noted_columns: int = 0
    """So many last columns were added by us and are marked."""
    footer: str = ""
    """Stands at the foot of each printed page."""


def returned_sheet(sheet: ReturnedSheet) -> bytes:
    """The sheet as an xlsx file."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        page = book.add_worksheet(sheet.name)
        if sheet.footer:
            page.set_footer(f"&L{sheet.footer.replace('&', '&&')[:200]}&R&P/&N")
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        noted = book.add_format({"font_color": "#b3261e", "text_wrap": True})
        for number, title in enumerate(sheet.titles):
            page.write_string(number, 0, title)
        top = len(sheet.titles)
        depth = max((len(path) for path in sheet.heads), default=1)
        _write_heads(page, sheet.heads, top, depth, head)
        page.freeze_panes(top + depth, 0)
        widths = [max((len(text) for text in path), default=8) for path in sheet.heads]
        first_noted = len(sheet.heads) - sheet.noted_columns
        for number, cells in enumerate(sheet.rows, top + depth):
            for at, text in enumerate(cells):
                if text:
                    page.write_string(number, at, text, noted if at >= first_noted else None)
                    widths[at] = max(widths[at], len(text))
        for at, width in enumerate(widths):
            page.set_column(at, at, min(max(width + 2, 10), WIDEST))
    return buffer.getvalue()


def _write_heads(
    page: Any, heads: Sequence[Sequence[str]], top: int, depth: int, look: Any
) -> None:
    """Equal neighbours of one level are merged, as they came; a short head reaches to the bottom."""
    for level in range(depth):
        at = 0
        while at < len(heads):
            path = heads[at]
            end = at
            while end + 1 < len(heads) and _same_group(heads[end + 1], path, level):
                end += 1
            text = path[level] if level < len(path) else ""
            if end > at and text:
                page.merge_range(top + level, at, top + level, end, text, look)
            else:
                page.write_string(top + level, at, text, look)
                end = at
            at = end + 1


def _same_group(one: Sequence[str], other: Sequence[str], level: int) -> bool:
    return (
        len(one) > level + 1
        and len(other) > level + 1
        and tuple(one[: level + 1]) == tuple(other[: level + 1])
    )
