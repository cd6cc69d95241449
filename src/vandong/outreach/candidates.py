"""The people of a segment laid beside what is known of them: points, reasons, and who is left out and why.

Two temporary tables, gone with the transaction: the people of the segment, then the same people ranked. The
second is what a list is written from and what its preview counts, so that both always agree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings as site
from django.db import connection

from vandong.accounts.queries.scope import Actor
from vandong.contacts.models import Aim, Outcome, Way
from vandong.figures.models import Scheme
from vandong.kernel.periods import shift_months
from vandong.law import LawBook
from vandong.outreach.consequences import REACHED
from vandong.outreach.priority import Weights, points_sql, reasons_sql
from vandong.outreach.segments.conditions import HasStatus, IsCompulsory, IsCounted, Rule
from vandong.outreach.segments.facts import has_owners, law_methods
from vandong.outreach.segments.filters import Clause, where
from vandong.outreach.segments.people import people_statement
from vandong.places.models import Unit
from vandong.registry.models import Contactability, Purpose, TaxMethod
from vandong.rules.participation import StatusCode

EXCLUSIONS = (
    "already_in",
    "never_in",
    "compulsory",
    "compulsory_unclear",
    "no_calls",
    "no_number",
    "wrong_number",
    "contacted",
    "on_other_list",
)
"""Why somebody of the segment is not on the list. Who has several reasons counts under the first."""

JOINING = frozenset({Aim.JOIN_SI, Aim.JOIN_CARD})
SCHEME_OF: Mapping[str, str] = {
    Aim.JOIN_SI: Scheme.BHXH_TN,
    Aim.RENEW_SI: Scheme.BHXH_TN,
    Aim.JOIN_CARD: Scheme.BHYT_HGD,
    Aim.RENEW_CARD: Scheme.BHYT_HGD,
}
_CARD = Scheme.BHYT_HGD

_PEOPLE = """
CREATE TEMPORARY TABLE outreach_people ON COMMIT DROP AS
"""
_COLUMNS = (
    "person.id, person.household_id, person.unit_today_id, person.cluster_id, person.member_id,"
    " person.birth_on"
)
# Each fact is one grouped join: many people are read by hashing, a few by their indexes; the planner chooses.
_RANKED = """
CREATE TEMPORARY TABLE outreach_ranked ON COMMIT DROP AS
SELECT fact.id, fact.household_id, fact.unit_today_id, fact.cluster_id, fact.member_id,
    {points} AS points, {reasons} AS reasons, {excluded} AS excluded
