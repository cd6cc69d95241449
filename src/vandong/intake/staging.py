"""A checked list on its way in: the agreed columns, kept beside its file, copied to a temporary table."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from types import MappingProxyType

import polars as pl
from django.db import connection
from django.db.backends.utils import CursorWrapper

from vandong.intake.shared_numbers import SHARED_BY, shared_rows

TABLE, SHARED = "incoming", "incoming_key"
_PLANNED_BY = (
    "row, personal_id, si_number, card_number, name_back, unit_today_id, household_code, household_ref,"
    " phone, scheme"
)
_CHUNK = 100_000
LONG = 20_000
"""Rows from which on a list is laid beside the register as a whole."""

COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "row": "bigint",
        "full_name": "text",
        "name_key": "text",
        "name_fold": "text",
        "name_back": "text",
        "sort_key": "text",
        "birth_on": "date",
        "birth_precision": "text",
        "sex": "text",
        "personal_id": "text",
        "si_number": "text",
        "card_number": "text",
        "phone": "text",
        "address": "text",
        "ethnicity": "text",
        "occupation": "text",
        "unit_id": "bigint",
        "unit_today_id": "bigint",
        "household_code": "text",
        "relation": "text",
        "household_order": "smallint",
        "member_code": "text",
        "organisation_code": "text",
        "channel": "text",
        "scheme": "text",
        "covered_from": "date",
        "covered_until": "date",
        "method": "text",
        "income_amount": "bigint",
        "support_group": "text",
        "ended_on": "date",
        "end_reason": "text",
        "listed_group": "text",
        "listed_from": "date",
        "listed_until": "date",
        "receipt_book": "text",
        "receipt_number": "text",
        "collected_on": "date",
        "remitted_on": "date",
        "accepted_on": "date",
        "total_amount": "bigint",
        "participant_amount": "bigint",
        "state_amount": "bigint",
        "local_amount": "bigint",
        "other_amount": "bigint",
        "est_name": "text",
        "est_tax_code": "text",
        "est_trade": "text",
        "est_tax_method": "text",
        "est_worker_count": "integer",
        "person_ref": "text",
        "household_ref": "text",
    }
)
"""The columns of a checked list and their types in the database. Text is never null: empty is not known."""

_TYPES: Mapping[str, pl.DataType] = MappingProxyType(
    {
        "text": pl.String(),
        "date": pl.Date(),
        "bigint": pl.Int64(),
        "integer": pl.Int64(),
        "smallint": pl.Int64(),
    }
)


def whole_frame(frame: pl.DataFrame, names: Sequence[str] = tuple(COLUMNS)) -> pl.DataFrame:
    """The frame with these of the agreed columns, in their types; what it lacks is not known."""
    return frame.select([_column(name, COLUMNS[name], name in frame.columns) for name in names])


def _column(name: str, kind: str, is_there: bool) -> pl.Expr:
    given = pl.col(name) if is_there else pl.lit(None)
    typed = given.cast(_TYPES[kind]).alias(name)
    return typed.fill_null("") if kind == "text" else typed


def stage(frame: pl.DataFrame) -> None:
    """Copies a checked list into a temporary table of this transaction; columns without a word are not sent,
    nor rows that repeat another.

    Beside it `incoming_key`: the rows that share a number, see `shared_rows`.
    """
    told = ["row", *_told(frame)]
    columns = ", ".join(f"{name} {kind}{_default(kind)}" for name, kind in COLUMNS.items())
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{TABLE}")
        cursor.execute(f"CREATE TEMPORARY TABLE {TABLE} ({columns}) ON COMMIT DROP")
        with cursor.copy(f"COPY {TABLE} ({', '.join(told)}) FROM STDIN (FORMAT csv)") as copy:
            for part in frame.iter_slices(_CHUNK):
                copy.write(_csv(whole_frame(_once(part), told)))
        _set_for(cursor, frame.height)
        cursor.execute(f"ANALYZE {TABLE} ({_PLANNED_BY})")
        _stage_shared(cursor, whole_frame(_once(frame), SHARED_BY))


def _told(frame: pl.DataFrame) -> list[str]:
    """Columns that say anything in any row."""
    there = [name for name in COLUMNS if name != "row" and name in frame.columns]
    return [name for name in there if _tells(frame[name], COLUMNS[name])]


def _once(part: pl.DataFrame) -> pl.DataFrame:
    return part.filter(pl.col("repeats").is_null()) if "repeats" in part.columns else part


def _stage_shared(cursor: CursorWrapper, whole: pl.DataFrame) -> None:
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{SHARED}")
    cursor.execute(
        f"CREATE TEMPORARY TABLE {SHARED} (row bigint PRIMARY KEY, person_key bigint) ON COMMIT DROP"
    )
    with cursor.copy(f"COPY {SHARED} FROM STDIN (FORMAT csv)") as copy:
        copy.write(_csv(shared_rows(whole)))
    cursor.execute(f"ANALYZE {SHARED}")


def _set_for(cursor: CursorWrapper, rows: int) -> None:
    """What the planner cannot know of tables made a moment ago: a long list is best laid beside the register
    as a whole, a short one row by row."""
    # A killed job's statement ends soon, and lets the next run in.
    cursor.execute("SET LOCAL client_connection_check_interval = '5s'")
    cursor.execute("SET LOCAL work_mem = '96MB'")
    cursor.execute("SET LOCAL jit = off")
    # Thirty thousand rows looked at tell no more of a list than six thousand.
    cursor.execute("SET LOCAL default_statistics_target = 20")
    cursor.execute(f"SET LOCAL enable_nestloop = {'off' if rows >= LONG else 'on'}")


def _tells(column: pl.Series, kind: str) -> bool:
    return bool((column != "").any()) if kind == "text" else column.null_count() < len(column)


def _default(kind: str) -> str:
    return " NOT NULL DEFAULT ''" if kind == "text" else ""


def _csv(part: pl.DataFrame) -> bytes:
    """Empty text is quoted, nothing is not: COPY tells them apart by that."""
    out = BytesIO()
    part.write_csv(out, include_header=False, quote_style="necessary")
    return out.getvalue()
