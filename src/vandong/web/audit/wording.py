"""Events of the audit trail in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from vandong.audit.models import AuditEvent
from vandong.kernel.days import format_day
from vandong.phrases import UnknownCode, sentence

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field as it was and as it became. `is_typed`: the values are texts as somebody typed them."""

    label: str
    old: str
    new: str
    is_typed: bool


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event ready to print."""

    at: datetime
    actor: str
    action: str
    subject_kind: str
    subject_name: str
    subject_key: str
    reason: str
    differences: tuple[Difference, ...]


def event_line(event: AuditEvent, language: str) -> EventLine:
    """The event in the reader's language; a code without words is shown as it is."""
    return EventLine(
        at=event.at,
        actor=event.actor_name or NOTHING,
        action=action_words(event.action, language),
        subject_kind=_said("audit_subject_", event.subject_type, language)
        if event.subject_type
        else "",
        subject_name=event.subject_name,
        subject_key=f"{event.subject_type}:{event.subject_id}" if event.subject_id else "",
        reason=event.reason,
        differences=_differences(event.before, event.after, language),
    )


def action_words(action: str, language: str) -> str:
    """ "user.created" → "Tạo tài khoản"."""
    return _said("audit_", action, language)


def _said(prefix: str, code: str, language: str) -> str:
    return _said_or(prefix + code.replace(".", "_"), code, language)


def _said_or(code: str, otherwise: str, language: str) -> str:
    """The words of a code; a plain text stands for itself, and so does an action not yet worded."""
    try:
        return sentence(code, {}, language)
    except UnknownCode:
        return otherwise


def _differences(
    before: Mapping[str, object] | None, after: Mapping[str, object] | None, language: str
) -> tuple[Difference, ...]:
    old, new = before or {}, after or {}
    differences = (
        Difference(
            _said("audit_field_", key, language),
            _value(key, old.get(key), language),
            _value(key, new.get(key), language),
            _is_typed(key, old.get(key), language) or _is_typed(key, new.get(key), language),
        )
        for key in {**old, **new}
    )
    return tuple(one for one in differences if one.old != one.new)


def _value(key: str, value: object, language: str) -> str:
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(value, bool):
        return sentence("audit_yes" if value else "audit_no", {}, language)
    if isinstance(value, list):
        return ", ".join(_value(key, one, language) for one in value)
    if isinstance(value, str):
        return _day(value) or _worded(key, value, language)
    return str(value)


def _is_typed(key: str, value: object, language: str) -> bool:
    if isinstance(value, list):
        return any(_is_typed(key, one, language) for one in value)
    return isinstance(value, str) and value != "" and _value(key, value, language) == value


def _worded(key: str, value: str, language: str) -> str:
    """The words of a coded value (a role, a kind), else the text itself."""
    return _said_or(f"audit_value_{key}_{value}", value, language)


def _day(text: str) -> str:
    """An ISO day as 31/05/2023; empty when the text is something else."""
    if len(text) != 10 or text[4:5] != "-":
        return ""
    try:
        return format_day(date.fromisoformat(text))
    except ValueError:
        return ""
