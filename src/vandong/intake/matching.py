"""Who is meant by each row of a staged list: by numbers first, then by what else names one person only, then by
likeness (`linking`).

Leaves a temporary table `incoming_match`: row, person_id (whom it is, whom it may be, or nobody), certainty
(`same`, `new`, `ambiguous`), reason, and `who`: the person's id, or below nought for somebody new, the same for
all rows of one new person (`incoming_key`, see `staging`); empty where nobody knows.
"""

from dataclasses import dataclass

from django.db import connection

from vandong.intake.linkage import Thresholds
from vandong.intake.linking import link_rows

# Numbers of merged rows still lead to the person kept.
_HITS = """
CREATE TEMPORARY TABLE incoming_hit ON COMMIT DROP AS
SELECT row, person_id, min(via) AS via FROM ({parts}) hits GROUP BY row, person_id
"""
_HIT = """
SELECT staged.row, coalesce(person.merged_into_id, person.id) AS person_id, '{column}' AS via
FROM incoming staged JOIN registry_person person ON person.{column} = staged.{column}
WHERE staged.{column} <> '' AND person.{column} <> '' AND {living}{more}
"""
_LIVING = ("person.merged_into_id IS NULL", "person.merged_into_id IS NOT NULL")

# A number, and a given name with a birth that cannot be one person's: somebody has mistyped.
_JUDGED = """
CREATE TEMPORARY TABLE incoming_judged ON COMMIT DROP AS
WITH counted AS (
    SELECT row, min(person_id) AS person_id, count(*) AS people, min(via) AS via
    FROM incoming_hit GROUP BY row
)
SELECT staged.row, counted.person_id,
    CASE
        WHEN counted.people IS NULL THEN ''
        WHEN counted.people > 1 THEN 'two_people'
        WHEN split_part(person.name_back, ' ', 1) <> split_part(staged.name_back, ' ', 1)
            AND staged.full_name <> ''
            AND (extract(year FROM person.birth_on) <> extract(year FROM staged.birth_on)
                OR person.birth_on IS NULL OR staged.birth_on IS NULL
                OR person.name_fold <> staged.name_fold AND person.sex <> staged.sex
                    AND person.sex <> '' AND staged.sex <> '')
            THEN 'other_name'
        WHEN counted.via <> 'personal_id' AND length(person.personal_id) = 12
            AND length(staged.personal_id) = 12 AND person.personal_id <> staged.personal_id
            THEN 'other_number'
        WHEN counted.via = 'personal_id' AND person.si_number <> '' AND staged.si_number <> ''
            AND person.si_number <> staged.si_number THEN 'other_number'
        ELSE ''
    END AS reason
FROM incoming staged
LEFT JOIN counted ON counted.row = staged.row
LEFT JOIN registry_person person ON person.id = counted.person_id
"""
# Nobody has the row's numbers: people of the same commune whose name and birth do not speak against it.
_NAMESAKES = """
CREATE TEMPORARY TABLE incoming_namesake ON COMMIT DROP AS
SELECT staged.row, person.id AS person_id,
    person.name_key = staged.name_key AND (
        (person.birth_on = staged.birth_on AND person.birth_precision = 'day'
            AND staged.birth_precision = 'day')
        OR (staged.household_code <> '' AND household.code = staged.household_code
            AND extract(year FROM person.birth_on) = extract(year FROM staged.birth_on))
        OR (staged.phone <> '' AND EXISTS (SELECT FROM registry_personphone phone
            WHERE phone.person_id = person.id AND phone.number = staged.phone)
            AND (person.birth_on IS NULL OR staged.birth_on IS NULL
                OR extract(year FROM person.birth_on) = extract(year FROM staged.birth_on)))
    ) AS is_certain
FROM incoming staged
JOIN incoming_judged judged ON judged.row = staged.row AND judged.person_id IS NULL
JOIN registry_person person ON person.unit_today_id = staged.unit_today_id
    AND person.name_back = staged.name_back AND person.merged_into_id IS NULL
LEFT JOIN registry_household household ON household.id = person.household_id
WHERE staged.full_name <> ''
    AND (person.birth_on IS NULL OR staged.birth_on IS NULL
        OR extract(year FROM person.birth_on) = extract(year FROM staged.birth_on))
    AND (person.sex = '' OR staged.sex = '' OR person.sex = staged.sex)
    AND (length(person.personal_id) < 12 OR length(staged.personal_id) < 12
        OR person.personal_id = staged.personal_id)
    AND (person.si_number = '' OR staged.si_number = '' OR person.si_number = staged.si_number)
"""
_BY_NAME = """
WITH counted AS (
    SELECT row, count(*) AS people, count(*) FILTER (WHERE is_certain) AS certain,
        min(person_id) AS anybody, min(person_id) FILTER (WHERE is_certain) AS sure
    FROM incoming_namesake GROUP BY row
)
UPDATE incoming_judged judged
SET person_id = coalesce(sure, anybody),
    reason = CASE WHEN certain = 1 THEN '' WHEN certain > 1 THEN 'two_people' ELSE 'namesake' END
FROM counted, incoming staged
WHERE counted.row = judged.row AND staged.row = judged.row
    AND (certain > 0 OR (staged.personal_id = '' AND staged.si_number = ''))
"""
# A row whose own numbers nobody has belongs to whom another row of the file with its numbers leads.
_MATCHED = """
CREATE TEMPORARY TABLE incoming_match ON COMMIT DROP AS
WITH keyed AS (
    SELECT judged.row, judged.person_id, judged.reason, key.person_key
    FROM incoming_judged judged LEFT JOIN incoming_key key USING (row)
), known AS (
    SELECT person_key, min(person_id) AS person_id FROM keyed
    WHERE reason = '' AND person_id IS NOT NULL AND person_key IS NOT NULL
    GROUP BY person_key HAVING min(person_id) = max(person_id)
), settled AS (
    SELECT keyed.row, keyed.reason, keyed.person_key,
        CASE WHEN keyed.reason = '' THEN coalesce(keyed.person_id, known.person_id)
            ELSE keyed.person_id END AS person_id
    FROM keyed LEFT JOIN known USING (person_key)
)
SELECT row, person_id, reason,
    CASE WHEN reason <> '' THEN 'ambiguous' WHEN person_id IS NULL THEN 'new' ELSE 'same' END AS certainty,
    CASE WHEN reason <> '' THEN NULL ELSE coalesce(person_id, -person_key, -row) END AS who
FROM settled
"""
# Rows that together would give one number to two people, or one person two numbers, are for a person's eye.
_CLASHES = """
WITH several AS (
    SELECT row FROM incoming_key
    UNION
    SELECT row FROM incoming_match WHERE who IN (
        SELECT who FROM incoming_match WHERE who > 0 GROUP BY who HAVING count(*) > 1)
), told AS (
    SELECT row, who, personal_id, si_number
    FROM several JOIN incoming USING (row) JOIN incoming_match USING (row)
    WHERE who IS NOT NULL
), by_personal_id AS (
    SELECT personal_id FROM told WHERE personal_id <> ''
    GROUP BY personal_id HAVING min(who) <> max(who)
), by_si_number AS (
    SELECT si_number FROM told WHERE si_number <> '' GROUP BY si_number HAVING min(who) <> max(who)
), by_person AS (
    SELECT who FROM told GROUP BY who
    HAVING min(personal_id) FILTER (WHERE length(personal_id) = 12)
            <> max(personal_id) FILTER (WHERE length(personal_id) = 12)
        OR min(si_number) FILTER (WHERE si_number <> '') <> max(si_number) FILTER (WHERE si_number <> '')
)
UPDATE incoming_match judged SET certainty = 'ambiguous', reason = 'other_number', who = NULL
FROM told WHERE told.row = judged.row AND (
    told.personal_id IN (SELECT personal_id FROM by_personal_id)
    OR told.si_number IN (SELECT si_number FROM by_si_number)
    OR told.who IN (SELECT who FROM by_person))
"""
# What somebody has said of the very same row before stands.
_DECIDED = """
UPDATE incoming_match judged SET certainty = 'same', reason = '', who = said.person_id,
    person_id = said.person_id
FROM (
    SELECT DISTINCT ON (staged.row) staged.row, coalesce(person.merged_into_id, person.id) AS person_id
    FROM incoming staged JOIN incoming_match USING (row)
    JOIN registry_pendingrow earlier ON earlier.fields = jsonb_strip_nulls(to_jsonb(staged) - 'row')
        AND earlier.state IN ('same', 'different')
    JOIN registry_person person ON person.id = earlier.person_id
    WHERE incoming_match.certainty = 'ambiguous'
        OR staged.row IN (SELECT row FROM incoming_link WHERE zone = 'same')
    ORDER BY staged.row, earlier.decided_at DESC
) said
WHERE said.row = judged.row
"""
# A row that waits for a person's word is nobody new meanwhile, whoever else is known by now.
_WAITING = """
WITH waiting AS MATERIALIZED (
    SELECT fields ->> 'full_name' AS full_name, fields, reason FROM registry_pendingrow
    WHERE state = 'waiting'
), likely AS MATERIALIZED (
    SELECT staged.row, jsonb_strip_nulls(to_jsonb(staged) - 'row') AS fields
    FROM incoming staged JOIN incoming_match judged USING (row)
    WHERE judged.certainty = 'new' AND staged.full_name IN (SELECT full_name FROM waiting)
)
UPDATE incoming_match judged SET certainty = 'ambiguous', reason = waiting.reason, who = NULL
FROM likely JOIN waiting USING (fields)
WHERE likely.row = judged.row
"""


