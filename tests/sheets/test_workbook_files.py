import io
import random
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from tests.sheets.making import repacked, xls, xlsx

from vandong.sheets import CellKind, SheetProblem, open_table

SHEET = "xl/worksheets/sheet1.xml"


def small(sheet: Any) -> None:
    sheet.append(["unit", "value"])
    sheet.append(["00070", 44134])


def refusal(content: bytes, name: str = "a.xlsx", **options: Any) -> SheetProblem:
    with pytest.raises(SheetProblem) as raised:
        open_table(content, name, **options)
    return raised.value


def test_cells_become_text_by_one_rule() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(
            ["text", "whole", "decimal", "percent", "day", "moment", "truth", "huge", "three"]
        )
        sheet.append(
            [
                " Bắc  Giang ",
                44134.0,
                0.5,
                0.8465,
                date(2023, 5, 31),
                datetime(2023, 5, 31, 8, 30),  # noqa: DTZ001
                True,
                1e308,
                12.345,
            ]
        )
        sheet["D2"].number_format = "0.00%"

    (row,) = open_table(xlsx(fill), "a.xlsx").rows()
    assert row.cells == (
        "Bắc Giang",
        "44134",
        "0.5",
        "84.65%",
        "2023-05-31",
        "2023-05-31 08:30:00",
        "TRUE",
        "1e+308",
        "12.3450",
    )
    assert [row.kind(at) for at in (0, 1, 3, 4, 6)] == [
        CellKind.TEXT,
        CellKind.NUMBER,
        CellKind.PERCENT,
        CellKind.DAY,
        CellKind.TRUTH,
    ]


def test_places_are_kept_when_the_table_stands_off_the_corner() -> None:
    def fill(sheet: Any) -> None:
        sheet["C5"], sheet["D5"] = "unit", "value"
        sheet["C7"], sheet["D7"] = "00070", 5

    table = open_table(xlsx(fill), "a.xlsx", wanted=("unit", "value"))
    column = table.column("value")
    assert column is not None
    assert column.letter == "D"
    assert [(row.number, row.cells[column.index]) for row in table.rows()] == [(7, "5")]


def test_formulas_errors_and_empty_results() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["unit", "sum", "ratio"])
        sheet.append(["A", "=1+1", "#REF!"])
        sheet["C2"].data_type = "e"
        sheet.append(["B", 5, 6])

    first, second = open_table(xlsx(fill), "a.xlsx").rows()
    assert [(one.code, one.spot.row, one.spot.column) for one in first.problems if one.spot] == [
        ("formula_without_value", 2, "sum"),
        ("error_cell", 2, "ratio"),
    ]
    assert first.cells == ("A", None, "#REF!")
    assert second.problems == ()


def test_a_calculated_formula_gives_its_value() -> None:
    content = repacked(
        xlsx(lambda sheet: sheet.append(["unit", "=1+1"])),
        {
            SHEET: lambda text: text.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
                b"<f>1+1</f><v/>", b"<f>1+1</f><v>2</v>"
            )
        },
    )
    table = open_table(content, "a.xlsx", wanted=("unit",))
    assert [column.name for column in table.header] == ["unit", "2"]


def test_merged_heads_over_two_rows_below_titles() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "BẢO HIỂM XÃ HỘI TỈNH"
        sheet["D1"] = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("D1:F1")
        sheet["A2"] = "Kết quả thu đến 31/05/2023"
        sheet.merge_cells("A2:F2")
        for place, text in {
            "A4": "STT",
            "B4": "Đơn vị",
            "C4": "BHXH tự nguyện",
            "E4": "BHYT hộ gia đình",
        }.items():
            sheet[place] = text
        for merge in ("A4:A5", "B4:B5", "C4:D4", "E4:F4"):
            sheet.merge_cells(merge)
        for place, text in {"C5": "Số người", "D5": "Tăng", "E5": "Số người", "F5": "Tăng"}.items():
            sheet[place] = text
        sheet.append(["A", "B", 1, 2, 3, 4])
        sheet.append([1, "Hiệp Hòa", 5200, 40, 61000, 12])

    table = open_table(xlsx(fill), "a.xlsx")
    assert [column.name for column in table.header] == [
        "STT",
        "Đơn vị",
        "BHXH tự nguyện / Số người",
        "BHXH tự nguyện / Tăng",
        "BHYT hộ gia đình / Số người",
        "BHYT hộ gia đình / Tăng",
    ]
    assert table.header_rows == (4, 5)
    assert table.titles[1] == "Kết quả thu đến 31/05/2023"
    assert [finding.code for finding in table.findings] == ["numbering_row_skipped"]
    assert [(row.number, row.cells) for row in table.rows()] == [
        (7, ("1", "Hiệp Hòa", "5200", "40", "61000", "12"))
    ]


