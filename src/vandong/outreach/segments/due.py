"""Whose payment is due: voluntary insurance and household cards, the nearest end first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from vandong.accounts.queries.scope import Actor
from vandong.figures.models import Scheme
from vandong.kernel.findings import Finding
from vandong.law import LawBook
from vandong.outreach.segments.conditions import DueWithin, Rule
from vandong.outreach.segments.facts import facts_of_statuses
from vandong.outreach.segments.known import known_facts
from vandong.outreach.segments.people import people_ids
from vandong.outreach.segments.reasons import reasons
from vandong.places.models import Unit
from vandong.registry.models import Person
from vandong.registry.queries.masking import masked_birth, masked_number, masked_phone
from vandong.registry.queries.search import PersonLine, person_lines
from vandong.registry.queries.status import status_relation
from vandong.rules.participation import Status, StatusCode

SCHEMES: tuple[str, ...] = (Scheme.BHXH_TN, Scheme.BHYT_HGD)
_STEP = 2_000
_STANDING = """
WITH standing AS MATERIALIZED ({standing})
SELECT person.id, person.full_name, person.birth_on, person.sex, unit.name, person.personal_id,
    person.si_number, phone.number, member.full_name, standing.scheme, standing.code, standing.is_counted,
    standing.covered_until, standing.due_on, standing.reason
FROM standing
JOIN registry_person person ON person.id = standing.person_id
LEFT JOIN places_unit unit ON unit.id = person.unit_today_id
LEFT JOIN accounts_member member ON member.id = person.member_id
LEFT JOIN (
    SELECT DISTINCT ON (person_id) person_id, number FROM registry_personphone
    WHERE person_id = ANY(%s) ORDER BY person_id, rank, id
) phone ON phone.person_id = person.id
"""


@dataclass(frozen=True, slots=True)
class DueItem:
    """One person and scheme. `paid_until`: the last day paid for, empty where none is. `agent`: who looks after
    the person."""

    person_id: int
    line: PersonLine
    scheme: str
    paid_until: date | None
    agent: str
    reasons: tuple[Finding, ...]


def due_items(
    actor: Actor, book: LawBook, on: date, days: int, unit: Unit | None = None
) -> tuple[DueItem, ...]:
    """Everybody whose paid time ends within so many days, or has ended and can still be paid on in time.

    Raises NotAllowed, NotVisible.
    """
    found: list[DueItem] = []
    for scheme in SCHEMES:
        rule = Rule((DueWithin(scheme, days),))
        ids = people_ids(actor, rule, book, on, unit)
        found += [_due_item(row, rule, book, on) for row in _standing_rows(ids, book, on, scheme)]
    return tuple(sorted(found, key=lambda one: (one.paid_until or date.max, one.person_id)))


def _standing_rows(
    ids: Sequence[int], book: LawBook, on: date, scheme: str
) -> list[tuple[Any, ...]]:
    """What a line tells of each person and how the person stands in the scheme, in one statement: a province
    has tens of thousands who are due."""
    standing = status_relation(book, on, scheme=scheme, person_ids=ids)
    with connection.cursor() as cursor:
        cursor.execute(_STANDING.format(standing=standing.sql), [*standing.values, list(ids)])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _due_item(row: tuple[Any, ...], rule: Rule, book: LawBook, on: date) -> DueItem:
    """Everybody in a segment is the actor's own."""
    (person_id, name, born, sex, unit, personal_id, si_number, phone, agent, *status) = row
    scheme, code, counted, until, due_on, reason = status
    facts = facts_of_statuses({scheme: Status(StatusCode(code), counted, until, due_on, reason)})
    return DueItem(
        person_id=person_id,
        line=PersonLine(
            person_id=person_id,
            full_name=name,
            birth_year=masked_birth(born),
            sex=sex,
            unit=unit or "",
            personal_id=masked_number(personal_id),
            si_number=masked_number(si_number),
            phone=masked_phone(phone or ""),
            is_own=True,
        ),
        scheme=scheme,
        paid_until=until - timedelta(days=1) if until else None,
        agent=agent or "",
        reasons=reasons(rule, facts, book, on),
    )


def segment_items(
    actor: Actor,
    rule: Rule,
    book: LawBook,
    on: date,
    *,
    scheme: str,
    unit: Unit | None = None,
) -> list[DueItem]:
    """Everybody of a segment, in the order of its pages, with how far `scheme` is paid."""
    ids = people_ids(actor, rule, book, on, unit)
    found: list[DueItem] = []
    for start in range(0, len(ids), _STEP):
        found += _items(actor, ids[start : start + _STEP], rule, book, on, scheme=scheme)
    return found


def _items(
    actor: Actor, ids: Sequence[int], rule: Rule, book: LawBook, on: date, *, scheme: str
) -> list[DueItem]:
    facts = known_facts(book, ids, on)
    rows = Person.objects.filter(pk__in=ids, member__isnull=False)
    agents = dict(rows.values_list("pk", "member__full_name"))
    found = []
    for line in person_lines(actor, list(ids)):
        until = facts[line.person_id].status(scheme).covered_until if scheme else None
        found.append(
            DueItem(
                person_id=line.person_id,
                line=line,
                scheme=scheme,
                paid_until=until - timedelta(days=1) if until else None,
                agent=agents.get(line.person_id, ""),
                reasons=reasons(rule, facts[line.person_id], book, on),
            )
        )
    return found
