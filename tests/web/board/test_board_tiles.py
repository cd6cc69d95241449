"""Names on tiles, bands of colour, and the addresses of boards."""

from datetime import date
from fractions import Fraction

import pytest

from vandong.figures.models import Scheme
from vandong.measures.pace import Light
from vandong.web.board.query import BoardQuery, Sort, read_query
from vandong.web.board.tiles import band, name_lines


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Phường Ba Đình", ["Ba Đình"]),
        ("Phường Văn Miếu – Quốc Tử Giám", ["Văn Miếu", "– Quốc Tử", "Giám"]),
        ("Xã Ô Diên", ["Ô Diên"]),
        ("Thành phố Hà Nội", ["Hà Nội"]),
        ("Thị Xã Việt Yên", ["Việt Yên"]),
    ],
)
def test_names_break_between_words(name: str, lines: list[str]) -> None:
    assert name_lines(name) == lines


@pytest.mark.parametrize(
    ("share", "name"),
    [
        (None, "none"),
        (Fraction(599, 1000), "under60"),
        (Fraction(60, 100), "under75"),
        (Fraction(75, 100), "under90"),
        (Fraction(999, 1000), "under100"),
        (Fraction(1), "full"),
    ],
)
def test_bands(share: Fraction | None, name: str) -> None:
    assert band(share) == name


def test_an_address_reads_back_to_the_same_query() -> None:
    query = BoardQuery(
        7, Scheme.BHYT_HGD, date(2023, 5, 31), Sort.NAME, True, Light.ATTENTION, "xã & phường", True
    )
    from django.http import QueryDict

    assert read_query(QueryDict(query.address()).dict()) == query


def test_defaults_are_left_out_of_the_address() -> None:
    assert BoardQuery(7).address() == "don-vi=7"


def test_nonsense_falls_back() -> None:
    query = read_query(
        {"don-vi": "x' OR 1=1", "che-do": "zzz", "sap-xep": "?", "muc": "no", "den": "hôm qua"}
    )
    assert query == BoardQuery(bad_day="hôm qua")
