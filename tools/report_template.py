"""Makes src/vandong/papers/templates/bao_cao.docx, the Word template that an office may replace.

Layout of Decree 30/2020, annex I: A4, margins 20-25 top and bottom, 30-35 left, 15-20 right (mm),
Times New Roman 13-14, a two-column head without borders, rules under issuing body and motto.
Run: .venv/bin/python tools/report_template.py
"""

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

TARGET = Path(__file__).parents[1] / "src/vandong/papers/templates/bao_cao.docx"
FONT = "Times New Roman"
CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def set_fonts(document: Document) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), FONT)
    style.paragraph_format.space_after = Pt(0)


def write(
    place: Paragraph, text: str, *, size: int = 14, bold: bool = False, italic: bool = False
) -> Paragraph:
    run = place.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return place


def centred(cell: _Cell, text: str, *, first: bool = False, **look: object) -> Paragraph:
    place = cell.paragraphs[0] if first else cell.add_paragraph()
    place.alignment = CENTRE
    return write(place, text, **look)


def rule_below(place: Paragraph, indent: int) -> None:
    """A line under the paragraph, shorter than the text by `indent` mm on both sides."""
    place.paragraph_format.left_indent = place.paragraph_format.right_indent = Mm(indent)
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:top")
    for key, value in {"val": "single", "sz": "6", "space": "1", "color": "000000"}.items():
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    place._p.get_or_add_pPr().append(borders)


def write_head(document: Document) -> None:
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    for column, width in zip(table.columns, (Mm(66), Mm(97)), strict=True):
        column.width = column.cells[0].width = width
    centred(left, "{{ letterhead.superior }}", first=True, size=12)
    centred(left, "{{ letterhead.issuer }}", size=12, bold=True)
    rule_below(centred(left, "", size=4), 20)
    centred(left, "Số: {{ letterhead.number }}", size=13)
    centred(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", first=True, size=12, bold=True)
    centred(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
    rule_below(centred(right, "", size=4), 17)
    centred(right, "{{ letterhead.place_and_day }}", size=13, italic=True)


def write_text(document: Document) -> None:
    title = document.add_paragraph()
    title.alignment, title.paragraph_format.space_before = CENTRE, Pt(18)
    write(title, "{{ title }}", bold=True)
    subject = document.add_paragraph()
    subject.alignment, subject.paragraph_format.space_after = CENTRE, Pt(12)
    write(subject, "{{ subject }}", bold=True)
    write(document.add_paragraph(), "{%p if sample_note %}")
    write(document.add_paragraph(), "{{ sample_note }}", bold=True, size=13)
    write(document.add_paragraph(), "{%p endif %}")
    write(document.add_paragraph(), "{%p for paragraph in paragraphs %}")
    body = document.add_paragraph()
    body.alignment = JUSTIFY
    body.paragraph_format.first_line_indent, body.paragraph_format.space_after = Mm(10), Pt(6)
    write(body, "{{r paragraph }}")
    write(document.add_paragraph(), "{%p endfor %}")
    write(document.add_paragraph(), "{%p if chart %}")
    picture = document.add_paragraph()
    picture.alignment = CENTRE
    write(picture, "{{ chart }}")
    write(document.add_paragraph(), "{%p endif %}")


def write_table(document: Document) -> None:
    write(document.add_paragraph(), "{%p for table in tables %}")
    head = document.add_paragraph()
    head.alignment, head.paragraph_format.space_before = CENTRE, Pt(8)
    head.paragraph_format.keep_with_next = True
    write(head, "{{ table.title }}", bold=True, size=13)
    grid = document.add_table(rows=4, cols=1)
    grid.style = "Table Grid"
    rows = [row._tr for row in grid.rows]
    heads = ("{%tc for label in table.labels %}", "{{ label }}", "{%tc endfor %}")
    cells = ("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}")
    fill_row(grid, rows[0], heads, bold=True)
    fill_row(grid, rows[1], ("{%tr for row in table.rows %}",))
    fill_row(grid, rows[2], cells)
    fill_row(grid, rows[3], ("{%tr endfor %}",))
    repeat_on_each_page(rows[0])
    write(document.add_paragraph(), "{%p endfor %}")


def fill_row(grid: Table, row: Any, texts: tuple[str, ...], *, bold: bool = False) -> None:
    for _ in texts[1:]:
        row.add_tc()
    for tc, text in zip(row.tc_lst, texts, strict=True):
        write(_Cell(tc, grid).paragraphs[0], text, size=11, bold=bold)


def repeat_on_each_page(row: Any) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def write_end(document: Document) -> None:
    write(document.add_paragraph(), "{%p for note in footnotes %}")
    note = document.add_paragraph()
    note.alignment = JUSTIFY
    write(note, "{{ note }}", size=11, italic=True)
    write(document.add_paragraph(), "{%p endfor %}")
    document.add_paragraph()
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    write(left.paragraphs[0], "Nơi nhận:", size=12, bold=True, italic=True)
    write(left.add_paragraph(), "{%p for recipient in letterhead.recipients %}", size=11)
    write(left.add_paragraph(), "- {{ recipient }}", size=11)
    write(left.add_paragraph(), "{%p endfor %}", size=11)
    centred(right, "{{ letterhead.signer_title }}", first=True, bold=True)
    for _ in range(4):
        right.add_paragraph()
    centred(right, "{{ letterhead.signer_name }}", bold=True)


def main() -> None:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(17)
    set_fonts(document)
    write_head(document)
    write_text(document)
    write_table(document)
    write_end(document)
    document.core_properties.author = "Vận Động"
    TARGET.parent.mkdir(exist_ok=True)
    document.save(str(TARGET))


if __name__ == "__main__":
    main()
