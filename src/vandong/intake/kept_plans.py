"""The plans of a checked list on disk: taken over as they were shown, while the register stands as it stood.

Working them out again is the larger half of taking a list over. They are kept with the mark of the register
they were made for; when the mark is another, they are made anew.
"""

import json
from pathlib import Path
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import connection

from vandong.intake.kept_lists import FOLDER, kept_rows
from vandong.intake.staging import stage

WHOLE = (
    *("incoming_match", "plan_household", "plan_person", "plan_phone", "plan_spell"),
    *("plan_listing", "plan_receipt", "plan_establishment", "plan_return"),
)
OF_DOUBTS = ("incoming_hit", "incoming_namesake", "incoming_link")
"""Who a row may mean: needed of doubtful rows only."""

OFFICES = """
    (SELECT md5(string_agg(concat(id, ' ', staff_code, ' ', organisation_id), ',' ORDER BY id))
        FROM accounts_member),
    (SELECT md5(string_agg(concat(id, ' ', code), ',' ORDER BY id)) FROM accounts_organisation)
"""
"""What collectors and offices are known by."""

# Everything a plan reads beside the list itself. A deed that commits later with an earlier number is counted.
_MARK = f"""
SELECT (SELECT concat(max(id), ' ', count(*)) FROM registry_change),
    (SELECT concat(max(decided_at), ' ', count(*)) FROM registry_pendingrow WHERE state <> 'waiting'),
    {OFFICES}
"""
_COLUMNS = """
SELECT string_agg(quote_ident(attname) || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum)
FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
"""
_DOUBTS = "row IN (SELECT row FROM incoming_match WHERE certainty = 'ambiguous')"


def register_mark() -> str:
    """What the register, the decisions and the collectors are known by: another mark after any change."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK)
        return json.dumps(cursor.fetchone())


def keep_plans(batch_id: UUID, mark: str) -> None:
    """Keeps the plans of this transaction, made while the register had this mark."""
    try:
        columns = {one: _keep(batch_id, one) for one in (*WHOLE, *OF_DOUBTS) if _is_there(one)}
        _path(batch_id, "plans.json").write_text(json.dumps({"mark": mark, "columns": columns}))
    except OSError:
        # A full disk: the list can be taken over without them, and its space is wanted more.
        drop_plans(batch_id)


def load_plans(batch_id: UUID, *, needs_all_rows: bool) -> bool:
    """Puts the kept plans of a list and its doubtful rows (`needs_all_rows`: all) where `lay_beside` would have
    left them; False, and nothing is there, when none were kept for the register as it stands."""
    said = _path(batch_id, "plans.json")
    if not said.is_file():
        return False
    known = json.loads(said.read_text())
    if known["mark"] != register_mark() or set(WHOLE) - known["columns"].keys():
        return False
    for table, columns in known["columns"].items():
        _load(batch_id, table, columns)
    stage(kept_rows(batch_id, only=None if needs_all_rows else _doubtful()))
    return True


def drop_plans(batch_id: UUID) -> None:
    """The plans of a list that was taken over, given up or checked anew."""
    for path in Path(default_storage.path(FOLDER)).glob(f"{batch_id}-plan*"):
        path.unlink(missing_ok=True)


def _is_there(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f"pg_temp.{table}"])
        found: bool = cursor.fetchone()[0]
        return found


def _keep(batch_id: UUID, table: str) -> str:
    chosen = f"SELECT * FROM {table} WHERE {_DOUBTS}" if table in OF_DOUBTS else f"TABLE {table}"
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [f"pg_temp.{table}"])
        columns: str = cursor.fetchone()[0]
        with (
            _path(batch_id, f"plan-{table}").open("wb") as target,
            cursor.copy(f"COPY ({chosen}) TO STDOUT (FORMAT binary)") as copy,
        ):
            for part in copy:
                target.write(part)
    return columns


def _load(batch_id: UUID, table: str, columns: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
        cursor.execute(f"CREATE TEMPORARY TABLE {table} ({columns}) ON COMMIT DROP")
        with (
            _path(batch_id, f"plan-{table}").open("rb") as source,
            cursor.copy(f"COPY {table} FROM STDIN (FORMAT binary)") as copy,
        ):
            while part := source.read(1 << 20):
                copy.write(part)
        cursor.execute(f"ANALYZE {table}")


def _doubtful() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT row FROM incoming_match WHERE certainty = 'ambiguous'")
        return [row for (row,) in cursor.fetchall()]


def _path(batch_id: UUID, name: str) -> Path:
    return Path(default_storage.path(FOLDER)) / f"{batch_id}-{name}"
