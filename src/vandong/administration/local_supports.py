"""What a province adds to contributions: proposed by one person, approved by another, withdrawn, never edited.

A correction, and an end that became known later, is a new proposal that replaces the old one: when it is
approved the old one is withdrawn in the same step.
"""

from datetime import datetime
from fractions import Fraction

from django.db import transaction
from django.db.models import Q

from vandong.accounts.queries.scope import Actor, NotVisible, Right, require, visible_units
from vandong.administration.approvals import ask_approval, decide_approval, open_approval
from vandong.administration.audit_trail import Subject, record, snapshot
from vandong.administration.local_support_fields import LocalSupportFields, checked_fields
from vandong.administration.refusals import Refused, check_version, problem
from vandong.documents.models import LocalSupport, LocalSupportState
from vandong.places.models import Unit, UnitKind

__all__ = [
    "LocalSupportFields",
    "content",
    "decide_local_support",
    "propose_local_support",
    "province_to_support",
    "withdraw_local_support",
]

FIELDS = (
    "unit",
    "scheme",
    "group",
    "rate",
    "amount",
    "valid_from",
    "valid_until",
    "document_number",
    "article",
    "signed_on",
    "confidence",
    "check_by",
    "check_on",
    "note",
)


@transaction.atomic
def propose_local_support(
    *, actor: Actor, fields: LocalSupportFields, at: datetime, replaces_id: int | None = None
) -> LocalSupport:
    """Stores a value that another person must approve before it counts.

    Raises NotAllowed, NotVisible (unit, what is replaced); Refused with all problems of the fields, and
    `local_support_overlaps` when a value for the same group and days stands already.
    """
    unit = province_to_support(actor, fields.unit_id)
    replaced = None
    if replaces_id is not None:
        replaced = _locked(actor, replaces_id)
        _require_state(replaced, LocalSupportState.APPROVED)
    row = LocalSupport(
        unit=unit, replaces=replaced, state=LocalSupportState.PROPOSED, proposed_at=at
    )
    for name, value in checked_fields(fields, at.date()).items():
        setattr(row, name, value)
    _refuse_overlap(row)
    row.save()
    record(actor, "local_support.proposed", row, None, snapshot(row, *FIELDS), at)
    ask_approval(actor=actor, subject=_subject(row), content=content(row), at=at)
    return row


@transaction.atomic
def decide_local_support(
    *,
    actor: Actor,
    local_support_id: int,
    version: int,
    approved: bool,
    at: datetime,
    reason: str = "",
) -> LocalSupport:
    """A second person approves or refuses; what it replaces is withdrawn.

    Raises NotAllowed without APPROVE there, NotVisible, StaleVersion; Refused: `approval_own`,
    `approval_reason_missing`, `local_support_decided`, `local_support_overlaps`.
    """
    require(actor, Right.APPROVE)
    row = _locked(actor, local_support_id)
    check_version(str(row), row.version, version)
    _require_state(row, LocalSupportState.PROPOSED)
    asked = open_approval(_subject(row))
    if asked is None:
        raise NotVisible
    decide_approval(
        actor=actor,
        approval_id=asked.pk,
        subject=_subject(row),
        content=content(row),
        approved=approved,
        at=at,
        unit=row.unit,
        reason=reason,
    )
    if approved:
        _replace(actor, row, at)
        _refuse_overlap(row)
    _put(row, LocalSupportState.APPROVED if approved else LocalSupportState.REFUSED)
    return row


@transaction.atomic
def withdraw_local_support(
    *, actor: Actor, local_support_id: int, version: int, reason: str, at: datetime
) -> LocalSupport:
    """Takes a proposal or an approved value back: from now on nothing is worked out with it.

    Results already kept keep their fingerprint. Raises NotAllowed, NotVisible, StaleVersion; Refused:
    `local_support_reason_missing`, `local_support_decided`.
    """
    row = _locked(actor, local_support_id)
    check_version(str(row), row.version, version)
    _require_state(row, LocalSupportState.PROPOSED, LocalSupportState.APPROVED)
    if not reason.strip():
        raise Refused(problem("local_support_reason_missing", "reason"))
    before = {"state": row.state}
    _put(row, LocalSupportState.WITHDRAWN)
    record(actor, "local_support.withdrawn", row, before, {"state": row.state}, at, reason)
    return row


def province_to_support(actor: Actor, unit_id: int) -> Unit:
    """The province, for one who may enter its resolutions; locked. Raises NotAllowed, NotVisible."""
    require(actor, Right.MANAGE_SETTINGS)
    units = visible_units(actor, right=Right.MANAGE_SETTINGS).filter(kind=UnitKind.PROVINCE)
    unit = Unit.objects.select_for_update().filter(pk=unit_id, pk__in=units.values("pk")).first()
    if unit is None:
        raise NotVisible
    require(actor, Right.MANAGE_SETTINGS, unit=unit)
    return unit


def content(row: LocalSupport) -> dict[str, object]:
    """What is approved: every field, as plain values, the same before and after it is stored."""
    rate = None if row.rate is None else str(Fraction(row.rate))
    others = {"rate": rate, "unit": row.unit_id, "replaces": row.replaces_id}
    return snapshot(row, *FIELDS) | others


def _locked(actor: Actor, local_support_id: int) -> LocalSupport:
    require(actor, Right.MANAGE_SETTINGS)
    rows = LocalSupport.objects.select_related("unit").select_for_update(of=("self",))
    row = rows.filter(pk=local_support_id).first()
    if row is None:
        raise NotVisible
    province_to_support(actor, row.unit_id)
    return row


def _require_state(row: LocalSupport, *allowed: LocalSupportState) -> None:
    if row.state not in allowed:
        raise Refused(problem("local_support_decided", name=str(row)))


def _refuse_overlap(row: LocalSupport) -> None:
    """The province is locked by the caller, so that two approvals cannot pass each other."""
    others = LocalSupport.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=row.valid_from),
        unit_id=row.unit_id,
        scheme=row.scheme,
        group=row.group,
        state=LocalSupportState.APPROVED,
    ).exclude(pk__in=[key for key in (row.pk, row.replaces_id) if key])
    if row.valid_until is not None:
        others = others.filter(valid_from__lt=row.valid_until)
    other = others.select_related("unit").first()
    if other is not None:
        raise Refused(
            problem("local_support_overlaps", "valid_from", name=str(other), on=other.valid_from)
        )


def _replace(actor: Actor, row: LocalSupport, at: datetime) -> None:
    if row.replaces_id is None:
        return
    old = LocalSupport.objects.select_for_update().get(pk=row.replaces_id)
    _require_state(old, LocalSupportState.APPROVED)
    _put(old, LocalSupportState.WITHDRAWN)
    states = {"state": LocalSupportState.APPROVED.value}, {"state": old.state}
    record(actor, "local_support.replaced", old, *states, at)


def _put(row: LocalSupport, state: LocalSupportState) -> None:
    row.state = state
    row.version += 1
    row.save(update_fields=["state", "version"])


def _subject(row: LocalSupport) -> Subject:
    return Subject("documents.localsupport", str(row.pk), str(row))
