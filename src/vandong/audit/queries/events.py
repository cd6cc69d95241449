"""Reading the audit trail. Who may read what is asked one floor up (`accounts.queries.trail`)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from vandong.audit.models import AuditEvent


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What to look for; empty parts match all. `begun_at` inclusive, `ended_at` exclusive."""

    actor_text: str = ""
    subject_text: str = ""
    subject_type: str = ""
    subject_id: str = ""
    action: str = ""
    begun_at: datetime | None = None
    ended_at: datetime | None = None


def events(wanted: TrailFilter) -> QuerySet[AuditEvent]:
    """The latest first."""
    found = AuditEvent.objects.all()
    if wanted.actor_text:
        found = found.filter(actor_name__icontains=wanted.actor_text)
    if wanted.subject_text:
        found = found.filter(subject_name__icontains=wanted.subject_text)
    if wanted.subject_type:
        found = found.filter(subject_type=wanted.subject_type, subject_id=wanted.subject_id)
    if wanted.action:
        found = found.filter(action=wanted.action)
    if wanted.begun_at is not None:
        found = found.filter(at__gte=wanted.begun_at)
    if wanted.ended_at is not None:
        found = found.filter(at__lt=wanted.ended_at)
    return found.order_by("-at", "-pk")


def actions() -> list[str]:
    """Every action that occurs, in alphabetical order of its code."""
    return list(AuditEvent.objects.values_list("action", flat=True).distinct().order_by("action"))
