"""An xlsx file is a zip archive: looked through before any library unpacks it.

Refused are archives whose directory, or whose real content (a directory can lie), is too large, whose parts
were packed in an unusual way, that declare XML entities, or whose cells lie so far apart that a reader would
need a table of billions of cells.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from vandong.sheets.tables import SheetProblem

UNPACKED_LIMIT = 1_000_000_000
"""Bytes of all parts unpacked."""

RATIO_LIMIT = 200
RATIO_FROM = 50_000_000
"""An archive of more than this many bytes unpacked may not be packed tighter than `RATIO_LIMIT` to 1."""

PARTS_LIMIT = 5_000
CELLS_LIMIT = 30_000_000
"""Cells of the rectangle from A1 to the last row and column used."""

_STEP = 1 << 18
_LONGEST_TAG = 1 << 16
_REFERENCE = re.compile(rb'r="(?:([A-Za-z]{2,3})[0-9]|([0-9]+)")')
_ODD_FORM = re.compile(rb"""\sr(?:\s*=\s*'|\s+=|=\s)|<\w+:(?:row|c)\b""")


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """What the quick look through one sheet's XML found. `odd`: only a full reading can measure it."""

    rows: int
    columns: int
    odd: bool
    has_formulas: bool
    has_errors: bool


def open_archive(file: IO[bytes], name: str) -> zipfile.ZipFile:
    """The archive, after its directory was found harmless. Raises SheetProblem."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, IndexError) as problem:
        raise SheetProblem("file_damaged", {"name": name}) from problem
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise SheetProblem("file_encrypted", {"name": name})
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    too_tight = unpacked > RATIO_FROM and unpacked / packed > RATIO_LIMIT
    if len(parts) > PARTS_LIMIT or unpacked > UNPACKED_LIMIT or too_tight:
        raise SheetProblem("zip_bomb", {"name": name, "size": unpacked // 1_000_000})
    return archive


def look_through(archive: zipfile.ZipFile, name: str) -> dict[str, SheetMarks]:
    """Unpack every part once, in small steps, and look at the sheets. Raises SheetProblem."""
    total = 0
    marks = {}
    for part in archive.infolist():
        look = _Look(name) if part.filename.startswith("xl/worksheets/") else None
        for chunk in unpacked_steps(archive, part, name):
            total += len(chunk)
            if total > UNPACKED_LIMIT:
                raise SheetProblem("zip_bomb", {"name": name, "size": total // 1_000_000})
            if b"<!DOCTYPE" in chunk and part.filename.endswith((".xml", ".rels")):
                raise SheetProblem("file_unsafe", {"name": name})
            if look:
                look.take(chunk)
        if look:
            marks[part.filename] = look.marks()
    return marks


def refuse_far_cells(rows: int, columns: int, name: str) -> None:
    """A reader builds the whole rectangle up to the last cell. Raises SheetProblem when it is too large."""
    if rows * columns > CELLS_LIMIT:
        raise SheetProblem("sheet_too_wide", {"name": name, "rows": rows, "columns": columns})


def unpacked_steps(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """The content of one part, step by step; a part longer than the directory says is refused."""
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise SheetProblem("file_unsafe", {"name": name})
    size = 0
    try:
        for chunk in _inflated(archive, part):
            size += len(chunk)
            if size > part.file_size:
                raise SheetProblem("zip_bomb", {"name": name, "size": size // 1_000_000})
            yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as problem:
        raise SheetProblem("file_damaged", {"name": name}) from problem


def _inflated(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(_stored(part)) as packed:
        if part.compress_type == zipfile.ZIP_STORED:
            yield from iter(lambda: packed.read(_STEP), b"")
            return
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        while block := packed.read(_STEP):
            yield unpacker.decompress(block, _STEP)
            while unpacker.unconsumed_tail:
                yield unpacker.decompress(unpacker.unconsumed_tail, _STEP)


def _stored(part: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The same part read as it lies, packed: the standard reader stops where the directory tells it to."""
    raw = zipfile.ZipInfo(part.filename, part.date_time)
    raw.header_offset, raw.orig_filename = part.header_offset, part.orig_filename
    raw.compress_type, raw.flag_bits = zipfile.ZIP_STORED, part.flag_bits
    raw.file_size = raw.compress_size = part.compress_size
    return raw


class _Look:
    """A quick look at the XML of a sheet as it streams by: how far its cells reach, what it holds."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._tail = b""
        self._rows = self._columns = 0
        self._cells = self._references = 0
        self._odd = self._formulas = self._errors = False

    def take(self, chunk: bytes) -> None:
        text = self._tail + chunk
        cut = text.rfind(b"<")
        if cut < 0 or len(text) - cut > _LONGEST_TAG:
            if cut >= 0 and b">" not in text[cut:]:
                raise SheetProblem("file_unsafe", {"name": self._name})
            cut = len(text)
        self._tail, text = text[cut:], text[:cut]
        self._look_at(text)

    def _look_at(self, text: bytes) -> None:
        found = set(_REFERENCE.findall(text))
        self._rows = max([self._rows, *(int(row) for _, row in found if row and len(row) < 9)])
        self._columns = max(
            [self._columns, *(_column_number(letters) for letters, _ in found if letters)]
        )
        self._cells += (
            text.count(b"<c ") + text.count(b"<c>") + text.count(b"<row ") + text.count(b"<row>")
        )
        self._references += text.count(b' r="')
        self._odd = self._odd or _ODD_FORM.search(text) is not None
        self._formulas = self._formulas or b"<f" in text
        self._errors = self._errors or b't="e"' in text

    def marks(self) -> SheetMarks:
        self._look_at(self._tail)
        odd = self._odd or self._references < self._cells
        return SheetMarks(self._rows, max(self._columns, 26), odd, self._formulas, self._errors)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
