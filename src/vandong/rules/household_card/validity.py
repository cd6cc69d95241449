"""From when to when a card is valid: at once, after the old one, or after the waiting time."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from vandong.kernel.findings import Finding
from vandong.kernel.periods import Month
from vandong.law import LawBook
from vandong.rules.problems import RuleProblem
from vandong.rules.trace import Step, Trace

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PreviousCard:
    """The card before: None of `last_valid_on` is a first card. `continuous_since`: first day of continuous
    insurance, as far as it is known."""

    last_valid_on: date | None = None
    continuous_since: date | None = None


class CardStart(StrEnum):
    """Why a card starts when it does."""

    FOLLOWS = "follows_on"
    """Paid while the old card runs: the next day after it."""
    AT_ONCE = "at_once"
    AFTER_WAITING = "after_waiting"


class Continuity(StrEnum):
    """Whether the count of continuous years goes on."""

    FIRST = "first"
    KEPT = "kept"
    LOST = "lost"
    ASK_OFFICE = "ask_office"


@dataclass(frozen=True, slots=True)
class CardPeriod:
    """One reading of the rules. Both days are days of validity (inclusive).

    `other_start_on`: the first day if the day after the last waiting day is meant; None without waiting.
    `five_years_on`: the day on which five continuous years are complete if payment never stops.
    """

    start: CardStart
    valid_from: date
    valid_until: date
    five_years_on: date | None
    other_start_on: date | None = None


@dataclass(frozen=True, slots=True)
class CardValidity:
    """One period, or two where the law reads both ways and the BHXH cơ sở decides."""

    periods: tuple[CardPeriod, ...]
    continuity: Continuity
    gap_days: int | None
    """Days without a card between the old one and the payment; None for a first card or none."""
    trace: Trace

    @property
    def needs_office(self) -> bool:
        """Whether the office has to say which reading holds."""
        return len(self.periods) > 1


def card_validity(book: LawBook, previous: PreviousCard, on: date, months: int) -> CardValidity:
    """Validity of a card paid in full on a day for some months.

    First card, or a gap of 90 days and more: 30 days after full payment (Law 51/2024/QH15, art 16.3 c; Decree
    188/2025/NĐ-CP, art 13.9); else from the day of payment, after a running card. A gap of up to 90 days
    keeps the count of five continuous years (Decree 188/2025). Exactly 90 days stands in both: both are given.
    Raises RuleProblem, ParameterMissing.
    """
    last = previous.last_valid_on
    since = previous.continuous_since
    if since is not None and (since > on or (last is not None and since > last)):
        raise RuleProblem("card_continuous_since_late", field="continuous_since", since=since)
    if last is None:
        period, trace = _waiting(book, on, months)
        return CardValidity((period,), Continuity.FIRST, None, trace)
    if last >= on:
        return _following(book, previous, last, on, months)
    return _after_gap(book, previous, (on - last).days, on, months)


def _following(
    book: LawBook, previous: PreviousCard, last: date, on: date, months: int
) -> CardValidity:
    """Paid while a card runs."""
    if last > last_day(on, 12):
        raise RuleProblem("card_last_valid_far", field="last_valid_until", last=last)
    rule = book.fact("card_renewal_follows_on", on)
    years, since = book.fact("card_continuity_years", on).whole, previous.continuous_since
    period = _period(years, CardStart.FOLLOWS, last + _ONE_DAY, months, since=since)
    trace = Trace((Step("card_follows_on", {"on": period.valid_from}, (rule,)),))
    return CardValidity((period,), Continuity.KEPT, None, trace)


def _after_gap(
    book: LawBook, previous: PreviousCard, elapsed: int, on: date, months: int
) -> CardValidity:
    """Paid after the card ran out. The law does not say whether the day of payment counts into the gap, so
    a gap is certain only where both ways of counting agree."""
    waits, keeps = book.fact("card_gap_waits_days", on), book.fact("card_gap_keeps_days", on)
    least, most = elapsed - 1, elapsed
    may_wait, may_keep = most >= waits.whole, least <= keeps.whole
    years, since = book.fact("card_continuity_years", on).whole, previous.continuous_since
    kept = _period(years, CardStart.AT_ONCE, on, months, since=since)
    waiting, waiting_trace = _waiting(book, on, months)
    if not may_wait:
        step = Step("card_at_once", {"days": least, "on": on}, (waits, keeps))
        return CardValidity((kept,), Continuity.KEPT, least, Trace((step,)))
    if not may_keep:
        step = Step("card_gap_long", {"days": least}, (waits, keeps))
        return CardValidity((waiting,), Continuity.LOST, least, Trace((step,)) + waiting_trace)
    step = Step("card_gap_on_the_line", {"days": waits.whole}, (waits, keeps))
    trace = Trace((step,), (Finding("card_gap_ask_office", {"days": waits.whole}),)) + waiting_trace
    return CardValidity((kept, waiting), Continuity.ASK_OFFICE, least, trace)


def _waiting(book: LawBook, on: date, months: int) -> tuple[CardPeriod, Trace]:
    """30 days after full payment; whether that day or the next starts is practice, and marked so."""
    days, more = book.fact("card_waiting_days", on), book.fact("card_start_after_waiting_days", on)
    first = on + timedelta(days=days.whole + more.whole)
    other = on + timedelta(days=days.whole + 1 - more.whole)
    years = book.fact("card_continuity_years", on).whole
    period = _period(years, CardStart.AFTER_WAITING, first, months, other=other)
    values = {"days": days.whole, "on": first}
    notes = (Finding("card_start_day_practice", {"on": first, "other": other}),)
    return period, Trace((Step("card_after_waiting", values, (days, more)),), notes)


def _period(
    years: int,
    start: CardStart,
    first: date,
    months: int,
    *,
    since: date | None = None,
    other: date | None = None,
) -> CardPeriod:
    counted_from = since or (first if start is CardStart.AFTER_WAITING else None)
    five_years_on = last_day(counted_from, years * 12) + _ONE_DAY if counted_from else None
    return CardPeriod(start, first, last_day(first, months), five_years_on, other)


def ask_previous_card(book: LawBook, on: date) -> Finding:
    """The question about the card before, with the days of the law; without them where they are not known."""
    if not book.has("card_gap_waits_days", on):
        return Finding("card_ask_previous_card_plain")
    gap, wait = book.fact("card_gap_waits_days", on), book.fact("card_waiting_days", on)
    return Finding("card_ask_previous_card", {"gap": gap.whole, "wait": wait.whole})


def last_day(first: date, months: int) -> date:
    """The last day of a period of whole months: the day before the same day of the month; the month's end
    where that month has no such day."""
    month = Month.of(first).shifted(months)
    if first.day > month.last_day.day:
        return month.last_day
    return month.first_day.replace(day=first.day) - _ONE_DAY
