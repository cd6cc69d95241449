"""Whose people somebody may work with, look up or count."""

from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from vandong.accounts.models import Member, Role
from vandong.accounts.queries.scope import (
    Actor,
    NotAllowed,
    NotVisible,
    Right,
    Scope,
    is_everywhere,
    visible_units,
)
from vandong.registry.models import Person

OVERSEERS = frozenset({Role.PLANNER, Role.OFFICER})
"""Who works with everybody on their ground; collectors and collaborators with their own people only."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The units somebody's scope reaches; `unit_ids` None = everywhere."""

    unit_ids: tuple[int, ...] | None

    @property
    def is_narrow(self) -> bool:
        """Whether reading the people of these units is less work than reading a name's bearers."""
        return self.unit_ids is not None and len(self.unit_ids) <= 200


def ground_of(actor: Actor, right: Right, scope: Scope) -> Ground:
    """The units in which the actor holds the right. Raises NotAllowed when it is held nowhere."""
    if not actor.can(right):
        raise NotAllowed("no_right", {"right": right.value})
    if is_everywhere(actor, right):
        return Ground(None)
    units = visible_units(actor, scope=scope, right=right)
    return Ground(tuple(units.values_list("pk", flat=True)))


def searched_ground(actor: Actor) -> Ground:
    """Where the actor may look people up: wider than where the actor works."""
    return ground_of(actor, Right.SEARCH_PEOPLE, Scope.SEARCH)


def own_people(actor: Actor) -> QuerySet[Person]:
    """The people an actor works with, merged rows left out.

    Officers and planners: those of their ground. Collectors and collaborators: those they look after, and no
    others. Raises NotAllowed without the right.
    """
    if not actor.can(Right.ACT_ON_PEOPLE):
        raise NotAllowed("no_right", {"right": Right.ACT_ON_PEOPLE.value})
    living = Person.objects.filter(merged_into__isnull=True)
    overseer = _as_overseer(actor)
    if is_everywhere(overseer, Right.ACT_ON_PEOPLE):
        return living
    ground = visible_units(overseer, scope=Scope.ACT, right=Right.ACT_ON_PEOPLE)
    looked_after = Q(member__user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
    if not overseer.grants:
        return living.filter(looked_after)
    return living.filter(looked_after | Q(unit_today__in=ground.values("pk")))


@dataclass(frozen=True, slots=True)
class Reach:
    """`own_people` as plain ids, for statements written by hand: those of the units (None: everywhere), and
    those looked after by the members."""

    unit_ids: tuple[int, ...] | None
    member_ids: tuple[int, ...]


def own_reach(actor: Actor) -> Reach:
    """Whom an actor works with, as `own_people` says. Raises NotAllowed without the right."""
    if not actor.can(Right.ACT_ON_PEOPLE):
        raise NotAllowed("no_right", {"right": Right.ACT_ON_PEOPLE.value})
    overseer = _as_overseer(actor)
    if is_everywhere(overseer, Right.ACT_ON_PEOPLE):
        return Reach(None, ())
    ground = visible_units(overseer, scope=Scope.ACT, right=Right.ACT_ON_PEOPLE)
    units = tuple(ground.values_list("pk", flat=True)) if overseer.grants else ()
    members = (
        Member.objects.filter(user_id=actor.user_id) if actor.user_id else Member.objects.none()
    )
    return Reach(units, tuple(members.values_list("pk", flat=True)))


def _as_overseer(actor: Actor) -> Actor:
    grants = tuple(grant for grant in actor.grants if grant.role in OVERSEERS)
    return actor if actor.is_system else replace(actor, grants=grants)


def person_to_work_with(actor: Actor, person_id: int, *, lock: bool = False) -> Person:
    """The person, if the actor works with that person. `lock`: until the transaction ends.

    Raises NotAllowed, NotVisible (also for merged rows: ask `kept_id` first).
    """
    rows = own_people(actor)
    if lock:
        rows = rows.select_for_update(of=("self",))
    person = rows.filter(pk=person_id).first()
    if person is None:
        raise NotVisible
    return person


def kept_id(person_id: int) -> int:
    """The id under which a person is kept now: a merged row leads there. One query for each merge."""
    kept = Person.objects.filter(pk=person_id).values_list("merged_into_id", flat=True).first()
    return person_id if kept is None else kept_id(kept)
