"""Rows of a staged list that no number and no plain name settled, linked to the people of the register.

Leaves a temporary table `incoming_link`: row, zone, person_id, probability, rank, reasons; see
`linkage.LINKED`. Rows of zone `same` have their person from here on, those of `review` wait for a person's eye.
"""

from collections.abc import Iterator
from io import BytesIO

import polars as pl
from django.db import connection

from vandong.intake.linkage import TOLD, Thresholds, gathered, linked

PART = 250_000
"""Ids of people that are read at a time."""

_TABLE = """
CREATE TEMPORARY TABLE incoming_link (row bigint, person_id bigint, zone text, probability float8,
    rank smallint, reasons jsonb) ON COMMIT DROP
"""
# Who has a usable number that nobody here has is somebody new, whatever the name. A former commune that was
# divided is each of the communes that took a part of it.
_OPEN_ROWS = """
SELECT staged.row AS key, staged.full_name, staged.birth_on, staged.birth_precision, staged.sex,
    coalesce(staged.unit_today_id, heir.successor_id) AS unit_id, staged.address, staged.phone,
    0 AS phone_shared, '' AS house_phone
FROM incoming staged JOIN incoming_judged judged USING (row)
LEFT JOIN places_succession heir
    ON heir.predecessor_id = staged.unit_id AND staged.unit_today_id IS NULL
WHERE (judged.person_id IS NULL OR judged.reason IN ('namesake', 'two_people'))
    AND staged.full_name <> '' AND staged.si_number = '' AND length(staged.personal_id) < 12
    AND NOT EXISTS (SELECT FROM incoming_hit hit WHERE hit.row = staged.row)
ORDER BY staged.row
"""
_PEOPLE = """
SELECT person.id AS key, person.full_name, person.birth_on, person.birth_precision, person.sex,
    person.unit_today_id AS unit_id, coalesce(cluster.name, person.address) AS address
FROM registry_person person LEFT JOIN places_unit cluster ON cluster.id = person.cluster_id
WHERE person.merged_into_id IS NULL AND person.id >= {first} AND person.id < {end}
"""
# Numbers that are known to reach somebody else tell nothing.
_BEARERS = """
CREATE TEMPORARY TABLE incoming_bearer ON COMMIT DROP AS
SELECT phone.person_id, phone.number, person.household_id,
    count(*) OVER (PARTITION BY phone.number) > 1 AS is_shared
FROM registry_personphone phone
JOIN registry_person person ON person.id = phone.person_id AND person.merged_into_id IS NULL
WHERE phone.contactability <> 'wrong' AND phone.number IN (SELECT phone FROM incoming WHERE phone <> '')
"""
_OWN_PHONES = """
SELECT person_id AS key, min(number) AS phone, bool_or(is_shared)::int AS phone_shared
FROM incoming_bearer GROUP BY person_id
"""
_HOUSE_PHONES = """
SELECT person.id AS key, min(bearer.number) AS house_phone
FROM incoming_bearer bearer JOIN registry_person person ON person.household_id = bearer.household_id
    AND person.id <> bearer.person_id
GROUP BY person.id
"""
# Whom another row of the list means by number or plain name is not given to a row of another name and birth.
_TAKEN = """
UPDATE incoming_link link SET zone = 'review'
FROM incoming staged
WHERE link.zone = 'same' AND staged.row = link.row AND EXISTS (
    SELECT FROM incoming_judged judged JOIN incoming other USING (row)
    WHERE judged.person_id = link.person_id AND judged.reason = '' AND other.full_name <> ''
        AND other.name_fold <> staged.name_fold
        AND (other.birth_on = staged.birth_on) IS NOT TRUE)
"""
_LINKED = """
UPDATE incoming_judged judged SET person_id = link.person_id,
    reason = CASE WHEN link.zone = 'same' THEN '' WHEN judged.reason = '' THEN 'resembles'
        ELSE judged.reason END
FROM incoming_link link
WHERE link.row = judged.row AND link.rank = 1 AND link.zone IN ('same', 'review')
"""


def make_empty_links() -> None:
    """What a linkage of no rows would have left."""
    _run("DROP TABLE IF EXISTS pg_temp.incoming_link, pg_temp.incoming_bearer")
    _run(_TABLE)


def link_rows(thresholds: Thresholds | None = None) -> None:
    """Links the rows that are still open after the search by numbers and names (`matching`)."""
    make_empty_links()
    rows = _read(_OPEN_ROWS) if _has_people() else pl.DataFrame()
    if not rows.height:
        return
    _run(_BEARERS)
    found = linked(gathered(rows, _people()), thresholds=thresholds)
    _store(found.filter(pl.col("person_id").is_not_null()))
    _run(_TAKEN)
    _run(_LINKED)


def _has_people() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM registry_person)")
        found: bool = cursor.fetchone()[0]
        return found


def _people() -> Iterator[pl.DataFrame]:
    """The people of the register, part by part, with the telephones that rows of the list have."""
    own, house = _read(_OWN_PHONES), _read(_HOUSE_PHONES)
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM registry_person")
        first, last = cursor.fetchone()
    if first is None:
        return
    for start in range(first, last + 1, PART):
        part = _read(_PEOPLE.format(first=start, end=start + PART))
        with_phones = part.join(own, on="key", how="left").join(house, on="key", how="left")
        yield with_phones.with_columns(
            pl.col(pl.String).fill_null(""), pl.col("phone_shared").fill_null(0)
        ).select(pl.col(name).cast(kind) for name, kind in TOLD.items())


def _read(sql: str) -> pl.DataFrame:
    """What a query finds, through COPY."""
    out = BytesIO()
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv, HEADER)") as copy,
    ):
        for data in copy:
            out.write(data)
    out.seek(0)
    head = out.readline().decode().strip().split(",")
    out.seek(0)
    kinds = {name: TOLD[name] for name in head}
    return pl.read_csv(out, schema_overrides=kinds).with_columns(pl.col(pl.String).fill_null(""))


def _store(found: pl.DataFrame) -> None:
    names = ("row", "person_id", "zone", "probability", "rank", "reasons")
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY incoming_link ({', '.join(names)}) FROM STDIN (FORMAT csv)") as copy,
    ):
        copy.write(found.select(names).write_csv(include_header=False))
    _run("ANALYZE incoming_link")


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
