"""Taken-over files that an actor may see."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from vandong.accounts.models import Grant
from vandong.accounts.queries.scope import (
    Actor,
    Right,
    Scope,
    is_everywhere,
    require,
    visible_units,
)
from vandong.documents.models import Batch


def batches_of_ground(actor: Actor, right: Right, kinds: Iterable[str]) -> QuerySet[Batch]:
    """One's own files of these kinds, and those of people whose whole ground lies in one's own; newest first.

    Who has no limit of ground sees all, also those of the command line. Raises NotAllowed.
    """
    require(actor, right)
    batches = (
        Batch.objects.filter(kind__in=list(kinds))
        .select_related("source_file", "created_by", "undone_by")
        .order_by("-created_at", "id")
    )
    if is_everywhere(actor, right):
        return batches
    ground = visible_units(actor, scope=Scope.ACT, right=right).values("pk")
    grants = Grant.objects.filter(user_id=OuterRef("created_by_id"))
    beyond = grants.exclude(unit_id__in=ground)
    return batches.filter(
        Q(created_by_id=actor.user_id) | (Exists(grants) & ~Exists(beyond)),
        created_by__isnull=False,
    )
