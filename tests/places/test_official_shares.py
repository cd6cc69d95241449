"""What the notes of the conversion sheet say about people."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vandong.places.official.shares import share_of_note, shares_of_notes

PART, AREA = "Nhập một phần", "Nhập một phần diện tích"
ALL_PEOPLE = "Nhập một phần diện tích, toàn bộ dân số"


@pytest.mark.parametrize(
    ("note", "share"),
    [
        ("Nhập toàn bộ", 1),
        ("Giữ nguyên", 1),
        ("Đổi tên", 1),
        ("Đổi loại hình", 1),
        ("Sắp xếp toàn bộ xã Thổ Châu thành đặc khu Thổ Châu", 1),
        (ALL_PEOPLE, 1),
        (AREA, 0),
        ("Nhâp một phần diện tích", 0),
        (PART, None),
        ("Nhập một phần dân số", None),
        ("Nhập toàn bộ diện tích", None),
        ("Đổi tên từ một phần Phường 15", None),
        ("Đổi tên, đổi loại hình từ một phần thị trấn Lai Uyên", None),
        ("Phần còn lại sau khi tách một phần vào xã Canh Vinh", None),
    ],
)
def test_one_note(note, share):
    assert share_of_note(note) == share


@pytest.mark.parametrize(
    ("notes", "shares"),
    [
        (["Nhập toàn bộ"], [1]),
        ([PART, PART], [None, None]),
        ([ALL_PEOPLE, AREA], [1, 0]),
        ([PART, ALL_PEOPLE, PART], [0, 1, 0]),
        ([PART, AREA], [1, 0]),
        ([PART, PART, AREA], [None, None, 0]),
        ([AREA, AREA], [None, None]),
        ([PART], [None]),
        ([AREA], [None]),
        (["Nhập toàn bộ", "Nhập toàn bộ"], [None, None]),
    ],
)
def test_all_notes_of_one_commune(notes, shares):
    assert list(shares_of_notes(notes)) == shares


@given(st.lists(st.sampled_from([PART, AREA, ALL_PEOPLE, "Nhập toàn bộ"]), min_size=1, max_size=6))
def test_people_are_counted_once(notes):
    shares = shares_of_notes(notes)
    known = sum((share for share in shares if share is not None), Decimal(0))
    assert known <= 1
    assert None in shares or known == 1
