"""Lists that come in: received, checked in the background, decided by a person, taken over, taken back.

Until somebody accepts, nothing of a list stands in the register: only the file and what was found of it.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from vandong.accounts.queries.scope import Actor, Right, require
from vandong.administration.audit_trail import record
from vandong.administration.people_changes import open_change
from vandong.administration.people_undoing import Undone, undo_change
from vandong.administration.refusals import Refused, problem
from vandong.documents.files import drop_file, keep_file, kept_path
from vandong.documents.models import Batch, BatchState
from vandong.intake.checking import CheckContext, CheckedList, check_list
from vandong.intake.divided_units import placed
from vandong.intake.kept_lists import drop_checked, keep_checked, kept_problems
from vandong.intake.kept_plans import drop_plans
from vandong.intake.kinds import ListKind
from vandong.intake.list_reading import visible_list
from vandong.intake.list_units import found_unit, unit_finder
from vandong.intake.mapping import ColumnMapping, read_column_mapping, recognised
from vandong.intake.mapping_settings import mapping_for, save_list_mapping
from vandong.intake.planning_lists import (
    first_day_touched,
    keep_written_references,
)
from vandong.intake.plans_of_lists import plans_shown, plans_to_write
from vandong.intake.previewing import first_of_each
from vandong.intake.reading import RawList, read_list
from vandong.intake.refused_rows import refused_rows_sheet
from vandong.intake.repeated_lists import repeat, standing_twin
from vandong.intake.settled_rows import keep_settled
from vandong.intake.shapes import Example, ListCounts, ListUpload
from vandong.intake.writing import write_planned
from vandong.jobs.models import Job
from vandong.jobs.queue import enqueue
from vandong.law import LawBook
from vandong.places.models import Unit
from vandong.registry.models import PendingRow, PendingState
from vandong.sheets import SheetProblem

CHECK_TASK, STORE_TASK, UNDO_TASK = "lists.check", "lists.store", "lists.undo"
Advance = Callable[[int, int | None, str], None]
_WAITING = (BatchState.RECEIVED, BatchState.MAPPING, BatchState.CHECKED)
_SAMPLES = 3


FollowUp = Callable[[date], None]
"""Told, inside the transaction, the first day whose figures a list has changed; doors enqueue what follows."""


def unheard(done: int, total: int | None, step: str) -> None:
    """Nobody asked how far it is."""


def unfollowed(changed_from: date) -> None:
    """Nothing follows."""


def receive_list(*, actor: Actor, upload: ListUpload, at: datetime, enqueues: bool = True) -> Batch:
    """Keeps a list and puts its check in the queue. Raises NotAllowed; Refused: file_empty."""
    unit = Unit.objects.get(pk=upload.unit_id) if upload.unit_id else None
    require(actor, Right.IMPORT_PEOPLE, unit)
    if not upload.path.stat().st_size:
        raise Refused(problem("file_empty", "file", name=upload.name))
    with transaction.atomic():
        file = keep_file(upload.path, upload.name, at)
        same = Batch.objects.filter(
            source_file=file, kind=upload.kind.value, state=BatchState.COMMITTED
        )
        before = same.order_by("-created_at").values_list("pk", flat=True).first()
        batch = Batch.objects.create(
            kind=upload.kind.value,
            source_file=file,
            source_text=(upload.source_text or upload.name)[:500],
            created_by_id=actor.user_id,
            created_at=at,
            state=BatchState.RECEIVED,
            options={
                "name": upload.name[:300],
                "as_of": upload.as_of.isoformat(),
                "unit": upload.unit_id,
                "same_as": str(before) if before else None,
            },
        )
        if enqueues:
            _enqueue(CHECK_TASK, "list_check_title", batch, actor, at)
    return batch


def check_received(
    *, actor: Actor, batch_id: UUID, book: LawBook, at: datetime, advance: Advance = unheard
) -> ListCounts:
    """Reads and checks a waiting list and works out what it would change; the work of the job.

    A list whose columns are not all known waits for somebody to say. Raises NotVisible; Refused
    (batch_decided, list_persons_first).
    """
    batch = visible_list(actor, batch_id)
    if batch.state not in _WAITING:
        raise Refused(problem("batch_decided"))
    if (twin := standing_twin(batch)) is not None:
        return repeat(batch, twin)
    advance(0, None, "list_reading")
    try:
        raw = _read(batch)
    except SheetProblem as wrong:
        _fail(batch, wrong)
        return ListCounts()
    mapping = _mapping(batch, raw, actor)
    if mapping.missing:
        _ask_for_columns(batch, raw, mapping)
        return ListCounts()
    advance(0, raw.frame.height, "list_checking")
    checked = placed(check_list(raw, mapping, _context(batch, actor, book, at.date())))
    keep_checked(batch.pk, checked)
    advance(0, raw.frame.height, "list_matching")
    del raw  # a long list is held once, not twice
    counts, shown = plans_shown(batch.pk, ListKind(batch.kind), checked, _as_of(batch))
    _store_check(batch, mapping, checked, counts, shown)
    return counts


def _read(batch: Batch) -> RawList:
    if batch.source_file is None:
        raise Refused(problem("batch_decided"))
    return read_list(kept_path(batch.source_file), batch.options["name"])


def _mapping(batch: Batch, raw: RawList, actor: Actor) -> ColumnMapping:
    """What a person said for this list, what the office said for such lists, else what the heads say."""
    if batch.options.get("mapping"):
        return read_column_mapping(batch.options["mapping"])
    seen = recognised(ListKind(batch.kind), raw.heads)
    return mapping_for(actor, seen.kind, seen.signature) or seen


def _context(batch: Batch, actor: Actor, book: LawBook, today: date) -> CheckContext:
    as_of = _as_of(batch)
    about = Unit.objects.filter(pk=batch.options.get("unit") or 0).first()
    return CheckContext(
        kind=ListKind(batch.kind),
        as_of=as_of,
        unit=found_unit(batch.options.get("unit"), today),
        book=book,
        find_units=unit_finder(actor, as_of, today, about),
    )


def _as_of(batch: Batch) -> date:
    return date.fromisoformat(batch.options["as_of"])


def _fail(batch: Batch, wrong: SheetProblem) -> None:
    """A file that cannot be read at all is kept, and says why."""
    batch.state = BatchState.CHECKED
    batch.options = batch.options | {
        "counts": ListCounts().stored(),
        "unreadable": {"code": wrong.code, "values": {k: str(v) for k, v in wrong.values.items()}},
    }
    batch.save(update_fields=["state", "options"])


def _ask_for_columns(batch: Batch, raw: RawList, mapping: ColumnMapping) -> None:
    columns = [name for name in raw.frame.columns if name != "row"]
    samples = [
        raw.frame[name].drop_nulls().unique(maintain_order=True).head(_SAMPLES).to_list()
        for name in columns
    ]
    batch.state = BatchState.MAPPING
    batch.row_count = raw.frame.height
    batch.options = batch.options | {
        "heads": list(raw.heads),
        "samples": samples,
        "mapping": mapping.stored(),
    }
    batch.save(update_fields=["state", "row_count", "options"])


def _store_check(
    batch: Batch,
    mapping: ColumnMapping,
    checked: CheckedList,
    counts: ListCounts,
    shown: Sequence[Example],
) -> None:
    batch.state = BatchState.CHECKED
    batch.row_count = counts.rows
    batch.unchanged_count = counts.unchanged
    batch.options = batch.options | {
        "mapping": mapping.stored(),
        "counts": counts.stored(),
        "examples": [asdict(one) for one in shown],
        "problems_by_code": dict(Counter(checked.problems["code"].to_list())),
        "notes_by_code": dict(Counter(checked.notes["code"].to_list())),
        "samples_by_code": first_of_each(checked.problems) | first_of_each(checked.notes),
    }
    batch.save(update_fields=["state", "row_count", "unchanged_count", "options"])


def choose_list_columns(
    *, actor: Actor, batch_id: UUID, mapping: ColumnMapping, name: str, at: datetime
) -> Batch:
    """Somebody says which column carries what; remembered for the office under `name`, and checked anew.

    Raises NotVisible; Refused (batch_decided; those of `save_list_mapping`).
    """
    with transaction.atomic():
        batch = _waiting(actor, batch_id)
        save_list_mapping(actor=actor, mapping=mapping, name=name, at=at)
        batch.options = batch.options | {"mapping": mapping.stored()}
        batch.state = BatchState.RECEIVED
        batch.save(update_fields=["options", "state"])
        _enqueue(CHECK_TASK, "list_check_title", batch, actor, at)
    return batch


def accept_list(*, actor: Actor, batch_id: UUID, at: datetime) -> Job:
    """Puts the taking-over of a checked list in the queue.

    Raises NotVisible; Refused: batch_decided, batch_nothing_new.
    """
    with transaction.atomic():
        batch = _waiting(actor, batch_id)
        _refuse_idle(batch)
        job = _enqueue(STORE_TASK, "list_store_title", batch, actor, at)
        batch.options = batch.options | {"storing": True}
        batch.save(update_fields=["options"])
    return job


def brings_anything(batch: Batch) -> bool:
    """Whether taking a checked list over would do anything: the doubts of a file that stands already wait
    since it was taken over the first time."""
    counts = ListCounts(**batch.options.get("counts", {}))
    doubts = 0 if batch.options.get("same_as") else counts.ambiguous
    return counts.new + counts.changed + doubts > 0


def _refuse_idle(batch: Batch) -> None:
    if batch.state != BatchState.CHECKED:
        raise Refused(problem("batch_decided"))
    if not brings_anything(batch):
        raise Refused(problem("batch_nothing_new"))


def commit_list(
    *,
    actor: Actor,
    batch_id: UUID,
    at: datetime,
    advance: Advance = unheard,
    follow_up: FollowUp = unfollowed,
) -> ListCounts:
    """Takes a checked list over as the register stands now, in one transaction; the work of the job.

    Doubtful rows wait for a person. Again (a job killed after it had committed): nothing more is done.
    Raises NotVisible; Refused (batch_decided).
    """
    with transaction.atomic():
        batch = visible_list(actor, batch_id, lock=True)
        if batch.state == BatchState.COMMITTED:
            return ListCounts(**batch.options["counts"])
        if batch.state != BatchState.CHECKED:
            raise Refused(problem("batch_decided"))
        advance(0, batch.row_count, "list_matching")
        shown = ListCounts(**batch.options.get("counts", {}))
        written = plans_to_write(batch.pk, ListKind(batch.kind), shown, _as_of(batch))
        change = open_change(actor=actor, action="list.committed", at=at, batch=batch)
        write_planned(
            batch.pk, batch.options["as_of"], lambda n, all_: advance(n, all_, "list_writing")
        )
        if batch.kind == ListKind.PERSONS:
            keep_written_references(batch.pk)
        keep_settled(batch, change.pk, written.settled)
        _close(batch, written.counts, actor, at)
        follow_up(date.fromisoformat(batch.options["changed_from"]))
    drop_plans(batch.pk)
    return written.counts


def _close(batch: Batch, counts: ListCounts, actor: Actor, at: datetime) -> None:
    batch.state = BatchState.COMMITTED
    batch.row_count = counts.rows
    batch.accepted_count = counts.new + counts.changed
    batch.unchanged_count = counts.unchanged
    batch.options = {key: value for key, value in batch.options.items() if key != "storing"} | {
        "counts": counts.stored(),
        "changed_from": first_day_touched(_as_of(batch)).isoformat(),
    }
    batch.save()
    told = {**counts.stored(), "file": batch.options["name"]}
    record(actor, "list.committed", batch, None, told, at)


def reopen_list(*, batch_id: UUID) -> None:
    """After a taking-over that failed: the list may be decided again."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch_id)
        batch.options = {key: value for key, value in batch.options.items() if key != "storing"}
        batch.save(update_fields=["options"])


