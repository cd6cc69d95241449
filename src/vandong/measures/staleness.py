"""How old a figure may be before it is called stale."""

from datetime import date

STALE_AFTER_DAYS = 35
DENOMINATOR_STALE_AFTER_DAYS = 400


def age_in_days(own_day: date, asked_on: date) -> int:
    """Days from a figure's own day to the day asked."""
    return (asked_on - own_day).days


def is_stale(own_day: date, asked_on: date, limit: int = STALE_AFTER_DAYS) -> bool:
    """Whether a figure is more than `limit` days older than the day asked (monthly reports: 35;
    populations and labour forces, which come once a year: 400)."""
    return age_in_days(own_day, asked_on) > limit
