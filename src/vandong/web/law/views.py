"""The list of parameters and the page of one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vandong.accounts.queries.scope import NotVisible
from vandong.administration.law_reading import readable_law, touched_result_count
from vandong.law import law_book
from vandong.web.access import DoorRequest
from vandong.web.law.pages import VIEWS, entry_rows, law_page
from vandong.web.places.asked_day import asked_day


@require_safe
def parameters(request: DoorRequest) -> HttpResponse:
    """ "/phap-ly/?ngay=…&tim=…&xem=…": in force on a day, ending, missing, unverified; for htmx the rows."""
    book = readable_law(request.actor)
    day, bad_day = asked_day(request)
    text = request.GET.get("tim", "").strip()[:200]
    view = request.GET.get("xem", "")
    view = view if view in VIEWS else VIEWS[0]
    context = {
        "page": law_page(book, day, text, view, request.actor.language),
        "day": day,
        "bad_day": bad_day,
        "text": text,
        "view": view,
        "fingerprint": law_book().fingerprint,
    }
    template = "web/law/parameters.html" + ("#rows" if request.htmx else "")
    return render(request, template, context)


@require_safe
def parameter(request: DoorRequest, code: str) -> HttpResponse:
    """ "/phap-ly/tham-so/<code>/": every value with its source, and what a change would touch."""
    book = readable_law(request.actor)
    if code not in book.parameters:
        raise NotVisible
    day, bad_day = asked_day(request)
    found, lang = book.parameters[code], request.actor.language
    context = {
        "code": code,
        "name": found.names[lang],
        "entries": entry_rows(found, day, lang),
        "day": day,
        "bad_day": bad_day,
        "uses": touched_result_count(request.actor, code),
    }
    return render(request, "web/law/parameter.html", context)
