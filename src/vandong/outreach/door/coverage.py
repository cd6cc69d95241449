"""“Đi từng ngõ, vào từng nhà”: which households were reviewed at the door (domain.md S0.17)."""

from dataclasses import dataclass
from fractions import Fraction

from vandong.accounts.queries.scope import Actor
from vandong.outreach.results.span import Span, asked, rows

_MISSED = "('not_reached', 'wrong_number')"
_COVERED = f"""
WITH home AS (
    SELECT household_id, min(unit_today_id) AS unit_id, min(cluster_id) AS cluster_id
    FROM registry_person
    WHERE merged_into_id IS NULL AND household_id IS NOT NULL
        AND (%(units)s::bigint[] IS NULL OR unit_today_id = ANY(%(units)s))
    GROUP BY household_id
),
visit AS (
    SELECT person.household_id, bool_or(contact.outcome IN ('agreed_join', 'agreed_renew')) AS agreed,
        bool_or(contact.outcome NOT IN {_MISSED}) AS met
    FROM contacts_contact contact
    JOIN registry_person person ON person.id = contact.person_id
    WHERE contact.way = 'door' AND contact.undone_at IS NULL
        AND contact.received_at >= (%(first_on)s::date::timestamp AT TIME ZONE %(zone)s)
        AND contact.received_at < ((%(last_on)s::date + 1)::timestamp AT TIME ZONE %(zone)s)
    GROUP BY person.household_id
)
SELECT unit.id, unit.name, cluster.id, cluster.name, count(*), count(visit.household_id),
    count(*) FILTER (WHERE visit.agreed), count(*) FILTER (WHERE visit.met AND NOT visit.agreed),
    count(*) FILTER (WHERE NOT visit.met)
FROM home
LEFT JOIN visit USING (household_id)
LEFT JOIN places_unit unit ON unit.id = home.unit_id
LEFT JOIN places_unit cluster ON cluster.id = home.cluster_id AND %(by_cluster)s
GROUP BY unit.id, unit.name, unit.sort_key, cluster.id, cluster.name
ORDER BY unit.sort_key, unit.id, cluster.name
"""


@dataclass(frozen=True, slots=True)
class Covered:
    """Households of a place. `reviewed`: somebody stood at the door. Of these: `agreed` (one person at least),
    `not_yet` (spoken to, nobody agreed), `absent` (nobody met)."""

    unit_id: int | None
    unit: str
    cluster: str
    households: int
    reviewed: int
    agreed: int
    not_yet: int
    absent: int

    @property
    def share(self) -> Fraction | None:
        """Reviewed of all."""
        return Fraction(self.reviewed, self.households) if self.households else None


def canvass_coverage(actor: Actor, span: Span) -> tuple[Covered, ...]:
    """The communes of the ground, or (a commune chosen) its clusters. One query. Raises NotAllowed."""
    by_cluster = span.unit is not None and span.unit.kind in {"commune", "cluster"}
    found = rows(_COVERED, asked(actor, span) | {"by_cluster": by_cluster})
    return tuple(
        Covered(unit_id, unit or "", cluster or "", *numbers)
        for unit_id, unit, _, cluster, *numbers in found
    )


def all_covered(parts: tuple[Covered, ...]) -> Covered:
    """All parts together."""
    names = ("households", "reviewed", "agreed", "not_yet", "absent")
    sums = {name: sum(getattr(one, name) for one in parts) for name in names}
    return Covered(None, "", "", **sums)
