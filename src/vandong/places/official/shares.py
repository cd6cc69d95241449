"""How many of a commune's people went where, as the notes of the conversion sheet say."""

from collections.abc import Sequence
from decimal import Decimal

from vandong.kernel.names import fold

_NONE, _ALL = Decimal(0), Decimal(1)


def share_of_note(note: str) -> Decimal | None:
    """The share of people that one note states by itself: 1 all, 0 none (area only), None unknown.

    "toàn bộ dân số": all people. "một phần diện tích": area only. "Nhập toàn bộ", "Giữ nguyên", "Đổi tên",
    "Đổi loại hình", "Sắp xếp toàn bộ": all. "Nhập một phần" and anything said "từ một phần": unknown.
    """
    words = fold(note)
    if "toan bo dan so" in words:
        return _ALL
    if "mot phan dien tich" in words:
        return _NONE
    if "mot phan" in words or "toan bo dien tich" in words:
        return None
    if words.startswith(
        ("nhap toan bo", "giu nguyen", "doi ten", "doi loai hinh", "sap xep toan bo")
    ):
        return _ALL
    return None


def shares_of_notes(notes: Sequence[str]) -> tuple[Decimal | None, ...]:
    """The shares of all successors of one commune, in the order of their notes.

    People are counted once. So where one part is "all people", the others get none; and where every part
    but one is area only, that one gets all. Parts that are all area only say nothing about people: unknown.
    """
    stated = [share_of_note(note) for note in notes]
    if stated.count(_ALL) == 1:
        return tuple(share if share == _ALL else _NONE for share in stated)
    if _ALL in stated:
        return tuple(None for _ in stated)
    if stated.count(None) == 1 and len(stated) > 1:
        return tuple(_ALL if share is None else _NONE for share in stated)
    if None not in stated:
        return tuple(None for _ in stated)
    return tuple(stated)
