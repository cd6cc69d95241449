"""Lists that an actor may see. Fetched and authorised together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from vandong.accounts.queries.scope import Actor, NotVisible, Right
from vandong.documents.models import Batch
from vandong.documents.queries.batches import batches_of_ground
from vandong.intake.kinds import ListKind
from vandong.intake.mapping import ColumnMapping, read_column_mapping
from vandong.intake.shapes import Example, ListCounts
from vandong.jobs.values import read
from vandong.kernel.findings import Finding, Spot
from vandong.registry.models import PendingRow, PendingState


@dataclass(frozen=True, slots=True)
class ListSummary:
    """A list as its page shows it. `heads` and `samples` are there while columns wait to be mapped;
    `samples_by_code`: the first finding of each code. `same_as`: an earlier list of the same bytes and kind
    that stands."""

    batch: Batch
    kind: ListKind
    as_of: date
    counts: ListCounts
    examples: tuple[Example, ...]
    problems_by_code: Mapping[str, int]
    notes_by_code: Mapping[str, int]
    samples_by_code: Mapping[str, Finding]
    mapping: ColumnMapping | None
    heads: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    pending_count: int
    same_as: UUID | None


def visible_lists(actor: Actor) -> QuerySet[Batch]:
    """One's own lists, and those of people whose whole ground lies in one's own; newest first.

    Raises NotAllowed.
    """
    return batches_of_ground(actor, Right.IMPORT_PEOPLE, [kind.value for kind in ListKind])


def visible_list(actor: Actor, batch_id: UUID, *, lock: bool = False) -> Batch:
    """Raises NotAllowed, NotVisible."""
    batches = visible_lists(actor)
    if lock:
        batches = batches.select_related(None).select_for_update(of=("self",))
    batch = batches.filter(pk=batch_id).first()
    if batch is None:
        raise NotVisible
    return batch


def list_summary(actor: Actor, batch_id: UUID) -> ListSummary:
    """Raises NotAllowed, NotVisible."""
    batch = visible_list(actor, batch_id)
    kept: dict[str, Any] = batch.options
    return ListSummary(
        batch=batch,
        kind=ListKind(batch.kind),
        as_of=date.fromisoformat(kept["as_of"]),
        counts=ListCounts(**kept.get("counts", {})),
        examples=tuple(Example(**one) for one in kept.get("examples", [])),
        problems_by_code=kept.get("problems_by_code", {}),
        notes_by_code=kept.get("notes_by_code", {}),
        samples_by_code={
            code: Finding(
                code, read(one["values"]), Spot(row=one["row"], column=one["column"] or None)
            )
            for code, one in kept.get("samples_by_code", {}).items()
        },
        mapping=read_column_mapping(kept["mapping"]) if kept.get("mapping") else None,
        heads=tuple(kept.get("heads", ())),
        samples=tuple(tuple(row) for row in kept.get("samples", ())),
        pending_count=PendingRow.objects.filter(batch=batch, state=PendingState.WAITING).count(),
        same_as=UUID(kept["same_as"]) if kept.get("same_as") else None,
    )
