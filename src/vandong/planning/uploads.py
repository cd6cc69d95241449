"""Files that come in through the site: received, checked in the background, then decided by a person.

Until somebody accepts, nothing of a file stands among the figures: only the file, its batch and what is
wrong with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from vandong.accounts.queries.scope import Actor, require
from vandong.administration.audit_trail import record
from vandong.administration.refusals import Refused, problem
from vandong.documents.files import drop_file, keep_file, kept_path
from vandong.documents.models import Batch, BatchState
from vandong.jobs.models import Job
from vandong.jobs.queue import enqueue
from vandong.kernel.findings import Finding, Severity
from vandong.planning.batch_reading import readable_batch
from vandong.planning.figure_files.importing import import_figures
from vandong.planning.figure_files.mapping import WideChoice, read_mapping
from vandong.planning.figure_files.openers import WideOpener, open_long_file
from vandong.planning.figure_files.options import ImportOptions
from vandong.planning.import_results import Advance, ImportResult, unheard
from vandong.planning.plan_files.importing import PlanOptions, import_plans
from vandong.planning.undoing import FIGURES, RIGHTS
from vandong.sheets import SIZE_LIMIT

CHECK_TASK, STORE_TASK = "figures.check", "figures.store"
DECIDABLE = (BatchState.RECEIVED, BatchState.MAPPING, BatchState.CHECKED)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: its kind (figures or plans), where its bytes lie for now, its name, its source."""

    kind: str
    path: Path
    name: str
    source_text: str = ""


def receive_upload(*, actor: Actor, upload: Upload, at: datetime) -> Batch:
    """Keep a file and put its check in the queue.

    Raises NotAllowed; Refused: file_too_large, file_empty.
    """
    require(actor, RIGHTS[upload.kind])
    _refuse_size(upload)
    with transaction.atomic():
        batch = Batch.objects.create(
            kind=upload.kind,
            source_file=keep_file(upload.path, upload.name, at),
            source_text=(upload.source_text or upload.name)[:500],
            created_by_id=actor.user_id,
            created_at=at,
            state=BatchState.RECEIVED,
            options={"name": upload.name[:300]},
        )
        _enqueue_check(batch, actor, at)
    return batch


def choose_columns(*, actor: Actor, batch_id: UUID, choice: WideChoice, at: datetime) -> Batch:
    """Read a waiting wide table through a mapping: it is checked anew. Raises NotVisible, Refused."""
    with transaction.atomic():
        batch = _decidable(actor, batch_id)
        batch.options = {**batch.options, "wide": stored_choice(choice)}
        batch.state = BatchState.RECEIVED
        _enqueue_check(batch, actor, at)
    return batch


def accept_upload(*, actor: Actor, batch_id: UUID, accept_good: bool, at: datetime) -> Job:
    """Put the taking-over of a checked file in the queue.

    Raises NotVisible; Refused: batch_decided, batch_has_problems (unless `accept_good`), batch_nothing_new.
    """
    with transaction.atomic():
        batch = _decidable(actor, batch_id)
        if batch.state != BatchState.CHECKED:
            raise Refused(problem("batch_decided"))
        counts = batch.options.get("counts", {})
        if counts.get("problems", 0) and not accept_good:
            raise Refused(problem("batch_has_problems"))
        if not counts.get("new", 0) + counts.get("changed", 0):
            raise Refused(problem("batch_nothing_new"))
        arguments = {
            "batch_id": str(batch.pk),
            "user_id": actor.user_id,
            "accept_good": accept_good,
        }
        title = {"name": batch.options["name"]}
        job = enqueue(STORE_TASK, arguments, "import_store_title", title, actor, at)
        batch.options = {**batch.options, "job": str(job.pk), "storing": True}
        batch.save(update_fields=["options"])
    return job


