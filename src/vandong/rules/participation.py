"""How somebody stands in a scheme on a day, from the spells alone. Nothing here is stored.

Voluntary insurance: in time by the window of the method (Law 41/2024/QH15, art 36.3). Household card: its
validity, then the days in which paying again keeps it without waiting (Decree 188/2025/NĐ-CP, art 13.9).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from vandong.kernel.periods import Month
from vandong.law import LawBook, ParameterMissing
from vandong.rules.contribution.methods import MethodKind, parse_method
from vandong.rules.contribution.windows import payment_deadline
from vandong.rules.problems import RuleProblem

VOLUNTARY = "bhxh_tn"
HOUSEHOLD_CARD = "bhyt_hgd"
COMPLETED = "completed"
"""Reason of an end by plan: the missing time was paid at once and nothing more is due."""

_CARD_GAP = "card_gap_waits_days"


class StatusCode(StrEnum):
    """How somebody stands. What each means in a scheme: `participation_status`."""

    NEVER = "never"
    ACTIVE = "active"
    DUE = "due"
    LAPSED = "lapsed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Spell:
    """A spell as the register keeps it: `covered_until` exclusive, empty = open; `method` as
    `parse_method` reads it, empty = not known."""

    covered_from: date
    covered_until: date | None = None
    method: str = ""
    ended_on: date | None = None
    end_reason: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """`covered_until`: first day not covered. `due_on`: last day on which the next payment is in time, None
    where none is due or known. `starts_on`: first day of a spell still to begin. `is_counted`: in the stock."""

    code: StatusCode
    is_counted: bool = False
    covered_until: date | None = None
    due_on: date | None = None
    reason: str = ""
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class PaymentWindow:
    """For first unpaid months in [`first_from`, `first_until`): `months` in which a method is in time."""

    method: str
    first_from: date
    first_until: date | None
    months: int


@dataclass(frozen=True, slots=True)
class CardWindow:
    """For last days in time in [`due_from`, `due_until`): days of gap from which paying means waiting."""

    due_from: date
    due_until: date | None
    days: int


def participation_status(book: LawBook, scheme: str, spells: Sequence[Spell], on: date) -> Status:
    """How a person with these spells of one scheme stands on a day.

    never: no spell has begun. ended: by an event (`reason`). active: covered. due: no longer covered, and
    still in time to pay; counted in voluntary insurance, where the window belongs to the period, not with a
    card, which is valid or not. lapsed: the time is over.
    """
    later = [spell.covered_from for spell in spells if spell.covered_from > on]
    starts_on = min(later, default=None)
    begun = [spell for spell in spells if spell.covered_from <= on]
    if not begun:
        return Status(StatusCode.NEVER, starts_on=starts_on)
    spell = max(begun, key=lambda one: one.covered_from)
    due_on = next_due_on(book, scheme, spell)
    code, reason = _code(scheme, spell, due_on, on)
    counted = code is StatusCode.ACTIVE or (code is StatusCode.DUE and scheme == VOLUNTARY)
    if code is StatusCode.ENDED:
        due_on = None
    return Status(code, counted, spell.covered_until, due_on, reason, starts_on)


def _code(scheme: str, spell: Spell, due_on: date | None, on: date) -> tuple[StatusCode, str]:
    if spell.ended_on is not None and spell.ended_on <= on:
        return StatusCode.ENDED, spell.end_reason
    if spell.covered_until is None or on < spell.covered_until:
        return StatusCode.ACTIVE, ""
    if due_on is not None and on <= due_on:
        return StatusCode.DUE, ""
    if scheme == VOLUNTARY and _is_missing_time(spell.method):
        return StatusCode.ENDED, COMPLETED
    return StatusCode.LAPSED, ""


def next_due_on(book: LawBook, scheme: str, spell: Spell) -> date | None:
    """The last day on which the payment after this spell is in time.

    None for open spells, other schemes, missing time, and where the law book knows no window for that month:
    no day is claimed then.
    """
    if spell.covered_until is None:
        return None
    if scheme == VOLUNTARY:
        return _voluntary_due_on(book, spell.method, Month.of(spell.covered_until))
    return _card_due_on(book, spell.covered_until) if scheme == HOUSEHOLD_CARD else None


def _card_due_on(book: LawBook, covered_until: date) -> date | None:
    """By the law in force on the day itself. Paid on day n after the last day of validity, n - 1 or n days
    have passed without a card (`card_validity`): surely in time while n is below the days of the law."""
    for window in reversed(card_windows(book)):
        due_on = covered_until + timedelta(days=window.days - 2)
        if window.due_from <= due_on and (window.due_until is None or due_on < window.due_until):
            return due_on
    return None


def _voluntary_due_on(book: LawBook, method: str, first: Month) -> date | None:
    if _is_missing_time(method):
        return None
    if not method or _is_ahead(method):
        return first.last_day  # the least that any way of paying leaves
    try:
        found = payment_deadline(book, parse_method(book, method, first.first_day), first)
    except (ParameterMissing, RuleProblem):
        return None
    return found[0] if found else None


def _is_missing_time(method: str) -> bool:
    return method.startswith(f"{MethodKind.MISSING}:")


def _is_ahead(method: str) -> bool:
    return method.startswith(f"{MethodKind.AHEAD}:")


def payment_windows(book: LawBook) -> tuple[PaymentWindow, ...]:
    """The windows of all times as a table, for reckoning millions of rows in the database."""
    rows = []
    for day, until in _eras(book, "payment_window_months", "method_months"):
        try:
            keys = book.keys("method_months", day)
            windows = [book.fact("payment_window_months", day, key).whole for key in keys]
        except ParameterMissing:
            continue
        texts = [str(book.fact("method_months", day, key).whole) for key in keys]
        rows += [
            PaymentWindow(text, day, until, months)
            for text, months in zip(texts, windows, strict=True)
        ]
    return tuple(rows)


def card_windows(book: LawBook) -> tuple[CardWindow, ...]:
    """The same for household cards, in the order of their days."""
    return tuple(
        CardWindow(day, until, book.fact(_CARD_GAP, day).whole)
        for day, until in _eras(book, _CARD_GAP)
        if book.has(_CARD_GAP, day)
    )


def _eras(book: LawBook, *parameters: str) -> list[tuple[date, date | None]]:
    """Spans between which none of the parameters changes; the last one is open."""
    entries = [entry for name in parameters for entry in book.parameters[name].entries]
    days = sorted({entry.valid_from for entry in entries})
    return list(zip(days, [*days[1:], None], strict=True))
