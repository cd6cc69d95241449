"""The plans of one list: made to be shown, and again at hand to be written."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import polars as pl
from django.db import transaction

from vandong.intake.checking import CheckedList
from vandong.intake.kept_lists import kept_rows
from vandong.intake.kept_plans import drop_plans, keep_plans, load_plans, register_mark
from vandong.intake.kinds import ListKind
from vandong.intake.planning_lists import lay_beside, lock_lists
from vandong.intake.previewing import counted, examples
from vandong.intake.shapes import Example, ListCounts


def plans_shown(
    batch_id: UUID, kind: ListKind, checked: CheckedList, as_of: date
) -> tuple[ListCounts, Sequence[Example]]:
    """What a checked list would do, counted and with examples. The register stays as it is; the plans are kept
    for `plans_to_write`. Raises Refused (list_persons_first)."""
    drop_plans(batch_id)
    refused = checked.problems["row"].n_unique()
    with transaction.atomic():
        lock_lists()
        mark = register_mark()
        lay_beside(kind, checked.frame, as_of)
        counts = counted(kind, refused=refused, repeated=_repeated(checked.frame))
        shown = examples()
        keep_plans(batch_id, mark)
        transaction.set_rollback(True)
    return counts, shown


def plans_to_write(batch_id: UUID, kind: ListKind, shown: ListCounts, as_of: date) -> ListCounts:
    """Puts the plans into the caller's transaction: those that were shown, or new ones where the register has
    changed since. Gives what they do. Raises Refused, FileNotFoundError (never checked here)."""
    lock_lists()
    frame = kept_rows(batch_id)
    if load_plans(batch_id, frame, needs_all_rows=kind is ListKind.PERSONS):
        return shown
    lay_beside(kind, frame, as_of)
    return counted(kind, refused=shown.refused, repeated=_repeated(frame))


def _repeated(frame: pl.DataFrame) -> int:
    """Rows that say again what another row of the file says: they are not staged."""
    return frame["repeats"].drop_nulls().len() if "repeats" in frame.columns else 0
