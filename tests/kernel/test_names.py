import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vandong.kernel.names import clean, fold, sort_key, tone_key

NAMES = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyAĐƯ àáảãạằắẳẵặầấẩẫậòỏụựứ'’–- 0123456789", max_size=30
)


def test_clean_gives_one_stored_form() -> None:
    decomposed = unicodedata.normalize("NFD", "Xã Hoà Bình")
    assert clean(f"  {decomposed}\u00a0\u00a0Đông ") == "Xã Hoà Bình Đông"
    assert clean("\u00d0\u1ed1ng \u00d0a, \u00f0\u01b0\u1eddng") == "Đống Đa, đường"
    assert clean("Ba\u200b Vì\ufeff") == "Ba Vì"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"),
        ("thủy", "thuỷ"),
        ("quý", "qúy"),
        ("Phường Hòa Thuận Đông", "PHƯỜNG HOÀ THUẬN ĐÔNG"),
        ("D'Ran", "D’Ran"),
        ("Văn Miếu – Quốc Tử Giám", "Văn Miếu-Quốc Tử Giám"),
        ("khoẻ", "khỏe"),
    ],
)
def test_tone_key_joins_spellings(one: str, other: str) -> None:
    assert tone_key(one) == tone_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hoa"),
        ("Cẩm Giang", "Cẩm Giàng"),
        ("tự", "từ"),
        ("Đông", "Dông"),
        ("ăn", "ân"),
        ("mua", "mưa"),
    ],
)
def test_tone_key_parts_different_names(one: str, other: str) -> None:
    assert tone_key(one) != tone_key(other)


def test_fold_is_for_search() -> None:
    assert fold("Thành phố Đà Nẵng") == "thanh pho da nang"
    assert fold("Văn Miếu – Quốc Tử Giám") == "van mieu quoc tu giam"
    assert fold("D’Ran") == fold("D'Ran") == "dran"
    assert fold("Cẩm Giàng") == fold("Cẩm Giang")


@given(st.text(max_size=40))
def test_keys_are_stable(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)


@given(NAMES)
def test_fold_of_vietnamese_is_ascii_and_blind_to_form(name: str) -> None:
    assert fold(name).isascii()
    assert fold(unicodedata.normalize("NFD", name)) == fold(name)
    assert tone_key(unicodedata.normalize("NFD", name)) == tone_key(name)
    assert sort_key(unicodedata.normalize("NFD", name)) == sort_key(name)


def test_sort_key_gives_the_order_of_vietnamese_dictionaries() -> None:
    ordered = [
        "An Giang", "Anh Sơn", "Ăn", "Ân Thi", "Ba Đình", "Bà Rịa", "Bắc Giang", "Bắc Ninh", "Cẩm Giang",
        "Cẩm Giàng", "Dương Kinh", "Đà Nẵng", "Đông Anh", "Đống Đa", "E Ran", "Ê Ban", "Gia Lâm", "ma", "mà",
        "mả", "mã", "má", "mạ", "Oa", "Ôn", "Ơn", "Phường 2", "Phường 10", "Tu", "Tư", "Xuân", "Yên Sở",
    ]  # fmt: skip
    shuffled = sorted(ordered, key=len)
    assert sorted(shuffled, key=sort_key) == ordered


def test_sort_key_is_plain_and_syllable_by_syllable() -> None:
    assert sort_key("Đặng Xá").isascii()
    assert sorted(["Hoàng Mai", "Hoa Lư", "Hòa An", "Hoàn Kiếm"], key=sort_key) == [
        "Hoa Lư",
        "Hòa An",
        "Hoàn Kiếm",
        "Hoàng Mai",
    ]
