"""Rows whose commune was divided among several of today: who is known keeps the commune that is known, of
others it is not known where they live, and their rows are refused."""

import polars as pl
from django.db import connection, transaction

from vandong.intake.checking import CheckedList
from vandong.intake.matching import match_people
from vandong.intake.staging import stage

_NOTED, _REFUSED = "list_unit_divided", "list_unit_split"
_KNOWN = "SELECT row FROM incoming_match WHERE certainty <> 'new'"
_ANY = "SELECT EXISTS (SELECT FROM incoming WHERE unit_today_id IS NULL AND unit_id IS NOT NULL)"
_TAKE = """
UPDATE incoming staged SET unit_today_id = person.unit_today_id
FROM incoming_match judged JOIN registry_person person ON person.id = judged.who
WHERE judged.row = staged.row AND staged.unit_today_id IS NULL
"""


def placed(checked: CheckedList) -> CheckedList:
    """The list with those rows refused of which nobody knows in which part of the former commune they live:
    they were noted as `list_unit_divided`."""
    noted = checked.notes.filter(pl.col("code") == _NOTED)["row"]
    divided = checked.frame.filter(
        pl.col("row").is_in(noted.implode()) & pl.col("unit_today_id").is_null()
    )
    if not divided.height:
        return checked
    lost = divided.filter(~pl.col("row").is_in(_known_rows(divided).implode()))["row"].implode()
    faults = checked.notes.filter((pl.col("code") == _NOTED) & pl.col("row").is_in(lost))
    return CheckedList(
        frame=checked.frame.filter(~pl.col("row").is_in(lost)),
        problems=pl.concat(
            [checked.problems, faults.with_columns(code=pl.lit(_REFUSED))], how="vertical"
        ).sort("row", maintain_order=True),
        notes=checked.notes.filter(~((pl.col("code") == _NOTED) & pl.col("row").is_in(lost))),
        skipped=checked.skipped,
    )


def _known_rows(divided: pl.DataFrame) -> pl.Series:
    """Rows that mean, or may mean, somebody the register knows."""
    with transaction.atomic():
        stage(divided)
        match_people()
        with connection.cursor() as cursor:
            cursor.execute(_KNOWN)
            rows = [row for (row,) in cursor.fetchall()]
        transaction.set_rollback(True)
    return pl.Series(rows, dtype=pl.Int64)


def take_known_places() -> None:
    """After the matching: people who are known live where the register says, when their row cannot tell."""
    with connection.cursor() as cursor:
        cursor.execute(_ANY)
        if cursor.fetchone()[0]:
            cursor.execute(_TAKE)
