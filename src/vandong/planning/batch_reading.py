"""Batches that an actor may see, and what their pages show. Fetched and authorised together."""

from uuid import UUID

from django.db.models import QuerySet

from vandong.accounts.queries.scope import Actor, NotVisible, Right, require
from vandong.documents.models import Batch, BatchProblem
from vandong.documents.queries.batches import batches_of_ground
from vandong.jobs.values import read
from vandong.kernel.findings import Finding, Severity, Spot
from vandong.planning.undoing import FIGURES, PLANS, RIGHTS

KINDS = (FIGURES, PLANS)


def readable_batches(actor: Actor) -> QuerySet[Batch]:
    """One's own imports, and those of people whose whole ground lies in one's own; newest first.

    Who has no limit of ground sees all, also those of the command line. Raises NotAllowed.
    """
    return batches_of_ground(actor, Right.IMPORT_FIGURES, KINDS)


def readable_batch(actor: Actor, batch_id: UUID, *, is_locked: bool = False) -> Batch:
    """One of them, its row locked when asked. Raises NotVisible, the same when there is none; NotAllowed."""
    batches = readable_batches(actor)
    if is_locked:
        batches = batches.select_related(None).select_for_update(of=("self",))
    batch = batches.filter(pk=batch_id).first()
    if batch is None:
        raise NotVisible
    require(actor, RIGHTS[batch.kind])
    return batch


def batch_findings(batch: Batch, *, are_notes: bool) -> QuerySet[BatchProblem]:
    """What is wrong with a waiting file (or only worth knowing), in the order of its rows."""
    return batch.found_problems.filter(is_note=are_notes).order_by("number")


def read_problem(row: BatchProblem) -> Finding:
    """A stored problem as a finding."""
    spot = Spot(row=row.row, column=row.column or None)
    severity = Severity.INFO if row.is_note else Severity.ERROR
    return Finding(row.code, read(row.values), spot, severity)
