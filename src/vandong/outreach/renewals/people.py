"""Who is due, by band: counted by unit and collector, and page by page with the exact next payment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from vandong.accounts.queries.scope import Actor
from vandong.contacts.models import Aim
from vandong.figures.models import Scheme
from vandong.law import LawBook
from vandong.outreach.renewals.amounts import Due, NextPayment, next_payments, paid_until_of
from vandong.outreach.renewals.callable_tasks import (
    CallTask,
    LastContact,
    call_tasks,
    last_contacts,
)
from vandong.outreach.segments.bands import AHEAD, FARTHEST_DAYS, LAST_DAYS, Band
from vandong.outreach.segments.conditions import Condition, DueWithin, LookedAfter, Rule
from vandong.outreach.segments.filters import Clause
from vandong.outreach.segments.in_time import in_time
from vandong.outreach.segments.people import people_statement
from vandong.places.models import Unit
from vandong.registry.queries.search import PersonLine, person_lines
from vandong.rules.participation import Spell, next_due_on

ON_A_PAGE = 50
AIM_OF: Mapping[str, Aim] = {Scheme.BHXH_TN: Aim.RENEW_SI, Scheme.BHYT_HGD: Aim.RENEW_CARD}

# Who is due is asked as everywhere (`DueWithin`); who has paid beyond has a spell that begins later and is left
# out. The bands are spans of the end of what is paid.
_STANDING = """
WITH due AS MATERIALIZED ({people}),
standing AS (
    SELECT due.*, spell.covered_from, spell.covered_until, spell.method, spell.income_amount,
        spell.support_group, CASE {bands} END AS band
    FROM due
    JOIN registry_participation spell ON spell.person_id = due.id AND spell.scheme = %(scheme)s
        AND spell.covered_from <= %(on)s
    WHERE NOT EXISTS (
        SELECT FROM registry_participation later WHERE later.person_id = spell.person_id
            AND later.scheme = spell.scheme AND later.covered_from > spell.covered_from
    )
)
"""
_ROW = "id, covered_from, covered_until, method, income_amount, support_group, member_id, unit_today_id"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which of the people due: one scheme, one day; `unit`: there and below; `member_id`: whom this collector
    looks after."""

    scheme: str
    on: date
    unit: Unit | None = None
    member_id: int | None = None


@dataclass(frozen=True, slots=True)
class DueCount:
    """People of a band in one commune whom one collector looks after (None: not known)."""

    band: Band
    unit_id: int | None
    member_id: int | None
    count: int


@dataclass(frozen=True, slots=True)
class DueRow:
    """A person who is due. `due_on`: the last day in time. `days_left`: to the end of what is paid, or, once
    that has passed, to `due_on`."""

    due: Due
    paid_until: date
    due_on: date | None
    days_left: int
    member_id: int | None
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class DueLine:
    """The same as a page shows it. `task`: where the call goes on, None: on no list."""

    row: DueRow
    line: PersonLine
    payment: NextPayment
    contact: LastContact | None
    task: CallTask | None


@dataclass(frozen=True, slots=True)
class DuePage:
    """People, the nearest end first; `following` is the key of the next page, empty at the end."""

    lines: tuple[DueLine, ...]
    following: str


def due_counts(actor: Actor, book: LawBook, scheme: str, on: date) -> tuple[DueCount, ...]:
    """Everybody due whom the actor works with. One statement. Raises NotAllowed."""
    made = _standing(actor, book, Asked(scheme, on))
    select = "SELECT band, unit_today_id, member_id, count(*) FROM standing GROUP BY 1, 2, 3"
    return tuple(
        DueCount(Band(band), unit_id, member_id, count)
        for band, unit_id, member_id, count in _fetched(made.sql + select, made.values)
    )


def due_rows(actor: Actor, book: LawBook, asked: Asked, bands: Sequence[Band]) -> list[DueRow]:
    """Everybody of these bands, the nearest end first. Raises NotAllowed, NotVisible."""
    made = _standing(actor, book, asked)
    select = f"SELECT {_ROW} FROM standing WHERE band = ANY(%(bands)s) ORDER BY covered_until, id"
    rows = _fetched(made.sql + select, made.values | {"bands": [str(one) for one in bands]})
    return [_row(book, asked, row) for row in rows]


