"""A list of payers is read as offices write it, every problem told with row and column, good rows kept."""

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter

from vandong.advice.payers_file import PayersFile, read_groups, read_method, read_payers
from vandong.law import law_book
from vandong.rules.problems import RuleProblem
from vandong.sheets import open_table

ON = date(2026, 12, 31)
HEAD = "Mã số BHXH,Họ và tên,Mức thu nhập,Phương thức,Đối tượng,Số tháng đã hỗ trợ"


def read(*lines: str, head: str = HEAD, on: date = ON) -> PayersFile:
    content = "\n".join([head, *lines]).encode()
    return read_payers(law_book(), open_table(content, "payers.csv"), on)


def told(found: PayersFile) -> list[tuple[int | None, str | None, str]]:
    return [
        (one.spot.row, one.spot.column, one.code) if one.spot else (None, None, one.code)
        for one in found.problems
    ]


def test_words_of_offices_and_of_programs_are_read_alike() -> None:
    found = read(
        "0100000001,Nguyễn Thị An,1.500.000,hằng tháng,Hộ nghèo,12",
        '0100000002,Trần Văn Bình,1500000,1,"poor, island",12',
        '0100000003,Lê Thị Cúc,46.800.000 đ,03 tháng một lần,"Xã đảo, đặc khu",',
        "0100000004,Phạm Dũng,3000000,3 năm về sau,,0",
    )
    assert found.problems == ()
    rows = found.payers.to_dicts()
    assert [row["method"] for row in rows] == ["1", "1", "3", "ahead:3"]
    assert [row["group"] for row in rows] == ["poor", "poor,island", "island", "other"]
    assert [row["income"] for row in rows] == [1_500_000, 1_500_000, 46_800_000, 3_000_000]
    assert [row["line"] for row in rows] == [2, 3, 4, 5]
    assert rows[0]["id"] == "0100000001"


def test_every_problem_of_every_row_is_told_and_good_rows_are_kept() -> None:
    found = read(
        "1,An,900000,1,khác,0",
        "2,Bình,3tr,7,giàu,-4",
        "3,Cúc,60.000.000,12,khác,121",
        "4,Dũng,,,,",
        "5,Em,2.200.000,6,cận nghèo,119",
    )
    assert found.payers["line"].to_list() == [6]
    assert found.lines_read == 5
    assert told(found) == [
        (2, "Mức thu nhập", "income_below_floor"),
        (3, "Mức thu nhập", "not_a_number"),
        (3, "Phương thức", "months_not_allowed"),
        (3, "Đối tượng", "unknown_group"),
        (3, "Số tháng đã hỗ trợ", "negative_count"),
        (4, "Mức thu nhập", "income_above_cap"),
        (4, "Số tháng đã hỗ trợ", "supported_months_not_allowed"),
        (5, "Mức thu nhập", "missing_number"),
        (5, "Phương thức", "value_missing"),
    ]


def test_what_only_the_whole_row_shows_is_told_too() -> None:
    """Interest that was never published: the way is allowed, its amount is not known."""
    found = read("1,An,2200000,ahead:2,khác,0", on=date(2027, 1, 1))
    assert told(found) == [(2, "Phương thức", "parameter_missing")]
    assert found.payers.is_empty()


def test_support_of_a_province_is_read_and_checked() -> None:
    head = "income,method,local_rate,local_amount"
    found = read(
        "1500000,1,20%,",
        '1500000,1,"0,2",30.000',
        "1500000,1,150%,0",
        "1500000,1,a,0",
        "1500000,1,0,10.000.000.000",
        head=head,
    )
    assert found.payers["local_rate"].to_list() == ["1/5", "1/5"]
    assert found.payers["local_amount"].to_list() == [0, 30_000]
    assert told(found) == [
        (4, "local_rate", "top_up_not_allowed"),
        (5, "local_rate", "not_a_number"),
        (6, "local_amount", "number_too_large"),
    ]


def test_a_head_without_what_is_needed_is_told_once() -> None:
    found = read("1,An", head="Mã,Họ và tên")
    assert {one.values["column"] for one in found.problems} == {"income", "method"}
    twice = read("1500000,2000000,1", head="income,Mức thu nhập,method")
    assert [one.code for one in twice.problems] == ["field_twice"]


def test_other_columns_are_named_and_not_needed() -> None:
    found = read("1500000,1,0912", head="income,method,Điện thoại")
    assert found.unused == ("Điện thoại",)
    assert found.payers.height == 1


def test_a_workbook_is_read_as_a_csv_is() -> None:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Danh sách người tham gia"])
        page.write_row(2, 0, ["Mã", "Mức thu nhập", "Phương thức", "Đối tượng"])
        page.write_row(3, 0, ["A1", 1_500_000, 12, "Hộ cận nghèo"])
        page.write_row(4, 0, ["A2", 1_000, 12, "khác"])
    table = open_table(buffer.getvalue(), "payers.xlsx", wanted=("Mức thu nhập", "Phương thức"))
    found = read_payers(law_book(), table, ON)
    assert found.payers.select("line", "income", "method", "group").row(0) == (
        4,
        1_500_000,
        "12",
        "near_poor",
    )
    assert told(found) == [(5, "Mức thu nhập", "income_below_floor")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hằng tháng", "1"),
        ("hàng quý", "3"),
        ("12 tháng", "12"),
        ("06 tháng", "6"),
        ("về sau 5 năm", "ahead:5"),
        ("17 tháng còn thiếu", "missing:17"),
        ("missing:60", "missing:60"),
        ("VS", "VS"),
    ],
)
def test_ways_of_paying(text: str, code: str) -> None:
    assert read_method(text) == code


def test_groups() -> None:
    assert read_groups("") == "other"
    assert read_groups("Hộ nghèo; DTTS") == "poor,ethnic_minority"
    with pytest.raises(RuleProblem):
        read_groups("giàu")
