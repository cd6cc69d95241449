"""Tasks as somebody may see and work on them."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from vandong.accounts.models import Member
from vandong.accounts.queries.scope import (
    Actor,
    NotAllowed,
    NotVisible,
    Right,
    Scope,
    visible_units,
)
from vandong.contacts.models import Hold, Task, TaskState, Worklist
from vandong.places.models import Placement, Tree
from vandong.places.queries.spans import valid_on
from vandong.places.queries.units import path_ids

LIVE = (TaskState.OPEN, TaskState.WAITING)


def member_of(actor: Actor, on: date) -> Member:
    """The collector who acts. Raises NotAllowed for a login without a place at work on that day."""
    rows = Member.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_until__isnull=True) | Q(valid_until__gt=on),
        user_id=actor.user_id or 0,
    )
    member = rows.select_related("organisation").first()
    if member is None:
        raise NotAllowed("not_at_work", {})
    return member


def visible_worklists(actor: Actor) -> QuerySet[Worklist]:
    """The lists of the actor's ground, newest first. Raises NotAllowed."""
    if not actor.can(Right.ACT_ON_PEOPLE):
        raise NotAllowed("no_right", {"right": Right.ACT_ON_PEOPLE.value})
    units = visible_units(actor, scope=Scope.ACT, right=Right.ACT_ON_PEOPLE)
    return Worklist.objects.filter(unit__in=units.values("pk")).order_by("-made_at", "-id")


def visible_worklist(actor: Actor, worklist_id: int, *, lock: bool = False) -> Worklist:
    """Raises NotAllowed, NotVisible."""
    rows = visible_worklists(actor)
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(pk=worklist_id).first()
    if found is None:
        raise NotVisible
    return found


def pullable_worklists(actor: Actor, on: date) -> QuerySet[Worklist]:
    """Open lists from which the actor may take people: of the own ground, of a wider one (which gives out
    people of the own ground only), or with people under the own name. Raises NotAllowed."""
    if not actor.can(Right.ACT_ON_PEOPLE):
        raise NotAllowed("no_right", {"right": Right.ACT_ON_PEOPLE.value})
    units = visible_units(actor, scope=Scope.ACT, right=Right.ACT_ON_PEOPLE)
    rows = Placement.objects.filter(
        valid_on(on), tree=Tree.ADMINISTRATIVE, unit__in=units.values("pk")
    )
    above = {one for path in rows.values_list("path", flat=True) for one in path_ids(path)}
    own = Task.objects.filter(
        worklist=OuterRef("pk"), member__user_id=actor.user_id or 0, state__in=LIVE
    )
    reached = Q(unit__in=units.values("pk")) | Q(unit_id__in=above) | Exists(own)
    return Worklist.objects.filter(reached, closed_at__isnull=True).order_by("-made_at", "-id")


def held_tasks(member: Member, on: date, at: datetime) -> QuerySet[Task]:
    """Tasks of the households that the member has in hand now and that may be done on the day, best first."""
    holds = Hold.objects.filter(
        key=OuterRef("hold_key"), member=member, ended_at__isnull=True, held_until__gt=at
    )
    due = Q(next_on__isnull=True) | Q(next_on__lte=on)
    rows = Task.objects.filter(due, Exists(holds), state__in=LIVE)
    return rows.filter(worklist__closed_at__isnull=True).order_by("-points", "id")


def own_task(actor: Actor, task_id: int, at: datetime, *, lock: bool = False) -> Task:
    """A task that the actor may work on: in the own hand or given to the own name, or, for an office, of its
    ground. Raises NotAllowed, NotVisible."""
    rows = Task.objects.select_related("worklist")
    if lock:
        rows = rows.select_for_update(of=("self",))
    task = rows.filter(pk=task_id).first()
    if task is None or not (_is_own(actor, task, at) or _is_of_office(actor, task)):
        raise NotVisible
    return task


def _is_own(actor: Actor, task: Task, at: datetime) -> bool:
    if actor.user_id is None:
        return False
    if task.member_id and Member.objects.filter(pk=task.member_id, user_id=actor.user_id).exists():
        return True
    holds = Hold.objects.filter(key=task.hold_key, ended_at__isnull=True, held_until__gt=at)
    return holds.filter(member__user_id=actor.user_id).exists()


def _is_of_office(actor: Actor, task: Task) -> bool:
    from_office = actor.is_system or actor.can(Right.IMPORT_FIGURES)
    return from_office and visible_worklists(actor).filter(pk=task.worklist_id).exists()
