"""The way of the money and the file: handed in, accepted or sent back, delivered; each step with its day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from django.db import transaction
from django.db.models import F, Q, QuerySet

from vandong.accounts.models import Channel
from vandong.accounts.queries.scope import Actor, NotVisible, Right, require
from vandong.administration.audit_trail import Subject, record
from vandong.administration.people_changes import open_change
from vandong.administration.people_undoing import undo_change
from vandong.administration.refusals import problem, refuse_all
from vandong.administration.returned_files import FollowUp, unfollowed
from vandong.kernel.findings import Finding
from vandong.kernel.names import clean, fold
from vandong.outreach.results.unremitted import unremitted
from vandong.registry.models import Change, Receipt
from vandong.registry.queries.ground import own_people

LONGEST_REASON = 300


class Step(StrEnum):
    """What happens next to a receipt."""

    REMIT = "remit"
    ACCEPT = "accept"
    DELIVER = "deliver"


@dataclass(frozen=True, slots=True)
class _Way:
    """The day that a step writes, and the day that must stand before it."""

    writes: str
    after: str


_WAYS: Mapping[Step, _Way] = MappingProxyType(
    {
        Step.REMIT: _Way("remitted_on", "collected_on"),
        Step.ACCEPT: _Way("accepted_on", "remitted_on"),
        Step.DELIVER: _Way("delivered_on", "accepted_on"),
    }
)
_OFFICE_STEPS = frozenset({Step.REMIT, Step.ACCEPT})
"""Who hands money in does not write its receipt: the office does. Cards are handed over by the collector."""


@dataclass(frozen=True, slots=True)
class Moved:
    """How many receipts took the step, and the change that can be taken back (None: there was none)."""

    count: int
    change_id: int | None


def receipts_at(actor: Actor, step: Step, on: date, text: str = "") -> QuerySet[Receipt]:
    """Receipts that wait for the step, the eldest first. Raises NotAllowed."""
    if step is Step.REMIT:
        return unremitted(actor, on, text=text, overdue=False)
    mine = Q(member__user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
    reached = Q(person__in=own_people(actor).values("pk")) | mine
    waits = {f"{_WAYS[step].writes}__isnull": True, f"{_WAYS[step].after}__isnull": False}
    rows = Receipt.objects.filter(reached, returned_on__isnull=True, **waits)
    if step is Step.ACCEPT:
        rows = rows.exclude(channel=Channel.ONLINE)
    if text:
        rows = rows.filter(Q(person__name_fold__contains=fold(text)) | Q(number__startswith=text))
    return rows.order_by(_WAYS[step].after, "pk")


@transaction.atomic
def take_step(
    *,
    actor: Actor,
    step: Step,
    receipt_ids: Sequence[int],
    day: date,
    on: date,
    at: datetime,
) -> Moved:
    """The chosen receipts take the step on `day`; those that have taken it meanwhile stay as they are.

    Raises NotAllowed; Refused: step_nobody, step_to_come, step_too_early (naming the latest day before it).
    """
    if step in _OFFICE_STEPS:
        require(actor, Right.IMPORT_PEOPLE)
    waiting = receipts_at(actor, step, on).filter(pk__in=receipt_ids)
    chosen = list(waiting.select_for_update(of=("self",)).values_list("pk", _WAYS[step].after))
    refuse_all(_problems([before for _, before in chosen if before], day, on))
    change = open_change(actor=actor, action=f"receipts.{step.value}", at=at)
    rows = Receipt.objects.filter(pk__in=[pk for pk, _ in chosen])
    written = {_WAYS[step].writes: day}
    count = rows.update(change=change, version=F("version") + 1, **written)
    subject = Subject("registry.receipt", str(change.pk), "")
    record(actor, f"receipts.{step.value}", subject, None, {"count": count, "on": day}, at)
    return Moved(count, change.pk)


def _problems(before: Sequence[date], day: date, on: date) -> list[Finding]:
    if not before:
        return [problem("step_nobody")]
    found = []
    if day > on:
        found.append(problem("step_to_come", "day", on=on))
    if day < max(before):
        found.append(problem("step_too_early", "day", on=max(before)))
    return found


@transaction.atomic
def send_back(
    *,
    actor: Actor,
    receipt_id: int,
    day: date,
    reason: str,
    on: date,
    at: datetime,
    follow_up: FollowUp = unfollowed,
) -> Moved:
    """The agency sent the file back: it becomes work (files sent back), and its claim will wait again.

    Raises NotAllowed, NotVisible; Refused: step_to_come, step_too_early, return_reason_missing,
    return_reason_long.
    """
    require(actor, Right.IMPORT_PEOPLE)
    rows = Receipt.objects.filter(
        person__in=own_people(actor).values("pk"), returned_on__isnull=True
    )
    receipt = rows.select_for_update(of=("self",)).filter(pk=receipt_id).first()
    if receipt is None:
        raise NotVisible
    said = clean(reason)
    problems = _problems([receipt.remitted_on or receipt.collected_on], day, on)
    if not said:
        problems.append(problem("return_reason_missing", "reason"))
    if len(said) > LONGEST_REASON:
        problems.append(problem("return_reason_long", "reason", most=LONGEST_REASON))
    refuse_all(problems)
    change = open_change(actor=actor, action="receipts.returned", at=at, reason=said)
    receipt.change, receipt.returned_on, receipt.return_reason = change, day, said
    receipt.version += 1
    receipt.save()
    record(actor, "receipts.returned", receipt.person, None, {"on": day}, at, said)
    follow_up(receipt.collected_on)
    return Moved(1, change.pk)


@transaction.atomic
def undo_step(*, actor: Actor, change_id: int, at: datetime) -> None:
    """Takes one's own last step back; receipts that have gone on since stay. Raises NotVisible."""
    actions = [f"receipts.{step.value}" for step in Step] + ["receipts.returned"]
    mine = Change.objects.filter(pk=change_id, action__in=actions, actor_id=actor.user_id)
    if not mine.exists():
        raise NotVisible
    undo_change(actor=actor, change_id=change_id, at=at)