FROM (
    SELECT person.*,
        date_part('year', age(%(on)s, person.birth_on))::int AS age,
        spell.due_on, (spell.due_on - %(on)s) + 1 AS due_days,
        spell.left_on, coalesce(spell.was_in, FALSE) AS was_in,
        coalesce(phone.state, '') AS phone,
        talk.interest_on, %(on)s - talk.interest_on AS interest_days, talk.reached_on,
        mates.id IS NOT NULL AS household_in,
        inside.id IS NOT NULL AS is_inside,
        bound.id IS NOT NULL AS is_bound,
        unclear.id IS NOT NULL AS is_unclear,
        silent.id IS NOT NULL AS is_silent,
        other.id IS NOT NULL AS is_listed
    FROM outreach_people person
    LEFT JOIN (
        SELECT person.id,
            max(spell.covered_until) FILTER (
                WHERE spell.scheme = %(due_scheme)s
                AND (spell.ended_on IS NULL OR spell.ended_on > %(on)s)
                AND spell.covered_until > %(due_since)s
            ) - 1 AS due_on,
            CASE WHEN NOT coalesce(bool_or(
                spell.scheme = 'bhxh_bb' AND (spell.ended_on IS NULL OR spell.ended_on > %(on)s)
                AND (spell.covered_until IS NULL OR spell.covered_until > %(on)s)
            ), FALSE) THEN max(least(spell.ended_on, spell.covered_until)) FILTER (
                WHERE spell.scheme = 'bhxh_bb' AND least(spell.ended_on, spell.covered_until) <= %(on)s
            ) END AS left_on,
            bool_or(spell.scheme = %(scheme)s AND %(joins)s) AS was_in
        FROM outreach_people person
        JOIN registry_participation spell ON spell.person_id = person.id AND spell.covered_from <= %(on)s
        GROUP BY person.id
    ) spell ON spell.id = person.id
    LEFT JOIN (
        SELECT person.id, CASE
            WHEN bool_or(phone.contactability = 'reached') THEN 'reached'
            WHEN bool_or(phone.contactability = 'unknown') THEN 'untried'
            WHEN bool_and(phone.contactability = ANY(%(gone)s)) THEN 'wrong'
            ELSE 'tried' END AS state
        FROM outreach_people person JOIN registry_personphone phone ON phone.person_id = person.id
        GROUP BY person.id
    ) phone ON phone.id = person.id
    LEFT JOIN (
        SELECT person.id,
            max((talk.received_at AT TIME ZONE %(zone)s)::date) FILTER (
                WHERE talk.outcome = ANY(%(interested)s)) AS interest_on,
            max((talk.received_at AT TIME ZONE %(zone)s)::date) FILTER (
                WHERE talk.outcome = ANY(%(reached)s)) AS reached_on
        FROM outreach_people person JOIN contacts_contact talk ON talk.person_id = person.id
        WHERE talk.undone_at IS NULL
        GROUP BY person.id
    ) talk ON talk.id = person.id
    LEFT JOIN (
        SELECT DISTINCT person.id
        FROM outreach_people person
        JOIN registry_person mate ON mate.household_id = person.household_id AND mate.id <> person.id
            AND mate.merged_into_id IS NULL
        JOIN registry_participation spell ON spell.person_id = mate.id AND spell.scheme = %(scheme)s
            AND spell.covered_from <= %(on)s AND spell.covered_until > %(on)s
            AND (spell.ended_on IS NULL OR spell.ended_on > %(on)s)
    ) mates ON mates.id = person.id
    LEFT JOIN (SELECT person.id FROM outreach_people person WHERE {inside}) inside
        ON inside.id = person.id
    LEFT JOIN (SELECT person.id FROM outreach_people person WHERE {bound}) bound
        ON bound.id = person.id
    LEFT JOIN (
        SELECT DISTINCT place.owner_id AS id FROM registry_establishment place
        WHERE place.tax_method = ANY(%(unclear)s) AND place.owner_id IS NOT NULL
            AND (place.valid_from IS NULL OR place.valid_from <= %(on)s)
            AND (place.valid_until IS NULL OR place.valid_until > %(on)s)
    ) unclear ON unclear.id = person.id
    LEFT JOIN (
        SELECT latest.id FROM (
            SELECT DISTINCT ON (consent.person_id) consent.person_id AS id, consent.granted,
                consent.withdrawn_on
            FROM outreach_people person JOIN registry_consent consent ON consent.person_id = person.id
            WHERE consent.purpose = %(calls)s AND consent.given_on <= %(on)s
            ORDER BY consent.person_id, consent.given_on DESC
        ) latest
        WHERE NOT latest.granted AND (latest.withdrawn_on IS NULL OR latest.withdrawn_on > %(on)s)
    ) silent ON silent.id = person.id
    LEFT JOIN (
        SELECT DISTINCT task.person_id AS id FROM contacts_task task
        JOIN contacts_worklist list ON list.id = task.worklist_id AND list.closed_at IS NULL
        WHERE task.state IN ('open', 'waiting') AND task.person_id IS NOT NULL
    ) other ON other.id = person.id
) fact
"""


@dataclass(frozen=True, slots=True)
class Approach:
    """What a list is made for. `rest_days`: who was spoken to within them is left in peace. `keeps_overlap`:
    people of other open lists come along all the same (their households are still in one hand at a time)."""

    aim: Aim
    way: Way
    weights: Weights
    rest_days: int
    keeps_overlap: bool = False


def stage_candidates(  # noqa: PLR0917 whose reach, which people, what for, by which law, when, where
    actor: Actor, rule: Rule, approach: Approach, book: LawBook, on: date, unit: Unit | None
) -> None:
    """Fills outreach_ranked for the rest of the transaction.

    Raises NotAllowed, NotVisible (a unit outside the actor's ground), ParameterMissing.
    """
    run("DROP TABLE IF EXISTS outreach_people, outreach_ranked", {})
    people = people_statement(actor, rule, book, on, unit)
    run(_PEOPLE + people.sql.replace("{columns}", _COLUMNS), people.values)
    run("ANALYZE outreach_people", {})
    inside = _any_of("inside", [where(one, book, on) for one in _inside_rules(approach.aim)])
    bound = _any_of("bound", [where(one, book, on) for one in _bound_rules(approach.aim)])
    sql = _RANKED.format(
        points=points_sql(approach.weights),
        reasons=reasons_sql(approach.weights),
        excluded=_excluded_sql(approach),
        inside=inside.sql,
        bound=bound.sql,
    )
    values = _values(approach, book, on) | inside.values | bound.values
    run(sql, values)


def _any_of(word: str, clauses: Sequence[Clause]) -> Clause:
    """One clause that holds where any of them does, with values of its own names."""
    parts, values = ["FALSE"], dict[str, Any]()
    for number, clause in enumerate(clauses):
        sql = clause.sql
        for name, value in clause.values.items():
            sql = sql.replace(f"%({name})s", f"%({word}_{number}_{name})s")
            values[f"{word}_{number}_{name}"] = value
        parts.append(f"({sql})")
    return Clause(" OR ".join(parts), values)


def _inside_rules(aim: Aim) -> tuple[Rule, ...]:
    """Who is in the scheme already (joining), or never was (going on): neither can be asked for it. Another
    health card is as good as the household's."""
    scheme = SCHEME_OF[aim]
    if aim in JOINING:
        covered = (scheme,) if aim == Aim.JOIN_SI else (scheme, Scheme.BHYT)
        return tuple(Rule((IsCounted(one),)) for one in covered)
    return (Rule((HasStatus(scheme, (StatusCode.NEVER,)),)),)


def _bound_rules(aim: Aim) -> tuple[Rule, ...]:
    return (Rule((IsCompulsory(),)),) if _is_voluntary(aim) else ()


def _is_voluntary(aim: Aim) -> bool:
    return SCHEME_OF[aim] == Scheme.BHXH_TN


def _excluded_sql(approach: Approach) -> str:
    """The code of the first reason to leave the person out; NULL for who is on the list."""
    by_phone = approach.way == Way.PHONE
    held = {
        "already_in": "fact.is_inside" if approach.aim in JOINING else "",
        "never_in": "" if approach.aim in JOINING else "fact.is_inside",
        "compulsory": "fact.is_bound",
        "compulsory_unclear": "fact.is_unclear" if _is_voluntary(approach.aim) else "",
        "no_calls": "fact.is_silent",
        "no_number": "fact.phone = ''" if by_phone else "",
        "wrong_number": "fact.phone = 'wrong'" if by_phone else "",
        "contacted": "fact.reached_on > %(rested_on)s",
        "on_other_list": "" if approach.keeps_overlap else "fact.is_listed",
    }
    cases = [f"WHEN {held[code]} THEN '{code}'" for code in EXCLUSIONS if held[code]]
    return f"CASE {' '.join(cases)} END"


def _values(approach: Approach, book: LawBook, on: date) -> dict[str, Any]:
    scheme = SCHEME_OF[approach.aim]
    months = approach.weights.span("contract_ended", "months")
    return {
        **approach.weights.values,
        "on": on,
        "scheme": scheme,
        "joins": approach.aim in JOINING,
        "due_scheme": _CARD if approach.aim == Aim.JOIN_SI else scheme,
        # What ended long ago is no date to call for any more.
        "due_since": shift_months(on, -3),
        "contract_ended_since": shift_months(on, -months),
        "gone": [Contactability.WRONG, Contactability.DEAD],
        "interested": [Outcome.WILL_DECIDE, Outcome.WANTS_MEETING],
        "reached": sorted(REACHED),
        "rested_on": on - timedelta(days=approach.rest_days),
        "calls": Purpose.CALLS,
        "unclear": _unclear_methods(book, on),
        "zone": site.TIME_ZONE,
    }


def _unclear_methods(book: LawBook, on: date) -> list[str]:
    """Ways of paying tax that do not tell whether the owner is under compulsory insurance on the day."""
    if not has_owners(book, on) or TaxMethod.UNKNOWN in law_methods(book, on):
        return []
    return ["", TaxMethod.UNKNOWN]


def run(sql: str, values: Mapping[str, Any]) -> int:
    """Runs a statement; the number of rows touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, dict(values))
        return int(cursor.rowcount)


def rows(sql: str, values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
    """Runs a statement; its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, dict(values))
        return list(cursor.fetchall())
