"""What in a law book needs somebody's eyes: values that end, are missing or unverified, checks that are due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vandong.law.book import Dated, LawBook, Parameter


class Certainty(StrEnum):
    """The three words that every reader meets, on pages and papers alike."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    UNKNOWN = "unknown"


class Concern(StrEnum):
    """Why somebody should look."""

    MISSING = "missing"
    """Never published, on the day itself or from a day to come: nothing can be worked out with it."""
    ENDING = "ending"
    """Repealed from a day to come."""
    CHANGING = "changing"
    """Another value from a day to come: whoever pays across it is told both."""
    CHECK_DUE = "check_due"
    """Somebody is to look at the value again until that day."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A parameter on a day. `entry` None: before its first value. `until` is exclusive, None without end."""

    parameter: Parameter
    entry: Dated | None
    until: date | None

    @property
    def has_value(self) -> bool:
        """Whether there is a value on the day."""
        return self.entry is not None and not self.entry.ended

    @property
    def certainty(self) -> Certainty:
        """Which of the three words the value carries."""
        return certainty_of(self.entry)


@dataclass(frozen=True, slots=True)
class Attention:
    """One reason to look at one entry, and the day it bites."""

    parameter: Parameter
    concern: Concern
    on: date
    entry: Dated


@dataclass(frozen=True, slots=True)
class Gap:
    """A span without a published value. `until` None: to this day and on."""

    parameter: Parameter
    valid_from: date
    until: date | None


def certainty_of(entry: Dated | None) -> Certainty:
    """The word of an entry. What nobody published is unknown; a repeal is known as a value is."""
    if entry is None or entry.ended == "never_published":
        return Certainty.UNKNOWN
    return Certainty.VERIFIED if entry.confidence.is_verified else Certainty.UNVERIFIED


def standing(parameter: Parameter, on: date) -> Standing:
    """The parameter on a day."""
    found = parameter.entry_at(on)
    if found is None:
        return Standing(parameter, None, parameter.entries[0].valid_from)
    return Standing(parameter, *found)


def standings(book: LawBook, on: date) -> tuple[Standing, ...]:
    """Every parameter on a day, in the order of the book."""
    return tuple(standing(one, on) for one in book.parameters.values())


def attention(book: LawBook, on: date, until: date) -> tuple[Attention, ...]:
    """What bites on `on` or later, up to `until` (inclusive), the earliest first; overdue checks before all.

    Only what is in force or to come: the law of past days is history.
    """
    found = [
        one for parameter in book.parameters.values() for one in _attention(parameter, on, until)
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.parameter.code, one.concern)))


def gaps(book: LawBook) -> tuple[Gap, ...]:
    """Every span for which a value should have been published and is not known."""
    return tuple(
        Gap(parameter, entry.valid_from, parameter.until(index))
        for parameter in book.parameters.values()
        for index, entry in enumerate(parameter.entries)
        if entry.ended == "never_published"
    )


def _attention(parameter: Parameter, on: date, until: date) -> Iterator[Attention]:
    for index, entry in enumerate(parameter.entries):
        end = parameter.until(index)
        if end is not None and end <= on:
            continue
        if entry.check is not None and entry.check.on <= until and entry.ended != "repealed":
            yield Attention(parameter, Concern.CHECK_DUE, entry.check.on, entry)
        if entry.valid_from > until:
            continue
        if entry.ended == "never_published":
            yield Attention(parameter, Concern.MISSING, max(entry.valid_from, on), entry)
        elif entry.valid_from > on and index:
            concern = Concern.ENDING if entry.ended else Concern.CHANGING
            yield Attention(parameter, concern, entry.valid_from, entry)
