"""F11: pace needed and achieved, time elapsed, and the light that follows from them. Paces are people a
month."""

from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from vandong.kernel.periods import months_between, previous_december_end
from vandong.measures.quantity import Quantity, exact

HELP_BELOW = Fraction(1, 2)


class Light(StrEnum):
    """Đúng tiến độ, Cần chú ý, Cần hỗ trợ."""

    ON_PACE = "on_pace"
    ATTENTION = "attention"
    NEEDS_HELP = "needs_help"


def base_day(period_from: date, on: date) -> date:
    """The day whose stock a stock plan starts from: the later of the plan's start and the last 31 December.

    A plan starts on what stood at the close of the day before its first day, so that a plan from 1
    January starts on 31 December and its months are whole.
    """
    return max(period_from - timedelta(days=1), previous_december_end(on))


def months_left(on: date, deadline: date) -> Fraction:
    """Months from `on` to `deadline`; negative after it."""
    return months_between(on, deadline)


def time_elapsed(base_on: date, on: date, deadline: date) -> Fraction:
    """The fraction of the plan's time that has passed on `on`, from 0 to 1."""
    whole = months_between(base_on, deadline)
    if whole <= 0:
        return Fraction(1)
    return min(Fraction(1), max(Fraction(0), months_between(base_on, on) / whole))


def pace_needed(remaining: Quantity, months: Fraction) -> Quantity | None:
    """What must be gained a month; nought when nothing remains; None when no time is left."""
    if remaining.high <= 0:
        return exact(0)
    if months <= 0:
        return None
    return remaining / exact(months)


def pace_achieved(gained: Quantity, months: Fraction) -> Quantity | None:
    """What was gained a month; None when no time has passed."""
    return gained / exact(months) if months > 0 else None


def light(
    achieved: Quantity | None, needed: Quantity | None, remaining: Quantity | None
) -> Light | None:
    """Achieved ÷ needed: below 0.5 needs help, below 1 attention, else on pace; None when it cannot be said.

    A plan already reached is on pace; one whose deadline has passed unreached needs help.
    """
    if remaining is None:
        return None
    if remaining.nominal <= 0:
        return Light.ON_PACE
    if needed is None:
        return Light.NEEDS_HELP
    if achieved is None:
        return None
    if achieved.nominal >= needed.nominal:
        return Light.ON_PACE
    too_slow = achieved.nominal < needed.nominal * HELP_BELOW
    return Light.NEEDS_HELP if too_slow else Light.ATTENTION
