"""The law and its local resolutions for those who look after them: fetched and authorised together."""

from django.db.models import QuerySet

from vandong.accounts.queries.scope import (
    Actor,
    NotVisible,
    Right,
    is_allowed,
    require,
    visible_units,
)
from vandong.administration.approvals import open_approval
from vandong.administration.audit_trail import Subject
from vandong.contacts.queries.law_uses import resting_result_count
from vandong.documents.models import Approval, LocalSupport, LocalSupportState
from vandong.documents.queries.local_supports import with_local_supports
from vandong.law import LawBook, law_book
from vandong.places.models import Unit, UnitKind


def readable_law(actor: Actor) -> LawBook:
    """The law as shipped, with the resolutions of the actor's provinces. Raises NotAllowed."""
    return with_local_supports(law_book(), readable_local_supports(actor))


def touched_result_count(actor: Actor, parameter: str) -> int:
    """How many kept results another value of the parameter would touch. Raises NotAllowed."""
    require(actor, Right.MANAGE_SETTINGS)
    return resting_result_count(parameter)


def supported_provinces(actor: Actor) -> QuerySet[Unit]:
    """The provinces whose resolutions the actor may enter, of all times. Raises NotAllowed."""
    require(actor, Right.MANAGE_SETTINGS)
    return visible_units(actor, right=Right.MANAGE_SETTINGS).filter(kind=UnitKind.PROVINCE)


def readable_local_supports(actor: Actor) -> QuerySet[LocalSupport]:
    """Resolutions of the actor's provinces, what waits first, then the youngest. Raises NotAllowed."""
    provinces = supported_provinces(actor).values("pk")
    rows = LocalSupport.objects.filter(unit__in=provinces).select_related("unit", "replaces")
    return rows.order_by("-proposed_at", "-pk")


def readable_local_support(actor: Actor, local_support_id: int) -> LocalSupport:
    """One of them. Raises NotAllowed, NotVisible."""
    found = readable_local_supports(actor).filter(pk=local_support_id).first()
    if found is None:
        raise NotVisible
    return found


def latest_approval(row: LocalSupport) -> Approval | None:
    """Who asked, and who decided."""
    rows = Approval.objects.filter(subject_type="documents.localsupport", subject_id=str(row.pk))
    return rows.select_related("asked_by", "decided_by").order_by("-asked_at", "-pk").first()


def may_decide(actor: Actor, row: LocalSupport) -> bool:
    """Whether the actor is the second person: holds the right there, and did not ask."""
    if row.state != LocalSupportState.PROPOSED:
        return False
    asked = open_approval(Subject("documents.localsupport", str(row.pk)))
    is_other = asked is not None and asked.asked_by_id != actor.user_id
    return is_other and is_allowed(actor, Right.APPROVE, unit=row.unit)
