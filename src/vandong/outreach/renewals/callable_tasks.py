"""Where a call to somebody who is due goes on: the task of a list, and what was said last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vandong.accounts.models import Member
from vandong.accounts.queries.scope import Actor, Right
from vandong.contacts.models import Contact, Hold, Task
from vandong.contacts.queries.tasks import LIVE, visible_worklists


@dataclass(frozen=True, slots=True)
class CallTask:
    """A person on an open list. `may_call`: the actor may open the call screen."""

    task_id: int
    list_name: str
    may_call: bool


@dataclass(frozen=True, slots=True)
class LastContact:
    """The latest contact that stands."""

    outcome: str
    at: datetime
    who: str


def call_tasks(
    actor: Actor, person_ids: Sequence[int], aim: str, at: datetime
) -> dict[int, CallTask]:
    """The task of each person on an open list of this aim; one that the actor may work on comes first, as
    `contacts.queries.tasks.own_task` has it. Four queries."""
    rows = Task.objects.filter(
        person_id__in=person_ids,
        state__in=LIVE,
        worklist__aim=aim,
        worklist__closed_at__isnull=True,
    )
    tasks = list(rows.select_related("worklist").order_by("pk"))
    members = set(Member.objects.filter(user_id=actor.user_id or 0).values_list("pk", flat=True))
    holds = Hold.objects.filter(ended_at__isnull=True, held_until__gt=at, member__in=members)
    held = set(holds.filter(key__in={one.hold_key for one in tasks}).values_list("key", flat=True))
    lists: set[int] = set()
    if actor.is_system or actor.can(Right.IMPORT_FIGURES):
        found = visible_worklists(actor).filter(pk__in={one.worklist_id for one in tasks})
        lists = set(found.values_list("pk", flat=True))
    made: dict[int, CallTask] = {}
    for one in tasks:
        may = one.worklist_id in lists or one.member_id in members or one.hold_key in held
        known = made.get(one.person_id or 0)
        if known is None or (may and not known.may_call):
            made[one.person_id or 0] = CallTask(one.pk, one.worklist.name, may)
    return made


def last_contacts(person_ids: Sequence[int]) -> dict[int, LastContact]:
    """The latest contact of each. One query."""
    rows = Contact.objects.filter(person_id__in=person_ids, undone_at__isnull=True)
    latest = rows.order_by("person_id", "-received_at", "-pk").distinct("person_id")
    return {
        one.person_id or 0: LastContact(
            one.outcome, one.received_at, one.member.full_name if one.member else ""
        )
        for one in latest.select_related("member")
    }
