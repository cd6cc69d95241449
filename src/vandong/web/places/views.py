"""Search of units, and the page of one unit."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from vandong.administration.places_reading import found_units, readable_unit
from vandong.places.models import Unit, UnitKind
from vandong.places.queries import units_on
from vandong.web.access import DoorRequest
from vandong.web.places.asked_day import asked_day
from vandong.web.places.pages import span_words, unit_page

_SHOWN = 30


def search(request: DoorRequest) -> HttpResponse:
    """ "/don-vi/?tim=…&ngay=…": as one types (htmx) or by the button; empty: the provinces of the day."""
    text = (request.GET.get("tim") or request.GET.get("q", "")).strip()[:200]
    day, bad_day = asked_day(request)
    result = found_units(request.actor, text, day, _SHOWN)
    context = {"text": text, "day": day, "bad_day": bad_day, "result": result, "limit": _SHOWN}
    if not text:
        provinces = units_on(day).filter(kind=UnitKind.PROVINCE)
        context["provinces"] = provinces.order_by("sort_key")
    page = "web/places/search.html"
    return render(request, f"{page}#results" if request.htmx else page, context)


def unit(request: DoorRequest, unit_id: int) -> HttpResponse:
    """ "/don-vi/<id>/?ngay=…&sap-xep=…": what the unit is, holds, came from and became."""
    shown = readable_unit(request.actor, unit_id)
    day, bad_day = asked_day(request)
    sort, is_reversed = request.GET.get("sap-xep", "ten"), request.GET.get("nguoc") == "1"
    first, last = span_words(shown)
    context = {
        "page": unit_page(shown, day, sort, is_reversed),
        "bad_day": bad_day,
        "first_day": first,
        "last_day": last,
        "sets": shown.sets.order_by("-on", "name"),
        "board": _board_address(shown),
    }
    return render(request, "web/places/unit.html", context)


def _board_address(unit: Unit) -> str:
    """The board of the unit; empty while the site has no board."""
    try:
        return f"{reverse('board:board')}?don-vi={unit.id}"
    except NoReverseMatch:
        return ""
