"""Files as offices send them become the same cells, whatever way they are read."""

import csv
import io
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.making_lists import checked_raw

from vandong.intake import reading
from vandong.intake.kinds import ListField, ListKind
from vandong.intake.mapping import list_signature, read_column_mapping, recognised
from vandong.intake.reading import RawList, read_list
from vandong.intake.refused_rows import refused_rows_sheet
from vandong.sheets import SheetProblem, open_table
from vandong.sheets.cells import clean_text

HEADS = ["STT", "Họ và tên", "Số CCCD", "Địa chỉ"]
ROWS = [
    ["1", "Nguyễn Thị Lan", "001190123456", "Số 1, Thôn 2"],
    ["", "", "", ""],
    ["2", "Đỗ Văn Đức", "1190123457", "Xóm 5"],
]


def _csv(rows: list[list[str]], separator: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def _read(content: bytes, folder: Path, name: str = "ds.csv") -> RawList:
    path = folder / name
    path.write_bytes(content)
    return read_list(path, name)


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), (",", "utf-16"), ("|", "utf-8")],
)
def test_csv_of_any_sign_and_separator(tmp_path: Path, separator: str, encoding: str) -> None:
    raw = _read(_csv([HEADS, *ROWS], separator, encoding), tmp_path)
    assert raw.heads == tuple(HEADS)
    assert raw.frame.rows() == [(2, *ROWS[0]), (4, *ROWS[2])]


def test_separator_told_in_the_first_line_and_titles_above(tmp_path: Path) -> None:
    content = b"sep=;\r\n" + _csv([["DANH SÁCH HỘ NGHÈO"], ["Năm 2026"], HEADS, *ROWS], ";")
    raw = _read(content, tmp_path)
    assert raw.frame["row"].to_list() == [5, 7]
    assert raw.titles[:1] == ("DANH SÁCH HỘ NGHÈO",)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.text(max_size=6),
                st.sampled_from(
                    [
                        "a",
                        "",
                        " x  y ",
                        "Ðỗ",
                        "Hoa\u0300",
                        "#REF!",
                        'a"b',
                        "x\ny",
                        "\u200bz",
                        "\x07",
                    ]
                ),
            ),
            min_size=4,
            max_size=4,
        ),
        max_size=6,
    )
)
def test_both_ways_of_reading_a_csv_give_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    clean = [
        [cell.replace("\x00", "").encode("utf-8", "ignore").decode() for cell in row]
        for row in rows
    ]
    path = tmp_path_factory.mktemp("lists") / "ds.csv"
    path.write_bytes(_csv([HEADS, *ROWS, *clean]))
    try:
        table = open_table(path, path.name)
    except SheetProblem:
        return
    slow = reading._frame(table)
    quick = reading._quick_frame(path, table)
    if quick is not None:
        assert quick[0].rows() == slow[0].rows()
        assert sorted(quick[1].rows()) == sorted(slow[1].rows())


def test_every_sign_that_is_stored_otherwise_is_seen_by_the_quick_way() -> None:
    texts = [f"a{chr(code)}b" for code in range(1, 0x110000) if not 0xD800 <= code < 0xE000]
    unseen = pl.Series(texts).str.contains(reading._ODD).not_()
    assert [text for text in pl.Series(texts).filter(unseen) if clean_text(text)[0] != text] == []


def test_rows_with_more_cells_than_heads_lose_nothing(tmp_path: Path) -> None:
    raw = _read(_csv([HEADS, *ROWS, ["3", "Lê An", "", "Xóm 1", "thừa"]]), tmp_path)
    assert raw.frame.height == 3
    assert raw.faults["code"].to_list() == ["cell_beyond_header"]
    found = checked_raw("poor", raw)
    assert found.frame.height == 3
    assert "cell_beyond_header" in found.notes["code"].to_list()


