"""Users: created, edited, disabled. Passwords and grants have modules of their own."""

import re
from datetime import datetime

from django.db import transaction

from vandong.accounts.models import User
from vandong.accounts.queries.scope import Actor, Right, is_everywhere, require
from vandong.accounts.queries.users import (
    is_full_administrator,
    other_administrator_exists,
    own_user,
    user_to_manage,
)
from vandong.administration.audit_trail import record, snapshot
from vandong.administration.passwords import password_problems
from vandong.administration.refusals import Refused, check_version, problem, refuse_all
from vandong.kernel.findings import Finding
from vandong.kernel.names import clean, sort_key

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
_FIELDS = ("username", "full_name", "language", "is_active", "must_change_password")
LANGUAGES = ("vi", "en")


def username_key(typed: str) -> str:
    """A user name as it is stored and compared: trimmed, lower case."""
    return clean(typed).lower()


@transaction.atomic
def create_user(
    *,
    actor: Actor,
    username: str,
    full_name: str,
    password: str,
    at: datetime,
    language: str = "vi",
    must_change_password: bool = True,
) -> User:
    """A login without any right yet. Raises NotAllowed; Refused with all problems of the fields.

    An administrator of a part of the country gives the first grant in the same transaction
    (`grants.create_user_with_grant`): a user without one would be out of reach at once.
    """
    require(actor, Right.MANAGE_USERS)
    user = User(username=username_key(username), full_name=clean(full_name), language=language)
    user.sort_key = sort_key(user.full_name)
    refuse_all(_problems(user) + password_problems(password, user))
    user.must_change_password = must_change_password
    user.set_password(password)
    user.save()
    record(actor, "user.created", user, None, snapshot(user, *_FIELDS), at)
    return user


@transaction.atomic
def edit_user(
    *,
    actor: Actor,
    user_id: int,
    version: int,
    username: str,
    full_name: str,
    language: str,
    at: datetime,
) -> User:
    """Raises NotAllowed, NotVisible, StaleVersion; Refused with all problems of the fields."""
    user = user_to_manage(actor, user_id, lock=True)
    check_version(str(user), user.version, version)
    before = snapshot(user, *_FIELDS)
    user.username, user.full_name = username_key(username), clean(full_name)
    user.language, user.sort_key = language, sort_key(user.full_name)
    refuse_all(_problems(user))
    if snapshot(user, *_FIELDS) == before:
        return user
    user.version += 1
    user.save(update_fields=["username", "full_name", "sort_key", "language", "version"])
    record(actor, "user.edited", user, before, snapshot(user, *_FIELDS), at)
    return user


@transaction.atomic
def disable_user(
    *, actor: Actor, user_id: int, version: int, at: datetime, reason: str = ""
) -> User:
    """Ends the user's sessions and refuses new ones; grants stay, so that enabling gives them back.

    Raises NotAllowed, NotVisible, StaleVersion; Refused: `not_yourself`, `last_administrator`.
    """
    lock_administrators()
    user = user_to_manage(actor, user_id, lock=True)
    check_version(str(user), user.version, version)
    if user.pk == actor.user_id:
        raise Refused(problem("not_yourself"))
    if is_full_administrator(user) and not other_administrator_exists(user):
        raise Refused(problem("last_administrator"))
    return _switch(actor, user, active=False, at=at, reason=reason)


@transaction.atomic
def enable_user(*, actor: Actor, user_id: int, version: int, at: datetime) -> User:
    """The undo of `disable_user`. Raises NotAllowed, NotVisible, StaleVersion."""
    user = user_to_manage(actor, user_id, lock=True)
    check_version(str(user), user.version, version)
    return _switch(actor, user, active=True, at=at, reason="")


@transaction.atomic
def keep_language(*, actor: Actor, language: str) -> None:
    """Keeps the language the actor works in. Not worth a line in the audit trail. Raises Refused."""
    refuse_all(_language_problems(language))
    user = own_user(actor, lock=True)
    user.language = language
    user.save(update_fields=["language"])


@transaction.atomic
def note_sign_in(*, actor: Actor, at: datetime) -> None:
    """Writes down that the actor signed in."""
    record(actor, "user.signed_in", own_user(actor), None, None, at)


def lock_administrators() -> None:
    """Lets one transaction at a time take an administrator away, so that two cannot take the last two."""
    list(
        User.objects.select_for_update()
        .filter(grants__role="administrator")
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def manages_everywhere(actor: Actor) -> bool:
    """Whether the actor may create users who hold no grant yet."""
    return is_everywhere(actor, Right.MANAGE_USERS)


def _switch(actor: Actor, user: User, *, active: bool, at: datetime, reason: str) -> User:
    if user.is_active == active:
        return user
    user.is_active = active
    user.version += 1
    user.save(update_fields=["is_active", "version"])
    action = "user.enabled" if active else "user.disabled"
    record(actor, action, user, {"is_active": not active}, {"is_active": active}, at, reason)
    return user


def _problems(user: User) -> list[Finding]:
    problems: list[Finding] = []
    if not _USERNAME.fullmatch(user.username):
        problems.append(problem("username_form", "username"))
    elif User.objects.filter(username=user.username).exclude(pk=user.pk).exists():
        problems.append(problem("username_taken", "username", username=user.username))
    if not user.full_name:
        problems.append(problem("name_missing", "full_name"))
    elif len(user.full_name) > 200:
        problems.append(problem("name_too_long", "full_name", limit=200))
    return problems + _language_problems(user.language)


def _language_problems(language: str) -> list[Finding]:
    return [] if language in LANGUAGES else [problem("language_unknown", "language")]
