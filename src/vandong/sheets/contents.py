"""What a file really holds, by its first bytes and, for archives, its directory."""

from enum import Enum
from pathlib import Path

from vandong.sheets.archives import open_archive
from vandong.sheets.delimited import opened
from vandong.sheets.tables import SheetProblem


class Content(Enum):
    """Kinds of file that are read."""

    TEXT = "csv"
    XLSX = "xlsx"
    XLS = "xls"

    @property
    def endings(self) -> frozenset[str]:
        """File endings that promise this content."""
        texts = frozenset(("csv", "txt", "tsv", "tab"))
        books = frozenset(("xlsx", "xlsm", "xltx", "xltm"))
        return {"csv": texts, "xlsx": books, "xls": frozenset(("xls", "xlt"))}[self.value]


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_KNOWN = {
    b"%PDF": "PDF",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7-Zip",
    b"\x1f\x8b": "GZip",
}
_ARCHIVES = (
    ("xl/workbook.bin", "XLSB"),
    ("word/document.xml", "DOCX"),
    ("ppt/presentation.xml", "PPTX"),
    ("content.xml", "ODS"),
)


def find_content(source: Path | bytes, name: str) -> Content:
    """Csv, xlsx or xls. Raises SheetProblem: file_empty, unsupported_format, file_encrypted, not_a_table …"""
    with opened(source) as file:
        start = file.read(4096)
    if not start.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise SheetProblem("file_empty", {"name": name})
    for sign, called in _KNOWN.items():
        if start.startswith(sign):
            raise SheetProblem("unsupported_format", {"name": name, "format": called})
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(source, name)
    if start.startswith(_OLE):
        return _compound(source, name)
    if start.startswith(_BIFF):
        return Content.XLS
    return _text(start, name)


def _archive(source: Path | bytes, name: str) -> Content:
    with opened(source) as file, open_archive(file, name) as archive:
        parts = frozenset(archive.namelist())
    if "xl/workbook.xml" in parts:
        return Content.XLSX
    called = next((called for part, called in _ARCHIVES if part in parts), "ZIP")
    raise SheetProblem("unsupported_format", {"name": name, "format": called})


def _compound(source: Path | bytes, name: str) -> Content:
    """An OLE file: xls, or an xlsx wrapped for a password, or a Word document."""
    with opened(source) as file:
        content = file.read()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise SheetProblem("file_encrypted", {"name": name})
    if (
        "WordDocument".encode("utf-16-le") in content
        and "Workbook".encode("utf-16-le") not in content
    ):
        raise SheetProblem("unsupported_format", {"name": name, "format": "DOC"})
    return Content.XLS


def _text(start: bytes, name: str) -> Content:
    opening = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if opening.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<?xml")):
        raise SheetProblem("unsupported_format", {"name": name, "format": "HTML, XML"})
    return Content.TEXT
