"""Rows and people of a linkage, told in short by tests."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl

from vandong.intake.linkage import TOLD, gathered, linked
from vandong.intake.linkage.ground import Ground

HOA: dict[str, Any] = {
    "key": 1,
    "full_name": "Nguyễn Thị Thanh Hòa",
    "birth_on": date(1985, 3, 7),
    "birth_precision": "day",
    "sex": "F",
    "unit_id": 10,
    "address": "Số 12, Thôn 3, Xã Tam Tiến",
    "phone": "",
    "phone_shared": 0,
    "house_phone": "",
}
OTHERS: tuple[dict[str, Any], ...] = tuple(
    HOA | {"key": 100 + at, "full_name": name, "birth_on": date(1950 + at, 1 + at % 12, 1 + at)}
    for at, name in enumerate(
        ("Trần Văn Nam", "Lê Thị Hoa", "Phạm Quốc Huy", "Đỗ Hồng Nhung", "Bùi Văn Thắng")
    )
)


def told(*people: dict[str, Any]) -> pl.DataFrame:
    """A frame of rows or people."""
    return pl.DataFrame(list(people), schema=TOLD, orient="row")


def ground(rows: Iterable[dict[str, Any]], people: Iterable[dict[str, Any]]) -> Ground:
    """Both sides, five others among the people."""
    return gathered(told(*rows), [told(*people), told(*OTHERS)])


def answer(row: dict[str, Any], *people: dict[str, Any]) -> dict[str, Any]:
    """Whom one row means first."""
    found = linked(ground([row], people))
    return found.row(0, named=True)
