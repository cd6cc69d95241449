"""Due → contacted → promised → paid: how those whose paid time ended in a span went on (domain.md F7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from vandong.accounts.models import Member
from vandong.accounts.queries.scope import Actor
from vandong.contacts.models import Aim, DeclineReason
from vandong.outreach.renewals.people import AIM_OF
from vandong.outreach.results.span import Span, asked, rows
from vandong.places.models import Unit

CONTACT_AHEAD_DAYS, LATE_DAYS = 60, 90
"""A contact counts from so many days before the end; a payment and a contact until so many after it. How
offices work (domain.md 2.C) and how long a card keeps its years, not the window of a payment."""

# An end is where a spell ends, ended once before it was prolonged, or where a receipt went on with it.
_FUNNEL = """
WITH ended AS (
    SELECT person_id, covered_until AS end_on FROM registry_participation
    WHERE scheme = %(scheme)s AND covered_until BETWEEN %(first_on)s AND %(last_on)s
        AND (ended_on IS NULL OR ended_on >= covered_until)
    UNION
    SELECT past.person_id, past.covered_until FROM registry_participationpast past
    JOIN registry_participation spell ON spell.id = past.id AND spell.covered_until > past.covered_until
    WHERE past.scheme = %(scheme)s AND past.covered_until BETWEEN %(first_on)s AND %(last_on)s
    UNION
    SELECT receipt.person_id, receipt.covered_from FROM registry_receipt receipt
    JOIN registry_participation spell ON spell.person_id = receipt.person_id
        AND spell.scheme = receipt.scheme AND spell.covered_from < receipt.covered_from
        AND spell.covered_until > receipt.covered_from
    WHERE receipt.scheme = %(scheme)s AND receipt.covered_from BETWEEN %(first_on)s AND %(last_on)s
        AND receipt.returned_on IS NULL
),
due AS (
    SELECT person.id AS person_id, person.unit_today_id, person.member_id, max(ended.end_on) AS end_on
    FROM ended JOIN registry_person person ON person.id = ended.person_id AND person.merged_into_id IS NULL
    WHERE %(units)s::bigint[] IS NULL OR person.unit_today_id = ANY(%(units)s)
    GROUP BY person.id
),
standing AS (
    SELECT due.*,
        EXISTS (
            SELECT FROM registry_participation spell
            WHERE spell.person_id = due.person_id AND spell.scheme = %(scheme)s
                AND spell.covered_from <= due.end_on + %(late)s
                AND (spell.covered_until IS NULL OR spell.covered_until > due.end_on)
        ) AS is_paid,
        spoken.is_contacted, spoken.is_promised, spoken.reason
    FROM due
    LEFT JOIN LATERAL (
        SELECT true AS is_contacted, bool_or(outcome = 'agreed_renew') AS is_promised,
            (array_agg(reason ORDER BY received_at DESC) FILTER (WHERE outcome = 'declined'))[1] AS reason
        FROM contacts_contact contact
        WHERE contact.person_id = due.person_id AND contact.undone_at IS NULL AND contact.aim = %(aim)s
            AND (contact.received_at AT TIME ZONE %(zone)s)::date
                BETWEEN due.end_on - %(ahead)s AND due.end_on + %(late)s
        HAVING count(*) > 0
    ) spoken ON true
)
SELECT {key}, count(*), count(*) FILTER (WHERE is_contacted), count(*) FILTER (WHERE is_promised),
    count(*) FILTER (WHERE is_paid), count(*) FILTER (WHERE is_paid AND is_contacted),
    count(*) FILTER (WHERE NOT is_paid AND NOT coalesce(is_promised, false))
FROM standing GROUP BY 1 ORDER BY 2 DESC
"""
_KEYS = {
    "unit": "unit_today_id",
    "member": "member_id",
    "reason": "CASE WHEN NOT is_paid THEN reason END",
}


@dataclass(frozen=True, slots=True)
class Stages:
    """People whose paid time ended. `contacted`: approached about it. `promised`: said they would pay on.
    `paid`: covered beyond the end; `paid_contacted`: of those contacted. `lapsing`: neither paid nor promised.
    """

    due: int = 0
    contacted: int = 0
    promised: int = 0
    paid: int = 0
    paid_contacted: int = 0
    lapsing: int = 0

    @property
    def rate(self) -> Fraction | None:
        """Renewals on those due (F7)."""
        return Fraction(self.paid, self.due) if self.due else None

    @property
    def contacted_rate(self) -> Fraction | None:
        """Renewals of those contacted, on those contacted."""
        return Fraction(self.paid_contacted, self.contacted) if self.contacted else None

    def __add__(self, other: "Stages") -> "Stages":
        return Stages(
            self.due + other.due,
            self.contacted + other.contacted,
            self.promised + other.promised,
            self.paid + other.paid,
            self.paid_contacted + other.paid_contacted,
            self.lapsing + other.lapsing,
        )


@dataclass(frozen=True, slots=True)
class Funnel:
    """All, and by commune and collector under their names (empty: not known). `reasons`: why people who have
    not paid on said no, the latest word of each, the most frequent first."""

    total: Stages
    units: tuple[tuple[str, Stages], ...]
    members: tuple[tuple[str, Stages], ...]
    reasons: tuple[tuple[str, int], ...]


def renewal_funnel(actor: Actor, span: Span, scheme: str) -> Funnel:
    """How those whose paid time ended in the span went on, by what is known now. Five queries.

    Raises NotAllowed; KeyError for a scheme without drives.
    """
    values = asked(actor, span) | {
        "scheme": scheme,
        "aim": Aim(AIM_OF[scheme]).value,
        "ahead": CONTACT_AHEAD_DAYS,
        "late": LATE_DAYS,
        "first_on": span.first_on + timedelta(days=1),
        "last_on": span.last_on + timedelta(days=1),
    }
    parts = {name: _counted(key, values) for name, key in _KEYS.items()}
    reasons = [(key, stages.due) for key, stages in parts["reason"].items() if key]
    return Funnel(
        sum(parts["unit"].values(), Stages()),
        _named(
            parts["unit"],
            dict(Unit.objects.filter(pk__in=_ids(parts["unit"])).values_list("pk", "name")),
        ),
        _named(
            parts["member"],
            dict(
                Member.objects.filter(pk__in=_ids(parts["member"])).values_list("pk", "full_name")
            ),
        ),
        tuple((DeclineReason(str(key)).value, count) for key, count in reasons),
    )


def _counted(key: str, values: Mapping[str, object]) -> dict[object, Stages]:
    return {found[0]: Stages(*found[1:]) for found in rows(_FUNNEL.format(key=key), values)}


def _ids(parts: Mapping[object, Stages]) -> list[int]:
    return [key for key in parts if isinstance(key, int)]


def _named(
    parts: Mapping[object, Stages], names: Mapping[int, str]
) -> tuple[tuple[str, Stages], ...]:
    return tuple(
        (names.get(key, "") if isinstance(key, int) else "", stages)
        for key, stages in parts.items()
    )
