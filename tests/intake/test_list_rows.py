"""Whole lists: no row is lost, forms as offices send them, rows that repeat or contradict each other."""

import json

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.making_lists import checked, checked_raw, codes, raw_list

from vandong.intake.checking import FINDINGS, FRAME, SKIPPED, CheckedList
from vandong.intake.heads import known_heads
from vandong.intake.kinds import KINDS, ListKind
from vandong.jobs.values import read
from vandong.phrases import sentence

_HEADS = [heads[1 if len(heads) > 1 else 0] for heads in known_heads()["everywhere"].values()]
_NASTY = st.sampled_from(
    [
        *(
            "",
            "-",
            "0",
            "I",
            "I.1",
            "Tổng cộng",
            "Cộng",
            "Giảm",
            "A",
            "(1)",
            "1",
            "Họ và tên",
            "x",
            "#REF!",
        ),
        *(
            "001190123456",
            "1190123456",
            "0912345678",
            "01651722966",
            "05/03/1990",
            "99/99/9999",
            "32937",
        ),
        *(
            "9" * 400,
            "1e400",
            "−5",
            "NaN",
            "\x00",
            '"',
            "\\",
            "{",
            "'; drop table",
            "=1+1",
            "١٢٣٤",
            "²",
        ),
        *(
            "0000-00-00",
            "31/12/9999",
            "1/1/0001",
            "00/00/0000",
            "ahead:0",
            "missing:999999999999",
            "12/2026",
        ),
        *(
            "Nguyễn Thị Lan",
            "NguyÔn V¨n §øc",
            "\u0301",
            "Người lập biểu",
            "Ngày 1 tháng 2 năm 2026",
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_nothing_crashes_and_no_row_is_lost(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(ListKind)))
    heads = data.draw(st.lists(st.sampled_from(_HEADS), min_size=1, max_size=9, unique=True))
    cell = st.one_of(_NASTY, st.text(max_size=12), st.none())
    rows = data.draw(
        st.lists(st.lists(cell, min_size=len(heads), max_size=len(heads)), min_size=1, max_size=8)
    )
    found = checked(kind.value, heads, rows)
    _whole(found, range(2, 2 + len(rows)))


def _whole(found: CheckedList, rows: range) -> None:
    """Each row stands in one place only, all columns have their types, all that is said can be said."""
    good, skipped = found.frame["row"].to_list(), found.skipped["row"].to_list()
    bad = found.problems["row"].unique().to_list()
    assert sorted([*good, *bad, *skipped]) == list(rows)
    assert found.frame.schema == FRAME
    assert found.problems.schema == found.notes.schema == FINDINGS
    assert found.skipped.schema == SKIPPED
    texts = [name for name, dtype in FRAME.items() if dtype == pl.String]
    assert not sum(found.frame.select(texts).null_count().row(0))
    for findings in (found.problems, found.notes):
        for code, values in findings.select("code", "values").iter_rows():
            assert sentence(code, read(json.loads(values)), "vi")
            assert sentence(code, read(json.loads(values)), "en")


D05 = (
    *(
        "STT",
        "Họ và tên",
        "Mã số BHXH",
        "Số CCCD",
        "Biên lai thu tiền / Ngày",
        "Biên lai thu tiền / Số",
    ),
    *("Mức thu nhập", "Số tháng", "Từ tháng, năm", "Số tiền phải đóng", "Người tham gia đóng"),
    *("NSNN hỗ trợ / Tỷ lệ (%)", "NSNN hỗ trợ / Số tiền", "Mã NV thu", "Ghi chú"),
)


def test_form_d05_with_groups_totals_and_signatures() -> None:
    def row(*cells: str) -> list[str]:
        return [*cells, *[""] * (len(D05) - len(cells))]

    person = (
        "0110130531",
        "",
        "08/09/2026",
        "0000123",
        "1.500.000",
        "3",
        "09/2026",
        "990.000",
        "792.000",
        "20",
        "198.000",
        "NV01",
    )
    rows = [
        row("A", "B", "C", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"),
        row("I", "Tăng"),
        row("I.1", "Người tham gia đóng mới"),
        row("1", "Tống Thị Lan", *person),
        row("", "Cộng tăng", "", "", "", "", "", "", "", "990.000", "792.000"),
        row("II", "Giảm"),
        row("1", "Công Văn Bình", "0110130532", "", "", "", "", "", "10/2026"),
        row("", "Tổng cộng", "", "", "", "", "", "", "", "990.000"),
        row("", "Ngày 23 tháng 11 năm 2026"),
        row("", "Người lập biểu", "", "", "", "", "", "", "Giám đốc"),
    ]
    found = checked("d05", D05, rows)
    _whole(found, range(2, 12))
    assert found.frame["full_name"].to_list() == ["Tống Thị Lan", "Công Văn Bình"]
    joined, left = found.frame.iter_rows(named=True)
    assert (joined["income_amount"], joined["state_amount"], joined["method"]) == (
        1_500_000,
        198_000,
        "3",
    )
    assert (joined["receipt_number"], joined["member_code"]) == ("0000123", "NV01")
    assert (left["end_reason"], left["ended_on"].isoformat()) == ("stopped", "2026-10-01")
    assert left["covered_until"] is None
    kinds = dict(found.skipped.select("row", "code").iter_rows())
    assert kinds[2] == "list_head_row"
    assert {kinds[3], kinds[4], kinds[7]} == {"list_group_row"}
    assert {kinds[6], kinds[9]} == {"list_total_row"}
    assert {kinds[10], kinds[11]} == {"list_signature_row"}


def test_a_person_is_no_heading() -> None:
    """Names and places that begin like totals and headings stay."""
    names = ["Tống Văn Cộng", "Công Tằng Tôn Nữ Lan", "Thôn", "Vi Văn Tăng", "Ngày"]
    found = checked(
        "prospects",
        ["STT", "Họ và tên", "Xã, phường"],
        [[str(at), name, ""] for at, name in enumerate(names, 1)],
    )
    assert found.frame["full_name"].to_list() == names
    assert not found.skipped.height


def test_same_number_of_different_people_refuses_all_of_them() -> None:
    heads = ["Họ và tên", "Số CCCD", "Ngày sinh"]
    rows = [
        ["Nguyễn Thị Lan", "001190123456", "05/03/1990"],
        ["Lan Nguyen", "1190123456", "1990"],
        ["Trần Văn Minh", "001090123457", "05/03/1990"],
        ["Phạm Văn Hải", "001090123457", "05/03/1990"],
    ]
    found = checked("prospects", heads, rows)
    assert found.frame["row"].to_list() == [2, 3]
    assert codes(found.problems, 4) == codes(found.problems, 5) == ["list_personal_id_of_others"]
    assert json.loads(found.problems["values"][1]) == {"text": "001090123457", "first": 4}


def test_a_row_that_repeats_another_is_noted_and_marked() -> None:
    heads = ["STT", "Họ và tên", "Điện thoại"]
    rows = [
        ["1", "Nguyễn Thị Lan", ""],
        ["2", "Nguyễn Thị Lan", ""],
        ["3", "Nguyễn Thị Lan", "0912345678"],
    ]
    found = checked("prospects", heads, rows)
    assert found.frame["repeats"].to_list() == [None, 2, None]
    assert codes(found.notes, 3) == ["list_row_repeated"]


def test_sex_and_birth_that_differ_from_the_number_are_noted() -> None:
    heads = ["Họ và tên", "Số CCCD", "Ngày sinh", "Giới tính"]
    found = checked("prospects", heads, [["Nguyễn Thị Lan", "001190123456", "05/03/1991", "Nam"]])
    assert codes(found.notes, 2) == [
        "list_birth_differs_from_number",
        "list_sex_differs_from_number",
    ]
    assert found.frame["birth_on"][0].year == 1991


def test_births_in_columns_for_men_and_women() -> None:
    heads = ["Họ và tên", "Năm sinh / Nam", "Năm sinh / Nữ"]
    found = checked("poor", heads, [["Lê An", "1960", ""], ["Lê Bình", "", "01/02/1970"]])
    assert found.frame["sex"].to_list() == ["M", "F"]
    assert [one.year for one in found.frame["birth_on"]] == [1960, 1970]


def test_a_row_without_a_place_needs_a_unit_of_the_list() -> None:
    found = checked("poor", ["Họ và tên", "Xã, phường"], [["Lê An", ""]], unit=None)
    assert codes(found.problems, 2) == ["list_unit_missing"]
    whole = checked("poor", ["Họ và tên"], [["Lê An"]])
    assert (whole.frame["unit_id"].to_list(), whole.notes.height) == ([1], 0)


def test_an_address_without_a_commune_is_of_the_lists_own() -> None:
    rows = [["Lê An", "Thôn 1"], ["Lê Tư", "Thôn 1, Xã Lạ, Hà Nội"], ["Lê Ba", "Phường Ba Đình"]]
    found = checked("poor", ["Họ và tên", "Địa chỉ"], rows)
    assert found.frame["unit_id"].to_list() == [1, 11]
    assert codes(found.notes, 2) == ["list_unit_of_the_list"]
    assert codes(found.problems, 3) == ["list_unit_unknown"]


def test_commune_and_district_in_their_own_columns_are_asked_for_together() -> None:
    asked: list[str] = []
    from vandong.intake.checking import CheckContext, check_list
    from vandong.intake.mapping import recognised

    raw = raw_list(
        ["Họ và tên", "Xã, phường", "Quận, huyện", "Địa chỉ"],
        [
            ["Lê An", "Phường Trúc Bạch", "Quận Ba Đình", ""],
            ["Lê Tư", "", "", "Số 1, Ngõ 2, Thôn 3, Xã Mỹ Đức, Hà Nội"],
        ],
    )

    def find(texts: list[str]) -> dict[str, str]:
        asked.extend(sorted(texts))
        return {}

    from tests.intake.making_lists import AS_OF

    context = CheckContext(ListKind.POOR, AS_OF, None, None, find)
    found = check_list(raw, recognised(ListKind.POOR, raw.heads), context)
    assert asked == ["Phường Trúc Bạch, Quận Ba Đình", "Thôn 3, Xã Mỹ Đức, Hà Nội"]
    assert set(found.problems["code"]) == {"list_unit_unknown"}


def test_all_problems_of_a_row_are_told_with_the_head_of_their_column() -> None:
    found = checked("prospects", ["Họ và tên", "Ngày sinh", "Số CCCD"], [["", "05/03/90", "123"]])
    assert dict(found.problems.select("column", "code").iter_rows()) == {
        "Họ và tên": "list_name_missing",
        "Ngày sinh": "two_digit_year",
        "Số CCCD": "personal_id_length",
    }


def test_every_kind_has_what_it_needs_in_its_own_words() -> None:
    assert set(KINDS) == set(ListKind)
    empty = checked_raw("persons", raw_list(["person_id", "full_name"], []))
    _whole(empty, range(0))
