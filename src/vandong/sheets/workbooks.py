"""Xlsx and xls files through calamine. In xls, percent formats and error values cannot be seen."""

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from vandong.sheets.archives import look_through, open_archive
from vandong.sheets.cells import clean_text, text_of
from vandong.sheets.delimited import opened
from vandong.sheets.heads import Merge
from vandong.sheets.tables import CellKind, SheetProblem
from vandong.sheets.worksheets import CellMarks, cell_marks, refuse_far_odd_sheets

_Result = TypeVar("_Result")

TextRow = tuple[int, list[str | None], list[CellKind], list[tuple[int, str]]]
"""Row number, cells, what they were, and (index, code) of faulty ones."""


@dataclass(frozen=True, slots=True)
class Book:
    """One sheet of an open workbook."""

    sheet: CalamineSheet
    name: str
    others: tuple[str, ...]
    marks: CellMarks

    @property
    def merges(self) -> list[Merge]:
        """Merged cells."""
        return list(self.sheet.merged_cell_ranges or [])

    def rows(self) -> Iterator[TextRow]:
        """Every row that holds anything."""
        left = [""] * (self.sheet.start or (0, 0))[
            1
        ]  # calamine fills up the rows above, not the columns
        for index, raw in enumerate(self.sheet.iter_rows()):
            row = _row(index, [*left, *raw] if left else raw, self.marks)
            if row is not None:
                yield row


def open_book(source: Path | bytes, name: str, sheet: str | None, is_xlsx: bool) -> Book:
    """The sheet asked for, else the first that holds anything. Raises SheetProblem."""
    with opened(source) as file:
        if not is_xlsx:
            return _chosen(
                _safely(lambda: CalamineWorkbook.from_filelike(file), name), name, sheet, _no_marks
            )
        with open_archive(file, name) as archive:
            looks = look_through(archive, name)
            refuse_far_odd_sheets(archive, looks, name)
            book = _safely(lambda: CalamineWorkbook.from_filelike(io.BytesIO(_whole(source))), name)
            return _chosen(book, name, sheet, lambda title: cell_marks(archive, title, looks, name))


def _whole(source: Path | bytes) -> bytes:
    return source if isinstance(source, bytes) else source.read_bytes()


def _no_marks(_title: str) -> CellMarks:
    return CellMarks()


def _chosen(
    book: CalamineWorkbook, name: str, wanted: str | None, marks: Callable[[str], CellMarks]
) -> Book:
    titles = list(book.sheet_names)
    if wanted is not None and wanted not in titles:
        raise SheetProblem(
            "no_such_sheet", {"name": name, "sheet": wanted, "sheets": ", ".join(titles)}
        )
    filled: list[tuple[str, CalamineSheet]] = []
    for title in [wanted] if wanted is not None else titles:
        sheet = _safely(lambda title=title: book.get_sheet_by_name(title), name)  # type: ignore[misc]
        if sheet.height:
            filled.append((title, sheet))
            break
    if not filled:
        raise SheetProblem("file_empty", {"name": name})
    title, sheet = filled[0]
    return Book(sheet, title, tuple(other for other in titles if other != title), marks(title))


def _safely(read: Callable[[], _Result], name: str) -> _Result:
    """Call calamine; its errors, and a panic of its Rust code, mean the file is damaged."""
    try:
        return read()
    except PasswordError as problem:
        raise SheetProblem("file_encrypted", {"name": name}) from problem
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, OverflowError) as problem:
        raise SheetProblem("file_damaged", {"name": name}) from problem
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":
            raise
        raise SheetProblem("file_damaged", {"name": name}) from problem


def _row(index: int, raw: Sequence[object], marks: CellMarks) -> TextRow | None:
    cells: list[str | None] = []
    kinds: list[CellKind] = []
    faults: list[tuple[int, str]] = []
    filled = False
    for column, value in enumerate(raw):
        text, kind, code = _cell(value, (index, column), marks)
        cells.append(text)
        kinds.append(kind)
        if code:
            faults.append((column, code))
        filled = filled or text is not None or code is not None
    return (index + 1, cells, kinds, faults) if filled else None


def _cell(
    value: object, place: tuple[int, int], marks: CellMarks
) -> tuple[str | None, CellKind, str | None]:
    if marks and (value == "" or place in marks.percents):
        if place in marks.errors:
            return marks.errors[place] or "#N/A", CellKind.ERROR, "error_cell"
        if place in marks.empty_formulas:
            return None, CellKind.EMPTY, "formula_without_value"
        text, kind = text_of(value, percent=place in marks.percents)
        return text, kind, None
    if isinstance(value, str):
        if not value:
            return None, CellKind.EMPTY, None
        text, code = clean_text(value)
        kind = CellKind.ERROR if code == "error_cell" else CellKind.TEXT
        return text, kind if text is not None else CellKind.EMPTY, code
    text, kind = text_of(value)
    return text, kind, None
