"""One call: the person, the household, why, what was said before, the offer, the script; then the outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from vandong.accounts.models import Member
from vandong.accounts.queries.scope import Actor
from vandong.administration.audit_trail import record
from vandong.administration.people_contactability import working_numbers
from vandong.advice.keeping import keep_advice, tell_advice
from vandong.contacts.models import Aim, Contact, Outcome, Task
from vandong.contacts.queries.tasks import LIVE, own_task
from vandong.kernel.findings import Finding
from vandong.law import LawBook
from vandong.outreach.consequences import outcomes_for
from vandong.outreach.list_people import points_told
from vandong.outreach.offers import PersonOffer, person_offer
from vandong.outreach.recording import RecordedContact, Said, lock_key, record_contact
from vandong.outreach.scripts import ScriptText, office_script
from vandong.outreach.segments.conditions import BadCondition, read_rule
from vandong.outreach.segments.known import known_facts
from vandong.outreach.segments.reasons import reasons
from vandong.outreach.settings import ApproachSettings, approach_settings
from vandong.registry.models import Consent, Person, Purpose
from vandong.registry.queries.ground import kept_id
from vandong.registry.queries.search import PersonLine, person_line

LATEST = 5
"""Contacts that are shown of a person."""


@dataclass(frozen=True, slots=True)
class HouseholdPerson:
    """Somebody of the same household; `task_id` where the call can go on with that person."""

    line: PersonLine
    relation: str
    task_id: int | None


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: what people may check at `/xac-minh`."""

    name: str
    code: str
    place: str


@dataclass(frozen=True, slots=True)
class CallSheet:
    """Everything of one call, masked. `age` None: not known. `calls_wanted` False: the person asked not to be
    called. `number_count`: numbers worth calling."""

    task: Task
    name: str
    line: PersonLine | None
    age: int | None
    cluster: str
    why: tuple[Finding, ...]
    points: tuple[Finding, ...]
    household: tuple[HouseholdPerson, ...]
    contacts: tuple[Contact, ...]
    number_count: int
    calls_wanted: bool
    offer: PersonOffer | None
    script: ScriptText
    caller: Caller
    settings: ApproachSettings
    outcomes: tuple[Outcome, ...]


def call_sheet(actor: Actor, task_id: int, book: LawBook, on: date, at: datetime) -> CallSheet:
    """The sheet of a task in the actor's hand. Raises NotAllowed, NotVisible."""
    task = own_task(actor, task_id, at)
    person = _person(task)
    member = _member(actor)
    office_id = member.organisation_id if member else None
    staff = task.staff
    why = _why(task, person, book)
    return CallSheet(
        task=task,
        name=person.full_name if person else (staff.full_name if staff else ""),
        line=person_line(person, is_own=True) if person else None,
        age=_age(person, on),
        cluster=person.cluster.name if person and person.cluster else "",
        why=why,
        points=_points(task, why),
        household=_household(task, person),
        contacts=_contacts(person),
        number_count=len(working_numbers(person)) if person else 0,
        calls_wanted=_wants_calls(person, on),
        offer=person_offer(person, book, on) if person else None,
        script=office_script(office_id),
        caller=_caller(actor, member),
        settings=approach_settings(office_id),
        outcomes=outcomes_for(Aim(task.worklist.aim)),
    )


@transaction.atomic
def reveal_numbers(*, actor: Actor, task_id: int, at: datetime) -> tuple[str, ...]:
    """The numbers worth calling, in clear, for the one who has the person in hand; each time recorded.

    Raises NotAllowed, NotVisible.
    """
    task = own_task(actor, task_id, at)
    person = _person(task)
    if person is None:
        return ()
    record(actor, "task.number_revealed.viewed", person, None, None, at, task.worklist.name)
    return working_numbers(person)


