"""Who acts, what that person may do, and where. Every door and every verb asks here."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet

from vandong.accounts.models import Grant, Organisation, OrganisationArea, User
from vandong.accounts.queries.ground import Holding, office_ids, reached_unit_ids
from vandong.accounts.queries.rights import (
    HOLDING_ROLES,
    Breadth,
    NotAllowed,
    NotVisible,
    Right,
    Scope,
    breadth,
    role_enters,
    role_has,
    scope_of,
)
from vandong.places.models import Unit
from vandong.places.queries.spans import valid_on

__all__ = [
    "Actor",
    "GrantLine",
    "NotAllowed",
    "NotVisible",
    "Right",
    "Scope",
    "actor_for",
    "held_units",
    "is_allowed",
    "is_outsider",
    "require",
    "visible_organisations",
    "visible_units",
]


@dataclass(frozen=True, slots=True)
class GrantLine:
    """One grant as a value. Both ids empty = everywhere."""

    role: str
    organisation_id: int | None = None
    unit_id: int | None = None

    @property
    def is_everywhere(self) -> bool:
        """Whether the grant knows no limit of ground."""
        return self.organisation_id is None and self.unit_id is None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks or acts, with the grants of one day. `is_system`: the command line, no limits."""

    user_id: int | None
    name: str
    language: str = "vi"
    grants: tuple[GrantLine, ...] = ()
    is_system: bool = False

    @classmethod
    def system(cls, name: str) -> "Actor":
        """The one at the machine's own command line; `name` is what the audit trail will say."""
        return cls(user_id=None, name=name, is_system=True)

    def can(self, right: Right) -> bool:
        """Whether the right is held anywhere. For menus; a deed asks `require` with its place."""
        return self.is_system or any(role_has(grant.role, right) for grant in self.grants)

    @property
    def roles(self) -> frozenset[str]:
        """The roles held, anywhere."""
        return frozenset(grant.role for grant in self.grants)


def actor_for(user: User, on: date) -> Actor:
    """The user as an actor on a day: grants that ended (`valid_until` exclusive) are left out. One query."""
    rows = Grant.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on), user=user)
    lines = rows.order_by("id").values_list("role", "organisation_id", "unit_id")
    grants = tuple(GrantLine(*line) for line in lines) if user.is_active else ()
    return Actor(user_id=user.pk, name=str(user), language=user.language, grants=grants)


def visible_units(
    actor: Actor, day: date | None = None, scope: Scope = Scope.FIGURES, right: Right | None = None
) -> QuerySet[Unit]:
    """The units in an actor's scope, of one day or (`day` empty) of all times. One statement.

    `right` narrows to the grants that carry it: who plans in one province and observes another edits
    plans in the first only.
    """
    units = Unit.objects.all() if day is None else Unit.objects.filter(valid_on(day))
    grants = _grants_in(actor, scope, right)
    if actor.is_system or any(grant.is_everywhere for grant in grants):
        return units
    return _units_of(units, grants, scope)


def visible_organisations(
    actor: Actor, scope: Scope = Scope.ACT, right: Right | None = None
) -> QuerySet[Organisation]:
    """The organisations a grant names, with branches and successors, and those at work on its ground."""
    grants = _grants_in(actor, scope, right)
    if actor.is_system or any(grant.is_everywhere for grant in grants):
        return Organisation.objects.all()
    named = [_holding(grant, scope) for grant in grants if grant.organisation_id is not None]
    grounds = [_holding(grant, scope) for grant in grants if grant.organisation_id is None]
    found = Q(pk__in=[])
    if named:
        found |= Q(pk__in=office_ids(named))
    if grounds:
        found |= Q(
            pk__in=OrganisationArea.objects.filter(unit_id__in=reached_unit_ids(grounds)).values(
                "organisation_id"
            )
        )
    return Organisation.objects.filter(found)


def held_units(actor: Actor) -> QuerySet[Unit]:
    """The units whose office the actor works in (`HOLDING_ROLES`): their small cells are open to the actor."""
    if actor.is_system:
        return Unit.objects.all()
    grants = tuple(grant for grant in actor.grants if grant.role in HOLDING_ROLES)
    return visible_units(replace(actor, grants=grants), scope=Scope.ACT)


def is_outsider(actor: Actor, unit: Unit) -> bool:
    """Whether cells under 5 people of this unit are hidden from the actor (design README, last line)."""
    return not held_units(actor).filter(pk=unit.pk).exists()


def is_allowed(
    actor: Actor,
    right: Right,
    unit: Unit | None = None,
    organisation: Organisation | None = None,
) -> bool:
    """Whether one and the same grant carries the right, the unit and the organisation.

    Without unit and organisation: whether the right is held anywhere.
    """
    if actor.is_system:
        return True
    grants = [grant for grant in actor.grants if role_has(grant.role, right)]
    if organisation is not None:
        grants = [grant for grant in grants if _names(grant, organisation, scope_of(right))]
    if unit is None or not grants:
        return bool(grants)
    narrowed = replace(actor, grants=tuple(grants))
    return visible_units(narrowed, scope=scope_of(right), right=right).filter(pk=unit.pk).exists()


def require(
    actor: Actor,
    right: Right,
    unit: Unit | None = None,
    organisation: Organisation | None = None,
) -> None:
    """Raises NotAllowed: `no_right` when the right is held nowhere, `outside_ground` when not there."""
    if not actor.can(right):
        raise NotAllowed("no_right", {"right": right.value})
    if not is_allowed(actor, right, unit, organisation):
        place = unit or organisation
        raise NotAllowed("outside_ground", {"right": right.value, "place": str(place)})


def is_everywhere(actor: Actor, right: Right) -> bool:
    """Whether the actor holds the right with no limit of ground."""
    return actor.is_system or any(
        grant.is_everywhere and role_has(grant.role, right) for grant in actor.grants
    )


def _names(grant: GrantLine, organisation: Organisation, scope: Scope) -> bool:
    if grant.organisation_id is None:
        one = Actor(user_id=None, name="", grants=(grant,))
        return grant.unit_id is None or (
            visible_organisations(one, scope).filter(pk=organisation.pk).exists()
        )
    followed = office_ids([_holding(grant, scope)])
    return Organisation.objects.filter(pk=organisation.pk, pk__in=followed).exists()


def _grants_in(actor: Actor, scope: Scope, right: Right | None) -> list[GrantLine]:
    return [
        grant
        for grant in actor.grants
        if role_enters(grant.role, scope) and (right is None or role_has(grant.role, right))
    ]


def _units_of(units: QuerySet[Unit], grants: list[GrantLine], scope: Scope) -> QuerySet[Unit]:
    if not grants:
        return units.none()
    return units.filter(pk__in=reached_unit_ids([_holding(grant, scope) for grant in grants]))


def _holding(grant: GrantLine, scope: Scope) -> Holding:
    wide = breadth(grant.role, scope) is Breadth.PROVINCE
    return Holding(grant.unit_id, grant.organisation_id, wide)
