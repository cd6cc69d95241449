"""Addresses in walking order: lane 3 opens beside house 3."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vandong.outreach.door.street_order import street_order


@pytest.mark.parametrize(
    "walk",
    [
        [
            "Số 2 Phố Huế",
            "Số 5 ngõ 3 Phố Huế",
            "12 ngõ 3 phố Huế",
            "1 ngõ 4 Phố Huế",
            "Số 10 Phố Huế",
        ],
        ["", "Thôn Đồng", "Thôn Đông Hạ"],
        ["Số nhà 9 đường Lê Lợi", "19 Lê Lợi", "3 Nguyễn Trãi"],
    ],
)
def test_one_walks_along_the_street(walk: list[str]) -> None:
    assert sorted(sorted(walk, key=len), key=street_order) == walk


@given(text=st.text(max_size=60))
def test_any_text_has_an_order(text: str) -> None:
    name, numbers = street_order(text)
    assert name.isascii()
    assert all(number >= 0 for number in numbers)
