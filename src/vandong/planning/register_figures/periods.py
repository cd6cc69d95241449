"""The spans for which the register is counted: its stock stands on the last day, its flows fill the span."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from vandong.kernel.periods import Month


class Grain(StrEnum):
    """DAY: each day by itself. MONTH: whole months, the last one as far as it goes. RECENT: by day from the
    month before the last one's on, by month before."""

    DAY = "day"
    MONTH = "month"
    RECENT = "recent"


RECENT_MONTHS = 2
"""So many whole months before the running one are counted day by day."""

YEARS_KEPT = 3
"""So many years, the running one with them, follow the register by themselves; older ones when asked for."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A span, both days included."""

    first_on: date
    last_on: date


def periods_between(first_on: date, last_on: date, grain: Grain) -> tuple[Period, ...]:
    """The spans from `first_on` to `last_on` without a gap, oldest first. None when the days are reversed.

    A month that begins before `first_on` is counted whole: half a month would stand for it otherwise.
    """
    if first_on > last_on:
        return ()
    if grain is Grain.DAY:
        return _days(first_on, last_on)
    if grain is Grain.MONTH:
        return _months(first_on, last_on)
    turn = Month.of(last_on).shifted(-RECENT_MONTHS).first_day
    if first_on >= turn:
        return _days(first_on, last_on)
    return (*_months(first_on, turn - _ONE_DAY), *_days(turn, last_on))


def first_day_kept(last_on: date) -> date:
    """The first day that is counted again by itself when something in the past changes."""
    return date(last_on.year - YEARS_KEPT + 1, 1, 1)


def _days(first_on: date, last_on: date) -> tuple[Period, ...]:
    count = (last_on - first_on).days + 1
    days = (first_on + timedelta(days=number) for number in range(count))
    return tuple(Period(day, day) for day in days)


def _months(first_on: date, last_on: date) -> tuple[Period, ...]:
    found, month = [], Month.of(first_on)
    while month.first_day <= last_on:
        found.append(Period(month.first_day, min(month.last_day, last_on)))
        month = month.shifted(1)
    return tuple(found)