def due_page(
    actor: Actor, book: LawBook, asked: Asked, band: Band, *, at: datetime, after: str = ""
) -> DuePage:
    """A page of a band. `after`: `following` of the page before. Raises NotAllowed, NotVisible."""
    made = _standing(actor, book, asked)
    values = made.values | {"band": str(band), "limit": ON_A_PAGE + 1}
    where, key = "band = %(band)s", _read_key(after)
    if key is not None:
        where += " AND (covered_until, id) > (%(after_day)s, %(after_id)s)"
        values |= {"after_day": key[0], "after_id": key[1]}
    select = f"SELECT {_ROW} FROM standing WHERE {where} ORDER BY covered_until, id LIMIT %(limit)s"
    rows = [_row(book, asked, row) for row in _fetched(made.sql + select, values)]
    shown = rows[:ON_A_PAGE]
    last = shown[-1].due if len(rows) > ON_A_PAGE else None
    following = f"{last.covered_until.isoformat()}_{last.person_id}" if last else ""
    return DuePage(_lines(actor, book, asked, shown, at), following)


def _lines(
    actor: Actor, book: LawBook, asked: Asked, rows: Sequence[DueRow], at: datetime
) -> tuple[DueLine, ...]:
    ids = [row.due.person_id for row in rows]
    lines = {one.person_id: one for one in person_lines(actor, ids)}
    payments = next_payments(book, [row.due for row in rows], asked.on)
    contacts = last_contacts(ids)
    tasks = call_tasks(actor, ids, AIM_OF[asked.scheme], at)
    return tuple(
        DueLine(
            row,
            lines[row.due.person_id],
            payments[row.due.person_id, asked.scheme],
            contacts.get(row.due.person_id),
            tasks.get(row.due.person_id),
        )
        for row in rows
    )


def _row(book: LawBook, asked: Asked, row: Sequence[Any]) -> DueRow:
    (person_id, covered_from, until, method, income, group, member_id, unit_id) = row
    due_on = next_due_on(book, asked.scheme, Spell(covered_from, until, method))
    paid_until = paid_until_of(until)
    target = paid_until if until > asked.on or due_on is None else due_on
    return DueRow(
        due=Due(person_id, asked.scheme, until, method, income, group),
        paid_until=paid_until,
        due_on=due_on,
        days_left=(target - asked.on).days,
        member_id=member_id,
        unit_id=unit_id,
    )


def _standing(actor: Actor, book: LawBook, asked: Asked) -> Clause:
    conditions: list[Condition] = [DueWithin(asked.scheme, FARTHEST_DAYS)]
    if asked.member_id is not None:
        conditions.append(LookedAfter(asked.member_id))
    people = people_statement(actor, Rule(tuple(conditions)), book, asked.on, asked.unit)
    columns = "person.id, person.unit_today_id, person.member_id"
    sql = _STANDING.format(
        people=people.sql.replace("{columns}", columns), bands=_bands(book, asked)
    )
    return Clause(sql, people.values | {"scheme": asked.scheme, "on": asked.on})


def _bands(book: LawBook, asked: Asked) -> str:
    later = in_time(book, asked.scheme, asked.on + timedelta(days=LAST_DAYS + 1))
    ahead = sorted(AHEAD.items(), key=lambda one: one[1])
    return (
        f"WHEN spell.covered_until <= %(on)s THEN CASE WHEN {later} THEN '{Band.OVER}'"
        f" ELSE '{Band.LAST_DAYS}' END "
        + " ".join(
            f"WHEN spell.covered_until <= %(on)s::date + {most} THEN '{band}'"
            for band, (_least, most) in ahead
        )
    )


def _read_key(text: str) -> tuple[date, int] | None:
    day, _mark, number = text.partition("_")
    if not number.isdecimal() or len(number) > 18:
        return None
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        return None


def _fetched(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
