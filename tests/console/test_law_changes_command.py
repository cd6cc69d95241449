"""`vandong law changes`: both amounts of everyone whose payment changes, told, as JSON and as files."""

import json
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from vandong.console.app import build
from vandong.console.wording import speaking

GOOD = (
    "id,name,income,method,group,months_supported\n"
    "0100000001,Nguyễn Thị An,1500000,1,poor,12\n"
    "0100000002,=SUM(A1),2500000,12,other,0\n"
    "0100000003,Lê Thị Cúc,46800000,3,island,120\n"
    "0100000004,Phạm Dũng,3000000,ahead:3,other,5\n"
)


def run(*words: str, lang: str = "vi") -> Any:
    with speaking(lang):
        return CliRunner().invoke(build(), ["law", "changes", *words])


@pytest.fixture
def payers(tmp_path: Path) -> Path:
    path = tmp_path / "payers.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_people_read_both_amounts_and_what_is_not_verified(payers: Path) -> None:
    result = run(str(payers), "--at", "2027-01-01")
    assert result.exit_code == 0, result.output
    said = result.stdout.replace("\u00a0", " ")
    assert "165.000 đ → 242.000 đ (+77.000), phải chọn lại thu nhập" in said
    assert "Phạm Dũng · Đối tượng khác · 3 năm về sau: 20.142.885 đ → Không tính được" in said
    assert "Chuẩn nghèo khu vực nông thôn: 1.500.000 đ → 2.200.000 đ" in said
    assert "Chưa xác minh: Chuẩn nghèo khu vực nông thôn: 2.200.000 đ" in said
    assert "BHXH cơ sở xác nhận trước khi nộp tiền" in said
    assert "không tính lại" in said
    assert "Lê Thị Cúc" not in said
    english = run(str(payers), "--at", "01/01/2027", lang="en").stdout.replace("\u00a0", " ")
    assert "must raise the income from 1,500,000 VND to 2,200,000 VND" in english


def test_json_has_everybody_the_law_and_the_sums(payers: Path) -> None:
    result = run(str(payers), "--at", "2027-01-01", "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["before"], found["after"]) == ("2026-12-31", "2027-01-01")
    assert (found["people"], found["changed"], found["unchanged"]) == (4, 2, 1)
    assert (found["must_choose"], found["not_computable"]) == (1, 1)
    assert found["floor_amount"] == 2_200_000
    first, second, third = found["changes"]
    assert first == {
        "row": 2,
        "id": "0100000001",
        "name": "Nguyễn Thị An",
        "group": "poor",
        "method": "1",
        "income_amount": 1_500_000,
        "before_amount": 165_000,
        "after_income_amount": 2_200_000,
        "after_amount": 242_000,
        "difference_amount": 77_000,
        "must_choose": True,
        "unverified": True,
        "problem": None,
    }
    assert second["difference_amount"] == -12 * (96_800 - 66_000)
    assert (third["after_amount"], third["problem"]) == (None, "parameter_missing")
    line = next(one for one in found["law"] if one["parameter"] == "poverty_line_rural")
    assert line["after"]["confidence"] == "secondary"
    assert any(note.startswith("Chưa xác minh") for note in found["notes"])
    assert found["problems"] == []


def test_bad_rows_are_told_and_the_good_ones_kept(payers: Path) -> None:
    with payers.open("a", encoding="utf-8") as file:
        file.write("5,Em,900000,1,other,0\n6,Gấm,abc,7,other,0\n")
    result = run(str(payers), "--at", "2027-01-01")
    assert result.exit_code == 1
    assert "Nguyễn Thị An" in result.stdout
    assert "3 chỗ cần sửa" in result.stderr
    assert "Dòng 7, cột “method”" in result.stderr
    document = json.loads(run(str(payers), "--at", "2027-01-01", "--json").stdout)
    assert [(one["row"], one["column"]) for one in document["problems"]] == [
        (6, "income"),
        (7, "income"),
        (7, "method"),
    ]
    assert len(document["changes"]) == 3


def test_the_whole_list_goes_into_a_workbook_and_a_csv(payers: Path, tmp_path: Path) -> None:
    book, text = tmp_path / "list.xlsx", tmp_path / "list.csv"
    assert run(str(payers), "--at", "2027-01-01", "--out", str(book)).exit_code == 0
    assert run(str(payers), "--at", "2027-01-01", "--out", str(text)).exit_code == 0
    people, sums = (CalamineWorkbook.from_path(str(book)).get_sheet_by_index(at) for at in (0, 1))
    cells = [cell for row in people.to_python() for cell in row]
    assert "=SUM(A1)" in cells
    assert "0100000001" in cells
    assert "Chưa xác minh" in cells
    assert any(str(cell).startswith("Chưa xác minh: Chuẩn nghèo") for cell in cells)
    assert any(row[0] == "Cộng" for row in sums.to_python())
    lines = text.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 4
    assert "'=SUM(A1)" in lines[2]
    assert lines[3].endswith("Không tính được")


def test_wrong_days_and_places_to_write_are_told_before_anything_is_read(
    payers: Path, tmp_path: Path
) -> None:
    taken = tmp_path / "taken.csv"
    taken.write_text("kept", encoding="utf-8")
    for words in (
        ("--at", "2027-01-01", "--before", "2027-01-01"),
        ("--at", "2027-01-01", "--out", "list.pdf"),
        ("--at", "2027-01-01", "--out", str(taken)),
        ("--at", "2027-01-01", "--out", str(tmp_path / "no" / "list.csv")),
        ("--at", "31/02/2027"),
    ):
        result = run(str(payers), *words)
        assert result.exit_code == 1, words
        assert result.stderr.strip(), words
    assert taken.read_text(encoding="utf-8") == "kept"
    empty = tmp_path / "empty.csv"
    empty.write_text("", encoding="utf-8")
    assert run(str(empty), "--at", "2027-01-01").exit_code == 1


def test_nobody_touched_is_said(payers: Path) -> None:
    result = run(str(payers), "--at", "2026-07-01", "--before", "2026-06-30")
    assert result.exit_code == 0, result.output
    assert "Không có ai trong danh sách đổi mức đóng" in result.stdout
