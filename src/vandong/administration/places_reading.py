"""Places for the doors: fetched and authorised together. All who sign in may see them."""

from datetime import date

from django.db.models import Count, QuerySet

from vandong.accounts.queries.scope import Actor, NotVisible, Right, require
from vandong.places.models import Unit, UnitSet
from vandong.places.queries import SearchResult, search_units


def readable_unit(actor: Actor, unit_id: int) -> Unit:
    """The unit. Raises NotAllowed, NotVisible."""
    require(actor, Right.SEE_PLACES)
    unit = Unit.objects.filter(id=unit_id).first()
    if unit is None:
        raise NotVisible
    return unit


def found_units(actor: Actor, text: str, day: date, limit: int) -> SearchResult:
    """What a search finds (see `search_units`). Raises NotAllowed."""
    require(actor, Right.SEE_PLACES)
    return search_units(text, day, limit=limit)


def readable_unit_sets(actor: Actor) -> QuerySet[UnitSet]:
    """All sets, the youngest first, each with `unit_count`. Raises NotAllowed."""
    require(actor, Right.SEE_PLACES)
    return UnitSet.objects.annotate(unit_count=Count("units")).order_by("-on", "name")


def readable_unit_set(actor: Actor, unit_set_id: int) -> UnitSet:
    """The set. Raises NotAllowed, NotVisible."""
    found = readable_unit_sets(actor).filter(id=unit_set_id).first()
    if found is None:
        raise NotVisible
    return found


def editable_unit_set(actor: Actor, unit_set_id: int) -> UnitSet:
    """The set, for one who may change it. Raises NotAllowed, NotVisible."""
    require(actor, Right.MANAGE_UNIT_SETS)
    return readable_unit_set(actor, unit_set_id)
