"""One person at a time: recorded and edited by hand, with audit, version and past."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from vandong.accounts.models import Member
from vandong.accounts.queries.scope import Actor, Right, require
from vandong.administration.audit_trail import record, snapshot
from vandong.administration.people_changes import open_change
from vandong.administration.people_checks import (
    identity_problems,
    normal_numbers,
    normal_phones,
    twin_problems,
)
from vandong.administration.refusals import check_version, problem, refuse_all
from vandong.kernel.findings import Finding
from vandong.kernel.names import clean, fold, sort_key, tone_key
from vandong.places.models import Unit
from vandong.registry.models import Change, Household, Person, PersonPhone
from vandong.registry.queries.ground import OVERSEERS, person_to_work_with
from vandong.registry.queries.masking import masked_address, masked_number

FIELDS = (
    *("full_name", "personal_id", "si_number", "card_number", "birth_on", "birth_precision"),
    *("sex", "ethnicity", "occupation", "address", "unit", "unit_today", "cluster"),
    *("household", "relation", "household_order", "member", "deceased_on"),
)
"""The fields that a person fills in and the audit trail compares."""

_NUMBERS = ("personal_id", "si_number", "card_number")


@dataclass(frozen=True, slots=True)
class PersonFields:
    """What is known of a person. Texts as typed; numbers are checked and brought to their normal form.

    `birth_precision`: day or year (then `birth_on` is 1 January). `phones` in the order of calling.
    """

    full_name: str
    unit_id: int | None = None
    personal_id: str = ""
    si_number: str = ""
    card_number: str = ""
    birth_on: date | None = None
    birth_precision: str = ""
    sex: str = ""
    ethnicity: str = ""
    occupation: str = ""
    address: str = ""
    cluster_id: int | None = None
    household_id: int | None = None
    relation: str = ""
    household_order: int | None = None
    member_id: int | None = None
    deceased_on: date | None = None
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameKeys:
    """The stored form of a name and the keys made from it."""

    full_name: str
    name_key: str
    name_fold: str
    name_back: str
    sort_key: str


def name_keys(text: str) -> NameKeys:
    """The one way to the keys of a person's name, for verbs and lists alike.

    `name_back` and `sort_key` begin with the given name, as Vietnamese lists of people are read.
    """
    name = clean(text)
    folded = fold(name)
    given_first = " ".join([*name.split()[-1:], *name.split()[:-1]])
    return NameKeys(
        full_name=name,
        name_key=tone_key(name),
        name_fold=folded,
        name_back=" ".join(reversed(folded.split())),
        sort_key=sort_key(given_first),
    )


@transaction.atomic
def create_person(*, actor: Actor, fields: PersonFields, at: datetime) -> Person:
    """Records a person nobody knew. Raises NotAllowed; Refused with all problems (a number that somebody has
    comes with that row's `person_id`)."""
    unit = Unit.objects.filter(pk=fields.unit_id).first() if fields.unit_id else None
    require(actor, Right.ACT_ON_PEOPLE, unit)
    if unit is None:
        refuse_all([problem("person_unit_missing", "unit_id")])
    person = Person()
    _fill(person, fields, _own_member(actor))
    change = open_change(actor=actor, action="person.created", at=at)
    person.change = change
    person.save()
    _set_phones(person, fields, change)
    record(actor, "person.created", person, None, audited(person), at)
    return person


@transaction.atomic
def edit_person(
    *,
    actor: Actor,
    person_id: int,
    version: int,
    fields: PersonFields,
    at: datetime,
    reason: str = "",
) -> Person:
    """Raises NotAllowed, NotVisible, StaleVersion; Refused with all problems. The version before is kept."""
    person = person_to_work_with(actor, person_id, lock=True)
    check_version(str(person), person.version, version)
    before = audited(person)
    unit_before = person.unit_today_id
    _fill(person, fields, person.member_id)
    if person.unit_today_id != unit_before:
        require(actor, Right.ACT_ON_PEOPLE, person.unit_today)
    change = open_change(actor=actor, action="person.edited", at=at, reason=reason)
    person.change, person.batch_row = change, None
    person.version += 1
    person.save()
    _set_phones(person, fields, change)
    record(actor, "person.edited", person, before, audited(person), at, reason)
    return person


def audited(person: Person) -> dict[str, object]:
    """The person's fields for the audit trail: numbers and address masked; the past keeps them whole."""
    plain = snapshot(person, *FIELDS)
    masked = {name: masked_number(getattr(person, name)) for name in _NUMBERS}
    return plain | masked | {"address": masked_address(person.address)}


def _own_member(actor: Actor) -> int | None:
    """A collector looks after the people that the collector records; an office assigns."""
    if actor.is_system or actor.user_id is None or actor.roles & OVERSEERS:
        return None
    return Member.objects.filter(user_id=actor.user_id).values_list("pk", flat=True).first()


def _fill(person: Person, fields: PersonFields, member_id: int | None) -> None:
    numbers, problems = normal_numbers(fields)
    keys = name_keys(fields.full_name)
    person.full_name, person.name_key, person.name_fold = (
        keys.full_name,
        keys.name_key,
        keys.name_fold,
    )
    person.name_back, person.sort_key = keys.name_back, keys.sort_key
    person.personal_id, person.si_number, person.card_number = numbers
    person.birth_on, person.birth_precision = fields.birth_on, fields.birth_precision
    person.sex, person.ethnicity = fields.sex, clean(fields.ethnicity)
    person.occupation, person.address = fields.occupation, clean(fields.address)
    person.cluster_id, person.household_id = fields.cluster_id, fields.household_id
    person.relation, person.household_order = fields.relation, fields.household_order
    person.member_id = fields.member_id or member_id
    person.deceased_on = fields.deceased_on
    _place(person, fields.unit_id)
    _, phone_problems = normal_phones(fields)
    refuse_all(
        problems
        + phone_problems
        + identity_problems(person)
        + _household_problems(person)
        + twin_problems(person)
    )


def _place(person: Person, unit_id: int | None) -> None:
    """A unit typed by hand is one of today; what a list said of its own day stays until somebody changes it."""
    if unit_id != person.unit_today_id:
        person.unit_id = person.unit_today_id = unit_id


def _household_problems(person: Person) -> list[Finding]:
    if person.household_id is None:
        loose = person.relation or person.household_order is not None
        return [problem("household_missing", "household_id")] if loose else []
    if not Household.objects.select_for_update().filter(pk=person.household_id).exists():
        return [problem("household_unknown", "household_id")]
    others = Person.objects.filter(household_id=person.household_id, merged_into__isnull=True)
    others = others.exclude(pk=person.pk)
    problems = []
    if person.relation == "head" and (head := others.filter(relation="head").first()):
        problems.append(problem("household_has_head", "relation", name=head.full_name))
    order = person.household_order
    if order is not None and others.filter(household_order=order).exists():
        problems.append(problem("household_order_taken", "household_order", order=order))
    return problems


def _set_phones(person: Person, fields: PersonFields, change: Change) -> None:
    """Numbers no longer named go, new ones come; what is known of the others stays."""
    wanted, _ = normal_phones(fields)
    known = {phone.number: phone for phone in person.phones.all()}
    gone = [phone.pk for number, phone in known.items() if number not in wanted]
    PersonPhone.objects.filter(pk__in=gone).delete()
    for rank, number in enumerate(wanted, start=1):
        phone = known.get(number, PersonPhone(person=person, number=number))
        if phone.pk is None or phone.rank != rank:
            phone.version += phone.pk is not None
            phone.rank, phone.change = rank, change
            phone.save()
