"""Logins as those who manage them see them."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from vandong.accounts.models import Grant, Role, User
from vandong.accounts.queries.scope import (
    Actor,
    NotVisible,
    Right,
    Scope,
    is_everywhere,
    require,
    visible_organisations,
    visible_units,
)


def users_to_manage(actor: Actor) -> QuerySet[User]:
    """The users an administrator may manage: all, or those whose every grant lies on the own ground.

    Raises NotAllowed without the right MANAGE_USERS.
    """
    require(actor, Right.MANAGE_USERS)
    if is_everywhere(actor, Right.MANAGE_USERS):
        return User.objects.all()
    own = Grant.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(own), ~Exists(own.exclude(_inside(actor))))


def user_to_manage(actor: Actor, user_id: int, *, lock: bool = False) -> User:
    """One of `users_to_manage`, locked for writing when asked. Raises NotAllowed, NotVisible."""
    users = users_to_manage(actor)
    if lock:
        users = users.select_for_update(of=("self",))
    user = users.filter(pk=user_id).first()
    if user is None:
        raise NotVisible
    return user


def own_user(actor: Actor, *, lock: bool = False) -> User:
    """The login of the actor itself. Raises NotVisible for the command line, which has none."""
    users = User.objects.select_for_update() if lock else User.objects.all()
    user = users.filter(pk=actor.user_id or 0).first()
    if user is None:
        raise NotVisible
    return user


def user_rows(actor: Actor, *, text: str = "", role: str = "", state: str = "") -> QuerySet[User]:
    """For the list: filtered, by name, grants with unit and organisation at hand. Raises NotAllowed.

    `state` is active, disabled or empty; `text` is looked for in user name and full name.
    """
    users = users_to_manage(actor)
    if text:
        users = users.filter(Q(username__icontains=text) | Q(full_name__icontains=text))
    if role:
        users = users.filter(Exists(Grant.objects.filter(user=OuterRef("pk"), role=role)))
    if state:
        users = users.filter(is_active=state == "active")
    grants = Grant.objects.select_related("unit", "organisation").order_by("id")
    return users.prefetch_related(Prefetch("grants", grants)).order_by("sort_key", "pk")


def grants_of(user: User) -> QuerySet[Grant]:
    """The user's grants with their unit and organisation."""
    return user.grants.select_related("unit", "organisation").order_by("id")


def grant_to_manage(actor: Actor, grant_id: int) -> Grant:
    """A grant of one of `users_to_manage`. Raises NotAllowed, NotVisible."""
    grants = Grant.objects.select_related("unit", "organisation", "user")
    grant = grants.filter(pk=grant_id, user__in=users_to_manage(actor)).first()
    if grant is None:
        raise NotVisible
    return grant


def other_administrator_exists(user: User) -> bool:
    """Whether somebody else, active, administers everything without an end."""
    return (
        Grant.objects.filter(
            role=Role.ADMINISTRATOR,
            unit__isnull=True,
            organisation__isnull=True,
            valid_until__isnull=True,
            user__is_active=True,
        )
        .exclude(user=user)
        .exists()
    )


def is_full_administrator(user: User) -> bool:
    """Whether this user, active, administers everything without an end."""
    return (
        user.is_active
        and user.grants.filter(
            role=Role.ADMINISTRATOR,
            unit__isnull=True,
            organisation__isnull=True,
            valid_until__isnull=True,
        ).exists()
    )


def _inside(actor: Actor) -> Q:
    units = visible_units(actor, scope=Scope.ACT, right=Right.MANAGE_USERS).values("pk")
    offices = visible_organisations(actor, right=Right.MANAGE_USERS).values("pk")
    placed = Q(unit__isnull=False) | Q(organisation__isnull=False)
    return (
        placed
        & (Q(unit__isnull=True) | Q(unit__in=units))
        & (Q(organisation__isnull=True) | Q(organisation__in=offices))
    )
