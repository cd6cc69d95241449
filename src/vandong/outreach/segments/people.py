"""Who is in a segment, in the actor's reach: how many, who, and why. Doors call these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from vandong.accounts.queries.scope import Actor, NotVisible, Scope, visible_units
from vandong.kernel.findings import Finding
from vandong.law import LawBook
from vandong.outreach.segments.conditions import Rule
from vandong.outreach.segments.filters import LIVING, Clause, where
from vandong.outreach.segments.known import known_facts
from vandong.outreach.segments.reasons import reasons
from vandong.places.models import Tree, Unit
from vandong.places.queries.units import subtree
from vandong.registry.queries.ground import own_reach
from vandong.registry.queries.search import PersonLine, person_lines

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class SegmentLine:
    """A person of a segment, masked, and why. `order` is where the next page goes on."""

    person_id: int
    line: PersonLine
    reasons: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class SegmentPage:
    """People in order of commune, household and person; `following` is the key of the next page."""

    lines: tuple[SegmentLine, ...]
    following: str


def people_count(
    actor: Actor, rule: Rule, book: LawBook, on: date, unit: Unit | None = None
) -> int:
    """How many of the people the actor works with meet the rule on the day; `unit`: there and below only.

    Raises NotAllowed, NotVisible (a unit outside the actor's ground), ParameterMissing.
    """
    asked = _asked(actor, rule, book, on, unit)
    [(count,)] = _rows(_statement("count(*)", asked), asked.values)
    return int(count)


def people_ids(
    actor: Actor, rule: Rule, book: LawBook, on: date, unit: Unit | None = None
) -> list[int]:
    """Everybody who meets the rule, in the order of the pages. Raises as `people_count`."""
    asked = _asked(actor, rule, book, on, unit)
    statement = f"{_statement('person.id', asked)} ORDER BY {_ORDER}"
    return [row[0] for row in _rows(statement, asked.values)]


def people_page(
    actor: Actor,
    rule: Rule,
    book: LawBook,
    on: date,
    *,
    after: str = "",
    unit: Unit | None = None,
) -> SegmentPage:
    """A page of people with why each is in it. `after`: `following` of the page before; what cannot be read
    begins anew. Raises as `people_count`."""
    asked = _asked(actor, rule, book, on, unit)
    values = asked.values | {"limit": ON_A_PAGE + 1}
    statement = _statement(f"person.id, {_ORDER}", asked)
    key = _read_key(after)
    if key is not None:
        statement += f" AND ({_ORDER}) > (%(after_unit)s, %(after_home)s, %(after_id)s)"
        values |= dict(zip(("after_unit", "after_home", "after_id"), key, strict=True))
    rows = _rows(f"{statement} ORDER BY {_ORDER} LIMIT %(limit)s", values)
    shown = rows[:ON_A_PAGE]
    following = "-".join(map(str, shown[-1][1:])) if len(rows) > ON_A_PAGE else ""
    return SegmentPage(_lines(actor, [row[0] for row in shown], rule, book, on), following)


def _lines(
    actor: Actor, person_ids: list[int], rule: Rule, book: LawBook, on: date
) -> tuple[SegmentLine, ...]:
    facts = known_facts(book, person_ids, on)
    return tuple(
        SegmentLine(line.person_id, line, reasons(rule, facts[line.person_id], book, on))
        for line in person_lines(actor, person_ids)
    )


def people_statement(
    actor: Actor, rule: Rule, book: LawBook, on: date, unit: Unit | None = None
) -> Clause:
    """SELECT {columns} of everybody who meets the rule, for statements of lists; `person` is the row.

    Raises as `people_count`.
    """
    return _asked(actor, rule, book, on, unit)


_ORDER = "coalesce(person.unit_today_id, 0), coalesce(person.household_id, 0), person.id"


def _statement(columns: str, asked: Clause) -> str:
    return asked.sql.replace("{columns}", columns)


def _asked(actor: Actor, rule: Rule, book: LawBook, on: date, unit: Unit | None) -> Clause:
    met, reach = where(rule, book, on), own_reach(actor)
    living = LIVING.replace("%s", "%(living_on)s")
    values: dict[str, Any] = {**met.values, "living_on": on}
    parts = [living, met.sql]
    if reach.unit_ids is not None:
        parts.append(
            "(person.unit_today_id = ANY(%(reach_units)s) OR person.member_id = ANY(%(reach_own)s))"
        )
        values |= {"reach_units": list(reach.unit_ids), "reach_own": list(reach.member_ids)}
    if unit is not None:
        parts.append("person.unit_today_id = ANY(%(inside)s)")
        values["inside"] = _inside(actor, unit, on)
    sql = "SELECT {columns} FROM registry_person person WHERE " + " AND ".join(parts)
    return Clause(sql, values)


def _inside(actor: Actor, unit: Unit, on: date) -> list[int]:
    if not visible_units(actor, scope=Scope.ACT).filter(pk=unit.pk).exists():
        raise NotVisible
    return [unit.pk, *subtree(unit, Tree.ADMINISTRATIVE, on).values_list("pk", flat=True)]


def _read_key(text: str) -> tuple[int, int, int] | None:
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) < 19 for part in parts):
        return None
    return int(parts[0]), int(parts[1]), int(parts[2])


def _rows(sql: str, values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
