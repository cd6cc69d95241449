"""People given to collectors by name: loads end level, cluster by cluster, households whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Count, F, Q

from vandong.accounts.models import Member
from vandong.accounts.queries.scope import Actor, Right, Scope, require, visible_organisations
from vandong.administration.audit_trail import record
from vandong.administration.refusals import problem, refuse_all
from vandong.contacts.models import Hold, Task
from vandong.contacts.queries.tasks import LIVE
from vandong.outreach.worklists import office_worklist
from vandong.places.queries.spans import valid_on

_GIVE = """
UPDATE contacts_task task
SET member_id = given.member_id, assigned_at = %(at)s, version = task.version + 1
FROM unnest(%(keys)s::text[], %(members)s::bigint[]) given(key, member_id)
WHERE task.worklist_id = %(worklist)s AND task.hold_key = given.key AND task.member_id IS NULL
    AND task.state IN ('open', 'waiting')
"""


@dataclass(frozen=True, slots=True)
class Home:
    """A household (or somebody alone) that nobody has yet: how many of it are on the list, where it lives, who
    looks after it already."""

    key: str
    count: int
    place: tuple[str, str]
    looked_after_by: int | None


@dataclass(frozen=True, slots=True)
class Collector:
    """Somebody who can be given people. `load`: people still to be approached, on every list."""

    member_id: int
    name: str
    organisation: str
    load: int


@dataclass(frozen=True, slots=True)
class Share:
    """What a collector would get: people and places of them, and the load afterwards."""

    collector: Collector
    count: int
    places: tuple[str, ...]

    @property
    def load_after(self) -> int:
        """People in all once the share is taken."""
        return self.collector.load + self.count


def collectors(actor: Actor, on: date) -> tuple[Collector, ...]:
    """Those at work on the day in the office's ground who can sign in, in the order of names.

    Raises NotAllowed.
    """
    require(actor, Right.IMPORT_PEOPLE)
    offices = visible_organisations(actor, Scope.ACT, Right.IMPORT_PEOPLE)
    rows = (
        Member.objects.filter(valid_on(on), organisation__in=offices, user__isnull=False)
        .annotate(
            load=Count(
                "tasks", filter=Q(tasks__state__in=LIVE, tasks__worklist__closed_at__isnull=True)
            )
        )
        .select_related("organisation")
        .order_by("name_fold", "full_name", "pk")
    )
    return tuple(Collector(one.pk, one.full_name, one.organisation.name, one.load) for one in rows)


def shared(homes: Sequence[Home], people: Sequence[Collector]) -> dict[str, int]:
    """Which household goes to whom: by key, the member's id. Pure, and the same for the same question.

    Whoever looks after somebody keeps the household. The rest is filled up so that loads end level: each
    collector takes neighbouring clusters in turn, a household never in two hands.
    """
    given: dict[str, int] = {}
    loads = {one.member_id: one.load for one in people}
    free: list[Home] = []
    for home in sorted(homes, key=lambda one: (one.place, one.key)):
        if home.looked_after_by in loads:
            given[home.key] = home.looked_after_by
            loads[home.looked_after_by] += home.count
        else:
            free.append(home)
    return given | _filled(free, loads)


def _filled(homes: Sequence[Home], loads: Mapping[int, int]) -> dict[str, int]:
    """Homes in their order, run by run. Households are whole: one goes to the side where it leaves the smaller
    gap, and what somebody has too much or too little, the next makes good."""
    given: dict[str, int] = {}
    over, place = 0, 0
    for member_id, quota in _quotas(loads, sum(home.count for home in homes)):
        wanted, taken = quota - over, 0
        while place < len(homes) and 2 * taken + homes[place].count <= 2 * wanted:
            given[homes[place].key] = member_id
            taken += homes[place].count
            place += 1
        over = taken - wanted
    return given


def _quotas(loads: Mapping[int, int], count: int) -> list[tuple[int, int]]:
    """How many each gets so that all end level, save those who have more already; in the order of ids."""
    order = sorted(loads, key=lambda one: (loads[one], one))
    while order:
        level, room = divmod(count + sum(loads[one] for one in order), len(order))
        if loads[order[-1]] <= level:
            break
        order.pop()
    return [
        (member_id, level + (number < room) - loads[member_id])
        for number, member_id in enumerate(sorted(order))
    ]


def assignment_preview(
    *, actor: Actor, worklist_id: int, member_ids: Sequence[int], on: date, at: datetime
) -> tuple[Share, ...]:
    """What `assign_tasks` would do. Raises NotAllowed, NotVisible; Refused as it does."""
    worklist = office_worklist(actor, worklist_id)
    people = _chosen(actor, member_ids, on)
    return _shares(people, _homes(worklist.pk, at))


@transaction.atomic
def assign_tasks(
    *, actor: Actor, worklist_id: int, member_ids: Sequence[int], on: date, at: datetime
) -> tuple[Share, ...]:
    """Gives everybody of the list whom nobody has to these collectors; households in hand stay where they are.

    Raises NotAllowed, NotVisible; Refused: assign_nobody, assign_stranger, worklist_closed.
    """
    worklist = office_worklist(actor, worklist_id, lock=True)
    if worklist.closed_at is not None:
        refuse_all([problem("worklist_closed", name=worklist.name)])
    people = _chosen(actor, member_ids, on)
    homes = _homes(worklist.pk, at)
    given = shared(homes, people)
    with connection.cursor() as cursor:
        cursor.execute(
            _GIVE,
            {
                "worklist": worklist.pk,
                "at": at,
                "keys": list(given),
                "members": list(given.values()),
            },
        )
    shares = _shares(people, homes)
    after = {one.collector.name: one.count for one in shares}
    record(actor, "worklist.assigned", worklist, None, {"tasks": after}, at)
    return shares


@transaction.atomic
def free_tasks(*, actor: Actor, worklist_id: int, member_id: int, at: datetime) -> int:
    """Takes a collector's people of a list back, so that others may have them; the number of people.

    Raises NotAllowed, NotVisible.
    """
    worklist = office_worklist(actor, worklist_id, lock=True)
    rows = Task.objects.filter(worklist=worklist, member_id=member_id, state__in=LIVE)
    count = rows.update(member=None, assigned_at=None, version=F("version") + 1)
    if count:
        record(actor, "worklist.freed", worklist, None, {"tasks": count}, at)
    return count


def _chosen(actor: Actor, member_ids: Sequence[int], on: date) -> tuple[Collector, ...]:
    known = {one.member_id: one for one in collectors(actor, on)}
    wanted = sorted(set(member_ids))
    if not wanted:
        refuse_all([problem("assign_nobody", "members")])
    if any(one not in known for one in wanted):
        refuse_all([problem("assign_stranger", "members")])
    return tuple(known[one] for one in wanted)


def _homes(worklist_id: int, at: datetime) -> list[Home]:
    held = Hold.objects.filter(worklist_id=worklist_id, ended_at__isnull=True, held_until__gt=at)
    rows = Task.objects.filter(worklist_id=worklist_id, state__in=LIVE).order_by("hold_key", "id")
    found: dict[str, Home] = {}
    columns = ("hold_key", "member_id", "unit__name", "cluster__name", "person__member_id")
    taken = set(held.values_list("key", flat=True))
    for key, member_id, unit, cluster, keeper in rows.values_list(*columns):
        if member_id is not None:
            taken.add(key)
        known = found.get(key)
        found[key] = Home(
            key,
            known.count + 1 if known else 1,
            known.place if known else (unit or "", cluster or ""),
            (known.looked_after_by if known else None) or keeper,
        )
    return [home for key, home in found.items() if key not in taken]


def _shares(people: Sequence[Collector], homes: Sequence[Home]) -> tuple[Share, ...]:
    given = shared(homes, people)
    counts: dict[int, int] = {}
    places: dict[int, dict[str, None]] = {}
    for home in sorted(homes, key=lambda one: (one.place, one.key)):
        member_id = given[home.key]
        counts[member_id] = counts.get(member_id, 0) + home.count
        place = " · ".join(part for part in reversed(home.place) if part)
        if place:
            places.setdefault(member_id, {})[place] = None
    return tuple(
        Share(one, counts.get(one.member_id, 0), tuple(places.get(one.member_id, {})))
        for one in people
    )
