"""The same report on docx, pdf, xlsx and csv: what is written can be read back."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from vandong.papers import charts, csv_text, docx, pdf, xlsx
from vandong.papers.cells import cell_text
from vandong.papers.content import (
    Column,
    Letterhead,
    Look,
    Paragraph,
    Report,
    Table,
    Trend,
    TrendPoint,
    column_groups,
)

COLUMNS = (
    Column("STT"),
    Column("Đơn vị"),
    Column("Đang tham gia", Look.COUNT),
    Column("% kế hoạch", Look.SHARE),
    Column("So với tháng trước", Look.CHANGE),
)
TABLE = Table(
    title="Bảng 1. Tiến độ",
    columns=COLUMNS,
    rows=(
        ("1", "Huyện Yên Thế", 2104, Fraction(2104, 2980), -61),
        ("2", "=cmd|'/c calc'!A1", 1846, None, 47),
    ),
    total=("", "Toàn tỉnh", 44134, Fraction(44134, 52139), 4934),
)
TREND = Trend(
    points=(TrendPoint(date(2022, 12, 31), 41098), TrendPoint(date(2023, 5, 31), 44134)),
    label="BHXH tự nguyện",
    plan_label="Kế hoạch 52.139",
    plan_from=TrendPoint(date(2022, 12, 31), 41098),
    plan_until=TrendPoint(date(2023, 10, 31), 52139),
)
REPORT = Report(
    letterhead=Letterhead(
        superior="BẢO HIỂM XÃ HỘI VIỆT NAM",
        issuer="BẢO HIỂM XÃ HỘI TỈNH BẮC GIANG",
        number="…/BC-BHXH",
        place_and_day="Bắc Giang, ngày 31 tháng 5 năm 2023",
        signer_title="GIÁM ĐỐC",
        signer_name="",
        recipients=("UBND tỉnh", "Lưu: VT"),
    ),
    title="BÁO CÁO",
    subject="Kết quả phát triển người tham gia",
    paragraphs=(Paragraph("Toàn tỉnh có 44.134 người <b>&amp; #hết</b>.", (1,)),),
    footnotes=("Suy ra từ số tăng đã in.",),
    tables=(TABLE,),
    trend=TREND,
)


def test_docx_carries_text_table_and_footnote_unchanged() -> None:
    document = Document(BytesIO(docx.docx_bytes(REPORT)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Toàn tỉnh có 44.134 người <b>&amp; #hết</b>.(1)" in text
    assert "(1) Suy ra từ số tăng đã in." in text
    cells = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert cells[0] == ["STT", "Đơn vị", "Đang tham gia", "% kế hoạch", "So với tháng trước"]
    assert cells[1] == ["1", "Huyện Yên Thế", "2.104", "70,60", "−61"]
    assert cells[3] == ["", "Toàn tỉnh", "44.134", "84,65", "+4.934"]


def test_docx_has_the_head_of_decree_30() -> None:
    document = Document(BytesIO(docx.docx_bytes(REPORT)))
    head = [cell.text for cell in document.tables[0].rows[0].cells]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head[1]
    assert "BẢO HIỂM XÃ HỘI TỈNH BẮC GIANG" in head[0]
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.left_margin.mm)) == (210, 30)
    assert document.styles["Normal"].font.name == "Times New Roman"


def test_docx_without_chart_or_table_has_no_leftover_tags() -> None:
    bare = replace(REPORT, trend=None, tables=(), footnotes=(), sample_note="DỮ LIỆU MẪU")
    document = Document(BytesIO(docx.docx_bytes(bare)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "{" not in text
    assert "DỮ LIỆU MẪU" in text


def test_docx_from_a_broken_template_names_the_fault(tmp_path: Path) -> None:
    broken = Document()
    broken.add_paragraph("{{ title")
    broken.save(str(tmp_path / "mau.docx"))
    with pytest.raises(docx.TemplateProblem):
        docx.docx_bytes(REPORT, template=tmp_path / "mau.docx")


def test_docx_from_an_office_template_uses_its_words(tmp_path: Path) -> None:
    own = Document()
    own.add_paragraph("Kính gửi: {{ letterhead.recipients[0] }} – {{ subject }}")
    own.save(str(tmp_path / "mau.docx"))
    document = Document(BytesIO(docx.docx_bytes(REPORT, template=tmp_path / "mau.docx")))
    assert document.paragraphs[0].text == "Kính gửi: UBND tỉnh – Kết quả phát triển người tham gia"


def test_pdf_holds_the_same_words_in_nfc() -> None:
    reader = PdfReader(BytesIO(pdf.pdf_bytes(replace(REPORT, sample_note="DỮ LIỆU MẪU"))))
    text = " ".join(page.extract_text() for page in reader.pages)
    for word in ("44.134", "84,65", "Huyện Yên Thế", "DỮ LIỆU MẪU", "#hết", "Nơi nhận"):
        assert word in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_xlsx_keeps_numbers_as_numbers_and_text_as_text() -> None:
    sheet = load_workbook(
        BytesIO(xlsx.workbook([TABLE], notes=["Ghi chú"], sample_note="DỮ LIỆU MẪU"))
    ).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "Bảng 1. Tiến độ"
    assert rows[1][0] == "DỮ LIỆU MẪU"
    assert rows[3] == tuple(column.label for column in COLUMNS)
    assert rows[4][2:] == (2104, 2104 / 2980, -61)
    assert sheet.cell(6, 2).value == "=cmd|'/c calc'!A1"
    assert sheet.cell(6, 2).data_type == "s"
    assert rows[7][0] is None
    assert rows[8][0] == "Ghi chú"


def test_xlsx_merges_the_heads_of_a_group() -> None:
    grouped = Table(
        "Hai nhóm",
        (Column("Đơn vị"), Column("TN", Look.COUNT, "BHXH"), Column("BB", Look.COUNT, "BHXH")),
        (("Hà Nội", 1, 2),),
    )
    sheet = load_workbook(BytesIO(xlsx.workbook([grouped]))).active
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["B3:C3"]
    assert column_groups(grouped.columns) == [("", 1), ("BHXH", 2)]


def test_csv_is_for_machines_and_runs_no_formula() -> None:
    lines = csv_text.csv_bytes(TABLE).decode("utf-8-sig").splitlines()
    assert lines[1] == "1,Huyện Yên Thế,2104,0.7060402685,-61"
    assert lines[2] == "2,'=cmd|'/c calc'!A1,1846,,47"


@pytest.mark.parametrize(
    ("cell", "look", "text"),
    [
        (1724171, Look.COUNT, "1.724.171"),
        (Fraction(5, 2), Look.PACE, "3"),
        (Fraction(1, 3), Look.SHARE, "33,33"),
        (0, Look.CHANGE, "0"),
        (None, Look.COUNT, "–"),
        (date(2023, 5, 31), Look.DAY, "31/05/2023"),
    ],
)
def test_cell_text(cell: int | Fraction | date | None, look: Look, text: str) -> None:
    assert cell_text(cell, Column("x", look)) == text


def test_a_fraction_of_a_person_is_refused() -> None:
    with pytest.raises(TypeError, match="not a whole count"):
        cell_text(Fraction(5, 2), Column("x", Look.COUNT))


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells under 5 columns"):
        Table("x", COLUMNS, (("1", "a"),))


def test_trend_names_last_stock_and_plan() -> None:
    svg = charts.trend_svg(TREND)
    assert ">44.134<" in svg
    assert ">Kế hoạch 52.139<" in svg
    assert "stroke-dasharray" in svg


def test_trend_without_a_point_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a point"):
        charts.trend_svg(replace(TREND, points=()))
