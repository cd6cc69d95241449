"""Kept advice as somebody may see it."""

from dataclasses import replace

from django.db.models import Q, QuerySet

from vandong.accounts.models import Role
from vandong.accounts.queries.scope import Actor, Scope, visible_units
from vandong.contacts.models import Advice
from vandong.kernel.names import fold

OVERSEERS = frozenset({Role.PLANNER, Role.OFFICER})
"""Who sees the advice of others on their ground; collectors and collaborators see their own."""


def own_advice(actor: Actor) -> QuerySet[Advice]:
    """One's own advice, and for officers and planners all of their ground, the youngest first."""
    rows = Advice.objects.select_related("unit", "made_by").order_by("-made_at", "-pk")
    if actor.is_system:
        return rows
    overseen = tuple(grant for grant in actor.grants if grant.role in OVERSEERS)
    ground = visible_units(replace(actor, grants=overseen), scope=Scope.ACT)
    return rows.filter(Q(made_by_id=actor.user_id) | Q(unit_id__in=ground.values("pk")))


def searched_advice(actor: Actor, text: str) -> QuerySet[Advice]:
    """Of these, the ones whose label holds every word of `text`, without diacritics."""
    rows = own_advice(actor)
    for word in fold(text).split():
        rows = rows.filter(label_fold__contains=word)
    return rows
