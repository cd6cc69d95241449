"""Households put in order by hand: somebody joins one, leaves it, becomes its head."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from vandong.accounts.queries.scope import Actor
from vandong.administration.audit_trail import record, snapshot
from vandong.administration.people_changes import open_change
from vandong.administration.refusals import check_version, problem, refuse_all
from vandong.registry.models import Change, Household, Person, Relation
from vandong.registry.queries.ground import person_to_work_with

_FIELDS = ("household_id", "relation", "household_order")


@transaction.atomic
def join_household(
    *,
    actor: Actor,
    person_id: int,
    version: int,
    of_person_id: int,
    relation: str,
    at: datetime,
) -> Person:
    """The person joins the household of somebody else of the actor's own; one that has none gets a new one,
    with the other as its head. The order in which they pay is left open.

    Raises NotAllowed, NotVisible, StaleVersion; Refused: household_own, household_same, household_relation.
    """
    person, other = _both(actor, person_id, of_person_id)
    check_version(str(person), person.version, version)
    problems = []
    if person.pk == other.pk:
        problems.append(problem("household_own"))
    elif person.household_id is not None and person.household_id == other.household_id:
        problems.append(problem("household_same", name=other.full_name))
    if relation not in set(Relation.values) - {Relation.HEAD} | {""}:
        problems.append(problem("household_relation", "relation"))
    refuse_all(problems)
    change = open_change(actor=actor, action="household.joined", at=at)
    home = other.household_id or _founded(other, change)
    before = snapshot(person, *_FIELDS)
    _put(person, change, household_id=home, relation=relation)
    record(actor, "household.joined", person, before, snapshot(person, *_FIELDS), at)
    return person


@transaction.atomic
def leave_household(*, actor: Actor, person_id: int, version: int, at: datetime) -> Person:
    """The person belongs to no household any more. Raises NotAllowed, NotVisible, StaleVersion; Refused:
    household_none."""
    person = person_to_work_with(actor, person_id, lock=True)
    check_version(str(person), person.version, version)
    if person.household_id is None:
        refuse_all([problem("household_none")])
    before = snapshot(person, *_FIELDS)
    change = open_change(actor=actor, action="household.left", at=at)
    _put(person, change, household_id=None, relation="")
    record(actor, "household.left", person, before, snapshot(person, *_FIELDS), at)
    return person


@transaction.atomic
def make_head(*, actor: Actor, person_id: int, version: int, at: datetime) -> Person:
    """The person becomes head; whoever was it is of unknown relation until somebody says which.

    Raises NotAllowed, NotVisible, StaleVersion; Refused: household_none.
    """
    person = person_to_work_with(actor, person_id, lock=True)
    check_version(str(person), person.version, version)
    if person.household_id is None:
        refuse_all([problem("household_none")])
    before = snapshot(person, *_FIELDS)
    change = open_change(actor=actor, action="household.headed", at=at)
    former = Person.objects.filter(household=person.household, relation=Relation.HEAD)
    former.exclude(pk=person.pk).update(
        relation="", change=change, batch_row=None, version=F("version") + 1
    )
    _put(person, change, household_id=person.household_id, relation=Relation.HEAD)
    record(actor, "household.headed", person, before, snapshot(person, *_FIELDS), at)
    return person


def _both(actor: Actor, one_id: int, other_id: int) -> tuple[Person, Person]:
    """Both locked, always in one order: no two deeds wait for each other."""
    locked = {
        person_id: person_to_work_with(actor, person_id, lock=True)
        for person_id in sorted({one_id, other_id})
    }
    return locked[one_id], locked[other_id]


def _founded(head: Person, change: Change) -> int:
    home = Household.objects.create(
        address=head.address, unit_id=head.unit_id, unit_today_id=head.unit_today_id
    )
    _put(head, change, household_id=home.pk, relation=Relation.HEAD)
    return home.pk


def _put(person: Person, change: Change, *, household_id: int | None, relation: str) -> None:
    """In a household of its own a person pays in another order."""
    if person.household_id != household_id:
        person.household_order = None
    person.household_id, person.relation = household_id, relation
    person.change, person.batch_row = change, None
    person.version += 1
    person.save()
