"""From when until when each spell keeps its person in the stock: the spans behind `rules.participation`.

Who is counted on a day is settled by the latest spell begun by then. So a spell counts from its first day
until the next one begins, an event ends it, or the time in which paying again keeps the person in is over.
"""

from collections.abc import Sequence

from vandong.law import LawBook
from vandong.registry.queries.status import DUE_ON, WINDOWS, Relation, window_values
from vandong.rules.participation import HOUSEHOLD_CARD, VOLUNTARY

# Windows are looked up once for each method and end, not once for each of millions of spells.
_COUNTED = """
WITH {windows},
terms AS MATERIALIZED (
    SELECT spell.*, {due_on} AS due_on
    FROM (
        SELECT DISTINCT scheme, method, covered_until FROM registry_participation
        WHERE scheme = ANY(%s) AND covered_until IS NOT NULL
    ) spell
),
bounded AS (
    SELECT spell.id, spell.person_id, spell.scheme, spell.covered_from, spell.ended_on, spell.end_reason,
        spell.organisation_id, spell.channel,
        lead(spell.covered_from) OVER (
            PARTITION BY spell.person_id, spell.scheme ORDER BY spell.covered_from
        ) AS next_from,
        CASE WHEN spell.scheme = '{voluntary}' THEN greatest(spell.covered_until, terms.due_on + 1)
            ELSE spell.covered_until END AS paid_until
    FROM registry_participation spell
    LEFT JOIN terms ON terms.scheme = spell.scheme AND terms.method = spell.method
        AND terms.covered_until = spell.covered_until
    WHERE spell.scheme = ANY(%s)
)
SELECT id AS participation_id, person_id, scheme, covered_from,
    least(ended_on, next_from, paid_until) AS counted_until,
    CASE WHEN ended_on <= least(ended_on, next_from, paid_until) THEN end_reason ELSE '' END AS end_reason,
    organisation_id, channel
FROM bounded
WHERE least(ended_on, next_from, paid_until) IS DISTINCT FROM covered_from
"""


def counted_spans(book: LawBook, schemes: Sequence[str]) -> Relation:
    """One row for each spell that ever counts, whoever's; merged rows are left in.

    Columns: participation_id, person_id, scheme, covered_from, counted_until (the first day on which it no
    longer counts; empty: open), end_reason (of the event that ended it; empty: it ran out or another
    followed), organisation_id, channel.
    """
    names = {"voluntary": VOLUNTARY, "card": HOUSEHOLD_CARD}
    sql = _COUNTED.format(windows=WINDOWS, due_on=DUE_ON.format(**names), **names)
    wanted = list(schemes)
    return Relation(sql, (*window_values(book), wanted, wanted))
