"""What came of a contact, recorded once, with all that follows from it, in one transaction."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from vandong.accounts.models import Member
from vandong.accounts.queries.scope import Actor
from vandong.administration.people_changes import open_change
from vandong.administration.people_contactability import note_number, stop_calls, working_numbers
from vandong.administration.refusals import Refused, problem, refuse_all
from vandong.contacts.models import (
    Aim,
    Claim,
    Contact,
    ContactWay,
    DeclineReason,
    Outcome,
    Task,
    TaskState,
)
from vandong.contacts.queries.tasks import LIVE, member_of, own_task
from vandong.kernel.findings import Finding
from vandong.kernel.names import clean
from vandong.outreach.consequences import CONSEQUENCES, Consequence, outcomes_for
from vandong.outreach.holding import end_hold
from vandong.outreach.settings import ApproachSettings, approach_settings
from vandong.registry.models import Change, Contactability, Person
from vandong.registry.queries.ground import kept_id

LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Said:
    """One contact as it was typed. `key`: made where it was typed, the same however often it is sent.

    `captured_at`: that device's clock, which may be wrong; days count by ours.
    """

    key: UUID
    task_id: int
    way: str
    outcome: str
    captured_at: datetime
    reason: str = ""
    note: str = ""
    next_on: date | None = None
    number_called: str = ""
    advice_id: int | None = None
    script_version: int | None = None

    @property
    def body_hash(self) -> str:
        """Tells whether the same key brings the same words."""
        text = json.dumps(asdict(self), default=str, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class RecordedContact:
    """`is_replay`: it stood already, nothing was done again."""

    contact: Contact
    is_replay: bool


@transaction.atomic
def record_contact(*, actor: Actor, said: Said, on: date, at: datetime) -> RecordedContact:
    """Records a contact and does what follows from its outcome (`consequences`).

    Sent again with the same key it changes nothing. Raises NotVisible, NotAllowed; Refused with all problems,
    or with contact_key_taken when the key stands with other words or another collector's name.
    """
    lock_key(said.key)
    known = Contact.objects.filter(key=said.key).first()
    if known is not None:
        return _replayed(known, said, actor)
    task = own_task(actor, said.task_id, at, lock=True)
    refuse_all(_problems(said, task, on))
    member = None if actor.is_system else _member_or_none(actor, on)
    settings = approach_settings(member.organisation_id if member else None)
    consequence = CONSEQUENCES[Outcome(said.outcome)]
    contact = _contact(actor, said, task, member, at)
    contact.before = _before(task)
    change_id = _change_person(actor, said, task, consequence, on, at)
    contact.before["change"] = change_id
    contact.save()
    _change_task(task, said, consequence, settings, on)
    if consequence.claims:
        _claim(contact, task, member, on, at)
    if consequence.ends_everywhere and task.person_id:
        _end_others(task, contact)
    end_hold(task.hold_key, on, at)
    return RecordedContact(contact, is_replay=False)


def lock_key(key: UUID) -> None:
    """Whoever sends the same key waits for the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])


def _replayed(known: Contact, said: Said, actor: Actor) -> RecordedContact:
    if known.body_hash != said.body_hash or known.made_by_id != actor.user_id:
        raise Refused(problem("contact_key_taken"))
    return RecordedContact(known, is_replay=True)


def _member_or_none(actor: Actor, on: date) -> Member | None:
    """An officer may record what a paper sheet says without being a collector."""
    is_member = Member.objects.filter(user_id=actor.user_id or 0).exists()
    return member_of(actor, on) if is_member else None


def _problems(said: Said, task: Task, on: date) -> list[Finding]:
    found = []
    if said.way not in ContactWay.values:
        found.append(problem("way_unknown", "way", text=said.way))
    if said.outcome not in _outcome_codes(task):
        return [*found, problem("outcome_unknown", "outcome", text=said.outcome)]
    consequence = CONSEQUENCES[Outcome(said.outcome)]
    if consequence.asks_day and said.next_on is None:
        found.append(problem("next_day_missing", "next_on"))
    if said.next_on is not None and said.next_on < on:
        found.append(problem("next_day_past", "next_on", on=on))
    if consequence.asks_reason and said.reason not in DeclineReason.values:
        found.append(problem("decline_reason_missing", "reason"))
    if len(clean(said.note)) > LONGEST_NOTE:
        found.append(problem("note_too_long", "note", limit=LONGEST_NOTE))
    if task.state not in LIVE:
        found.append(problem("task_finished"))
    return found


