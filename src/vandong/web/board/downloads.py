"""The board as files: xlsx, csv, a picture for messaging."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from vandong.accounts.queries.scope import NotVisible
from vandong.kernel.names import fold
from vandong.papers.card import card_png
from vandong.papers.csv_text import csv_bytes
from vandong.papers.xlsx import workbook
from vandong.phrases import sentence
from vandong.web.access import DoorRequest
from vandong.web.board.page import BoardPage, board_page
from vandong.web.board.query import read_query
from vandong.web.board.share import share_card
from vandong.web.board.tables import board_table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def board_xlsx(request: DoorRequest) -> HttpResponse:
    """The units' table as an Excel file."""
    page = _page(request)
    table = board_table(page)
    note = _sample_note(page, request)
    return attachment(workbook([table], notes=[page.heading], sample_note=note), XLSX, page, "xlsx")


@require_safe
def board_csv(request: DoorRequest) -> HttpResponse:
    """The units' table for machines."""
    page = _page(request)
    table = board_table(page)
    content = csv_bytes(table, sample_note=_sample_note(page, request))
    return attachment(content, "text/csv; charset=utf-8", page, "csv")


@require_safe
def board_picture(request: DoorRequest) -> HttpResponse:
    """The board's main figures as one picture."""
    page = _page(request)
    return attachment(card_png(share_card(page, request.actor)), "image/png", page, "png")


def attachment(content: bytes, kind: str, page: BoardPage, ending: str) -> HttpResponse:
    """A file named after unit, scheme and day, in plain letters that every system keeps."""
    unit = fold(page.unit.name).replace(" ", "-")
    name = f"tien-do_{unit}_{page.query.scheme}_{page.on.isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def _page(request: DoorRequest) -> BoardPage:
    page = board_page(request.actor, read_query(request.GET))
    if page is None:
        raise NotVisible
    return page


def _sample_note(page: BoardPage, request: DoorRequest) -> str:
    return sentence("report_sample", {}, request.actor.language) if page.is_made_up else ""
