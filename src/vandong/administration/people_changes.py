"""The one way into the register: a change is opened, every row written in the transaction points to it."""

from datetime import datetime

from django.db import connection

from vandong.accounts.queries.scope import Actor
from vandong.documents.models import Batch
from vandong.registry.models import Change


def open_change(
    *, actor: Actor, action: str, at: datetime, batch: Batch | None = None, reason: str = ""
) -> Change:
    """Opens the change of this transaction. New rows take it by default; an UPDATE must set `change_id`.

    Call it inside a transaction; a second call closes the first. Raises RuntimeError outside of one.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a change of the register needs a transaction")
    change = Change.objects.create(
        at=at,
        actor_id=actor.user_id,
        actor_name=actor.name[:200],
        action=action,
        reason=reason[:500],
        batch=batch,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('vandong.change', %s, true)", [str(change.pk)])
    return change