def _outcome_codes(task: Task) -> frozenset[str]:
    """The codes of outcomes that fit the task's aim."""
    return frozenset(one.value for one in outcomes_for(Aim(task.worklist.aim)))


def _contact(actor: Actor, said: Said, task: Task, member: Member | None, at: datetime) -> Contact:
    return Contact(
        key=said.key,
        body_hash=said.body_hash,
        task=task,
        person_id=None if task.person_id is None else kept_id(task.person_id),
        staff_id=task.staff_id,
        member=member,
        made_by_id=actor.user_id,
        aim=task.worklist.aim,
        way=said.way,
        outcome=said.outcome,
        reason=said.reason,
        note=clean(said.note),
        next_on=said.next_on,
        number_called=said.number_called,
        captured_at=said.captured_at,
        received_at=at,
        advice_id=said.advice_id,
        script_version=said.script_version,
    )


def _before(task: Task) -> dict[str, object]:
    """What an undo puts back."""
    return {
        "state": task.state,
        "next_on": None if task.next_on is None else task.next_on.isoformat(),
        "attempt_count": task.attempt_count,
        "outcome": task.outcome,
    }


def _change_person(  # noqa: PLR0917 who, what was said, of whom, what follows, the day, the moment
    actor: Actor, said: Said, task: Task, consequence: Consequence, on: date, at: datetime
) -> int | None:
    """Notes what was learnt of the number and of the wish to be called; the id of the change, if any."""
    if task.person_id is None or not (said.number_called or consequence.stops_calls):
        return None
    person = Person.objects.select_for_update().get(pk=kept_id(task.person_id))
    change = open_change(actor=actor, action="contact.recorded", at=at)
    if said.number_called and said.way == ContactWay.PHONE:
        _note_number(person, said, consequence, on, change)
    if consequence.stops_calls:
        stop_calls(person=person, given_on=on, given_how=said.way, change=change)
    return change.pk


def _note_number(
    person: Person, said: Said, consequence: Consequence, on: date, change: Change
) -> None:
    if consequence.drops_number:
        state = Contactability.WRONG
    elif consequence.retries:
        state = Contactability.NO_ANSWER
    else:
        state = Contactability.REACHED
    note_number(
        person=person,
        number=said.number_called,
        contactability=state,
        tried_on=on,
        change=change,
    )


def _change_task(
    task: Task, said: Said, consequence: Consequence, settings: ApproachSettings, on: date
) -> None:
    task.attempt_count += 1
    task.outcome = said.outcome
    task.state = consequence.state
    task.next_on = said.next_on if consequence.state == TaskState.WAITING else None
    if consequence.retries:
        _plan_retry(task, said, settings, on)
    if consequence.drops_number and not _has_number(task):
        task.state, task.next_on = TaskState.DONE, None
    task.version += 1
    task.save()


def _plan_retry(task: Task, said: Said, settings: ApproachSettings, on: date) -> None:
    """Somebody not met is tried again after the office's pause, until its limit of attempts."""
    if task.attempt_count >= settings.attempts_limit:
        task.state = TaskState.DONE
    else:
        task.next_on = said.next_on or on + timedelta(days=settings.retry_after_days)


def _has_number(task: Task) -> bool:
    return task.person is not None and bool(working_numbers(task.person))


def _claim(contact: Contact, task: Task, member: Member | None, on: date, at: datetime) -> None:
    """Somebody agreed: a claim waits for its receipt. A person's open claim for the aim stands once."""
    Claim.objects.bulk_create(
        [
            Claim(
                person_id=contact.person_id,
                aim=contact.aim,
                unit_id=task.unit_id,
                contact=contact,
                found_by_id=task.member_id or (member.pk if member else None),
                advised_by=member,
                claimed_on=on,
                claimed_at=at,
                claimed_by_id=contact.made_by_id,
            )
        ],
        ignore_conflicts=True,
    )


def _end_others(task: Task, contact: Contact) -> None:
    """The person's tasks on other lists end too; which they were, the contact remembers."""
    others = Task.objects.filter(person=task.person, state__in=LIVE).exclude(pk=task.pk)
    ended = {str(one.pk): _before(one) for one in others.select_for_update()}
    others.filter(pk__in=list(ended)).update(
        state=TaskState.WITHDRAWN, outcome=contact.outcome, next_on=None
    )
    contact.before = contact.before | {"others": ended}
    contact.save(update_fields=["before"])
