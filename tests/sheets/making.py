"""Files as offices send them, made for the tests."""

import io
import unicodedata
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import xlwt

_PRECOMPOSED = "ăâđêôơưĂÂĐÊÔƠƯ"
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def xlsx(fill: Callable[[Any], None], *, sheets: tuple[str, ...] = ("Sheet",)) -> bytes:
    """A workbook whose first sheet `fill` writes to."""
    book = openpyxl.Workbook()
    book.active.title = sheets[0]
    for title in sheets[1:]:
        book.create_sheet(title)
    fill(book.active)
    return _saved(book)


def _saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xls(rows: list[list[object]], merges: tuple[tuple[int, int, int, int], ...] = ()) -> bytes:
    """An old workbook; `merges` are first row, last row, first column, last column."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("A")
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell is not None:
                sheet.write(row, column, cell)
    for merge in merges:
        sheet.merge(*merge)
    return _saved(book)


def windows_1258(text: str) -> bytes:
    """Vietnamese as Windows writes it: letters of its own, tones as marks after them."""
    out = []
    for sign in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", sign)
        tones = "".join(part for part in parts if part in _TONES)
        letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
        out.append(letter + tones)
    return "".join(out).encode("cp1258")


def repacked(
    content: bytes,
    changes: dict[str, Callable[[bytes], bytes]],
    *,
    add: dict[str, bytes] | None = None,
) -> bytes:
    """The archive with some parts changed."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, changes.get(part, lambda same: same)(old.read(part)))
        for part, data in (add or {}).items():
            new.writestr(part, data)
    return file.getvalue()
