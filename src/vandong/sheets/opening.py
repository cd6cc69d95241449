"""The one door into a file: what it really is, whether it is harmless, where its head is."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from vandong.kernel.findings import Finding, Severity
from vandong.kernel.names import fold
from vandong.sheets import delimited
from vandong.sheets.cells import cell_finding
from vandong.sheets.contents import Content, find_content
from vandong.sheets.encodings import legacy_font
from vandong.sheets.heads import LOOKED_AT, Head, Merge, find_header
from vandong.sheets.tables import CellKind, Column, Row, SheetProblem, Table, column_letter
from vandong.sheets.workbooks import Book, open_book

SIZE_LIMIT = 200_000_000
"""Bytes of a file that is read at all."""

_LEGACY_SAMPLE = 300

_Item = TypeVar("_Item")

Faults = Iterable[tuple[int, str]]
Parts = tuple[int, list[str | None], list[CellKind], Faults]


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file on its way to a table."""

    name: str
    parts: Callable[[], Iterator[Parts]]
    merges: tuple[Merge, ...] = ()
    sheet: str | None = None
    others: tuple[str, ...] = ()
    encoding: str | None = None
    findings: tuple[Finding, ...] = ()


def open_table(
    source: Path | bytes,
    name: str,
    *,
    sheet: str | None = None,
    wanted: Collection[str] = (),
    size_limit: int = SIZE_LIMIT,
) -> Table:
    """The table in a csv, xlsx or xls file; `name` is the file's name as the reader knows it.

    The content decides what the file is, not its ending. `wanted` names of columns help to find the head
    (`find_header`); `sheet` chooses one of several. Raises SheetProblem with a code of
    `phrases/texts/sheets.yaml`: file_too_large, file_empty, file_encrypted, file_damaged, file_unsafe,
    zip_bomb, sheet_too_wide, not_a_table, unsupported_format, legacy_encoding, unknown_encoding,
    no_such_sheet, no_header; while rows are read also broken_row.
    """
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > size_limit:
        values = {"name": name, "size": -(-size // 1_000_000), "limit": size_limit // 1_000_000}
        raise SheetProblem("file_too_large", values)
    content = find_content(source, name)
    if content is Content.TEXT:
        found = _text_file(source, name)
    else:
        found = _workbook(open_book(source, name, sheet, content is Content.XLSX), name)
    return _table(found, wanted, _name_finding(name, content))


def _name_finding(name: str, content: Content) -> tuple[Finding, ...]:
    ending = Path(name).suffix.lower().removeprefix(".")
    if not ending or ending in content.endings:
        return ()
    return (Finding("content_differs_from_name", {"name": name, "content": content.value}),)


def _text_file(source: Path | bytes, name: str) -> _Opened:
    encoding = delimited.find_encoding(source, name)
    delimited.refuse_legacy_text(source, encoding, name)
    delimiter, skip = delimited.find_delimiter(source, encoding)

    def parts() -> Iterator[Parts]:
        for number, raw in delimited.raw_rows(source, encoding, delimiter, skip, name):
            cells, faults = delimited.cleaned(raw)
            if faults or any(cells):
                yield number, cells, [], faults

    return _Opened(name, parts, encoding=encoding, findings=delimited.encoding_finding(encoding))


def _workbook(book: Book, name: str) -> _Opened:
    sample = [
        text for _, cells, _, _ in islice(book.rows(), _LEGACY_SAMPLE) for text in cells if text
    ]
    font = legacy_font(sample)
    if font:
        raise SheetProblem("legacy_encoding", {"name": name, "encoding": font})
    findings: tuple[Finding, ...] = ()
    if book.others:
        values = {"sheet": book.name, "others": ", ".join(book.others)}
        findings = (Finding("other_sheets", values, severity=Severity.INFO),)
    return _Opened(name, book.rows, tuple(book.merges), book.name, book.others, findings=findings)


def _table(found: _Opened, wanted: Collection[str], more: tuple[Finding, ...]) -> Table:
    top = [
        Row(number, tuple(cells), tuple(kinds))
        for number, cells, kinds, _ in islice(found.parts(), LOOKED_AT)
    ]
    if not top:
        raise SheetProblem("file_empty", {"name": found.name})
    head = find_header(top, wanted, found.merges)
    if head is None or not any(column.path for column in head.columns):
        raise SheetProblem("no_header", {"name": found.name})
    columns = _trimmed(head)
    skipped = tuple(_numbering(top, head))
    return Table(
        name=found.name,
        header=columns,
        header_rows=(head.first, head.last),
        sheet=found.sheet,
        other_sheets=found.others,
        encoding=found.encoding,
        titles=_titles(top, head),
        findings=(*more, *found.findings, *skipped, *_duplicates(columns)),
        source_rows=lambda: _rows(found, columns, head.data_from),
    )


def _trimmed(head: Head) -> tuple[Column, ...]:
    """Up to the last column that has a head; what stands beyond is named row by row."""
    return head.columns[: max(column.index for column in head.columns if column.path) + 1]


def _titles(top: list[Row], head: Head) -> tuple[str, ...]:
    above = [row for row in top if row.number < head.first]
    return tuple(" ".join(dict.fromkeys(cell for cell in row.cells if cell)) for row in above)


def _numbering(top: list[Row], head: Head) -> Iterator[Finding]:
    for row in top:
        if head.last < row.number < head.data_from:
            yield Finding("numbering_row_skipped", {"row": row.number}, severity=Severity.INFO)


def _duplicates(columns: tuple[Column, ...]) -> Iterator[Finding]:
    letters: dict[str, list[str]] = {}
    for column in columns:
        if column.path:
            letters.setdefault(fold(column.name), []).append(column.letter)
    for column in columns:
        same = letters.pop(fold(column.name), [])
        if len(same) > 1:
            values = {"column": column.name, "letters": ", ".join(same)}
            yield Finding("duplicate_column", values, severity=Severity.ERROR)


def _rows(found: _Opened, columns: tuple[Column, ...], data_from: int) -> Iterator[Row]:
    width = len(columns)
    for number, cells, kinds, faults in found.parts():
        if number < data_from:
            continue
        problems: tuple[Finding, ...] = ()
        if faults or len(cells) > width:
            problems = tuple(_problems(number, cells, faults, columns))
        if problems or any(cells[:width]):
            fitted = _fitted(cells, width, None)
            yield Row(
                number, fitted, _fitted(kinds, width, CellKind.EMPTY) if kinds else (), problems
            )


def _fitted(given: list[_Item], width: int, blank: _Item) -> tuple[_Item, ...]:
    if len(given) < width:
        return (*given, *[blank] * (width - len(given)))
    return tuple(given[:width])


def _problems(
    number: int, cells: list[str | None], faults: Faults, columns: tuple[Column, ...]
) -> Iterator[Finding]:
    for index, code in faults:
        label = columns[index].name if index < len(columns) else ""
        yield cell_finding(code, number, label or column_letter(index), cells[index])
    for index in range(len(columns), len(cells)):
        if cells[index] is not None:
            yield cell_finding("cell_beyond_header", number, column_letter(index), cells[index])
