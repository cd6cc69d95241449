"""Whose next payment is still in time on a day, as spans of `covered_until`: the windows turned round.

`next_due_on` gives the last day in time of each spell. Asked for one day, the answer is a handful of spans, the
same for every spell of a method: the database compares dates and looks nothing up.
"""

from datetime import date, timedelta

from vandong.kernel.periods import Month
from vandong.law import LawBook
from vandong.rules.participation import (
    HOUSEHOLD_CARD,
    VOLUNTARY,
    card_windows,
    payment_windows,
)


def in_time(book: LawBook, scheme: str, on: date) -> str:
    """SQL over `spell`: a last day in time is known, and not over. Other schemes have none: FALSE.

    Literals are days and methods of the law book.
    """
    if scheme == VOLUNTARY:
        return f"({' OR '.join(_payments(book, on))})"
    if scheme == HOUSEHOLD_CARD:
        return f"({' OR '.join(_cards(book, on)) or 'FALSE'})"
    return "FALSE"


def _payments(book: LawBook, on: date) -> list[str]:
    """The window of n months ends with the n-th month from the first unpaid one; without a known way of paying,
    and for years ahead, that month alone."""
    month = Month.of(on).first_day
    spans = [
        f"((spell.method = '' OR spell.method LIKE 'ahead:%%') AND spell.covered_until >= '{month}')"
    ]
    for window in payment_windows(book):
        least = Month.of(on).shifted(1 - window.months).first_day
        first = max(_month_from(window.first_from), least)
        until = _month_from(window.first_until) if window.first_until else None
        spans.append(f"(spell.method = '{window.method}' AND {_between(first, until)})")
    return spans


def _cards(book: LawBook, on: date) -> list[str]:
    """The last day in time lies so many days after the end of the card, by the law of that last day."""
    spans = []
    for window in card_windows(book):
        back = timedelta(days=window.days - 2)
        until = window.due_until - back if window.due_until else None
        spans.append(_between(max(window.due_from, on) - back, until))
    return spans


def _between(first: date, until: date | None) -> str:
    end = f" AND spell.covered_until < '{until}'" if until else ""
    return f"spell.covered_until >= '{first}'{end}"


def _month_from(day: date) -> date:
    """The first month that begins on the day or after it."""
    month = Month.of(day)
    return day if day == month.first_day else month.shifted(1).first_day
