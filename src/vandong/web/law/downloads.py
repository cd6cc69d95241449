"""The parameters as files: every value of every parameter, one line a row."""

from collections.abc import Iterator
from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from vandong.administration.law_reading import readable_law
from vandong.law import LawBook
from vandong.law.book import Parameter
from vandong.law.review import certainty_of
from vandong.papers.content import Cell, Column, Look, Table
from vandong.papers.csv_text import csv_bytes
from vandong.papers.xlsx import workbook
from vandong.phrases import sentence
from vandong.phrases.law_words import (
    certainty_words,
    citation_words,
    entry_words,
    row_words,
    value_words,
)
from vandong.web.access import DoorRequest
from vandong.web.board.downloads import XLSX

HEADS = (
    ("code", Look.TEXT),
    ("parameter", Look.TEXT),
    ("row", Look.TEXT),
    ("value", Look.TEXT),
    ("from", Look.DAY),
    ("last", Look.DAY),
    ("certainty", Look.TEXT),
    ("source", Look.TEXT),
    ("check", Look.TEXT),
    ("check_on", Look.DAY),
    ("note", Look.TEXT),
)


@require_safe
def parameters_csv(request: DoorRequest) -> HttpResponse:
    """For machines."""
    book = readable_law(request.actor)
    content = csv_bytes(_table(book, request.actor.language))
    return _attachment(content, "text/csv; charset=utf-8", "csv")


@require_safe
def parameters_xlsx(request: DoorRequest) -> HttpResponse:
    """For Excel."""
    book = readable_law(request.actor)
    return _attachment(workbook([_table(book, request.actor.language)]), XLSX, "xlsx")


def _table(book: LawBook, lang: str) -> Table:
    columns = tuple(
        Column(sentence(f"law_head_{code}", {}, lang), look=look) for code, look in HEADS
    )
    rows = tuple(row for one in book.parameters.values() for row in _rows(one, lang))
    return Table(sentence("law_table", {"fingerprint": book.fingerprint}, lang), columns, rows)


def _rows(parameter: Parameter, lang: str) -> Iterator[tuple[Cell, ...]]:
    for index, entry in enumerate(parameter.entries):
        until = parameter.until(index)
        around = (
            entry.valid_from,
            until - timedelta(days=1) if until else None,
            certainty_words(certainty_of(entry), lang),
            citation_words(entry.citation, lang),
            entry.check.by if entry.check else None,
            entry.check.on if entry.check else None,
            entry.note or None,
        )
        lines = [(row_words(key, lang), value) for key, value in entry.rows.items() if key]
        named = (parameter.code, parameter.names[lang])
        if not lines:
            yield (*named, None, entry_words(entry, parameter.unit, lang), *around)
        for row, value in lines:
            yield (*named, row, value_words(value, parameter.unit, lang), *around)


def _attachment(content: bytes, kind: str, ending: str) -> HttpResponse:
    name = f"tham-so-phap-ly_{timezone.localdate().isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
