"""Files that the agency sent back, handed in again once they are put right (`domain.md` 3.3)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from vandong.accounts.queries.scope import Actor, NotVisible
from vandong.administration.audit_trail import record, snapshot
from vandong.administration.people_changes import open_change
from vandong.administration.people_undoing import undo_change
from vandong.administration.refusals import check_version, problem, refuse_all
from vandong.kernel.names import clean
from vandong.registry.models import Change, Receipt
from vandong.registry.queries.ground import own_people
from vandong.registry.queries.returned import returned_file

ACTION = "receipt.resubmitted"
LONGEST_NOTE = 300
_FIELDS = ("returned_on", "return_reason")
FollowUp = Callable[[date], None]
"""Told, inside the transaction, the first day whose figures have changed."""


def unfollowed(changed_from: date) -> None:
    """Nothing follows."""


@dataclass(frozen=True, slots=True)
class Resubmitted:
    """A file handed in again, and the change that can be taken back."""

    receipt_id: int
    change_id: int


@transaction.atomic
def resubmit_file(
    *,
    actor: Actor,
    receipt_id: int,
    version: int,
    on: date,
    note: str,
    at: datetime,
    follow_up: FollowUp = unfollowed,
) -> Resubmitted:
    """The file is put right and was handed in again on that day; `note`: what was corrected.

    Raises NotAllowed, NotVisible, StaleVersion; Refused: file_not_returned, resubmitted_too_early,
    note_too_long.
    """
    receipt = returned_file(actor, receipt_id)
    check_version(receipt.number or f"#{receipt.pk}", receipt.version, version)
    said = clean(note)
    if receipt.returned_on is None:
        refuse_all([problem("file_not_returned")])
    problems = []
    if receipt.returned_on is not None and on < receipt.returned_on:
        problems.append(problem("resubmitted_too_early", "on", on=receipt.returned_on))
    if len(said) > LONGEST_NOTE:
        problems.append(problem("note_too_long", "note", limit=LONGEST_NOTE))
    refuse_all(problems)
    before = snapshot(receipt, *_FIELDS)
    change = open_change(actor=actor, action=ACTION, at=at, reason=said)
    receipt.change, receipt.batch_row = change, None
    receipt.returned_on, receipt.return_reason = None, ""
    receipt.version += 1
    receipt.save()
    after = {"resubmitted_on": on, "note": said}
    record(actor, ACTION, receipt.person, before, after, at, said)
    follow_up(receipt.collected_on)
    return Resubmitted(receipt.pk, change.pk)


@transaction.atomic
def undo_resubmission(
    *, actor: Actor, change_id: int, at: datetime, follow_up: FollowUp = unfollowed
) -> None:
    """Takes one's word back: the file waits again. Nothing happens when it has changed since.

    Raises NotAllowed, NotVisible.
    """
    own = own_people(actor)
    receipt_id = (
        Receipt.objects.filter(
            change_id=change_id, change__action=ACTION, person__in=own.values("pk")
        )
        .values_list("pk", flat=True)
        .first()
    )
    if receipt_id is None:
        if not Change.objects.filter(pk=change_id, action=ACTION).exists():
            raise NotVisible
        return
    receipt = returned_file(actor, receipt_id)
    undo_change(actor=actor, change_id=change_id, at=at)
    follow_up(receipt.collected_on)
