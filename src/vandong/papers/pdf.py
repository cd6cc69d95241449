"""Reports as PDF through typst, tagged for screen readers (PDF/UA-1)."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from vandong.kernel.numbers import format_count
from vandong.papers.cells import cell_text
from vandong.papers.charts import FONTS, trend_svg
from vandong.papers.content import Look, Report, Table, Trend

TEMPLATE = Path(__file__).parent / "templates" / "bao_cao.typ"


def pdf_bytes(report: Report) -> bytes:
    """The report as PDF."""
    document: bytes = typst.compile(
        str(TEMPLATE),
        format="pdf",
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_data(report), ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    return document


def _data(report: Report) -> dict[str, Any]:
    return {
        "letterhead": asdict(report.letterhead),
        "title": report.title,
        "subject": report.subject,
        "sample_note": report.sample_note,
        "paragraphs": [asdict(paragraph) for paragraph in report.paragraphs],
        "footnotes": list(report.footnotes),
        "chart_svg": trend_svg(report.trend) if report.trend else "",
        "chart_alt": trend_words(report.trend) if report.trend else "",
        "tables": [_table(table) for table in report.tables],
    }


def trend_words(trend: Trend) -> str:
    """The chart said in one sentence, for those who cannot see it."""
    first, last = trend.points[0], trend.points[-1]
    said = (
        f"{trend.label}: {format_count(first.value)} ngày {first.on:%d/%m/%Y}, "
        f"{format_count(last.value)} ngày {last.on:%d/%m/%Y}"
    )
    return f"{said}; {trend.plan_label}" if trend.plan_label else said


def _table(table: Table) -> dict[str, Any]:
    def texts(row: tuple[Any, ...]) -> list[str]:
        return [cell_text(cell, column) for cell, column in zip(row, table.columns, strict=True)]

    return {
        "title": table.title,
        "labels": [column.full_label for column in table.columns],
        "widths": [column.weight for column in table.columns],
        "numeric": [column.look is not Look.TEXT for column in table.columns],
        "rows": [texts(row) for row in table.rows],
        "total": texts(table.total) if table.total else None,
    }
