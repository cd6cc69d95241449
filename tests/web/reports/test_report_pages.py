"""The report on screen and as files."""

from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader
from tests.figures.factories import bac_giang, make_unit, observe_stock
from tests.web.board.conftest import Reader

from vandong.accounts.models import Role
from vandong.places.models import Unit

pytestmark = pytest.mark.django_db


def asked(unit: Unit) -> dict[str, str]:
    return {"don-vi": str(unit.pk), "den": "2023-05-31"}


def test_the_page_carries_the_paragraph(reader: Reader) -> None:
    page = reader().get(reverse("reports:report"), asked(bac_giang())).content.decode()
    assert "đạt 84,65% kế hoạch do UBND tỉnh giao (52.139 người)" in page
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page


def test_word_pdf_and_excel_carry_the_same_figures(reader: Reader) -> None:
    client, unit = reader(), bac_giang()
    word = Document(BytesIO(client.get(reverse("reports:docx"), asked(unit)).content))
    assert any("84,65%" in paragraph.text for paragraph in word.paragraphs)
    pages = PdfReader(BytesIO(client.get(reverse("reports:pdf"), asked(unit)).content)).pages
    assert "8.005" in " ".join(page.extract_text() for page in pages)
    sheet = load_workbook(BytesIO(client.get(reverse("reports:xlsx"), asked(unit)).content)).active
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert any("44.134" in cell for cell in cells)


def test_an_office_template_is_used_and_a_broken_one_is_told(
    reader: Reader, tmp_path: Path, settings: object
) -> None:
    from dataclasses import replace

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)  # type: ignore[attr-defined]
    (tmp_path / "templates").mkdir()
    client, unit = reader(), bac_giang()
    own = Document()
    own.add_paragraph("Mẫu riêng: {{ subject }}")
    own.save(str(tmp_path / "templates" / "bao_cao.docx"))
    word = Document(BytesIO(client.get(reverse("reports:docx"), asked(unit)).content))
    assert word.paragraphs[0].text.startswith("Mẫu riêng: Kết quả phát triển")
    broken = Document()
    broken.add_paragraph("{{ subject")
    broken.save(str(tmp_path / "templates" / "bao_cao.docx"))
    answer = client.get(reverse("reports:docx"), asked(unit))
    assert answer.status_code == 422
    assert "Không dùng được mẫu báo cáo" in answer.content.decode()


def test_without_figures_the_page_says_what_to_do(reader: Reader) -> None:
    page = reader().get(reverse("reports:report")).content.decode()
    assert "Chưa có số liệu để lập báo cáo" in page


def test_a_collector_makes_no_reports(reader: Reader) -> None:
    unit = make_unit()
    observe_stock(unit, 50, "2023-05-31")
    for name in ("reports:report", "reports:docx", "reports:pdf", "reports:xlsx"):
        assert reader(Role.COLLECTOR, unit).get(reverse(name), asked(unit)).status_code == 403


def test_small_cells_are_hidden_from_those_outside(reader: Reader) -> None:
    top = make_unit()
    small = make_unit("Huyện Nhỏ", "901", "district", parent=top)
    observe_stock(top, 500, "2023-05-31")
    observe_stock(small, 3, "2023-05-31")
    page = reader(Role.OBSERVER).get(reverse("reports:report"), asked(top)).content.decode()
    row = page[page.index("Huyện Nhỏ") :].split("</tr>")[0]
    assert "dưới 5" in row
    assert ">3<" not in row


def test_a_day_that_is_none_is_told(reader: Reader) -> None:
    unit = bac_giang()
    answer = reader().get(reverse("reports:report"), asked(unit) | {"den": "31-02-2023"})
    page = answer.content.decode()
    assert "Không đọc được ngày “31-02-2023”. Báo cáo này đến ngày 31/05/2023" in page
