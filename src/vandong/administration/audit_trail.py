"""The one way in which deeds enter the audit trail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Model

from vandong.accounts.queries.scope import Actor
from vandong.audit.models import AuditEvent


@dataclass(frozen=True, slots=True)
class Subject:
    """What a deed was done to, when it is not one row: a list that was read, a file that was refused."""

    kind: str
    key: str = ""
    name: str = ""


def record(  # noqa: PLR0917 one order for all verbs: who, what, to what, from, to, when, why
    actor: Actor,
    action: str,
    subject: Model | Subject | None,
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
    at: datetime,
    reason: str = "",
) -> AuditEvent:
    """Appends one event, in the caller's transaction.

    `action` is a code as "user.created"; reads worth knowing of end in ".viewed". `before` and `after`
    hold the fields concerned; pass whole snapshots, only what differs is kept. Never put a password in.
    """
    old, new = _differing(before, after)
    kept = _subject_of(subject)
    return AuditEvent.objects.create(
        at=at,
        actor_id=actor.user_id,
        actor_name=actor.name[:200],
        action=action,
        subject_type=kept.kind,
        subject_id=kept.key,
        subject_name=kept.name[:300],
        before=old,
        after=new,
        reason=reason[:500],
    )


def snapshot(row: Model, *fields: str) -> dict[str, object]:
    """The named fields of a row as plain values, to be kept before a change and after it."""
    return {field: _plain(getattr(row, field)) for field in fields}


def _subject_of(given: Model | Subject | None) -> Subject:
    if isinstance(given, Model):
        return Subject(given._meta.label_lower, str(given.pk), str(given))
    return given or Subject("")


def _differing(
    before: Mapping[str, object] | None, after: Mapping[str, object] | None
) -> tuple[dict[str, object] | None, dict[str, object] | None]:
    if before is None or after is None:
        return _values(before), _values(after)
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    old = {key: before[key] for key in keys if key in before}
    new = {key: after[key] for key in keys if key in after}
    return _values(old), _values(new)


def _values(given: Mapping[str, object] | None) -> dict[str, object] | None:
    return None if given is None else {key: _plain(value) for key, value in given.items()}


def _plain(value: object) -> object:
    """A value as JSON keeps it: days and moments in ISO, amounts as text, rows by their name."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal | UUID | Model):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner) for inner in value]
    raise TypeError(f"The audit trail cannot keep a {type(value).__name__}")
