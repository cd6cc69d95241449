"""What a page of segments is asked for: the day, and the commune it is narrowed to."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from vandong.accounts.queries.scope import Actor, NotVisible, Right, Scope, visible_units
from vandong.kernel.days import DayProblem, parse_day
from vandong.places.models import Unit, UnitKind


@dataclass(frozen=True, slots=True)
class Asked:
    """`bad_day`: a day that could not be read; today is shown instead."""

    on: date
    unit: Unit | None
    bad_day: str = ""

    @property
    def query(self) -> str:
        """The same, as the query of another page."""
        parts = {"ngay": self.on.isoformat(), "don-vi": self.unit.pk if self.unit else ""}
        return urlencode({name: value for name, value in parts.items() if value})


def read_asked(request: HttpRequest, actor: Actor) -> Asked:
    """From "?ngay=&don-vi=". Raises NotVisible for a unit outside the actor's ground."""
    text = request.GET.get("ngay", "").strip()
    on, bad = timezone.localdate(), ""
    try:
        on = parse_day(text) if text else on
    except DayProblem:
        bad = text[:20]
    return Asked(on, _unit(request, actor), bad)


def own_communes(actor: Actor, on: date) -> QuerySet[Unit]:
    """Where the actor may work with people on the day, in alphabetical order."""
    units = visible_units(actor, on, Scope.ACT, Right.ACT_ON_PEOPLE)
    return units.filter(kind=UnitKind.COMMUNE).order_by("sort_key", "code")


def _unit(request: HttpRequest, actor: Actor) -> Unit | None:
    text = request.GET.get("don-vi", "")
    if not text:
        return None
    number = int(text) if text.isdecimal() and len(text) < 19 else 0
    unit = (
        visible_units(actor, scope=Scope.ACT, right=Right.ACT_ON_PEOPLE).filter(pk=number).first()
    )
    if unit is None:
        raise NotVisible
    return unit
