"""The plans of one list: made to be shown, and again at hand to be written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import polars as pl
from django.db import transaction

from vandong.intake.checking import CheckedList
from vandong.intake.kept_lists import keep_said, kept_rows, kept_said
from vandong.intake.kept_plans import drop_plans, keep_plans, load_plans, register_mark
from vandong.intake.kinds import ListKind
from vandong.intake.planning_lists import lay_beside, lock_lists
from vandong.intake.previewing import counted, examples
from vandong.intake.settled_rows import settled_rows
from vandong.intake.shapes import Example, ListCounts

_SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Written:
    """What a list does that is about to be written. `settled`: rows that were not laid beside the register
    (columns row, person_id)."""

    counts: ListCounts
    settled: pl.DataFrame


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
        settled, repeated = _lay_beside(batch_id, kind, checked.frame, as_of)
        counts = counted(kind, refused=refused, repeated=repeated)
        shown = examples()
        keep_said(batch_id, _SETTLED, settled)
        keep_plans(batch_id, mark)
        transaction.set_rollback(True)
    return counts, shown


def plans_to_write(batch_id: UUID, kind: ListKind, shown: ListCounts, as_of: date) -> Written:
    """Puts the plans into the caller's transaction: those that were shown, or new ones where the register has
    changed since. Gives what they do. Raises Refused, FileNotFoundError (never checked here)."""
    lock_lists()
    if load_plans(batch_id, needs_all_rows=kind is ListKind.PERSONS):
        return Written(shown, kept_said(batch_id, _SETTLED))
    settled, repeated = _lay_beside(batch_id, kind, kept_rows(batch_id), as_of)
    return Written(counted(kind, refused=shown.refused, repeated=repeated), settled)


def _lay_beside(
    batch_id: UUID, kind: ListKind, frame: pl.DataFrame, as_of: date
) -> tuple[pl.DataFrame, int]:
    """The settled rows, and how many rows are not laid beside the register: they say again what another row of
    the file or an earlier list says."""
    settled = settled_rows(batch_id, kind, frame, as_of)
    if settled.height:
        lay_beside(kind, frame.join(settled, on="row", how="anti"), as_of)
    else:
        lay_beside(kind, frame, as_of)
    return settled, _repeated(frame) + settled.height


def _repeated(frame: pl.DataFrame) -> int:
    """Rows that say again what another row of the file says: they are not staged."""
    return frame["repeats"].drop_nulls().len() if "repeats" in frame.columns else 0