def store_upload(
    *,
    actor: Actor,
    batch_id: UUID,
    accept_good: bool,
    at: datetime,
    advance: Advance = unheard,
) -> ImportResult:
    """Take a checked file over; the work of the job. It is checked again as the figures stand now.

    Raises NotVisible, NotAllowed, Refused (batch_decided).
    """
    batch = readable_batch(actor, batch_id)
    if batch.state == BatchState.COMMITTED:
        return ImportResult(batch_id=batch.pk)  # the job was killed after it had committed
    if batch.state != BatchState.CHECKED:
        raise Refused(problem("batch_decided"))
    path, name = upload_path(batch), batch.options["name"]
    if batch.kind == FIGURES:
        return import_figures(
            actor=actor,
            path=path,
            name=name,
            at=at,
            options=ImportOptions(batch.source_text, accept_good),
            opened=opener_of(batch.options),
            advance=advance,
            batch_id=batch.pk,
        )
    return import_plans(
        actor=actor,
        path=path,
        name=name,
        at=at,
        options=PlanOptions(batch.source_text, accept_good),
        advance=advance,
        batch_id=batch.pk,
    )


def reopen_upload(*, batch_id: UUID, is_outdated: bool) -> None:
    """After a taking-over that stored nothing, the file can be decided again; `is_outdated`: it no longer fits
    what was shown and must be checked anew."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch_id)
        if batch.state == BatchState.CHECKED:
            batch.options = {**batch.options, "storing": False}
            batch.state = BatchState.RECEIVED if is_outdated else BatchState.CHECKED
            batch.save(update_fields=["options", "state"])


def refuse_upload(*, actor: Actor, batch_id: UUID, at: datetime) -> Batch:
    """Give a file up: none of its figures is taken, and its bytes are not kept.

    Raises NotVisible, Refused (batch_decided).
    """
    with transaction.atomic():
        batch = _decidable(actor, batch_id)
        batch.state = BatchState.REFUSED
        batch.save(update_fields=["state"])
        record(actor, f"{batch.kind}.refused", batch, None, {"file": batch.options["name"]}, at)
        if batch.source_file is not None:
            drop_file(batch.source_file)
    return batch


def upload_path(batch: Batch) -> Path:
    """Where the file of an upload lies. Raises FileLost."""
    if batch.source_file is None:
        raise ValueError("a batch without a file")
    return kept_path(batch.source_file)


def opener_of(options: Mapping[str, Any]) -> Any:
    """How the figures file of a batch with these options is opened."""
    if "wide" not in options:
        return open_long_file
    return WideOpener(read_choice(options["wide"]))


def stored_choice(choice: WideChoice) -> dict[str, Any]:
    """A choice as a batch keeps it."""
    return {
        "name": choice.mapping.name,
        "mapping": choice.mapping.stored(),
        "as_of": choice.as_of.isoformat(),
        "whole": choice.whole,
    }


def read_choice(stored: Mapping[str, Any]) -> WideChoice:
    """A choice as it was before `stored_choice`."""
    mapping = read_mapping(stored["name"], stored["mapping"])
    as_of = datetime.fromisoformat(stored["as_of"]).date()
    return WideChoice(mapping, as_of, stored["whole"])


def _decidable(actor: Actor, batch_id: UUID) -> Batch:
    batch = readable_batch(actor, batch_id, is_locked=True)
    if batch.state not in DECIDABLE or batch.options.get("storing"):
        raise Refused(problem("batch_decided"))
    return batch


def _enqueue_check(batch: Batch, actor: Actor, at: datetime) -> None:
    arguments = {"batch_id": str(batch.pk), "user_id": actor.user_id}
    title = {"name": batch.options["name"]}
    job = enqueue(CHECK_TASK, arguments, "import_check_title", title, actor, at)
    batch.options = {**batch.options, "job": str(job.pk)}
    batch.save(update_fields=["options", "state"])


def _refuse_size(upload: Upload) -> None:
    size = upload.path.stat().st_size
    if size > SIZE_LIMIT:
        values = {
            "name": upload.name,
            "size": -(-size // 1_000_000),
            "limit": SIZE_LIMIT // 1_000_000,
        }
        raise Refused(Finding("file_too_large", values, severity=Severity.ERROR))
    if size == 0:
        raise Refused(Finding("file_empty", {"name": upload.name}, severity=Severity.ERROR))
