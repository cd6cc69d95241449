"""Pages and files of the report."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from vandong.accounts.queries.scope import NotVisible
from vandong.figures.models import Scheme
from vandong.kernel.names import fold
from vandong.papers import docx
from vandong.papers.cells import cell_text
from vandong.papers.charts import trend_svg
from vandong.papers.content import Look, Table
from vandong.papers.pdf import pdf_bytes, trend_words
from vandong.papers.xlsx import workbook
from vandong.places.models import Unit
from vandong.reporting.unit_report import UnitReport, unit_report
from vandong.web.access import DoorRequest
from vandong.web.board.page import board_unit, default_day
from vandong.web.board.query import BoardQuery, read_query

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
OWN_TEMPLATE = Path("templates") / "bao_cao.docx"


@dataclass(frozen=True, slots=True)
class AskedReport:
    """A report with what was asked for."""

    query: BoardQuery
    unit: Unit
    on: date
    made: UnitReport


@require_safe
def report(request: DoorRequest) -> HttpResponse:
    """The report as it will be printed, with its files."""
    query = read_query(request.GET)
    asked = _asked(request, query)
    if asked is None:
        return render(request, "web/reports/empty.html", {"query": query, "schemes": Scheme})
    shown = asked.made.report
    context = {
        "asked": asked,
        "query": asked.query,
        "address": asked.query.address(),
        "report": shown,
        "tables": [_written(table) for table in shown.tables],
        "schemes": Scheme,
        "is_made_up": asked.made.is_made_up,
        # Our own drawing, whose texts Vega has escaped.
        "svg": mark_safe(trend_svg(shown.trend)) if shown.trend else "",  # noqa: S308
        "narrow": mark_safe(trend_svg(shown.trend, width=310)) if shown.trend else "",  # noqa: S308
        "words": trend_words(shown.trend) if shown.trend else "",
    }
    return render(request, "web/reports/report.html", context)


@require_safe
def report_docx(request: DoorRequest) -> HttpResponse:
    """The report in Word, from the office's own template when there is one."""
    asked = _required(request)
    own = Path(settings.ENVIRONMENT.home) / OWN_TEMPLATE
    template = own if own.exists() else docx.TEMPLATE
    try:
        content = docx.docx_bytes(asked.made.report, template=template)
    except docx.TemplateProblem as problem:
        context = {"why": problem.why, "place": str(OWN_TEMPLATE), "asked": asked}
        return render(request, "web/reports/template_problem.html", context, status=422)
    return _file(content, asked, "docx")


@require_safe
def report_pdf(request: DoorRequest) -> HttpResponse:
    """The report as PDF."""
    asked = _required(request)
    return _file(pdf_bytes(asked.made.report), asked, "pdf")


@require_safe
def report_xlsx(request: DoorRequest) -> HttpResponse:
    """The report's tables in Excel, its sentences as notes below."""
    asked = _required(request)
    shown = asked.made.report
    notes = [*(paragraph.text for paragraph in shown.paragraphs), *shown.footnotes]
    tables = shown.tables or (_unit_only(asked),)
    return _file(workbook(tables, notes=notes, sample_note=shown.sample_note), asked, "xlsx")


def _asked(request: DoorRequest, query: BoardQuery) -> AskedReport | None:
    unit = board_unit(request.actor, query)
    on = query.on or (default_day(unit, query.scheme) if unit else None)
    if unit is None or on is None:
        return None
    made = unit_report(actor=request.actor, unit=unit, scheme=query.scheme, on=on)
    filled = BoardQuery(unit_id=unit.pk, scheme=query.scheme, on=on, bad_day=query.bad_day)
    return AskedReport(filled, unit, on, made)


def _required(request: DoorRequest) -> AskedReport:
    asked = _asked(request, read_query(request.GET))
    if asked is None:
        raise NotVisible
    return asked


def _unit_only(asked: AskedReport) -> Table:
    """A workbook needs a sheet: for a unit without parts it holds the sentences alone."""
    return Table(asked.made.report.subject, (), ())


def _written(table: Table) -> dict[str, object]:
    rows = [*table.rows, *([table.total] if table.total else [])]
    return {
        "title": table.title,
        "heads": [(column.full_label, column.look is not Look.TEXT) for column in table.columns],
        "rows": [
            [
                (cell_text(cell, column), column.look is not Look.TEXT)
                for cell, column in zip(row, table.columns, strict=True)
            ]
            for row in rows
        ],
    }


def _file(content: bytes, asked: AskedReport, ending: str) -> HttpResponse:
    unit = fold(asked.unit.name).replace(" ", "-")
    name = f"bao-cao_{unit}_{asked.query.scheme}_{asked.on.isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=KINDS[ending], headers=headers)
