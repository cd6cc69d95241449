"""Counts that were made a moment ago: the same question of the same register has the same answer."""

from collections import OrderedDict
from datetime import date
from threading import Lock
from typing import Any

from django.db import connection

from vandong.accounts.queries.scope import Actor
from vandong.law import LawBook
from vandong.outreach.segments.conditions import Rule
from vandong.outreach.segments.people import people_count
from vandong.places.models import Unit
from vandong.registry.queries.ground import own_reach

MOST_KEPT = 2_000
_LATE = 1_000
"""A change may be committed after one with a higher number: so many of the last are counted too."""

_kept: OrderedDict[tuple[Any, ...], int] = OrderedDict()
_lock = Lock()


def remembered_count(
    actor: Actor, rule: Rule, book: LawBook, on: date, unit: Unit | None = None
) -> int:
    """`people_count`, asked of the database again only after the register, the reach or the law changed."""
    key = (
        connection.settings_dict["NAME"],
        rule,
        on,
        unit.pk if unit else None,
        own_reach(actor),
        book.fingerprint,
        register_version(),
    )
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    count = people_count(actor, rule, book, on, unit)
    with _lock:
        _kept[key] = count
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return count


def register_version() -> tuple[int, int]:
    """Differs as soon as a change of the register is committed. One quick statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(id), count(*) FROM (SELECT id FROM registry_change ORDER BY id DESC LIMIT %s) late",
            [_LATE],
        )
        last, count = cursor.fetchone()
    return last or 0, count