def refused_rows_file(*, actor: Actor, batch_id: UUID, lang: str = "vi") -> bytes:
    """The rows that were refused, in the sender's own layout with the reasons, as xlsx. Raises NotVisible,
    FileNotFoundError (given up, undone), SheetProblem."""
    batch = visible_list(actor, batch_id)
    return refused_rows_sheet(_read(batch), kept_problems(batch.pk), lang)


def drop_list(*, actor: Actor, batch_id: UUID, at: datetime) -> None:
    """Gives a waiting list up: its bytes go, its row says what came in. Raises NotVisible, Refused."""
    with transaction.atomic():
        batch = _waiting(actor, batch_id)
        batch.state = BatchState.REFUSED
        batch.save(update_fields=["state"])
        record(actor, "list.given_up", batch, None, {"file": batch.options["name"]}, at)
        drop_checked(batch.pk)
        drop_plans(batch.pk)
        if batch.source_file is not None:
            drop_file(batch.source_file)


def enqueue_list_undo(*, actor: Actor, batch_id: UUID, at: datetime, reason: str = "") -> Job:
    """Puts the taking-back of a list in the queue. Raises NotVisible; Refused (batch_not_committed)."""
    with transaction.atomic():
        batch = visible_list(actor, batch_id, lock=True)
        if batch.state != BatchState.COMMITTED:
            raise Refused(problem("batch_not_committed"))
        return _enqueue(UNDO_TASK, "list_undo_title", batch, actor, at, reason=reason)