@dataclass(frozen=True, slots=True)
class MatchCounts:
    """Rows by certainty."""

    same: int
    new: int
    ambiguous: int


def match_people(thresholds: Thresholds | None = None) -> MatchCounts:
    """Finds the person of every staged row; see the module. Reads the register as it stands now.
    `thresholds`: of the likeness of rows without numbers, when not the usual ones."""
    for table in ("hit", "judged", "namesake", "match"):
        _run(f"DROP TABLE IF EXISTS pg_temp.incoming_{table}")
    _run(_HITS.format(parts=" UNION ALL ".join(_hits())))
    _run("ANALYZE incoming_hit")
    _run(_JUDGED)
    _run("ANALYZE incoming_judged")
    _run(_NAMESAKES)
    _run("ANALYZE incoming_namesake")
    _run(_BY_NAME)
    link_rows(thresholds)
    _run(_MATCHED)
    _run(_CLASHES)
    _run(_DECIDED)
    _run(_WAITING)
    _run("CREATE INDEX ON incoming_match (row)")
    _run("ANALYZE incoming_match")
    return _counts()


def _hits() -> list[str]:
    parts = []
    for living in _LIVING:
        parts.append(_HIT.format(column="personal_id", living=living, more=""))
        parts.append(_HIT.format(column="si_number", living=living, more=""))
    # The index of cards knows those of people without an SI number: the others are found by that.
    parts.append(
        _HIT.format(column="card_number", living="true", more=" AND person.si_number = ''")
    )
    return parts


def _counts() -> MatchCounts:
    with connection.cursor() as cursor:
        cursor.execute("SELECT certainty, count(*) FROM incoming_match GROUP BY certainty")
        found = dict(cursor.fetchall())
    return MatchCounts(found.get("same", 0), found.get("new", 0), found.get("ambiguous", 0))


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
