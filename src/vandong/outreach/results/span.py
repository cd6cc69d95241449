"""Whose results, and of which days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection

from vandong.accounts.queries.scope import (
    Actor,
    Right,
    Scope,
    is_everywhere,
    require,
    visible_units,
)
from vandong.places.models import Tree, Unit
from vandong.places.queries.units import subtree


@dataclass(frozen=True, slots=True)
class Span:
    """Days of the province, both ends included; `unit`: that place and below only."""

    first_on: date
    last_on: date
    unit: Unit | None = None


def month_of(on: date) -> Span:
    """The month so far."""
    return Span(on.replace(day=1), on)


def asked(actor: Actor, span: Span) -> dict[str, Any]:
    """Values for statements: days, zone, and the units of the actor's ground (None: everywhere).

    Raises NotAllowed for who does not make lists of people.
    """
    require(actor, Right.IMPORT_PEOPLE)
    return {
        "first_on": span.first_on,
        "last_on": span.last_on,
        "zone": settings.TIME_ZONE,
        "units": ground_units(actor, span.last_on, span.unit),
    }


def ground_units(actor: Actor, on: date, unit: Unit | None) -> list[int] | None:
    """The units of the actor's ground, within `unit`; None: everywhere."""
    below = None
    if unit is not None:
        below = [unit.pk, *subtree(unit, Tree.ADMINISTRATIVE, on).values_list("pk", flat=True)]
    if actor.is_system or is_everywhere(actor, Right.IMPORT_PEOPLE):
        return below
    own = visible_units(actor, scope=Scope.ACT, right=Right.IMPORT_PEOPLE)
    ids = set(own.values_list("pk", flat=True))
    return sorted(ids if below is None else ids & set(below))


def rows(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """All rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