def undo_list(
    *,
    actor: Actor,
    batch_id: UUID,
    at: datetime,
    reason: str = "",
    follow_up: FollowUp = unfollowed,
) -> Undone:
    """Takes a list back as one step; rows changed since stay and are counted. Doubtful rows of it that still
    wait are withdrawn.

    Raises NotVisible; Refused: batch_not_committed.
    """
    with transaction.atomic():
        batch = visible_list(actor, batch_id, lock=True)
        if batch.state != BatchState.COMMITTED:
            raise Refused(problem("batch_not_committed"))
        change = batch.changes.filter(action="list.committed").order_by("-pk").first()
        if change is None:
            raise Refused(problem("batch_not_committed"))
        done = undo_change(actor=actor, change_id=change.pk, at=at, reason=reason)
        PendingRow.objects.filter(batch=batch, state=PendingState.WAITING).update(
            state=PendingState.WITHDRAWN, decided_at=at, decided_by_id=actor.user_id
        )
        batch.state, batch.undone_at, batch.undone_by_id = BatchState.UNDONE, at, actor.user_id
        batch.options = batch.options | {"left": dict(done.left)}
        batch.save(update_fields=["state", "undone_at", "undone_by", "options"])
        follow_up(date.fromisoformat(batch.options.get("changed_from", batch.options["as_of"])))
    return done


def _waiting(actor: Actor, batch_id: UUID) -> Batch:
    batch = visible_list(actor, batch_id, lock=True)
    if batch.state not in _WAITING or batch.options.get("storing"):
        raise Refused(problem("batch_decided"))
    return batch


def _enqueue(task: str, title: str, batch: Batch, actor: Actor, at: datetime, **more: str) -> Job:
    arguments = {"batch_id": str(batch.pk), "user_id": actor.user_id, **more}
    return enqueue(task, arguments, title, {"name": batch.options["name"]}, actor, at)
