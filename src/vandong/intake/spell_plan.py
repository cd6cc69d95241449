"""What a matched list says of participation: spells to begin, to prolong, to end. Nothing is written.

Periods of one person in one scheme that touch or overlap are one spell (`administration.spells`, for a whole
list). An event ends a spell: what follows it begins another. A row that would stretch a spell that an event
ended, or bridge two that are known, is not certain. Leaves `plan_spell` and adds such rows to `incoming_match`.
"""

from django.db import connection

from vandong.intake.person_plan import drop_tables

# What each row says; a card of which only the end is known was valid on the list's own day.
_SAID = """
CREATE TEMPORARY TABLE spell_said ON COMMIT DROP AS
SELECT staged.row, judged.who, staged.scheme,
    coalesce(staged.covered_from, staged.ended_on,
        least(%(as_of)s::date, staged.covered_until - 1)) AS covered_from,
    staged.covered_from IS NULL AS from_unknown,
    staged.covered_until, staged.ended_on, staged.end_reason, staged.method, staged.income_amount,
    staged.support_group, staged.channel, staged.unit_id, office.id AS organisation_id
FROM incoming staged
JOIN incoming_match judged USING (row)
LEFT JOIN (
    SELECT code, min(id) AS id FROM accounts_organisation WHERE code <> ''
    GROUP BY code HAVING count(*) = 1
) office ON office.code = staged.organisation_code AND staged.organisation_code <> ''
WHERE %(is_told)s AND staged.scheme <> '' AND judged.who IS NOT NULL
    AND (staged.covered_from IS NOT NULL OR staged.covered_until IS NOT NULL
        OR staged.ended_on IS NOT NULL)
"""
_KNOWN = """
CREATE TEMPORARY TABLE spell_known ON COMMIT DROP AS
SELECT known.* FROM registry_participation known
WHERE (known.person_id, known.scheme) IN (
    SELECT who, scheme FROM spell_said WHERE who > 0)
"""
# One row alone says it of somebody new: there is nothing to join it with.
_ALONE = """
CREATE TEMPORARY TABLE spell_alone ON COMMIT DROP AS
SELECT row FROM spell_said WHERE who < 0 AND NOT EXISTS (
    SELECT FROM incoming_key shared WHERE shared.row = spell_said.row)
"""
_TOLD_ALONE = """
INSERT INTO plan_spell
SELECT NULL, row, who, scheme, 1, covered_from, covered_from, covered_until, ended_on,
    CASE WHEN ended_on IS NULL THEN '' ELSE coalesce(nullif(end_reason, ''), 'stopped') END, method,
    income_amount, support_group, channel, unit_id, organisation_id, false
FROM spell_said JOIN spell_alone USING (row)
"""
# Known and told periods by their first day; an island ends where a gap is, or where an event ended it.
_ISLANDS = """
CREATE TEMPORARY TABLE spell_island ON COMMIT DROP AS
WITH both_kinds AS (
    SELECT NULL::bigint AS known_id, row, who, scheme, covered_from, from_unknown,
        covered_until, ended_on, end_reason, method, income_amount, support_group, channel, unit_id,
        organisation_id
    FROM spell_said
    WHERE row NOT IN (SELECT row FROM spell_alone)
    UNION ALL
    SELECT id, NULL, person_id, scheme, covered_from, false, covered_until, ended_on, end_reason,
        method, income_amount, support_group, channel, unit_id, organisation_id
    FROM spell_known
), ends AS (
    SELECT *, coalesce(least(covered_until, ended_on), 'infinity'::date) AS until,
        ended_on IS NOT NULL AS is_ended
    FROM both_kinds
), ordered AS (
    SELECT *, max(until) OVER before AS reached,
        max(until) FILTER (WHERE is_ended) OVER before AS ended_at
    FROM ends
    WINDOW before AS (PARTITION BY who, scheme
        ORDER BY covered_from, known_id NULLS LAST, row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT *, count(*) FILTER (WHERE reached IS NULL OR covered_from > reached
        OR (covered_from = reached AND ended_at = reached AND until > covered_from))
    OVER (PARTITION BY who, scheme ORDER BY covered_from, known_id NULLS LAST, row)
    AS island
FROM ordered
"""
_MERGED = """
CREATE TEMPORARY TABLE plan_spell ON COMMIT DROP AS
WITH summed AS (
    SELECT who, scheme, island,
        count(known_id) AS known_count, min(known_id) AS known_id,
        min(covered_from) AS least_from, min(covered_from) FILTER (WHERE known_id IS NOT NULL)
            AS known_from,
        CASE WHEN bool_or(covered_until IS NULL AND ended_on IS NULL) THEN NULL
            ELSE max(covered_until) END AS covered_until,
        max(covered_until) FILTER (WHERE known_id IS NOT NULL) AS known_until,
        bool_or(known_id IS NOT NULL AND covered_until IS NULL) AS known_open,
        max(ended_on) FILTER (WHERE known_id IS NOT NULL) AS known_ended_on,
        max(ended_on) FILTER (WHERE row IS NOT NULL) AS said_ended_on,
        max(until) FILTER (WHERE row IS NOT NULL) AS said_until,
        min(covered_from) FILTER (WHERE row IS NOT NULL AND NOT from_unknown) AS said_from,
        min(row) AS first_row
    FROM spell_island GROUP BY who, scheme, island
    HAVING count(row) > 0
), latest AS (
    SELECT DISTINCT ON (who, scheme, island) *
    FROM spell_island WHERE row IS NOT NULL
    ORDER BY who, scheme, island, until DESC, covered_from DESC, row DESC
)
SELECT summed.known_id, latest.row AS batch_row, summed.who, summed.scheme, summed.island,
    coalesce(summed.said_from, summed.known_from, summed.least_from) AS said_from,
    least(summed.said_from, summed.known_from, CASE WHEN summed.known_from IS NULL
        THEN summed.least_from END) AS covered_from,
    summed.covered_until,
    coalesce(summed.said_ended_on, summed.known_ended_on) AS ended_on,
    CASE WHEN summed.said_ended_on IS NOT NULL THEN coalesce(nullif(latest.end_reason, ''), 'stopped')
        WHEN summed.known_ended_on IS NOT NULL THEN known.end_reason ELSE '' END AS end_reason,
    coalesce(nullif(CASE WHEN newer THEN latest.method ELSE known.method END, ''), latest.method, '')
        AS method,
    CASE WHEN newer THEN coalesce(latest.income_amount, known.income_amount)
        ELSE coalesce(known.income_amount, latest.income_amount) END AS income_amount,
    coalesce(nullif(CASE WHEN newer THEN latest.support_group ELSE known.support_group END, ''),
        latest.support_group, '') AS support_group,
    coalesce(nullif(CASE WHEN newer THEN latest.channel ELSE known.channel END, ''), latest.channel, '')
        AS channel,
    CASE WHEN newer THEN coalesce(latest.unit_id, known.unit_id)
        ELSE coalesce(known.unit_id, latest.unit_id) END AS unit_id,
    CASE WHEN newer THEN coalesce(latest.organisation_id, known.organisation_id)
        ELSE coalesce(known.organisation_id, latest.organisation_id) END AS organisation_id,
    summed.known_count > 1
        OR (summed.known_ended_on IS NOT NULL AND summed.said_ended_on IS DISTINCT FROM
            summed.known_ended_on AND (summed.said_until > summed.known_ended_on)) AS is_doubtful
FROM summed
JOIN latest USING (who, scheme, island)
LEFT JOIN registry_participation known ON known.id = summed.known_id
CROSS JOIN LATERAL (SELECT known.id IS NULL OR summed.said_until
    >= coalesce(known.covered_until, 'infinity'::date) AS newer) judged
"""
_DOUBTFUL = """
UPDATE incoming_match judged SET certainty = 'ambiguous', reason = 'spell_overlaps'
FROM spell_island told
JOIN plan_spell plan ON plan.scheme = told.scheme AND plan.island = told.island
    AND plan.who = told.who AND plan.is_doubtful
WHERE told.row = judged.row AND NOT EXISTS (
    SELECT FROM spell_known known
    WHERE known.person_id = told.who AND known.scheme = told.scheme
        AND known.covered_from <= told.covered_from
        AND coalesce(least(known.covered_until, known.ended_on), 'infinity'::date) >= told.until)
"""
_SAME = """
DELETE FROM plan_spell plan USING registry_participation known
WHERE known.id = plan.known_id AND (plan.is_doubtful OR
    (known.covered_from, known.covered_until, known.ended_on, known.end_reason, known.method,
        known.income_amount, known.support_group, known.channel, known.organisation_id)
    IS NOT DISTINCT FROM (plan.covered_from, plan.covered_until, plan.ended_on, plan.end_reason,
        plan.method, plan.income_amount, plan.support_group, plan.channel, plan.organisation_id))
"""
TABLES = ("spell_said", "spell_alone", "spell_known", "spell_island", "plan_spell")


def plan_spells(as_of: str, *, is_told: bool = True) -> None:
    """Works out the spells of a staged and matched list that was true on `as_of` (ISO day); none, when the
    list does not tell spells."""
    drop_tables(TABLES)
    with connection.cursor() as cursor:
        cursor.execute(_SAID, {"as_of": as_of, "is_told": is_told})
        cursor.execute("ANALYZE spell_said")
        for sql in (
            _ALONE,
            _KNOWN,
            _ISLANDS,
            "ANALYZE spell_island",
            _MERGED,
            "ANALYZE plan_spell",
        ):
            cursor.execute(sql)
        cursor.execute(_DOUBTFUL)
        cursor.execute(_SAME)
        cursor.execute(_TOLD_ALONE)
        cursor.execute("ANALYZE plan_spell")