def test_sheets_are_chosen_and_the_rest_reported() -> None:
    content = xlsx(small, sheets=("BC", "Nháp"))
    table = open_table(content, "a.xlsx")
    assert (table.sheet, table.other_sheets) == ("BC", ("Nháp",))
    assert [finding.code for finding in table.findings] == ["other_sheets"]
    assert refusal(content, sheet="Khác").code == "no_such_sheet"
    assert refusal(content, sheet="Nháp").code == "file_empty"


def test_content_decides_not_the_ending() -> None:
    table = open_table(xlsx(small), "a.csv")
    assert [finding.code for finding in table.findings] == ["content_differs_from_name"]
    table = open_table(b"unit,value\n1,2\n", "a.xlsx")
    assert [finding.code for finding in table.findings] == ["content_differs_from_name"]


def test_old_workbooks_with_merged_heads() -> None:
    content = xls(
        [["Đơn vị", "BHXH", None], [None, "Số người", "Tăng"], ["Hiệp Hòa", 5200, 40.0]],
        merges=((0, 1, 0, 0), (0, 0, 1, 2)),
    )
    table = open_table(content, "a.xls")
    assert [column.name for column in table.header] == ["Đơn vị", "BHXH / Số người", "BHXH / Tăng"]
    assert [row.cells for row in table.rows()] == [("Hiệp Hòa", "5200", "40")]


def test_old_fonts_in_a_workbook_are_named() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["§¬n vÞ", "B¶o hiÓm x· héi"])
        sheet.append(["TØnh B¾c Giang", 5])

    problem = refusal(xlsx(fill))
    assert (problem.code, problem.values["encoding"]) == ("legacy_encoding", "TCVN3 (ABC)")


def test_a_password_is_named() -> None:
    wrapped = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(600)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(600)
    )
    assert refusal(wrapped).code == "file_encrypted"


def test_a_damaged_file_is_named() -> None:
    whole = xlsx(small)
    assert refusal(whole[: len(whole) // 2]).code == "file_damaged"
    assert (
        refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "a.xls").code == "file_damaged"
    )
    assert (
        refusal(repacked(whole, {SHEET: lambda text: text[: len(text) // 2]})).code
        == "file_damaged"
    )


def test_other_archives_are_named() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    problem = refusal(file.getvalue())
    assert (problem.code, problem.values["format"]) == ("unsupported_format", "DOCX")


def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    content = repacked(xlsx(small), {}, add={"xl/media/image1.bin": bytes(60_000_000)})
    assert refusal(content).code == "zip_bomb"


def test_a_zip_bomb_with_a_lying_directory_is_refused_by_its_content() -> None:
    content = bytearray(repacked(xlsx(small), {}, add={"xl/media/x.bin": bytes(60_000_000)}))
    size = (60_000_000).to_bytes(4, "little")
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = (1000).to_bytes(4, "little")
    assert refusal(bytes(content)).code == "zip_bomb"


def test_entities_are_refused() -> None:
    content = repacked(
        xlsx(small), {SHEET: lambda text: b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + text}
    )
    assert refusal(content).code == "file_unsafe"


@pytest.mark.parametrize(
    "cell",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row r = "1048576"><c r = "XFD1048576"><v>1</v></c></row>',
        b'<row  r="1048576" ><c\n\tr="xfd1048576"><v>1</v></c></row>',
        b"<row>"
        + b"<c/>" * 16000
        + b"<c><v>1</v></c></row>"
        + b"<row/>" * 60_000
        + b"<row><c><v>1</v></c></row>",
    ],
)
def test_cells_very_far_apart_are_refused_before_a_reader_builds_the_rectangle(cell: bytes) -> None:
    content = repacked(
        xlsx(small), {SHEET: lambda text: text.replace(b"</sheetData>", cell + b"</sheetData>")}
    )
    assert refusal(content).code == "sheet_too_wide"


def test_damage_anywhere_is_a_table_or_a_problem() -> None:
    whole = xlsx(small)
    dice = random.Random(7)
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(dice.randrange(1, 6)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        try:
            list(open_table(bytes(broken), "a.xlsx").rows())
        except SheetProblem as problem:
            assert problem.finding().values["name"] == "a.xlsx"  # noqa: PT017


def test_the_quick_and_the_full_look_at_a_sheet_agree() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["unit", "share", "sum", "error"])
        for at in range(2, 40):
            sheet.append([f"x{at}", at / 100, "=1+1", "#N/A"])
            sheet.cell(at, 2).number_format = "0.0%" if at % 3 else "General"
            sheet.cell(at, 4).data_type = "e" if at % 2 else "s"

    usual = xlsx(fill)
    odd = repacked(usual, {SHEET: lambda text: text.replace(b'<row r="1"', b"<row r='1'")})
    assert odd != usual
    rows = list(open_table(usual, "a.xlsx").rows())
    assert rows == list(open_table(odd, "a.xlsx").rows())
    assert (rows[0].cells[1], rows[1].cells[1]) == ("2%", "0.03")
    assert {row.kind(1) for row in rows} == {CellKind.PERCENT, CellKind.NUMBER}
    assert sum(len(row.problems) for row in rows) == 38 * 2
