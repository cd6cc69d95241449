"""The very file of a list that stands: it says nothing new, so it is neither read nor compared again."""

from vandong.documents.models import Batch, BatchState
from vandong.intake.kept_lists import copy_checked
from vandong.intake.shapes import ListCounts

_ALIKE = ("as_of", "unit")


def standing_twin(batch: Batch) -> Batch | None:
    """An earlier list of the same bytes, kind, day and unit that stands; none when somebody has named columns
    for this one."""
    known = batch.options.get("same_as")
    twin = Batch.objects.filter(pk=known, state=BatchState.COMMITTED).first() if known else None
    if twin is None or batch.options.get("mapping"):
        return None
    same = all(twin.options.get(name) == batch.options.get(name) for name in _ALIKE)
    return twin if same else None


def repeat(batch: Batch, twin: Batch) -> ListCounts:
    """Stores what the earlier list found: its faulty rows are faulty still, all others stand already."""
    before = ListCounts(**twin.options["counts"])
    counts = ListCounts(
        rows=before.rows, unchanged=before.rows - before.refused, refused=before.refused
    )
    copy_checked(twin.pk, batch.pk)
    kept = ("mapping", "problems_by_code", "notes_by_code", "samples_by_code")
    batch.options = batch.options | {
        **{name: twin.options[name] for name in kept if name in twin.options},
        "counts": counts.stored(),
    }
    batch.state, batch.row_count = BatchState.CHECKED, counts.rows
    batch.unchanged_count = counts.unchanged
    batch.save(update_fields=["state", "row_count", "unchanged_count", "options"])
    return counts
