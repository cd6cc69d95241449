"""Rows on their way in: a temporary table like the records, compared with what is live, taken over at once.

The same few statements serve observations and printed percentages: a `StagedTable` names the key of a live
row, what is compared, and what is copied.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

COPY_STEP = 20_000
"""Lines given to one COPY: between two, the connection can answer questions."""

_LOCK = 0x696D70
"""First half of the advisory lock's key under which figures and plans are taken over or taken back."""


@dataclass(frozen=True, slots=True)
class StagedTable:
    """`keys` are never null, `open_keys` may be; `fixed` columns get one value for the whole file."""

    name: str
    live_table: str
    columns: tuple[tuple[str, str], ...]
    keys: tuple[str, ...]
    open_keys: tuple[str, ...]
    compared: tuple[str, ...]
    fixed: tuple[str, ...] = ()

    @property
    def matches(self) -> str:
        """The temporary table of lines that have a live row."""
        return f"{self.name}_match"

    @property
    def key_columns(self) -> tuple[str, ...]:
        """All columns of the key."""
        return self.keys + self.open_keys

    @property
    def copied(self) -> tuple[str, ...]:
        """Columns that go from the stage to the records."""
        return tuple(name for name, _ in self.columns if name not in {"line", "row"})


class Counts(NamedTuple):
    """Lines that are new, that change a live value, that stand already."""

    new: int
    changed: int
    unchanged: int


class Repeated(NamedTuple):
    """Lines of one key: their numbers and rows in order, and whether all say the same."""

    lines: list[int]
    rows: list[int]
    is_same: bool


def lock_figures() -> None:
    """One import or undo of figures and plans at a time, until the transaction ends."""
    _run("SELECT pg_advisory_xact_lock(%s, 0)", [_LOCK])


def make_stage(stage: StagedTable) -> None:
    """An empty stage for this transaction."""
    _run(f"DROP TABLE IF EXISTS pg_temp.{stage.name}, pg_temp.{stage.matches}")
    columns = ", ".join(f"{name} {kind}" for name, kind in stage.columns)
    _run(f"CREATE TEMPORARY TABLE {stage.name} ({columns}) ON COMMIT DROP")


def copy_lines(stage: StagedTable, lines: Sequence[str]) -> None:
    """Lines in COPY's text form, each ended."""
    if not lines:
        return
    names = ", ".join(name for name, _ in stage.columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {stage.name} ({names}) FROM STDIN") as copy,
    ):
        copy.write("".join(lines))


def repeated_lines(stage: StagedTable) -> list[Repeated]:
    """Keys that stand more than once in the file."""
    keys = ", ".join(stage.key_columns)
    # Whether there are any is a quick question (hashed); only then all is sorted.
    if not _rows(f"SELECT 1 FROM {stage.name} GROUP BY {keys} HAVING count(*) > 1 LIMIT 1"):
        return []
    compared = ", ".join(stage.compared)
    rows = _rows(
        f"SELECT array_agg(line ORDER BY line), array_agg(row ORDER BY line),"
        f" count(DISTINCT ({compared})) = 1 FROM {stage.name} GROUP BY {keys}"
        f" HAVING count(*) > 1 ORDER BY min(line)"
    )
    return [Repeated(*row) for row in rows]


def drop_lines(stage: StagedTable, lines: Iterable[int]) -> None:
    """These lines are not taken over."""
    given = list(lines)
    if given:
        _run(f"DELETE FROM {stage.name} WHERE line = ANY(%s)", [given])


def replace_unit(stage: StagedTable, old: int, new: int) -> None:
    """A unit that was only announced has been made."""
    _run(f"UPDATE {stage.name} SET unit_id = %s WHERE unit_id = %s", [new, old])


def announced_in(stage: StagedTable) -> set[int]:
    """The negative ids on the stage: units that are still to be made."""
    return {row[0] for row in _rows(f"SELECT DISTINCT unit_id FROM {stage.name} WHERE unit_id < 0")}


def match_live(stage: StagedTable, fixed: Sequence[object]) -> Counts:
    """Finds the live row of each line. `fixed` are the values of `stage.fixed`, part of the key."""
    _run(f"DROP TABLE IF EXISTS pg_temp.{stage.matches}")
    _run(f"ANALYZE {stage.name}")
    same = " AND ".join(f"live.{name} = staged.{name}" for name in stage.compared)
    on = [f"live.{name} = staged.{name}" for name in stage.keys]
    on += [f"live.{name} IS NOT DISTINCT FROM staged.{name}" for name in stage.open_keys]
    on += [f"live.{name} = %s" for name in stage.fixed]
    # The days of a file are few beside those on record: an index then finds what can match at all.
    [(first, last)] = _rows(f"SELECT min(as_of), max(as_of) FROM {stage.name}")
    on += ["live.as_of BETWEEN %s AND %s"]
    _run(
        f"CREATE TEMPORARY TABLE {stage.matches} ON COMMIT DROP AS"
        f" SELECT staged.line, live.id, {same} AS is_same FROM {stage.name} staged"
        f" JOIN {stage.live_table} live ON live.live AND {' AND '.join(on)}",
        [*fixed, first, last],
    )
    _run(f"ANALYZE {stage.matches}")
    [(total, unchanged, changed)] = _rows(
        f"SELECT (SELECT count(*) FROM {stage.name}), count(*) FILTER (WHERE is_same),"
        f" count(*) FILTER (WHERE NOT is_same) FROM {stage.matches}"
    )
    return Counts(total - unchanged - changed, changed, unchanged)


def take_over(stage: StagedTable, batch_id: UUID, fixed: Sequence[object], source: str) -> None:
    """Supersedes what changes and inserts what is new or changed, in the caller's transaction."""
    _run(
        f"UPDATE {stage.live_table} SET live = false, superseded_by_id = %s"
        f" WHERE id IN (SELECT id FROM {stage.matches} WHERE NOT is_same)",
        [batch_id],
    )
    columns = [*stage.copied, *stage.fixed, "source_text", "batch_id", "batch_row", "live"]
    if "organisation_id" in stage.copied:
        columns.append("restated")  # Django keeps no defaults in the database
    marks = ["%s"] * len(stage.fixed) + ["%s::text", "%s::uuid", "row", "true", "false"]
    chosen = ", ".join([*stage.copied, *marks][: len(columns)])
    _run(
        f"INSERT INTO {stage.live_table} ({', '.join(columns)})"
        f" SELECT {chosen} FROM {stage.name} staged WHERE NOT EXISTS (SELECT 1 FROM"
        f" {stage.matches} match WHERE match.line = staged.line AND match.is_same)",
        [*fixed, source, batch_id],
    )


def _run(sql: str, values: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))


def _rows(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return list(cursor.fetchall())
