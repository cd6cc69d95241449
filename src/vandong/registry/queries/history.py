"""Who changed what: versions of a row set side by side, the youngest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vandong.accounts.queries.scope import Actor
from vandong.registry.models import PASTS, Change, Recorded
from vandong.registry.queries.ground import person_to_work_with
from vandong.registry.queries.masking import masked_address, masked_number

_NOT_SHOWN = {
    *("id", "version", "change_id", "batch_row", "past_id", "ended_change_id", "operation"),
    *("name_key", "name_fold", "name_back", "sort_key"),
}
_MASKS = {
    "personal_id": masked_number,
    "si_number": masked_number,
    "card_number": masked_number,
    "address": masked_address,
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, before and after; numbers and addresses are masked. Ids for references."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change of a row: who, when, by which deed or list (`batch_id`, `batch_row`), and what."""

    change_id: int
    at: datetime
    actor_name: str
    action: str
    reason: str
    batch_id: str
    batch_row: int | None
    fields: tuple[FieldChange, ...]


def changes_of_person(actor: Actor, person_id: int) -> tuple[ChangeLine, ...]:
    """All changes of the person's own row, the youngest first. Raises NotAllowed, NotVisible."""
    return changes_of_row(person_to_work_with(actor, person_id))


def changes_of_row(row: Recorded) -> tuple[ChangeLine, ...]:
    """All changes of one recorded row. Two queries. The caller has authorised the row."""
    past = PASTS[type(row)]._base_manager.filter(id=row.pk).order_by("past_id").values()
    now = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    versions: list[Mapping[str, Any]] = [*past, now]
    changes = Change.objects.in_bulk([version["change_id"] for version in versions])
    empty: Mapping[str, Any] = {}
    lines = [
        _line(changes[new["change_id"]], old, new)
        for old, new in zip([empty, *versions], versions, strict=False)
    ]
    return tuple(reversed(lines))


def _line(change: Change, old: Mapping[str, Any], new: Mapping[str, Any]) -> ChangeLine:
    fields = [
        FieldChange(name, _shown(name, old.get(name)), _shown(name, new[name]))
        for name in new
        if name not in _NOT_SHOWN and (old.get(name) or "") != (new[name] or "")
    ]
    return ChangeLine(
        change_id=change.pk,
        at=change.at,
        actor_name=change.actor_name,
        action=change.action,
        reason=change.reason,
        batch_id=str(change.batch_id or ""),
        batch_row=new["batch_row"],
        fields=tuple(fields),
    )


def _shown(name: str, value: Any) -> object:
    return _MASKS[name](value) if name in _MASKS and value else value
