"""Four eyes: one person asks, another confirms exactly the content that was asked for."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from vandong.accounts.models import User
from vandong.accounts.queries.scope import Actor, NotVisible, Right, require
from vandong.accounts.queries.users import own_user
from vandong.administration.audit_trail import Subject, record
from vandong.administration.refusals import Refused, problem
from vandong.documents.models import Approval
from vandong.places.models import Unit


def content_hash(content: Mapping[str, object]) -> str:
    """SHA-256 of the content as JSON with sorted keys. Values must be plain: text, whole numbers, lists."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def standing_approval(subject: Subject, content: Mapping[str, object]) -> Approval | None:
    """The approval that covers exactly this content: one of an earlier content is void."""
    return (
        _approvals(subject)
        .filter(content_hash=content_hash(content), approved=True)
        .order_by("-decided_at")
        .first()
    )


def open_approval(subject: Subject) -> Approval | None:
    """The latest request about the subject that nobody has decided."""
    return _approvals(subject).filter(approved__isnull=True).order_by("-asked_at", "-pk").first()


@transaction.atomic
def ask_approval(
    *, actor: Actor, subject: Subject, content: Mapping[str, object], at: datetime
) -> Approval:
    """Asks for a second person. Asked again for the same content, the open request is returned."""
    asker = own_user(actor, lock=True)
    wanted = content_hash(content)
    known = _approvals(subject).filter(content_hash=wanted, approved__isnull=True).first()
    if known is not None:
        return known
    approval = Approval.objects.create(
        subject_type=subject.kind,
        subject_id=subject.key,
        content_hash=wanted,
        asked_by=asker,
        asked_at=at,
    )
    record(actor, "approval.asked", subject, None, {"content_hash": wanted}, at)
    return approval


@transaction.atomic
def decide_approval(
    *,
    actor: Actor,
    approval_id: int,
    subject: Subject,
    content: Mapping[str, object],
    approved: bool,
    at: datetime,
    unit: Unit | None = None,
    reason: str = "",
) -> Approval:
    """Confirms or refuses what was asked; `content` is the subject as it stands now, read by the caller.

    Raises NotAllowed without APPROVE (on `unit` when given), NotVisible; Refused: `approval_own`,
    `approval_decided`, `approval_content_changed`, `approval_reason_missing`.
    """
    require(actor, Right.APPROVE, unit=unit)
    approval = _approvals(subject).select_for_update().filter(pk=approval_id).first()
    if approval is None:
        raise NotVisible
    decider = own_user(actor)
    _refuse_decision(approval, decider, content_hash(content), approved, reason)
    approval.decided_by, approval.decided_at = decider, at
    approval.approved, approval.reason = approved, reason
    approval.save(update_fields=["decided_by", "decided_at", "approved", "reason"])
    action = "approval.given" if approved else "approval.refused"
    record(actor, action, subject, None, {"content_hash": approval.content_hash}, at, reason)
    return approval


def _refuse_decision(
    approval: Approval, decider: User, current: str, approved: bool, reason: str
) -> None:
    if approval.approved is not None:
        raise Refused(problem("approval_decided"))
    if approval.asked_by_id == decider.pk:
        raise Refused(problem("approval_own"))
    if approved and approval.content_hash != current:
        raise Refused(problem("approval_content_changed"))
    if not approved and not reason.strip():
        raise Refused(problem("approval_reason_missing", "reason"))


def _approvals(subject: Subject) -> QuerySet[Approval]:
    return Approval.objects.filter(subject_type=subject.kind, subject_id=subject.key)