def test_text_of_an_old_font_is_named(tmp_path: Path) -> None:
    rows = [["1", "NguyÔn V¨n §øc", "", "Ph­êng §éi CÊn"]] * 5
    with pytest.raises(SheetProblem) as told:
        _read(_csv([HEADS, *rows]), tmp_path)
    assert told.value.code == "legacy_encoding"
    assert told.value.values["encoding"] == "TCVN3 (ABC)"


D03_TOP = [
    "STT",
    "Họ và tên",
    "Mã số\nBHXH",
    "Ngày, tháng,\nnăm sinh",
    "Giới\ntính",
    "Địa chỉ",
    "Số tiền đóng",
    None,
    None,
    "Từ tháng",
    "Số\ntháng",
    "Ghi chú",
]
D03_LOW = [
    None,
    None,
    None,
    None,
    None,
    None,
    "Ngày biên lai",
    "Số biên lai",
    "Số tiền",
    None,
    None,
    None,
]


def _d03(path: Path) -> None:
    """The form as it is sent: titles, heads over two rows with merged cells, groups, total, signature."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("D03-TS")
        page.merge_range(0, 0, 0, 11, "DANH SÁCH NGƯỜI CHỈ THAM GIA BHYT")
        page.write(1, 0, "Đối tượng tham gia: Hộ gia đình")
        for at, text in enumerate(D03_TOP):
            if at == 6:
                page.merge_range(3, 6, 3, 8, text)
            elif D03_LOW[at] is None and at not in (7, 8):
                page.merge_range(3, at, 4, at, text)
        for at in (6, 7, 8):
            page.write(4, at, D03_LOW[at])
        page.write_row(5, 0, ["A", "B", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"])
        page.write_row(6, 0, ["I", "Tăng"])
        page.write_row(
            7,
            0,
            [
                1,
                "Nguyễn Thị Lan",
                "0110130531",
                "05/03/1990",
                "Nữ",
                "Thôn 1",
                "08/09/2026",
                "0000123",
                1263600,
                "10/2026",
                12,
            ],
        )
        page.write_row(
            8,
            0,
            [
                2,
                "Lê Văn Bình",
                110130532,
                1953,
                "Nam",
                "Thôn 1",
                46273,
                "0000124",
                884520,
                "10/2026",
                12,
            ],
        )
        page.write_row(9, 0, ["", "Cộng tăng", "", "", "", "", "", "", 2148120])
        page.write(11, 1, "Người lập biểu")


def test_form_d03_with_merged_heads(tmp_path: Path) -> None:
    _d03(tmp_path / "d03.xlsx")
    raw = read_list(tmp_path / "d03.xlsx", "d03.xlsx")
    assert recognised(ListKind.D03, raw.heads).missing == ()
    found = checked_raw("d03", raw)
    assert not found.problems.height, found.problems.rows()
    assert found.frame["full_name"].to_list() == ["Nguyễn Thị Lan", "Lê Văn Bình"]
    assert found.frame["row"].to_list() == [8, 9]
    assert found.frame["si_number"].to_list() == ["0110130531", "0110130532"]
    assert found.frame["receipt_number"].to_list() == ["0000123", "0000124"]
    assert found.frame["total_amount"].to_list() == [1263600, 884520]
    assert [str(on) for on in found.frame["collected_on"]] == ["2026-09-08", "2026-09-08"]
    assert [str(on) for on in found.frame["covered_until"]] == ["2027-10-01", "2027-10-01"]
    assert found.frame["birth_precision"].to_list() == ["day", "year"]
    assert found.skipped["code"].to_list() == [
        "list_group_row",
        "list_total_row",
        "list_signature_row",
    ]


MAU4 = (
    *("STT (A)", "Họ và tên (B)", "Mã số BHYT (1)", "Số CCCD (2)", "Ngày, tháng, năm sinh (3)"),
    *("Nơi đăng ký KCB ban đầu (4)", "Lương cơ sở (5)", "Quan hệ với chủ hộ (6)", "% NSNN (7)"),
    *("Thẻ điện tử (8)", "Thẻ giấy (9)", "Số tháng (10)"),
)


def test_heads_of_form_mau4() -> None:
    found = dict(recognised(ListKind.MAU4, MAU4).columns)
    assert found == {
        ListField.FULL_NAME: 1,
        ListField.CARD_NUMBER: 2,
        ListField.PERSONAL_ID: 3,
        ListField.BIRTH: 4,
        ListField.RELATION: 7,
        ListField.MONTH_COUNT: 11,
    }


@pytest.mark.parametrize(
    ("heads", "field"),
    [
        (["HỌ TÊN"], ListField.FULL_NAME),
        (["ho_va_ten"], ListField.FULL_NAME),
        (["Số ĐDCN/CCCD/\nCMND"], ListField.PERSONAL_ID),
        (["(5) Mức thu nhập"], ListField.INCOME_AMOUNT),
        (["Trong đó / Ngân sách nhà nước hỗ trợ / Số tiền"], ListField.STATE_AMOUNT),
        (["Trong đó / Ngân sách địa phương hỗ trợ / Số tiền"], ListField.LOCAL_AMOUNT),
        (["Thời hạn sử dụng thẻ / Đến ngày"], ListField.COVERED_THROUGH),
    ],
)
def test_heads_as_offices_write_them(heads: list[str], field: ListField) -> None:
    assert [one for one, _ in recognised(ListKind.D05, heads).columns] == [field]


def test_percentages_of_support_are_no_amounts() -> None:
    heads = ["Ngân sách nhà nước hỗ trợ / Tỷ lệ (%)", "% NSNN", "Tỷ lệ NSĐP hỗ trợ (%)"]
    assert recognised(ListKind.D05, heads).columns == ()


def test_what_is_missing_and_what_stands_twice() -> None:
    mapping = recognised(ListKind.BHYT_HGD, ["Họ và tên", "Điện thoại", "SĐT"])
    assert [len(one) for one in mapping.missing] == [4]
    assert mapping.ambiguous == ((ListField.PHONE, (1, 2)),)
    assert dict(mapping.columns)[ListField.PHONE] == 1


def test_a_mapping_is_kept_and_read() -> None:
    mapping = recognised(ListKind.POOR, HEADS)
    assert read_column_mapping(mapping.stored()) == mapping
    assert list_signature(["HỌ VÀ TÊN"]) == list_signature(["Họ và tên"]) != list_signature(["Tên"])


def test_own_files_are_recognised_whole() -> None:
    heads = "spell_id,person_id,scheme,entry,valid_from,valid_until,ended_because"
    heads += ",method,income_amount,card_group,unit,made_up"
    assert recognised(ListKind.PARTICIPATION, heads.split(",")).missing == ()


def test_refused_rows_come_back_in_the_senders_layout(tmp_path: Path) -> None:
    raw = _read(_csv([HEADS, *ROWS, ["3", "Lê An", "12", "Thôn 3"]]), tmp_path)
    found = checked_raw("poor", raw)
    (tmp_path / "sửa.xlsx").write_bytes(refused_rows_sheet(raw, found.problems))
    back = read_list(tmp_path / "sửa.xlsx", "sửa.xlsx")
    assert back.heads == (*HEADS, "Dòng trong tệp", "Lý do chưa nhận")
    row = back.frame.row(0)
    assert row[1:6] == ("3", "Lê An", "12", "Thôn 3", "5")
    assert row[6].startswith("Số CCCD: “12” không đủ chữ số")
    again = recognised(ListKind.POOR, back.heads)
    assert dict(again.columns) == dict(recognised(ListKind.POOR, raw.heads).columns)


def test_a_broken_cell_refuses_its_row_only_where_it_is_read(tmp_path: Path) -> None:
    raw = _read(_csv([HEADS, ["#REF!", "Lê An", "", ""], ["1", "Lê Tư", "#REF!", ""]]), tmp_path)
    found = checked_raw("poor", raw)
    assert found.frame["full_name"].to_list() == ["Lê An"]
    assert "error_cell" in found.problems["code"].to_list()
