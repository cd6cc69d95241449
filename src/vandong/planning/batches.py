"""The bookkeeping of a taking-over: its file kept, its batch written, its counts told."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from vandong.accounts.queries.scope import Actor
from vandong.administration.refusals import Refused, problem
from vandong.documents.files import keep_file
from vandong.documents.models import Batch, BatchState
from vandong.planning.import_results import ImportResult


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that is taken over. `batch_id`: the batch that its upload made, if it came that way."""

    kind: str
    path: Path
    name: str
    source_text: str = ""
    batch_id: UUID | None = None


def commit_batch(arrival: Arrival, result: ImportResult, *, actor: Actor, at: datetime) -> Batch:
    """The committed batch of a file, in the caller's transaction, which stores the rows too.

    Raises Refused (batch_decided) when the upload was taken over or given up by somebody meanwhile.
    """
    batch = _batch(arrival, actor, at)
    batch.state = BatchState.COMMITTED
    batch.row_count = result.row_count
    batch.accepted_count = result.new_count + result.changed_count
    batch.unchanged_count = result.unchanged_count
    batch.save()
    return batch


def _batch(arrival: Arrival, actor: Actor, at: datetime) -> Batch:
    if arrival.batch_id is None:
        return Batch(
            kind=arrival.kind,
            source_file=keep_file(arrival.path, arrival.name, at),
            source_text=(arrival.source_text or arrival.name)[:500],
            created_by_id=actor.user_id,
            created_at=at,
        )
    batch = Batch.objects.select_for_update().get(pk=arrival.batch_id)
    if batch.state != BatchState.CHECKED:
        raise Refused(problem("batch_decided"))
    return batch


def told_counts(result: ImportResult, name: str) -> dict[str, object]:
    """The counts as the audit trail keeps them."""
    return {
        "rows": result.row_count,
        "new": result.new_count,
        "changed": result.changed_count,
        "unchanged": result.unchanged_count,
        "file": name,
    }
