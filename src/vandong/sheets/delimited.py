"""Csv files: signs, separator and rows. Read twice, never held in memory as a whole."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import IO

from vandong.kernel.findings import Finding
from vandong.sheets.cells import clean_text
from vandong.sheets.encodings import WINDOWS_1258, eight_bit_encoding, legacy_font, unicode_encoding
from vandong.sheets.tables import SheetProblem

DELIMITERS = (",", ";", "\t", "|")
_STEP = 1 << 20
_SAMPLE_SIZE = 1 << 18

RawRow = tuple[int, list[str]]
"""Row number as a spreadsheet shows it, and its cells."""


@contextmanager
def opened(source: Path | bytes) -> Iterator[IO[bytes]]:
    """The bytes of the file."""
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
        yield file


def find_encoding(source: Path | bytes, name: str) -> str:
    """Python's name of the encoding. Raises SheetProblem: legacy_encoding, unknown_encoding, not_a_table."""
    with opened(source) as file:
        start = file.read(_STEP)
    encoding = unicode_encoding(start[:4096])
    if encoding is None and b"\0" in start:
        raise SheetProblem("not_a_table", {"name": name})
    sample = _undecodable(source, encoding or "utf-8")
    if sample is None:
        return encoding or "utf-8"
    if encoding is not None:
        raise SheetProblem("unknown_encoding", {"name": name})
    found = eight_bit_encoding(sample)
    if found is None:
        raise SheetProblem("unknown_encoding", {"name": name})
    if found != WINDOWS_1258:
        raise SheetProblem("legacy_encoding", {"name": name, "encoding": found})
    if _undecodable(source, "cp1258") is not None:
        raise SheetProblem("unknown_encoding", {"name": name})
    return "cp1258"


def _undecodable(source: Path | bytes, encoding: str) -> bytes | None:
    """None when every byte fits `encoding`, else the lines beyond ASCII to name the encoding by."""
    with opened(source) as file, io.TextIOWrapper(file, encoding=encoding) as text:
        try:
            while text.read(_STEP):
                pass
        except UnicodeError:
            pass
        else:
            return None
    return _strange_lines(source)


def _strange_lines(source: Path | bytes) -> bytes:
    lines: list[bytes] = []
    size = 0
    with opened(source) as file:
        while size < _SAMPLE_SIZE and (line := file.readline(_SAMPLE_SIZE)):
            if not line.isascii():
                lines.append(line)
                size += len(line)
    return b"".join(lines)


def refuse_legacy_text(source: Path | bytes, encoding: str, name: str) -> None:
    """Raises SheetProblem legacy_encoding when the decoded text is that of an old font."""
    with (
        opened(source) as file,
        io.TextIOWrapper(file, encoding=encoding, errors="replace") as text,
    ):
        font = legacy_font(text.read(_SAMPLE_SIZE).splitlines())
    if font:
        raise SheetProblem("legacy_encoding", {"name": name, "encoding": font})


def find_delimiter(source: Path | bytes, encoding: str) -> tuple[str, int]:
    """The separator and how many lines to skip (Excel's "sep=;" line)."""
    with (
        opened(source) as file,
        io.TextIOWrapper(file, encoding=encoding, errors="replace") as text,
    ):
        sample = text.read(_SAMPLE_SIZE)
    first = sample.partition("\n")[0].strip("\r").strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], 1
    return max(DELIMITERS, key=lambda sign: _evenness(sample, sign)), 0


def _evenness(sample: str, sign: str) -> tuple[int, int]:
    """Rows that have the usual number of cells, when that is more than one; then how many cells."""
    widths: list[int] = []
    with suppress(csv.Error):  # where the file breaks off is said when its rows are read
        for row in islice(csv.reader(io.StringIO(sample, newline=""), delimiter=sign), 60):
            widths.append(len(row))
    widths = [width for width in widths if width > 1]
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
    return (widths.count(usual) * min(usual, 4), usual) if usual > 1 else (0, 1)


def raw_rows(
    source: Path | bytes, encoding: str, delimiter: str, skip: int, name: str
) -> Iterator[RawRow]:
    """Every row with its number. Raises SheetProblem at the row where the file breaks off."""
    number = 0
    with opened(source) as file, io.TextIOWrapper(file, encoding=encoding, newline="") as text:
        lines: list[str] = []
        reader = csv.reader(_kept(text, lines), delimiter=delimiter)
        try:
            for number, cells in enumerate(reader, start=1):
                if len(lines) > 1 and _never_closed(lines, delimiter):
                    raise SheetProblem("broken_row", {"name": name}, row=number)
                lines.clear()
                if number > skip:
                    yield number, cells
        except csv.Error as problem:
            raise SheetProblem("broken_row", {"name": name}, row=number + 1) from problem


def _kept(text: IO[str], lines: list[str]) -> Iterator[str]:
    for line in text:
        lines.append(line)
        yield line


def _never_closed(lines: list[str], delimiter: str) -> bool:
    """Whether a row of several lines ended only because the file did, inside a quotation."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as problem:
        return "unexpected end of data" in str(problem)
    return False


def cleaned(cells: list[str]) -> tuple[list[str | None], list[tuple[int, str]]]:
    """The cells as stored text, and (index, code) of those that are faulty."""
    texts: list[str | None] = []
    faults: list[tuple[int, str]] = []
    for index, raw in enumerate(cells):
        text, code = clean_text(raw) if raw else (None, None)
        texts.append(text)
        if code:
            faults.append((index, code))
    return texts, faults


def encoding_finding(encoding: str) -> tuple[Finding, ...]:
    """Said when the signs had to be recognised rather than declared."""
    return (
        (Finding("encoding_recognised", {"encoding": "Windows-1258"}),)
        if encoding == "cp1258"
        else ()
    )
