"""Passwords: the rules they must pass, one-time ones, and their change."""

import secrets
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from vandong.accounts.models import User
from vandong.accounts.queries.scope import Actor
from vandong.accounts.queries.users import own_user, user_to_manage
from vandong.administration.audit_trail import record
from vandong.administration.refusals import Refused, problem, refuse_all
from vandong.kernel.findings import Finding

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without 0, o, 1, l, i: a one-time password is read out on the telephone."""

_CODES = {
    "password_too_similar": "password_like_name",
    "password_too_short": "password_too_short",
    "password_too_common": "password_too_common",
    "password_entirely_numeric": "password_only_digits",
}


def one_time_password() -> str:
    """Twelve signs in three groups, about 59 bits, to be changed at the first sign-in."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def password_problems(password: str, user: User, column: str = "password") -> list[Finding]:
    """What speaks against this password for this user; empty when nothing does."""
    try:
        validate_password(password, user)
    except ValidationError as refusal:
        return [_named(error, column) for error in refusal.error_list]
    return []


@transaction.atomic
def change_own_password(*, actor: Actor, old: str, new: str, at: datetime) -> User:
    """Sets the actor's own password and ends all sessions begun under the old one.

    Raises Refused with `password_wrong`, `password_same` or the rules broken.
    """
    user = own_user(actor, lock=True)
    if not user.check_password(old):
        raise Refused(problem("password_wrong", "old"))
    problems = password_problems(new, user, "new")
    if new == old:
        problems.insert(0, problem("password_same", "new"))
    refuse_all(problems)
    user.set_password(new)
    user.must_change_password = False
    user.version += 1
    user.save(update_fields=["password", "must_change_password", "version"])
    record(actor, "user.password_changed", user, None, None, at)
    return user


@transaction.atomic
def reset_password(*, actor: Actor, user_id: int, at: datetime) -> str:
    """A new one-time password for somebody else, who must change it; all sessions of that user end.

    Raises NotAllowed, NotVisible; Refused with `not_yourself`.
    """
    user = user_to_manage(actor, user_id, lock=True)
    if user.pk == actor.user_id:
        raise Refused(problem("not_yourself"))
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.version += 1
    user.save(update_fields=["password", "must_change_password", "version"])
    record(actor, "user.password_reset", user, None, None, at)
    return password


def _named(error: ValidationError, column: str) -> Finding:
    values = {key: value for key, value in (error.params or {}).items() if key == "min_length"}
    return problem(_CODES.get(error.code or "", "password_refused"), column, **values)
