"""The verb that takes a batch back: its rows go, what they superseded lives again, in one step.

A row that a later batch has changed since stays as that batch left it: what stood before the batch taken back
is then handed to the later one, so that undoing that one too leads back to it. Rows stay in the records, save
those on units that the batch itself made: these go with it (`made_units`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from vandong.accounts.queries.scope import (
    Actor,
    NotVisible,
    Right,
    Scope,
    is_everywhere,
    require,
    visible_units,
)
from vandong.administration.audit_trail import record
from vandong.administration.refusals import Refused, problem
from vandong.documents.models import Batch, BatchState
from vandong.figures.models import Observation, PrintedFigure, Target
from vandong.planning.made_units import MadeUnits, made_units, remove_made_units
from vandong.planning.staged_tables import lock_figures

FIGURES, PLANS = "figures", "plans"
RIGHTS = {FIGURES: Right.IMPORT_FIGURES, PLANS: Right.EDIT_PLANS}


@dataclass(frozen=True, slots=True)
class LiveTable:
    """A table of which one row a key is live."""

    name: str
    key: tuple[str, ...]

    @property
    def same_key(self) -> str:
        """SQL: whether `old` and `mine` are of one key."""
        return " AND ".join(f"old.{name} IS NOT DISTINCT FROM mine.{name}" for name in self.key)


TABLES = (
    LiveTable(
        Observation._meta.db_table,
        (
            "unit_id",
            "scheme",
            "measure",
            "channel",
            "source_kind",
            "as_of",
            "period_from",
            "organisation_id",
        ),
    ),
    LiveTable(
        PrintedFigure._meta.db_table,
        ("unit_id", "scheme", "kind", "denominator", "as_of", "period_from"),
    ),
    LiveTable(Target._meta.db_table, ("plan_id", "unit_id", "organisation_id", "member_id")),
)


@dataclass(frozen=True, slots=True)
class LaterBatch:
    """A batch that has changed rows of the one looked at: how many, and whose it is."""

    batch_id: UUID
    source_text: str
    created_at: datetime
    row_count: int


@dataclass(frozen=True, slots=True)
class UndoOutlook:
    """What undoing does: rows that go, rows that live again, rows changed since that stay as they are; what
    becomes of the units that the batch made."""

    batch_id: UUID
    taken_back_count: int
    revived_count: int
    changed_since: tuple[LaterBatch, ...]
    units: MadeUnits

    @property
    def changed_since_count(self) -> int:
        """Rows that later batches have changed."""
        return sum(one.row_count for one in self.changed_since)


def undo_outlook(actor: Actor, batch_id: UUID) -> UndoOutlook:
    """What undoing this batch would do now. Raises NotVisible, NotAllowed, Refused as `undo_batch`."""
    return _outlook(_undoable(actor, batch_id))


def undo_batch(*, actor: Actor, batch_id: UUID, at: datetime) -> UndoOutlook:
    """Take a batch of figures or plans back.

    Raises NotVisible (no such batch), NotAllowed, Refused (batch_not_committed: undone already, or never
    taken over).
    """
    with transaction.atomic():
        lock_figures()
        batch = _undoable(actor, batch_id, is_locked=True)
        done = _outlook(batch)
        _relink_amendments(batch.pk)
        for table in TABLES:
            _take_back(table, batch.pk)
        remove_made_units(actor=actor, batch=batch, at=at)
        batch.state = BatchState.UNDONE
        batch.undone_at = at
        batch.undone_by_id = actor.user_id
        batch.save(update_fields=["state", "undone_at", "undone_by"])
        told: dict[str, object] = {
            "taken_back": done.taken_back_count,
            "revived": done.revived_count,
            "changed_since": done.changed_since_count,
            "units": list(done.units.going),
        }
        record(actor, f"{batch.kind}.undone", batch, None, told, at)
    return done


def _undoable(actor: Actor, batch_id: UUID, *, is_locked: bool = False) -> Batch:
    batches = Batch.objects.select_for_update() if is_locked else Batch.objects.all()
    batch = batches.filter(pk=batch_id, kind__in=RIGHTS).first()
    if batch is None:
        raise NotVisible
    right = RIGHTS[batch.kind]
    require(actor, right)
    if not is_everywhere(actor, right):
        allowed = visible_units(actor, scope=Scope.ACT, right=right)
        for rows in (Observation.objects, PrintedFigure.objects, Target.objects):
            if rows.filter(batch=batch).exclude(unit__in=allowed).exists():
                raise NotVisible
    if batch.state != BatchState.COMMITTED:
        raise Refused(problem("batch_not_committed"))
    return batch


def _outlook(batch: Batch) -> UndoOutlook:
    going = reviving = 0
    later: dict[UUID, int] = {}
    for table in TABLES:
        going += _one(f"SELECT count(*) FROM {table.name} WHERE batch_id = %s AND live", batch.pk)
        reviving += _one(
            f"SELECT count(*) FROM {table.name} old WHERE old.superseded_by_id = %s AND EXISTS"
            f" (SELECT 1 FROM {table.name} mine WHERE mine.batch_id = old.superseded_by_id"
            f" AND mine.live AND {table.same_key})",
            batch.pk,
        )
        for batch_id, count in _rows(
            f"SELECT superseded_by_id, count(*) FROM {table.name}"
            " WHERE batch_id = %s AND superseded_by_id IS NOT NULL GROUP BY 1",
            batch.pk,
        ):
            later[batch_id] = later.get(batch_id, 0) + count
    known = Batch.objects.filter(pk__in=later).order_by("created_at")
    changed = tuple(
        LaterBatch(one.pk, one.source_text, one.created_at, later[one.pk]) for one in known
    )
    return UndoOutlook(batch.pk, going, reviving, changed, made_units(batch))


def _take_back(table: LiveTable, batch_id: UUID) -> None:
    """First what stood before is handed to who changed it since; then the batch's rows go; then the rest lives
    again. The order matters: one live row a key at any time."""
    name = table.name
    _run(
        f"UPDATE {name} old SET superseded_by_id = mine.superseded_by_id FROM {name} mine"
        f" WHERE old.superseded_by_id = %s AND mine.batch_id = %s"
        f" AND mine.superseded_by_id IS NOT NULL AND {table.same_key}",
        batch_id,
        batch_id,
    )
    _run(
        f"UPDATE {name} SET live = false, superseded_by_id = NULL WHERE batch_id = %s",
        batch_id,
    )
    _run(
        f"UPDATE {name} SET live = true, superseded_by_id = NULL WHERE superseded_by_id = %s",
        batch_id,
    )


def _relink_amendments(batch_id: UUID) -> None:
    """A later amendment of a target that goes now amends the target that comes back, else what the one that
    goes had amended itself."""
    table = next(one for one in TABLES if one.name == Target._meta.db_table)
    _run(
        f"UPDATE {table.name} later SET supersedes_id = coalesce("
        f"(SELECT old.id FROM {table.name} old WHERE old.superseded_by_id = mine.batch_id"
        f" AND {table.same_key} LIMIT 1), mine.supersedes_id) FROM {table.name} mine"
        " WHERE later.supersedes_id = mine.id AND mine.batch_id = %s AND mine.live"
        " AND later.batch_id IS DISTINCT FROM mine.batch_id",
        batch_id,
    )


def _one(sql: str, *values: Any) -> int:
    [(count,)] = _rows(sql, *values)
    return int(count)


def _rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return list(cursor.fetchall())


def _run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
