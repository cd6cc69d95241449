"""By which law an advice is worked out: that of the link when it is kept, else the one of today."""

import threading
import time
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from vandong.advice.editions import book_of_edition, keep_edition
from vandong.documents.queries.local_supports import law_book_of
from vandong.law import LawBook, law_book
from vandong.places.models import UnitKind
from vandong.places.queries.units import unit_at, units_on

FRESH_SECONDS = 60
"""After so long provinces and their resolutions are read again."""


class LawState(StrEnum):
    """How the law used stands to that of the link."""

    PRESENT = "present"
    KEPT = "kept"
    """The link's law is not today's; the result is worked out by the link's."""
    CHANGED = "changed"
    """The link's law is not known here; the result is worked out by today's."""


@dataclass(frozen=True, slots=True)
class LawUsed:
    """The book and how it stands to the link."""

    book: LawBook
    state: LawState


class _Provinces:
    """Names of provinces and their law books, in memory for a minute; no statement while they are fresh."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._books: dict[tuple[str, date], tuple[float, LawBook]] = {}
        self._names: dict[date, tuple[float, tuple[tuple[str, str], ...]]] = {}

    def book(self, code: str, on: date) -> LawBook:
        """The book with what the province adds; as shipped where the code names no province of that day."""
        with self._lock:
            found = self._books.get((code, on))
            if found is not None and time.monotonic() - found[0] < FRESH_SECONDS:
                return found[1]
        unit = unit_at(UnitKind.PROVINCE, code, on)
        book = law_book() if unit is None else law_book_of(law_book(), unit, on)
        with self._lock:
            if len(self._books) >= 200:
                self._books.clear()
            self._books[code, on] = time.monotonic(), book
        return book

    def names(self, on: date) -> tuple[tuple[str, str], ...]:
        """Code and name of each province of a day, in alphabetical order."""
        found = self._names.get(on)
        if found is None or time.monotonic() - found[0] >= FRESH_SECONDS:
            rows = units_on(on).filter(kind=UnitKind.PROVINCE).order_by("sort_key")
            found = time.monotonic(), tuple(rows.values_list("code", "name"))
            self._names = {on: found}
        return found[1]

    def forget(self) -> None:
        """Everything is read again."""
        with self._lock:
            self._books.clear()
            self._names = {}


PROVINCES = _Provinces()
_kept: set[str] = set()


def present_law(province: str, on: date) -> LawBook:
    """The law as it stands here and now, with the province's resolutions."""
    return PROVINCES.book(province, on) if province else law_book()


def law_for_link(fingerprint: str, present: LawBook) -> LawUsed:
    """The law a link asks for."""
    if not fingerprint or fingerprint == present.fingerprint:
        return LawUsed(present, LawState.PRESENT)
    kept = book_of_edition(fingerprint)
    if kept is None:
        return LawUsed(present, LawState.CHANGED)
    return LawUsed(kept, LawState.KEPT)


def keep_once(book: LawBook, at: datetime) -> None:
    """Keeps the edition for the links made from now on: one write a book and process, not one a visit."""
    if book.fingerprint not in _kept:
        keep_edition(book, at)
        _kept.add(book.fingerprint)


def forget_kept() -> None:
    """As after a start of the process (tests)."""
    _kept.clear()
    PROVINCES.forget()
