"""Signs that results may not be what they look like: a reason to look, never a verdict (domain.md 3.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from vandong.accounts.queries.scope import Actor
from vandong.outreach.results.span import Span, asked, rows
from vandong.outreach.settings import ApproachSettings


class Sign(StrEnum):
    """ONE_RECEIPT: one receipt pays for people of several households. ONE_NUMBER: joiners of several households
    have one telephone number. SHORT_AT_END: many join for one month in the last days of a month.
    BEFORE_MIDNIGHT: many contacts typed by one user in the last hour of a day."""

    ONE_RECEIPT = "one_receipt"
    ONE_NUMBER = "one_number"
    SHORT_AT_END = "short_at_end"
    BEFORE_MIDNIGHT = "before_midnight"


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign: whose work, when, how many people of how many (0: no whole), and whom to look at first."""

    sign: Sign
    member_id: int | None
    name: str
    on: date
    count: int
    whole: int
    person_ids: tuple[int, ...]


LAST_DAYS = 3
"""The end of a month: its last three days."""
_SHOWN = 20
# Who joined: the first receipt of a person in voluntary insurance, nobody having been in before it.
_JOINED = """
WITH joined AS (
    SELECT receipt.id, receipt.person_id, receipt.member_id, receipt.method, receipt.collected_on,
        person.household_id
    FROM registry_receipt receipt
    JOIN registry_person person ON person.id = receipt.person_id
    WHERE receipt.scheme = 'bhxh_tn' AND receipt.returned_on IS NULL
        AND receipt.collected_on BETWEEN %(first_on)s AND %(last_on)s
        AND (%(units)s::bigint[] IS NULL OR person.unit_today_id = ANY(%(units)s))
        AND NOT EXISTS (
            SELECT FROM registry_receipt earlier
            WHERE earlier.person_id = receipt.person_id AND earlier.scheme = 'bhxh_tn'
                AND (earlier.collected_on, earlier.id) < (receipt.collected_on, receipt.id)
        )
        AND NOT EXISTS (
            SELECT FROM registry_participation spell
            WHERE spell.person_id = receipt.person_id AND spell.scheme = 'bhxh_tn'
                AND spell.covered_from < receipt.covered_from
        )
)
"""
_STATEMENTS: Mapping[Sign, str] = MappingProxyType(
    {
        Sign.ONE_RECEIPT: """
SELECT receipt.member_id, max(receipt.collected_on), count(DISTINCT receipt.person_id),
    0, array_agg(DISTINCT receipt.person_id)
FROM registry_receipt receipt
JOIN registry_person person ON person.id = receipt.person_id
WHERE receipt.number <> '' AND receipt.returned_on IS NULL
    AND receipt.collected_on BETWEEN %(first_on)s AND %(last_on)s
    AND (%(units)s::bigint[] IS NULL OR person.unit_today_id = ANY(%(units)s))
GROUP BY receipt.organisation_id, receipt.book, receipt.number, receipt.member_id
HAVING count(DISTINCT coalesce('h' || person.household_id, 'p' || person.id)) >= %(receipt_households)s
""",
        Sign.ONE_NUMBER: _JOINED
        + """
SELECT joined.member_id, max(joined.collected_on), count(DISTINCT joined.person_id), 0,
    array_agg(DISTINCT joined.person_id)
FROM joined
JOIN registry_personphone phone ON phone.person_id = joined.person_id
GROUP BY joined.member_id, phone.number
HAVING count(DISTINCT coalesce('h' || joined.household_id, 'p' || joined.person_id)) >= %(number_households)s
""",
        Sign.SHORT_AT_END: _JOINED
        + """
SELECT member_id, max(collected_on) FILTER (WHERE is_short), count(*) FILTER (WHERE is_short), count(*),
    array_agg(person_id) FILTER (WHERE is_short)
FROM (
    SELECT *, method = '1' AND (date_trunc('month', collected_on) + interval '1 month')::date - collected_on
            <= %(last_days)s AS is_short,
        date_trunc('month', collected_on) AS month
    FROM joined
) joined
WHERE member_id IS NOT NULL
GROUP BY member_id, month
HAVING count(*) FILTER (WHERE is_short) >= %(short_people)s AND 2 * count(*) FILTER (WHERE is_short) >= count(*)
""",
        Sign.BEFORE_MIDNIGHT: """
SELECT contact.member_id, (contact.captured_at AT TIME ZONE %(zone)s)::date, count(*), 0,
    array_agg(DISTINCT contact.person_id) FILTER (WHERE contact.person_id IS NOT NULL)
FROM contacts_contact contact
LEFT JOIN contacts_task task ON task.id = contact.task_id
WHERE contact.undone_at IS NULL AND extract(hour FROM contact.captured_at AT TIME ZONE %(zone)s) = 23
    AND contact.captured_at >= (%(first_on)s::date::timestamp AT TIME ZONE %(zone)s)
    AND contact.captured_at < ((%(last_on)s::date + 1)::timestamp AT TIME ZONE %(zone)s)
    AND (%(units)s::bigint[] IS NULL OR task.unit_id = ANY(%(units)s))
GROUP BY contact.made_by_id, contact.member_id, 2
HAVING count(*) >= %(late_contacts)s
""",
    }
)
_NAMES = "SELECT id, full_name FROM accounts_member WHERE id = ANY(%(ids)s)"


def signals(actor: Actor, span: Span, limits: ApproachSettings) -> tuple[Signal, ...]:
    """The signs of the span on the actor's ground, the newest first, with the office's own limits. A query for
    each kind. Raises NotAllowed."""
    values = asked(actor, span) | {
        "receipt_households": limits.sign_receipt_households,
        "number_households": limits.sign_number_households,
        "short_people": limits.sign_short_people,
        "late_contacts": limits.sign_late_contacts,
        "last_days": LAST_DAYS,
    }
    found = [(sign, row) for sign, sql in _STATEMENTS.items() for row in rows(sql, values)]
    names = dict(rows(_NAMES, {"ids": [row[0] for _, row in found if row[0]]}))
    made = [
        Signal(
            sign, member, names.get(member, ""), on, count, whole, tuple((people or [])[:_SHOWN])
        )
        for sign, (member, on, count, whole, people) in found
    ]
    return tuple(sorted(made, key=lambda one: (one.on, one.count), reverse=True))
