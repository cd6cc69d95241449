"""The audit trail as far as its reader may see it."""

from django.db.models import QuerySet

from vandong.accounts.queries.scope import Actor, Right, is_everywhere, require
from vandong.accounts.queries.users import users_to_manage
from vandong.audit.models import AuditEvent
from vandong.audit.queries.events import TrailFilter, events


def trail(actor: Actor, wanted: TrailFilter) -> QuerySet[AuditEvent]:
    """Events, the latest first. Raises NotAllowed without SEE_AUDIT.

    Who administers a part of the country reads what the users of that part did, and the own deeds.
    """
    require(actor, Right.SEE_AUDIT)
    found = events(wanted)
    if is_everywhere(actor, Right.SEE_AUDIT):
        return found
    own = users_to_manage(actor).values("pk")
    return found.filter(actor_id__in=own) | found.filter(actor_id=actor.user_id)