@transaction.atomic
def record_call(
    *, actor: Actor, said: Said, told: Sequence[str], book: LawBook, on: date, at: datetime
) -> RecordedContact:
    """Records what came of a call; things ticked as said are kept with the very offer that was shown.

    Raises as `record_contact`. Sent again with the same key, nothing is done again.
    """
    lock_key(said.key)
    known = Contact.objects.filter(key=said.key).exists()
    task = own_task(actor, said.task_id, at) if not known else None
    person = _person(task) if task else None
    advice_id = None
    if person is not None and told and person.unit_today is not None:
        offer = person_offer(person, book, on)
        if offer.advice is not None:
            kept = keep_advice(
                actor=actor,
                unit=person.unit_today,
                given=offer.given,
                at=at,
                on=on,
                label=person.full_name,
            )
            tell_advice(actor=actor, advice_id=kept.pk, version=kept.version, told=told, at=at)
            advice_id = kept.pk
    made = record_contact(actor=actor, said=said, on=on, at=at)
    if advice_id is not None and not made.is_replay:
        made.contact.advice_id = advice_id
        made.contact.save(update_fields=["advice"])
    return made


def _person(task: Task) -> Person | None:
    if task.person_id is None:
        return None
    rows = Person.objects.select_related("unit_today", "cluster").prefetch_related("phones")
    return rows.get(pk=kept_id(task.person_id))


def _member(actor: Actor) -> Member | None:
    rows = Member.objects.filter(user_id=actor.user_id or 0)
    return rows.select_related("organisation").first()


def _caller(actor: Actor, member: Member | None) -> Caller:
    if member is None:
        return Caller(actor.name, "", "")
    return Caller(member.full_name, member.staff_code, member.organisation.name)


def _age(person: Person | None, on: date) -> int | None:
    if person is None or person.birth_on is None:
        return None
    born = person.birth_on
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _why(task: Task, person: Person | None, book: LawBook) -> tuple[Finding, ...]:
    """The reasons of the segment, as they were on the day the list was frozen."""
    if person is None:
        return ()
    try:
        rule = read_rule(task.worklist.rule)
    except BadCondition:
        return ()
    facts = known_facts(book, [person.pk], task.worklist.on)
    return reasons(rule, facts[person.pk], book, task.worklist.on)


def _points(task: Task, why: Sequence[Finding]) -> tuple[Finding, ...]:
    """The points of the list, save what the segment's reasons say already."""
    said = {one.code for one in why}
    known = set()
    if said & {"reason_paid_until", "reason_due_by", "reason_due_today"}:
        known |= {"priority_due_near", "priority_due_soon"}
    if "reason_age" in said:
        known.add("priority_age_band")
    return tuple(one for one in points_told(task.reasons) if one.code not in known)


def _household(task: Task, person: Person | None) -> tuple[HouseholdPerson, ...]:
    if person is None or person.household_id is None:
        return ()
    rows = Person.objects.filter(household_id=person.household_id, merged_into__isnull=True)
    rows = rows.exclude(pk=person.pk).select_related("unit_today").prefetch_related("phones")
    mates = list(rows.order_by("household_order", "birth_on", "pk"))
    tasks = Task.objects.filter(
        worklist_id=task.worklist_id, hold_key=task.hold_key, state__in=LIVE
    )
    by_person = dict(tasks.values_list("person_id", "pk"))
    return tuple(
        HouseholdPerson(person_line(one, is_own=False), one.relation, by_person.get(one.pk))
        for one in mates
        if one.deceased_on is None
    )


def _contacts(person: Person | None) -> tuple[Contact, ...]:
    if person is None:
        return ()
    rows = Contact.objects.filter(person=person, undone_at__isnull=True)
    return tuple(rows.select_related("member").order_by("-received_at", "-pk")[:LATEST])


def _wants_calls(person: Person | None, on: date) -> bool:
    if person is None:
        return True
    latest = (
        Consent.objects.filter(person=person, purpose=Purpose.CALLS, given_on__lte=on)
        .order_by("-given_on")
        .first()
    )
    if latest is None or latest.granted:
        return True
    return latest.withdrawn_on is not None and latest.withdrawn_on <= on
