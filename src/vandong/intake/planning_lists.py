"""A checked list laid beside the register: whom it means, what it would change. Nothing is written."""

from datetime import date
from uuid import UUID

import polars as pl
from django.db import connection

from vandong.administration.refusals import Refused, problem
from vandong.documents.models import Batch, BatchState
from vandong.intake.divided_units import take_known_places
from vandong.intake.kept_lists import keep_references, kept_references
from vandong.intake.kinds import KINDS, ListKind
from vandong.intake.linkage import Thresholds
from vandong.intake.linking import make_empty_links
from vandong.intake.matching import match_people
from vandong.intake.person_plan import plan_people
from vandong.intake.record_plan import plan_records
from vandong.intake.return_plan import plan_no_returns, plan_returns
from vandong.intake.spell_plan import plan_spells
from vandong.intake.staging import stage

LOCK = 0x6C6973
"""Key of the advisory lock under which one list at a time is laid beside the register or taken over."""

# Files that only refer to people: whom a key means was settled when the file of persons was taken over.
_BY_REFERENCE = """
CREATE TEMPORARY TABLE incoming_match ON COMMIT DROP AS
SELECT staged.row, person.id AS person_id,
    CASE WHEN person.id IS NULL THEN 'reference_unknown' ELSE '' END AS reason,
    CASE WHEN person.id IS NULL THEN 'ambiguous' ELSE 'same' END AS certainty, person.id AS who
FROM incoming staged
LEFT JOIN incoming_reference known USING (person_ref)
LEFT JOIN registry_person former ON former.id = known.person_id
LEFT JOIN registry_person person ON person.id = coalesce(former.merged_into_id, former.id)
"""
_OWN_NUMBER = """
UPDATE incoming staged SET {column} = '' WHERE {column} <> '' AND EXISTS (
    SELECT FROM registry_person other WHERE other.{column} = staged.{column}
        AND other.merged_into_id IS NULL AND other.id IS DISTINCT FROM %s)
"""
_DECIDED = """
CREATE TEMPORARY TABLE incoming_match ON COMMIT DROP AS
SELECT row, %s::bigint AS person_id, ''::text AS reason, %s::text AS certainty,
    coalesce(%s::bigint, -row) AS who
FROM incoming
"""
_REFERENCES = """
SELECT staged.person_ref, written.id FROM incoming staged
JOIN incoming_match judged USING (row) JOIN written_person written USING (who)
WHERE staged.person_ref <> ''
"""


def lock_lists() -> None:
    """One list at a time is laid beside the register or taken over, until the transaction ends."""
    _run("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def lay_beside(
    kind: ListKind, frame: pl.DataFrame, as_of: date, thresholds: Thresholds | None = None
) -> None:
    """Stages the good rows and makes all plans, in the caller's transaction; one list at a time. `thresholds`
    of likeness, when not the usual ones.

    Raises Refused (list_persons_first) when a file refers to people of a file that was never taken over.
    """
    lock_lists()
    stage(frame)
    if KINDS[kind].is_of_people:
        match_people(thresholds)
        take_known_places()
    else:
        _match_references()
    if KINDS[kind].tells_people:
        plan_no_returns()
    else:
        plan_returns(frame)
    plan_people()
    # A file of receipts alone goes with a file of spells, which knows them better.
    plan_spells(as_of.isoformat(), is_told=kind is not ListKind.RECEIPTS)
    plan_records(as_of.isoformat())


def lay_decided(frame: pl.DataFrame, as_of: date, person_id: int | None) -> None:
    """The plans of one row whose person somebody has settled: this one, or (None) somebody new.

    Numbers of the row that belong to other people are left out: that they clash is why a person was asked.
    """
    lock_lists()
    stage(frame)
    _make_empty_matching()
    for column in ("personal_id", "si_number"):
        _run(_OWN_NUMBER.format(column=column), [person_id])
    _run(_DECIDED, [person_id, "new" if person_id is None else "same", person_id])
    take_known_places()
    plan_no_returns()
    plan_people()
    plan_spells(as_of.isoformat())
    plan_records(as_of.isoformat())


def lay_returned(frame: pl.DataFrame, as_of: date, person_id: int) -> int:
    """The plan of one row of a list of files sent back whose person somebody has settled; how many payments it
    is about: none, when the person has none that could have been sent back."""
    lock_lists()
    stage(frame)
    _make_empty_matching()
    _run(_DECIDED, [person_id, "same", person_id])
    plan_returns(frame)
    plan_people()
    plan_spells(as_of.isoformat(), is_told=False)
    plan_records(as_of.isoformat())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM plan_return")
        count: int = cursor.fetchone()[0]
        return count


def _make_empty_matching() -> None:
    """What a search by numbers would have left: nobody found."""
    _run(
        "DROP TABLE IF EXISTS pg_temp.incoming_reference, pg_temp.incoming_match, pg_temp.incoming_hit,"
        " pg_temp.incoming_namesake"
    )
    _run(
        "CREATE TEMPORARY TABLE incoming_hit (row bigint, person_id bigint, via text) ON COMMIT DROP"
    )
    _run(
        "CREATE TEMPORARY TABLE incoming_namesake (row bigint, person_id bigint, is_certain boolean)"
        " ON COMMIT DROP"
    )
    make_empty_links()


def _match_references() -> None:
    known = latest_references()
    _make_empty_matching()
    _run(
        "CREATE TEMPORARY TABLE incoming_reference (person_ref text, person_id bigint) ON COMMIT DROP"
    )
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY incoming_reference FROM STDIN (FORMAT csv)") as copy,
    ):
        copy.write(known.select("person_ref", "person_id").write_csv(include_header=False))
    _run("ANALYZE incoming_reference")
    _run(_BY_REFERENCE)
    _run("ANALYZE incoming_match")


def latest_references() -> pl.DataFrame:
    """The keys of all files of persons taken over, the latest word of each."""
    batches = Batch.objects.filter(kind=ListKind.PERSONS, state=BatchState.COMMITTED)
    frames = []
    for batch_id in batches.order_by("-created_at").values_list("pk", flat=True):
        try:
            frames.append(kept_references(batch_id))
        except FileNotFoundError:
            continue
    if not frames:
        raise Refused(problem("list_persons_first"))
    return pl.concat(frames).unique("person_ref", keep="first")


def first_day_touched(as_of: date) -> date:
    """The first day whose figures the plans change: that of the earliest spell or receipt they touch."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT least((SELECT min(least(covered_from, said_from)) FROM plan_spell),"
            " (SELECT min(collected_on) FROM plan_receipt),"
            " (SELECT min(collected_on) FROM registry_receipt"
            " WHERE id IN (SELECT receipt_id FROM plan_return)), %s)",
            [as_of],
        )
        day: date = cursor.fetchone()[0]
        return day


def keep_written_references(batch_id: UUID) -> None:
    """After a file of persons is written: which person each of its keys became."""
    with connection.cursor() as cursor:
        cursor.execute(_REFERENCES)
        rows = cursor.fetchall()
    keep_references(
        batch_id,
        pl.DataFrame(rows, schema={"person_ref": pl.String, "person_id": pl.Int64}, orient="row"),
    )


def _run(sql: str, values: list[object] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)  # type: ignore[arg-type]
