"""What a matched list would make of people and households: rows to add, rows to change. Nothing is written.

Leaves temporary tables: `plan_household` (key, id, is_new …), `plan_person` (the people to add or change, whole
rows), `plan_phone`. Known values are never blanked out nor made less precise.
"""

from django.db import connection

# One row of the list speaks for a person: the first that has most to say of who it is.
_SPEAKERS = """
CREATE TEMPORARY TABLE plan_speaker ON COMMIT DROP AS
SELECT DISTINCT ON (judged.who) judged.row, judged.who,
    CASE WHEN household_code <> '' THEN 'c' || household_code
        WHEN household_ref <> '' THEN 'r' || household_ref END AS key
FROM incoming_match judged JOIN incoming staged USING (row)
WHERE judged.who IS NOT NULL AND staged.full_name <> ''
ORDER BY judged.who, (staged.personal_id <> '')::int + (staged.si_number <> '')::int DESC, staged.row
"""
# A household is known by its code, else by where most of its people live: a list with codes names one that had
# none. Its commune is that of its first row.
_LIVED = """
CREATE TEMPORARY TABLE plan_lived ON COMMIT DROP AS
WITH counted AS (
    SELECT speaker.key, person.household_id, count(*) AS people
    FROM plan_speaker speaker
    JOIN registry_person person ON person.id = speaker.who
    JOIN registry_household household ON household.id = person.household_id
    WHERE speaker.key LIKE 'r%' OR (speaker.key LIKE 'c%' AND household.code = '')
    GROUP BY speaker.key, person.household_id
), fullest AS (
    SELECT DISTINCT ON (key) * FROM counted ORDER BY key, people DESC, household_id
)
SELECT DISTINCT ON (household_id) key, household_id FROM fullest ORDER BY household_id, people DESC, key
"""
_HOUSEHOLDS = """
CREATE TEMPORARY TABLE plan_household ON COMMIT DROP AS
WITH named AS (
    SELECT DISTINCT ON (speaker.key) speaker.key, household_code AS code, address, unit_id, unit_today_id,
        row
    FROM plan_speaker speaker JOIN incoming staged USING (row)
    WHERE speaker.key IS NOT NULL
    ORDER BY speaker.key, relation <> 'head', row
)
SELECT named.*, coalesce(known.id, lived.household_id) AS known_id,
    coalesce(known.id, lived.household_id, nextval(pg_get_serial_sequence('registry_household', 'id'))) AS id,
    named.code <> '' AND known.id IS NULL AND lived.household_id IS NOT NULL AS gets_code
FROM named
LEFT JOIN (SELECT id, code FROM registry_household WHERE code <> '') known ON known.code = named.code
LEFT JOIN plan_lived lived ON lived.key = named.key AND known.id IS NULL
"""
# Who stays head: not those whom the list calls otherwise or finds elsewhere.
_HEADS = """
CREATE TEMPORARY TABLE plan_head ON COMMIT DROP AS
SELECT person.household_id, person.id AS person_id
FROM registry_person person JOIN plan_household household ON household.known_id = person.household_id
LEFT JOIN plan_speaker speaker ON speaker.who = person.id
    AND (speaker.key = household.key OR speaker.key LIKE 'c%')
LEFT JOIN incoming staged ON staged.row = speaker.row
WHERE person.relation = 'head' AND person.merged_into_id IS NULL
    AND (speaker.key IS NULL OR (speaker.key = household.key AND staged.relation IN ('head', '')))
"""
# A file's own key moves nobody out of a household that is known. One head a household: who is known as such,
# else the first who says so.
_HOUSEHOLD_OF = """
CREATE TEMPORARY TABLE plan_member ON COMMIT DROP AS
SELECT speaker.row, household.key, household.id AS household_id,
    staged.relation = 'head' AND coalesce(head.person_id = speaker.who,
        row_number() OVER (PARTITION BY coalesce(household.id::text, household.key)
            ORDER BY staged.relation <> 'head', staged.row) = 1)
        AS may_head
FROM plan_speaker speaker
JOIN incoming staged USING (row)
JOIN plan_household household USING (key)
LEFT JOIN plan_head head ON head.household_id = household.known_id
LEFT JOIN registry_person person ON person.id = speaker.who
WHERE household.code <> '' OR person.household_id IS NULL OR person.household_id = household.id
"""
# The numbers of all rows of one new person together. Numbers of rows to come are drawn here: a plan that is not
# carried out leaves a gap in them, no more.
_NEW = """
CREATE TEMPORARY TABLE plan_person ON COMMIT DROP AS
WITH numbers AS (
    SELECT who, (array_agg(personal_id ORDER BY length(personal_id) DESC, row))[1] AS personal_id,
        max(si_number) AS si_number, max(card_number) AS card_number
    FROM incoming_key JOIN incoming_match judged USING (row) JOIN incoming staged USING (row)
    WHERE judged.who < 0 GROUP BY who
)
SELECT nextval(pg_get_serial_sequence('registry_person', 'id')) AS id, speaker.who,
    staged.row AS batch_row, true AS is_new,
    coalesce(numbers.personal_id, staged.personal_id) AS personal_id,
    coalesce(numbers.si_number, staged.si_number) AS si_number,
    coalesce(numbers.card_number, staged.card_number) AS card_number, staged.full_name, staged.name_key,
    staged.name_fold, staged.name_back, staged.sort_key, staged.birth_on, staged.birth_precision,
    staged.sex, staged.ethnicity, staged.occupation, staged.address, staged.unit_id,
    staged.unit_today_id, member.key AS household_key, member.household_id,
    CASE WHEN member.key IS NULL OR (staged.relation = 'head' AND NOT member.may_head) THEN ''
        ELSE staged.relation END AS relation,
    CASE WHEN member.key IS NOT NULL THEN staged.household_order END AS household_order,
    worker.id AS member_id, CASE WHEN staged.end_reason = 'deceased' THEN staged.ended_on END AS deceased_on
FROM plan_speaker speaker
JOIN incoming staged USING (row)
LEFT JOIN numbers USING (who)
LEFT JOIN plan_member member USING (row)
LEFT JOIN plan_worker worker ON worker.code = staged.member_code
WHERE speaker.who < 0
"""
_WORKERS = """
CREATE TEMPORARY TABLE plan_worker ON COMMIT DROP AS
SELECT staff_code AS code, min(id) AS id FROM accounts_member
WHERE staff_code IN (SELECT DISTINCT member_code FROM incoming WHERE member_code <> '')
GROUP BY staff_code HAVING count(*) = 1
"""
_TOLD = """
told AS (
    SELECT person.id, staged.row AS batch_row,
        CASE WHEN staged.personal_id <> '' AND length(staged.personal_id) > length(person.personal_id)
            THEN staged.personal_id ELSE person.personal_id END AS personal_id,
        CASE WHEN person.si_number = '' THEN staged.si_number ELSE person.si_number END AS si_number,
        CASE WHEN right(person.card_number, length(staged.card_number)) = staged.card_number
            THEN person.card_number ELSE staged.card_number END AS card_number,
        better_name, staged.full_name AS said_name, staged.name_key AS said_key,
        staged.sort_key AS said_sort,
        CASE WHEN better_birth THEN staged.birth_on ELSE person.birth_on END AS birth_on,
        CASE WHEN better_birth THEN staged.birth_precision ELSE person.birth_precision END
            AS birth_precision,
        coalesce(nullif(person.sex, ''), staged.sex) AS sex,
        coalesce(nullif(person.ethnicity, ''), staged.ethnicity) AS ethnicity,
        coalesce(nullif(person.occupation, ''), staged.occupation) AS occupation,
        CASE WHEN staged.address <> '' AND (person.address = '' OR moved) THEN staged.address
            ELSE person.address END AS address,
        CASE WHEN moved THEN staged.unit_id ELSE person.unit_id END AS unit_id,
        CASE WHEN moved THEN staged.unit_today_id ELSE person.unit_today_id END AS unit_today_id,
        member.key AS household_key,
        CASE WHEN member.key IS NULL THEN person.household_id ELSE member.household_id END
            AS household_id,
        CASE WHEN member.key IS NULL THEN person.relation
            WHEN staged.relation = 'head' AND NOT member.may_head THEN ''
            WHEN staged.relation <> '' THEN staged.relation
            WHEN person.household_id = member.household_id THEN person.relation
            ELSE '' END AS relation,
        CASE WHEN member.key IS NULL OR staged.household_order IS NULL THEN person.household_order
            ELSE staged.household_order END AS household_order,
        coalesce(person.member_id, worker.id) AS member_id,
        coalesce(person.deceased_on,
            CASE WHEN staged.end_reason = 'deceased' THEN staged.ended_on END) AS deceased_on
    FROM plan_speaker speaker
    JOIN incoming staged USING (row)
    JOIN registry_person person ON person.id = speaker.who
    LEFT JOIN plan_member member USING (row)
    LEFT JOIN plan_worker worker ON worker.code = staged.member_code
    CROSS JOIN LATERAL (SELECT
        staged.name_fold = person.name_fold AND person.full_name <> staged.full_name
            AND lower(person.full_name) = person.name_fold AS better_name,
        staged.birth_on IS NOT NULL AND (person.birth_on IS NULL OR (person.birth_precision = 'year'
            AND staged.birth_precision = 'day'
            AND extract(year FROM person.birth_on) = extract(year FROM staged.birth_on)))
            AS better_birth,
        staged.unit_today_id IS NOT NULL
            AND staged.unit_today_id IS DISTINCT FROM person.unit_today_id AS moved
    ) judged
)
"""
_CHANGED = """
INSERT INTO plan_person
WITH {told}
SELECT told.id, told.id, told.batch_row, false,
    told.personal_id, told.si_number, told.card_number,
    CASE WHEN better_name THEN said_name ELSE person.full_name END,
    CASE WHEN better_name THEN said_key ELSE person.name_key END,
    person.name_fold, person.name_back,
    CASE WHEN better_name THEN said_sort ELSE person.sort_key END,
    told.birth_on, told.birth_precision, told.sex, told.ethnicity, told.occupation, told.address,
    told.unit_id, told.unit_today_id, told.household_key, told.household_id, told.relation,
    told.household_order, told.member_id, told.deceased_on
FROM told JOIN registry_person person ON person.id = told.id
WHERE better_name
    OR (told.personal_id, told.si_number, told.card_number, told.birth_precision, told.sex,
        told.ethnicity, told.occupation, told.address, told.relation)
        IS DISTINCT FROM (person.personal_id, person.si_number, person.card_number,
        person.birth_precision, person.sex, person.ethnicity, person.occupation, person.address,
        person.relation)
    OR (told.birth_on, told.unit_today_id, told.household_id, told.household_order, told.member_id,
        told.deceased_on)
        IS DISTINCT FROM (person.birth_on, person.unit_today_id, person.household_id,
        person.household_order, person.member_id, person.deceased_on)
"""
_PHONES = """
CREATE TEMPORARY TABLE plan_phone ON COMMIT DROP AS
SELECT DISTINCT ON (judged.who, staged.phone) judged.who, staged.phone AS number, staged.row AS batch_row
FROM incoming staged JOIN incoming_match judged USING (row)
WHERE staged.phone <> '' AND judged.who IS NOT NULL
    AND NOT EXISTS (SELECT FROM registry_personphone known
        WHERE known.person_id = judged.who AND known.number = staged.phone)
ORDER BY judged.who, staged.phone, staged.row
"""
TABLES = (
    *("plan_speaker", "plan_lived", "plan_household", "plan_head", "plan_member", "plan_worker"),
    *("plan_person", "plan_phone"),
)


def plan_people() -> None:
    """Works out what changes of people, households and telephones; needs `match_people` before."""
    drop_tables(TABLES)
    for sql, table in (
        (_SPEAKERS, "plan_speaker"),
        (_LIVED, "plan_lived"),
        (_HOUSEHOLDS, "plan_household"),
        (_HEADS, "plan_head"),
        (_HOUSEHOLD_OF, "plan_member"),
        (_WORKERS, "plan_worker"),
    ):
        _run(sql)
        _run(f"ANALYZE {table}")
    _run(_NEW)
    _run(_CHANGED.format(told=_TOLD))
    _run("ANALYZE plan_person")
    _run(_PHONES)


def drop_tables(names: tuple[str, ...]) -> None:
    """Takes plans of an earlier look away."""
    _run(f"DROP TABLE IF EXISTS {', '.join(f'pg_temp.{name}' for name in names)}")


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
