"""What a board was asked for: the parts of its address, read leniently (a bad part falls back, and says so)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

from vandong.figures.models import Scheme
from vandong.kernel.days import DayProblem, parse_day
from vandong.measures.pace import Light

AGENCY = "bhxh"
"""The units below a unit as the social insurance divides it, instead of the administration."""


class Sort(StrEnum):
    """Orders of the units' table."""

    HELP = "can-ho-tro"
    NAME = "ten"
    STOCK = "dang-tham-gia"
    SHARE = "phan-tram"
    REMAINING = "con-lai"
    NEEDED = "can-tang"
    ACHIEVED = "binh-quan"


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """A board's address. `on` is None for "the last day with figures"; `is_whole` asks for every unit's row,
    `by_agency` for the areas of grass-roots agencies instead of administrative units."""

    unit_id: int | None = None
    scheme: Scheme = Scheme.BHXH_TN
    on: date | None = None
    sort: Sort = Sort.HELP
    is_reversed: bool = False
    light: Light | None = None
    text: str = ""
    is_whole: bool = False
    by_agency: bool = False
    bad_day: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether some units are left out."""
        return bool(self.light or self.text)

    def address(self, **changes: Any) -> str:
        """The query string of this board with some parts changed; parts at their default are left out."""
        asked = replace(self, **changes)
        parts = {
            "don-vi": asked.unit_id,
            "che-do": asked.scheme if asked.scheme is not Scheme.BHXH_TN else None,
            "den": asked.on.isoformat() if asked.on else None,
            "sap-xep": asked.sort if asked.sort is not Sort.HELP else None,
            "nguoc": "1" if asked.is_reversed else None,
            "muc": asked.light,
            "tim": asked.text or None,
            "tat-ca": "1" if asked.is_whole else None,
            "theo": AGENCY if asked.by_agency else None,
        }
        return urlencode({key: str(value) for key, value in parts.items() if value})


def read_query(given: Mapping[str, str]) -> BoardQuery:
    """The query of a request's parameters. Nothing raises: what cannot be read falls back to its default."""
    on, bad_day = _day(given.get("den", ""))
    return BoardQuery(
        unit_id=_whole(given.get("don-vi", "")),
        scheme=_choice(Scheme, given.get("che-do", ""), Scheme.BHXH_TN),
        on=on,
        sort=_choice(Sort, given.get("sap-xep", ""), Sort.HELP),
        is_reversed=given.get("nguoc") == "1",
        light=_choice(Light, given.get("muc", ""), None),
        text=given.get("tim", "").strip()[:80],
        is_whole=given.get("tat-ca") == "1",
        by_agency=given.get("theo") == AGENCY,
        bad_day=bad_day,
    )


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _day(text: str) -> tuple[date | None, str]:
    if not text:
        return None, ""
    try:
        return parse_day(text), ""
    except DayProblem:
        return None, text[:20]


T = TypeVar("T", bound=Enum)
D = TypeVar("D")


def _choice(kind: type[T], text: str, default: D) -> T | D:
    try:
        return kind(text)
    except ValueError:
        return default
