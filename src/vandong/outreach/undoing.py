"""A contact taken back by who recorded it: a slip of the thumb is mended in one tap."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings as site
from django.db import transaction

from vandong.accounts.queries.scope import Actor, NotVisible
from vandong.administration.people_undoing import undo_change
from vandong.administration.refusals import Refused, problem
from vandong.contacts.models import Claim, ClaimState, Contact, Task, TaskState


@transaction.atomic
def undo_contact(*, actor: Actor, contact_id: int, on: date, at: datetime) -> Contact:
    """Takes the actor's own latest word on a task back, on the day it was recorded; all that followed goes too.

    Raises NotVisible; Refused: contact_undone, contact_not_latest, contact_of_another_day, contact_has_receipt.
    """
    rows = Contact.objects.select_for_update(of=("self",)).filter(pk=contact_id)
    contact = rows.filter(made_by_id=actor.user_id).first()
    if contact is None or contact.task_id is None:
        raise NotVisible
    _refuse_undo(contact, on)
    _put_back(contact.task_id, contact.before)
    for task_id, before in contact.before.get("others", {}).items():
        _put_back(int(task_id), before, only=TaskState.WITHDRAWN)
    if contact.before.get("change"):
        undo_change(actor=actor, change_id=contact.before["change"], at=at)
    Claim.objects.filter(contact=contact, state=ClaimState.CLAIMED).delete()
    contact.undone_at = at
    contact.save(update_fields=["undone_at"])
    return contact


def _refuse_undo(contact: Contact, on: date) -> None:
    if contact.undone_at is not None:
        raise Refused(problem("contact_undone"))
    recorded_on = contact.received_at.astimezone(ZoneInfo(site.TIME_ZONE)).date()
    if recorded_on != on:
        raise Refused(problem("contact_of_another_day", on=recorded_on))
    later = Contact.objects.filter(task=contact.task, pk__gt=contact.pk)
    if later.filter(undone_at__isnull=True).exists():
        raise Refused(problem("contact_not_latest"))
    if Claim.objects.filter(contact=contact, receipt__isnull=False).exists():
        raise Refused(problem("contact_has_receipt"))


def _put_back(task_id: int, before: Mapping[str, Any], only: TaskState | None = None) -> None:
    """The task as it was; one that somebody changed since (`only` another state) is left."""
    task = Task.objects.select_for_update().get(pk=task_id)
    if only is not None and task.state != only:
        return
    task.state, task.outcome = before["state"], before["outcome"]
    task.next_on = date.fromisoformat(before["next_on"]) if before["next_on"] else None
    task.attempt_count = before["attempt_count"]
    task.version += 1
    task.save()
