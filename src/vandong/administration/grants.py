"""Grants: what a user may do, given and taken back."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from vandong.accounts.models import Grant, Organisation, Role, User
from vandong.accounts.queries.scope import Actor, Right, require
from vandong.accounts.queries.users import (
    grant_to_manage,
    is_full_administrator,
    other_administrator_exists,
    user_to_manage,
)
from vandong.administration.audit_trail import record
from vandong.administration.refusals import Refused, problem, refuse_all
from vandong.administration.users import create_user, lock_administrators, manages_everywhere
from vandong.places.models import Unit


@transaction.atomic
def create_user_with_grant(
    *,
    actor: Actor,
    username: str,
    full_name: str,
    password: str,
    role: str,
    organisation: Organisation | None,
    unit: Unit | None,
    at: datetime,
    language: str = "vi",
    must_change_password: bool = True,
) -> User:
    """A login with its first grant, or neither. Raises as `create_user` and `add_grant`."""
    user = create_user(
        actor=actor,
        username=username,
        full_name=full_name,
        password=password,
        at=at,
        language=language,
        must_change_password=must_change_password,
    )
    _give(actor, user, role, organisation, unit, None, at)
    return user


@transaction.atomic
def add_grant(
    *,
    actor: Actor,
    user_id: int,
    role: str,
    organisation: Organisation | None,
    unit: Unit | None,
    at: datetime,
    valid_until: date | None = None,
) -> Grant:
    """Gives a role, narrowed to an organisation and a unit; the same grant again changes nothing.

    Nobody gives what lies beyond the own ground, nor to oneself. `valid_until` is exclusive.
    Raises NotAllowed, NotVisible; Refused: `role_unknown`, `not_yourself`, `grant_already_over`.
    """
    user = user_to_manage(actor, user_id, lock=True)
    if user.pk == actor.user_id:
        raise Refused(problem("not_yourself"))
    return _give(actor, user, role, organisation, unit, valid_until, at)


@transaction.atomic
def remove_grant(*, actor: Actor, grant_id: int, at: datetime, reason: str = "") -> Grant:
    """Takes a grant back; returns it as it was, for an undo. Raises NotAllowed, NotVisible, Refused."""
    lock_administrators()
    grant = grant_to_manage(actor, grant_id)
    user = user_to_manage(actor, grant.user_id, lock=True)
    if user.pk == actor.user_id:
        raise Refused(problem("not_yourself"))
    was_full = is_full_administrator(user)
    before = _content(grant)
    grant.delete()
    if was_full and not is_full_administrator(user) and not other_administrator_exists(user):
        raise Refused(problem("last_administrator"))
    record(actor, "grant.removed", user, before, None, at, reason)
    return grant


def _give(  # noqa: PLR0917 the fields of a grant, in its own order
    actor: Actor,
    user: User,
    role: str,
    organisation: Organisation | None,
    unit: Unit | None,
    valid_until: date | None,
    at: datetime,
) -> Grant:
    refuse_all([] if role in Role.values else [problem("role_unknown", "role", role=role)])
    if valid_until is not None and valid_until <= localdate(at):
        raise Refused(problem("grant_already_over", "valid_until", on=valid_until))
    _require_ground(actor, organisation, unit)
    grant, is_new = Grant.objects.get_or_create(
        user=user,
        role=role,
        organisation=organisation,
        unit=unit,
        defaults={"granted_at": at, "valid_until": valid_until},
    )
    if is_new:
        record(actor, "grant.added", user, None, _content(grant), at)
    elif grant.valid_until != valid_until:
        _prolong(actor, grant, valid_until, at)
    return grant


def _prolong(actor: Actor, grant: Grant, valid_until: date | None, at: datetime) -> None:
    before = _content(grant)
    grant.valid_until = valid_until
    grant.save(update_fields=["valid_until"])
    record(actor, "grant.edited", grant.user, before, _content(grant), at)


def _require_ground(actor: Actor, organisation: Organisation | None, unit: Unit | None) -> None:
    if organisation is None and unit is None and not manages_everywhere(actor):
        raise Refused(problem("grant_beyond_own_ground", "unit"))
    if organisation is not None:
        require(actor, Right.MANAGE_USERS, organisation=organisation)
    if unit is not None:
        require(actor, Right.MANAGE_USERS, unit=unit)


def _content(grant: Grant) -> dict[str, object]:
    return {
        "role": grant.role,
        "organisation": None if grant.organisation is None else str(grant.organisation),
        "unit": None if grant.unit is None else str(grant.unit),
        "valid_until": grant.valid_until,
    }
