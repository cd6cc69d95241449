"""Doubtful rows of lists, settled by a person: it is this one, it is somebody new, it is left aside. A machine
never settles them, and never again what a person has."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import polars as pl
from django.db import connection, transaction
from django.db.models import QuerySet

from vandong.accounts.queries.scope import Actor, NotVisible
from vandong.administration.audit_trail import record
from vandong.administration.people_changes import open_change
from vandong.administration.people_undoing import undo_change
from vandong.administration.refusals import Refused, check_version, problem
from vandong.documents.models import BatchState
from vandong.intake.kept_lists import kept_rows
from vandong.intake.kinds import ListKind
from vandong.intake.list_reading import visible_lists
from vandong.intake.planning_lists import lay_decided, lay_returned
from vandong.intake.staging import COLUMNS
from vandong.intake.writing import write_decided
from vandong.registry.models import PendingRow, PendingState
from vandong.registry.queries.ground import kept_id, person_to_work_with


def waiting_rows(actor: Actor, batch_id: UUID | None = None) -> QuerySet[PendingRow]:
    """Rows that wait for a decision, of lists the actor may see that stand; in the order of their lists.

    Raises NotAllowed.
    """
    batches = visible_lists(actor).filter(state=BatchState.COMMITTED).order_by()
    rows = PendingRow.objects.filter(state=PendingState.WAITING, batch__in=batches.values("pk"))
    if batch_id is not None:
        rows = rows.filter(batch_id=batch_id)
    return rows.select_related("batch").order_by("batch__created_at", "batch_id", "row")


def visible_pending(actor: Actor, pending_id: int, *, lock: bool = False) -> PendingRow:
    """One row, decided or not, of a list the actor may see. Raises NotAllowed, NotVisible."""
    batches = visible_lists(actor).order_by().values("pk")
    rows = PendingRow.objects.filter(batch__in=batches)
    if lock:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(pk=pending_id).first()
    if row is None:
        raise NotVisible
    return row


@transaction.atomic
def decide_pending(
    *, actor: Actor, pending_id: int, version: int, person_id: int | None, at: datetime
) -> PendingRow:
    """The row is of this person, or (None) of somebody new: what it says is written as the list would have.

    Raises NotAllowed, NotVisible (also for a person the actor does not work with), StaleVersion; Refused:
    pending_decided, pending_refers_to_nobody, pending_unit_divided, pending_returned_unpaid; FileNotFoundError.
    """
    row = _waiting(actor, pending_id, version)
    if person_id is not None:
        person_id = person_to_work_with(actor, kept_id(person_id), lock=True).pk
    elif not row.fields.get("full_name"):
        raise Refused(problem("pending_refers_to_nobody"))
    elif row.fields.get("unit_today_id") is None:
        raise Refused(problem("pending_unit_divided"))
    change = open_change(actor=actor, action="list.row_decided", at=at, batch=row.batch)
    as_of = row.batch.options["as_of"]
    _lay(row, date.fromisoformat(as_of), person_id)
    write_decided(row.batch_id, as_of)
    row.state = PendingState.DIFFERENT if person_id is None else PendingState.SAME
    row.person_id = person_id if person_id is not None else _written_person()
    row.change = change
    _settle(row, actor, at)
    return row


@transaction.atomic
def withdraw_pending(*, actor: Actor, pending_id: int, version: int, at: datetime) -> PendingRow:
    """The row is left aside; nothing of it is written. Raises NotAllowed, NotVisible, StaleVersion, Refused."""
    row = _waiting(actor, pending_id, version)
    row.state = PendingState.WITHDRAWN
    _settle(row, actor, at)
    return row


@transaction.atomic
def undo_decision(*, actor: Actor, pending_id: int, at: datetime) -> PendingRow:
    """A decision taken back: what it wrote goes, the row waits again.

    Raises NotAllowed, NotVisible; Refused: pending_waiting, batch_not_committed.
    """
    row = visible_pending(actor, pending_id, lock=True)
    if row.state == PendingState.WAITING:
        raise Refused(problem("pending_waiting"))
    if row.batch.state != BatchState.COMMITTED:
        raise Refused(problem("batch_not_committed"))
    before, written = {"state": row.state}, row.change_id
    # First, so that the row itself does not keep the person whom it brought.
    row.state, row.person, row.change = PendingState.WAITING, None, None
    row.decided_by_id, row.decided_at = None, None
    row.version += 1
    row.save()
    if written is not None:
        undo_change(actor=actor, change_id=written, at=at)
    record(actor, "list.row_undone", row, before, {"state": row.state}, at)
    return row


def frame_of(row: int, fields: Mapping[str, Any]) -> pl.DataFrame:
    """One kept row as a checked list of one row."""
    typed = {
        name: date.fromisoformat(value) if COLUMNS.get(name) == "date" else value
        for name, value in fields.items()
    }
    return pl.DataFrame({"row": [row]} | {name: [value] for name, value in typed.items()})


def _lay(row: PendingRow, as_of: date, person_id: int | None) -> None:
    """A file sent back is about a payment; what it says of its person is not taken over."""
    if row.batch.kind != ListKind.RETURNED:
        lay_decided(frame_of(row.row, row.fields), as_of, person_id)
        return
    if person_id is None or not lay_returned(
        kept_rows(row.batch_id, only=[row.row]), as_of, person_id
    ):
        raise Refused(problem("pending_returned_unpaid"))


def _waiting(actor: Actor, pending_id: int, version: int) -> PendingRow:
    row = visible_pending(actor, pending_id, lock=True)
    check_version(f"#{row.row}", row.version, version)
    if row.state != PendingState.WAITING or row.batch.state != BatchState.COMMITTED:
        raise Refused(problem("pending_decided"))
    return row


def _settle(row: PendingRow, actor: Actor, at: datetime) -> None:
    row.decided_by_id, row.decided_at = actor.user_id, at
    row.version += 1
    row.save()
    after = {"state": row.state, "person": row.person_id, "row": row.row}
    record(actor, "list.row_decided", row, None, after, at)


def _written_person() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM written_person")
        person_id: int = cursor.fetchone()[0]
        return person_id
