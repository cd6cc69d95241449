"""Bands of people whose payment is due: so many days before the end of what is paid, or after it and in time.

The days are how offices work through a month (60, 30, 7), not law; what is still in time is law
(`rules.participation.next_due_on`).
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from vandong.rules.participation import Status, StatusCode


class Band(StrEnum):
    """Where a person stands between payments, the earliest first.

    month_after: ends in 31–60 days. month: in 8–30. week: in 1–7. over: ended, more than a week is left to
    pay on in time. last_days: ended, the last day in time is at most a week away.
    """

    MONTH_AFTER = "month_after"
    MONTH = "month"
    WEEK = "week"
    OVER = "over"
    LAST_DAYS = "last_days"


FARTHEST_DAYS = 60
LAST_DAYS = 7
AHEAD: Mapping[str, tuple[int, int]] = MappingProxyType(
    {Band.MONTH_AFTER: (31, FARTHEST_DAYS), Band.MONTH: (8, 30), Band.WEEK: (1, 7)}
)
"""Days from today to the first unpaid day, both ends included, of the bands that lie ahead."""


def band_of(status: Status, on: date) -> Band | None:
    """The band of somebody who stands so on the day; None where nothing is due or it has been paid on already
    (a spell begins later)."""
    if status.code not in {StatusCode.ACTIVE, StatusCode.DUE} or status.starts_on is not None:
        return None
    if status.covered_until is None or status.due_on is None:
        return None
    left = (status.covered_until - on).days
    for band, (least, most) in AHEAD.items():
        if least <= left <= most:
            return Band(band)
    if left > 0:
        return None
    return Band.LAST_DAYS if (status.due_on - on).days <= LAST_DAYS else Band.OVER
