"""Reports as Word files, from a template that an office can replace (docxtpl, Jinja tags)."""

from io import BytesIO
from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate, InlineImage, RichText
from jinja2 import Environment
from jinja2.exceptions import TemplateError

from vandong.papers.cells import cell_text
from vandong.papers.charts import trend_png
from vandong.papers.content import Column, Look, Paragraph, Report, Table

TEMPLATE = Path(__file__).parent / "templates" / "bao_cao.docx"
TEXT_WIDTH = 163


class TemplateProblem(Exception):
    """The office's template cannot be used; `why` is the engine's own word on it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def docx_bytes(report: Report, *, template: Path = TEMPLATE) -> bytes:
    """The report as docx. Raises TemplateProblem when the template is broken."""
    try:
        document = DocxTemplate(str(template))
        document.render(_context(report, document), Environment(autoescape=True), autoescape=True)
    except (TemplateError, ValueError, KeyError) as problem:
        raise TemplateProblem(str(problem)) from problem
    for table in report.tables:
        _lay_out(document.docx, table)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _context(report: Report, document: DocxTemplate) -> dict[str, Any]:
    chart: InlineImage | str = ""
    if report.trend:
        picture = BytesIO(trend_png(report.trend))
        chart = InlineImage(document, picture, width=Mm(150))
    return {
        "letterhead": report.letterhead,
        "title": report.title,
        "subject": report.subject,
        "sample_note": report.sample_note,
        "paragraphs": [_rich(paragraph) for paragraph in report.paragraphs],
        "footnotes": [f"({n}) {text}" for n, text in enumerate(report.footnotes, start=1)],
        "chart": chart,
        "tables": [_plain(table) for table in report.tables],
    }


def _rich(paragraph: Paragraph) -> RichText:
    rich = RichText(paragraph.text, size=28, bold=paragraph.is_heading)
    for number in paragraph.notes:
        rich.add(f"({number})", size=28, superscript=True)
    return rich


def _plain(table: Table) -> dict[str, Any]:
    rows = [*table.rows, *([table.total] if table.total else [])]
    return {
        "title": table.title,
        "labels": [column.full_label for column in table.columns],
        "rows": [
            [cell_text(cell, column) for cell, column in zip(row, table.columns, strict=True)]
            for row in rows
        ],
    }


def _lay_out(document: Any, table: Table) -> None:
    """Widths on every cell (LibreOffice ignores those of the grid), numbers to the right."""
    labels = [column.full_label for column in table.columns]
    for found in document.tables:
        if [cell.text.strip() for cell in found.rows[0].cells] != labels:
            continue
        widths = _widths(table.columns)
        found.autofit = False
        _set_grid(found, widths)
        for at, row in enumerate(found.rows):
            is_total = table.total is not None and at == len(found.rows) - 1
            for cell, column, width in zip(row.cells, table.columns, widths, strict=True):
                _lay_out_cell(cell, column, width, is_head=at == 0, is_total=is_total)


def _set_grid(found: Any, widths: list[float]) -> None:
    """The template's grid has one column; Word trusts the cells, LibreOffice trusts the grid."""
    grid = found._tbl.tblGrid
    for column in list(grid):
        grid.remove(column)
    for width in widths:
        grid.add_gridCol().w = Mm(width)
    for row in found.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _lay_out_cell(
    cell: Any, column: Column, width: float, *, is_head: bool, is_total: bool
) -> None:
    cell.width = Mm(width)
    for paragraph in cell.paragraphs:
        if is_head:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif column.look is not Look.TEXT:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for run in paragraph.runs:
            run.font.size = Pt(11)
            run.bold = is_head or is_total


def _widths(columns: tuple[Column, ...]) -> list[float]:
    whole = sum(column.weight for column in columns)
    return [TEXT_WIDTH * column.weight / whole for column in columns]
