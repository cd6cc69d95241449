"""The people of a list as they live along the streets, for paper and for typing a filled sheet in."""

from dataclasses import dataclass

from django.db.models import Count

from vandong.accounts.queries.scope import Actor
from vandong.contacts.models import Aim, Task, Worklist
from vandong.contacts.queries.tasks import LIVE
from vandong.outreach.consequences import outcomes_for
from vandong.outreach.door.street_order import street_order
from vandong.outreach.worklists import office_worklist
from vandong.registry.models import Person
from vandong.registry.queries.masking import masked_birth, masked_phone

MOST_ROWS = 200
"""A sheet that a person can carry; larger clusters come in parts."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A cluster of the list (None: people whose cluster is not known) and how many are left there."""

    cluster_id: int | None
    name: str
    left: int


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One person on the sheet. `code` is printed and typed back. `premises`: a business of the person's own.
    `starts_home`: the first of a household."""

    code: int
    name: str
    birth_year: str
    address: str
    phone: str
    premises: str
    version: int
    starts_home: bool


@dataclass(frozen=True, slots=True)
class DoorSheet:
    """One part of a list: the rows in walking order, and which numbers answer what."""

    worklist: Worklist
    patch: Patch
    rows: tuple[SheetRow, ...]
    answers: tuple[tuple[int, str], ...]
    part: int
    parts: int


def patches(actor: Actor, worklist_id: int) -> tuple[Worklist, tuple[Patch, ...]]:
    """The clusters of a list with people left, by name. Raises NotAllowed, NotVisible."""
    worklist = office_worklist(actor, worklist_id)
    rows = Task.objects.filter(worklist=worklist, state__in=LIVE, person__isnull=False)
    found = rows.order_by().values("cluster", "cluster__name").annotate(left=Count("pk"))
    made = [Patch(one["cluster"], one["cluster__name"] or "", one["left"]) for one in found]
    return worklist, tuple(sorted(made, key=lambda patch: (patch.name == "", patch.name)))


def answer_numbers(aim: str) -> tuple[tuple[int, str], ...]:
    """The numbers printed on sheets and the outcomes they stand for, always the same for an aim."""
    return tuple(enumerate((one.value for one in outcomes_for(Aim(aim))), start=1))


def door_sheet(actor: Actor, worklist_id: int, cluster_id: int | None, part: int = 1) -> DoorSheet:
    """A part of a cluster's people, households together, in the order of the street. Phones are covered.

    Raises NotAllowed, NotVisible.
    """
    worklist, known = patches(actor, worklist_id)
    patch = next((one for one in known if one.cluster_id == cluster_id), Patch(cluster_id, "", 0))
    tasks = Task.objects.filter(
        worklist=worklist, state__in=LIVE, person__isnull=False, cluster=cluster_id
    )
    places = tasks.values_list("pk", "hold_key", "person__household__address", "person__address")
    order = sorted((street_order(home or own or ""), key, pk) for pk, key, home, own in places)
    parts = max(1, -(-len(order) // MOST_ROWS))
    part = min(max(part, 1), parts)
    ids = [pk for _, _, pk in order[(part - 1) * MOST_ROWS : part * MOST_ROWS]]
    return DoorSheet(worklist, patch, _rows(ids), answer_numbers(worklist.aim), part, parts)


def _rows(ids: list[int]) -> tuple[SheetRow, ...]:
    tasks = Task.objects.in_bulk(ids)
    people = [tasks[pk].person_id for pk in ids]
    known = (
        Person.objects.select_related("household")
        .prefetch_related("phones", "establishments")
        .in_bulk(people)
    )
    found, last = [], ""
    for pk in ids:
        task, person = tasks[pk], known[tasks[pk].person_id]
        home = person.household.address if person.household else ""
        phones = sorted(person.phones.all(), key=lambda one: one.rank)
        found.append(
            SheetRow(
                code=pk,
                name=person.full_name,
                birth_year=masked_birth(person.birth_on),
                address=home or person.address,
                phone=masked_phone(phones[0].number) if phones else "",
                premises=", ".join(one.name for one in person.establishments.all()),
                version=task.version,
                starts_home=task.hold_key != last,
            )
        )
        last = task.hold_key
    return tuple(found)
