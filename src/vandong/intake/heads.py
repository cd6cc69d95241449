"""How offices head the columns of their lists (`law.md` 6; the made-up lists; our own files)."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from vandong.intake.kinds import ListField, ListKind
from vandong.kernel.names import fold
from vandong.kernel.yaml_texts import read_once

_F = ListField

RULES: tuple[tuple[re.Pattern[str], ListField], ...] = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r"(ty le|%|phan tram)", _F.SKIP),
        (r"(nsdp|dia phuong).*(tien|dong)|tien.*(nsdp|dia phuong)", _F.LOCAL_AMOUNT),
        (r"(nsnn|nstw|ngan sach|nha nuoc).*(tien|dong)|tien.*(nsnn|nha nuoc)", _F.STATE_AMOUNT),
        (r"(khac|to chuc, ca nhan).*(tien|dong)|tien.*ho tro khac", _F.OTHER_AMOUNT),
        (r"(ntg|nguoi tham gia).*(dong|tien)", _F.PARTICIPANT_AMOUNT),
        (r"bien lai.*ngay|ngay.*bien lai", _F.COLLECTED_ON),
        (r"bien lai.*so\b|so\b.*bien lai", _F.RECEIPT_NUMBER),
        (r"(han|gia tri|thoi han).*den", _F.COVERED_THROUGH),
        (r"(han|gia tri|thoi han).*tu", _F.COVERED_FROM),
        (r"^ho (va )?ten\b", _F.FULL_NAME),
        (r"\b(cccd|can cuoc|dinh danh)\b", _F.PERSONAL_ID),
        (r"dien thoai|\bsdt\b", _F.PHONE),
        (r"quan he.*chu ho", _F.RELATION),
        (r"ma so bhxh", _F.SI_NUMBER),
        (r"the bhyt", _F.CARD_NUMBER),
        (r"(ngay|nam).*sinh", _F.BIRTH),
    )
)
"""Heads that say more than the usual words, looked at last; text folded, levels parted by “ / ”."""

_COMPACT = re.compile(r"[^a-z0-9%]+")
_NUMBERED = re.compile(
    r"^\s*(?:\(?(?:[A-ZĐ]|[0-9]{1,2}(?:\.[0-9]{1,2})?)\)|[0-9]{1,2}(?:\.[0-9]{1,2})*\.)\s+"
)
_EXPLAINED = re.compile(r"\s*\((?![^)]*[%])[^)]*\)\s*$")
EXACT, LOWEST, LIKELY = 0, 1, 2
"""How surely a head tells its field: by all its levels, by its lowest, by words in it."""


def compact(head: str) -> str:
    """A head as it is compared: “Họ và tên” = “HỌ VÀ TÊN:” = “ho_va_ten”."""
    return _COMPACT.sub("", fold(head))


@cache
def known_heads() -> Mapping[str, Any]:
    """`list_heads.yaml`: `everywhere` by field, `in_one_kind` by kind and head."""
    text = files("vandong.intake").joinpath("list_heads.yaml").read_text(encoding="utf-8")
    return MappingProxyType(read_once(text))


@cache
def _known(kind: ListKind) -> Mapping[str, ListField]:
    written = known_heads()
    words = {
        compact(head): ListField(field)
        for field, heads in written["everywhere"].items()
        for head in heads
    }
    own = written["in_one_kind"].get(kind.value, {})
    return words | {compact(head): ListField(field) for head, field in own.items()}


def field_of(kind: ListKind, head: str) -> tuple[ListField | None, int]:
    """What a column headed so carries in a list of this kind (None: not known), and how surely."""
    if not head.strip():
        return None, LIKELY
    known = _known(kind)
    levels = [_NUMBERED.sub("", level) for level in head.split(" / ")]
    for written in (head, " / ".join(levels), _EXPLAINED.sub("", " / ".join(levels))):
        if field := known.get(compact(written)):
            return field, EXACT
    folded = fold(head).replace("_", " ")
    for pattern, field in RULES[:4] if len(levels) > 1 else ():
        if pattern.search(folded):
            return field, LIKELY
    for written in (levels[-1], _EXPLAINED.sub("", levels[-1])):
        if field := known.get(compact(written)):
            return field, LOWEST if len(levels) > 1 else EXACT
    return next(
        ((field, LIKELY) for pattern, field in RULES if pattern.search(folded)), (None, LIKELY)
    )


def is_known_head(head: str) -> bool:
    """Whether some list has a column headed so, kept or not."""
    return any(
        compact(part) in _everywhere() for part in (head, head.rsplit(" / ", maxsplit=1)[-1])
    )


@cache
def known_words() -> frozenset[str]:
    """All heads as they are written in `list_heads.yaml`."""
    return frozenset(head for heads in known_heads()["everywhere"].values() for head in heads)


@cache
def _everywhere() -> frozenset[str]:
    return frozenset(compact(head) for head in known_words())
