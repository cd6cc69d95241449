"""The status of `rules.participation` for millions of spells at once: the same answers, made in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from vandong.law import LawBook
from vandong.rules.participation import (
    COMPLETED,
    HOUSEHOLD_CARD,
    VOLUNTARY,
    Status,
    StatusCode,
    card_windows,
    payment_windows,
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A SELECT to be used as a subquery, with the values of its placeholders."""

    sql: str
    values: tuple[Any, ...]


_SPELLS = """
SELECT DISTINCT ON (spell.person_id, spell.scheme) spell.*
FROM registry_participation spell
WHERE spell.covered_from <= %s {where}
ORDER BY spell.person_id, spell.scheme, spell.covered_from DESC
"""

# The first unpaid month is that of covered_until; a window of n months ends with its n-th month.
DUE_ON = """
CASE
    WHEN spell.scheme = '{voluntary}' AND spell.method LIKE 'missing:%%' THEN NULL
    WHEN spell.scheme = '{voluntary}' AND (spell.method = '' OR spell.method LIKE 'ahead:%%')
        THEN (date_trunc('month', spell.covered_until::timestamp) + interval '1 month - 1 day')::date
    WHEN spell.scheme = '{voluntary}' THEN (
        SELECT (date_trunc('month', spell.covered_until::timestamp)
            + make_interval(months => term.months) - interval '1 day')::date
        FROM payment_windows term
        WHERE term.method = spell.method
            AND date_trunc('month', spell.covered_until::timestamp)::date >= term.first_from
            AND date_trunc('month', spell.covered_until::timestamp)::date < term.first_until
    )
    WHEN spell.scheme = '{card}' THEN (
        SELECT spell.covered_until + term.days - 2
        FROM card_windows term
        WHERE spell.covered_until + term.days - 2 >= term.due_from
            AND spell.covered_until + term.days - 2 < term.due_until
        ORDER BY term.due_from DESC
        LIMIT 1
    )
END
"""

WINDOWS = """
payment_windows(method, first_from, first_until, months) AS (
    SELECT * FROM unnest(%s::text[], %s::date[], %s::date[], %s::int[])
),
card_windows(due_from, due_until, days) AS (
    SELECT * FROM unnest(%s::date[], %s::date[], %s::int[])
)"""
"""The windows of the law as tables, with `window_values` for its placeholders; `DUE_ON` reads them."""

_STATUS = """
WITH {windows},
timed AS (SELECT spell.*, {due_on} AS due_on FROM ({spells}) spell),
coded AS (
    SELECT timed.*, CASE
        WHEN ended_on <= %s THEN 'ended'
        WHEN covered_until IS NULL OR covered_until > %s THEN 'active'
        WHEN due_on >= %s THEN 'due'
        WHEN scheme = '{voluntary}' AND method LIKE 'missing:%%' THEN 'ended'
        ELSE 'lapsed'
    END AS code
    FROM timed
)
SELECT id AS participation_id, person_id, scheme, code,
    code = 'active' OR (code = 'due' AND scheme = '{voluntary}') AS is_counted,
    covered_from, covered_until, CASE WHEN code <> 'ended' THEN due_on END AS due_on,
    CASE WHEN code <> 'ended' THEN '' WHEN ended_on <= %s THEN end_reason ELSE '{completed}' END
        AS reason,
    method, income_amount, support_group, unit_id, organisation_id, channel
FROM coded
"""


def status_relation(
    book: LawBook,
    on: date,
    *,
    scheme: str = "",
    person_ids: Sequence[int] | None = None,
) -> Relation:
    """One row for each person and scheme that has begun by the day; who has no row is `never` in it.

    Columns: participation_id, person_id, scheme, code, is_counted, covered_from, covered_until, due_on,
    reason, method, income_amount, support_group, unit_id, organisation_id, channel.
    """
    where, narrowing = "", list[Any]()
    if scheme:
        where, narrowing = " AND spell.scheme = %s", [scheme]
    if person_ids is not None:
        where, narrowing = f"{where} AND spell.person_id = ANY(%s)", [*narrowing, list(person_ids)]
    names = {"voluntary": VOLUNTARY, "card": HOUSEHOLD_CARD, "completed": COMPLETED}
    sql = _STATUS.format(
        windows=WINDOWS,
        due_on=DUE_ON.format(**names),
        spells=_SPELLS.format(where=where),
        **names,
    )
    return Relation(sql, (*window_values(book), on, *narrowing, on, on, on, on))


def window_values(book: LawBook) -> tuple[Any, ...]:
    """The values of `WINDOWS`: four columns of payments, then three of cards."""
    paying, cards = payment_windows(book), card_windows(book)
    return (
        [window.method for window in paying],
        [window.first_from for window in paying],
        [window.first_until or date.max for window in paying],
        [window.months for window in paying],
        [window.due_from for window in cards],
        [window.due_until or date.max for window in cards],
        [window.days for window in cards],
    )


def statuses(book: LawBook, person_ids: Sequence[int], on: date) -> dict[int, dict[str, Status]]:
    """How each of these people stands in each scheme begun by the day, or to begin after it. Two queries."""
    found: dict[int, dict[str, Status]] = {person_id: {} for person_id in person_ids}
    starts = _starts(person_ids, on)
    relation = status_relation(book, on, person_ids=person_ids)
    columns = "person_id, scheme, code, is_counted, covered_until, due_on, reason"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM ({relation.sql}) status", relation.values)
        for person_id, scheme, code, counted, until, due_on, reason in cursor.fetchall():
            begins = starts.pop((person_id, scheme), None)
            status = Status(StatusCode(code), counted, until, due_on, reason, begins)
            found[person_id][scheme] = status
    for (person_id, scheme), starts_on in starts.items():
        found[person_id][scheme] = Status(StatusCode.NEVER, starts_on=starts_on)
    return found


def _starts(person_ids: Sequence[int], on: date) -> dict[tuple[int, str], date]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, scheme, min(covered_from) FROM registry_participation"
            " WHERE person_id = ANY(%s) AND covered_from > %s GROUP BY person_id, scheme",
            (list(person_ids), on),
        )
        return {(person_id, scheme): day for person_id, scheme, day in cursor.fetchall()}
