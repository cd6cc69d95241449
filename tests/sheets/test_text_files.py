import codecs

import pytest
from tests.sheets.making import windows_1258

from vandong.kernel.findings import Severity
from vandong.sheets import SheetProblem, open_table

TEXT = "Đơn vị;Số người\nTỉnh Bắc Giang;44.134\nHuyện Lục Ngạn;1.200\nThị trấn Bích Động;Nguyễn Thị Hường\n"
CELLS = [
    ("Tỉnh Bắc Giang", "44.134"),
    ("Huyện Lục Ngạn", "1.200"),
    ("Thị trấn Bích Động", "Nguyễn Thị Hường"),
]

TCVN3 = "§¬n vÞ;Sè ng\u00adêi\nTØnh B¾c Giang;44.134\nB¶o hiÓm x· héi tù nguyÖn;5\n".replace(
    "\u00adê", "\u00adê"
)
VNI = "Ñôn vò;Soá ngöôøi\nTænh Baéc Giang;44.134\nBaûo hieåm xaõ hoäi töï nguyeän;5\n"


def refusal(content: bytes, name: str = "a.csv", **options: object) -> SheetProblem:
    with pytest.raises(SheetProblem) as raised:
        list(open_table(content, name, **options).rows())  # type: ignore[arg-type]
    return raised.value


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        windows_1258(TEXT),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace(";", ",").encode(),
        TEXT.replace(";", "\t").encode("utf-16"),
        TEXT.replace(";", "|").encode(),
        ("sep=;\n" + TEXT).encode(),
    ],
)
def test_every_encoding_and_separator_gives_the_same_cells(content: bytes) -> None:
    table = open_table(content, "a.csv")
    assert [column.name for column in table.header] == ["Đơn vị", "Số người"]
    assert [row.cells for row in table.rows()] == CELLS
    assert [row.cells for row in table.rows()] == CELLS


def test_windows_1258_is_said() -> None:
    table = open_table(windows_1258(TEXT), "a.csv")
    assert [finding.code for finding in table.findings] == ["encoding_recognised"]


@pytest.mark.parametrize(("text", "name"), [(TCVN3, "TCVN3 (ABC)"), (VNI, "VNI")])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-16"])
def test_old_fonts_are_named_and_not_read(text: str, name: str, encoding: str) -> None:
    problem = refusal(text.encode(encoding))
    assert (problem.code, problem.values["encoding"]) == ("legacy_encoding", name)
    assert problem.finding().severity is Severity.ERROR


def test_bytes_of_no_vietnamese_encoding_are_not_guessed() -> None:
    assert refusal(b"\x8d\t\xdd").code == "unknown_encoding"
    assert refusal(windows_1258(TEXT) + b"\x8d\n").code == "unknown_encoding"
    assert refusal(b"a,b\n\x81\x8d\x8f\x90,\x9d\x81\x8d\n").code == "unknown_encoding"


def test_row_numbers_are_those_of_the_spreadsheet() -> None:
    table = open_table(b'a,b\n\n1,"x\ny"\n,\n2,z\n', "a.csv")
    assert [(row.number, row.cells) for row in table.rows()] == [(3, ("1", "x y")), (5, ("2", "z"))]


def test_short_rows_are_filled_and_long_ones_named() -> None:
    rows = list(open_table(b"a,b\n1\n1,2,3\n", "a.csv").rows())
    assert [row.cells for row in rows] == [("1", None), ("1", "2")]
    assert [(one.code, one.spot and one.spot.column) for one in rows[1].problems] == [
        ("cell_beyond_header", "C")
    ]


def test_cells_at_fault_are_named_at_their_place() -> None:
    long = "x" * 6000
    rows = list(open_table(f"unit,value\nA,\x07 5\nB,#REF!\nC,{long}\n".encode(), "a.csv").rows())
    found = [
        (one.code, one.spot.row, one.spot.column)
        for row in rows
        for one in row.problems
        if one.spot
    ]
    assert found == [
        ("control_characters", 2, "value"),
        ("error_cell", 3, "value"),
        ("cell_too_long", 4, "value"),
    ]
    assert rows[0].cells == ("A", "5")
    assert len(rows[2].cells[1] or "") == 5000


@pytest.mark.parametrize("rest", ["x\n" * 100_000, "x\ny,2\n"])
def test_a_quote_never_closed_is_named_at_its_row(rest: str) -> None:
    problem = refusal(f'a,b\n1,2\n3,"{rest}'.encode())
    assert (problem.code, problem.row) == ("broken_row", 3)


def test_rows_before_a_break_are_read() -> None:
    table = open_table(b"a,b\n" + b"1,2\n" * 100 + b'3,"x\n4,5\n', "a.csv")
    seen = []
    with pytest.raises(SheetProblem, match="broken_row") as raised:
        seen.extend(row.number for row in table.rows())
    assert (len(seen), raised.value.row) == (100, 102)


def test_quotes_inside_a_cell_break_nothing() -> None:
    (row,) = open_table('unit,note\nA,"Ban "chỉ đạo" xã"\n'.encode(), "a.csv").rows()
    assert row.cells[0] == "A"


def test_names_of_columns_that_stand_twice_are_found() -> None:
    table = open_table(b"unit,value,Value\n1,2,3\n", "a.csv")
    assert [(one.code, one.values["letters"]) for one in table.findings] == [
        ("duplicate_column", "B, C")
    ]


@pytest.mark.parametrize("content", [b"", b"\n\n", b" \n", codecs.BOM_UTF8, b",,\n,,\n"])
def test_empty_files(content: bytes) -> None:
    assert refusal(content).code == "file_empty"


def test_size_is_looked_at_before_reading() -> None:
    problem = refusal(b"a,b\n" + b"1,2\n" * 1000, size_limit=1000)
    assert problem.code == "file_too_large"


def test_size_of_a_file_on_disk_is_not_read(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    with pytest.raises(SheetProblem, match="file_too_large") as raised:
        open_table(path, "big.csv")
    assert raised.value.values == {"name": "big.csv", "size": 300, "limit": 200}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7\n", "unsupported_format"),
        (b"\x89PNG\r\n\x1a\n", "unsupported_format"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "unsupported_format"),
        (b"\x00\x01\x02\x03abc\x00\x00\x05", "not_a_table"),
    ],
)
def test_files_that_are_no_tables(content: bytes, code: str) -> None:
    assert refusal(content, "a.xls").code == code


def test_a_column_is_found_by_name() -> None:
    table = open_table(TEXT.encode(), "a.csv")
    column = table.column("so nguoi")
    assert column is not None
    assert (column.index, column.letter) == (1, "B")
    assert table.column("nothing") is None
