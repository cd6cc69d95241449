"""The household of a person: joined, left, headed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vandong.administration.households import join_household, leave_household, make_head
from vandong.administration.refusals import Refused
from vandong.registry.models import Relation
from vandong.registry.queries.ground import person_to_work_with
from vandong.registry.queries.search import found_people
from vandong.web.access import DoorRequest
from vandong.web.accounts.forms import in_words
from vandong.web.accounts.wording import say_refused
from vandong.web.people.views import LONGEST, hide_from_strangers

FOUND = 15


@require_safe
@never_cache
def household(request: DoorRequest, person_id: int) -> HttpResponse:
    """ "/nguoi-dan/<id>/ho?tim=": into whose household the person is to come."""
    hide_from_strangers(request)
    person = person_to_work_with(request.actor, person_id)
    text = request.GET.get("tim", "").strip()[:LONGEST]
    page = found_people(request.actor, text, limit=FOUND + 1) if text else None
    lines = [one for one in (page.lines if page else ()) if one.person_id != person_id]
    relations = [one for one in in_words(list(Relation.choices)) if one[0] != Relation.HEAD]
    context = {"person": person, "text": text, "lines": lines[:FOUND], "relations": relations}
    return render(request, "web/people/household.html", context)


@require_POST
def join(request: DoorRequest, person_id: int) -> HttpResponse:
    """Into the household of the person chosen."""
    hide_from_strangers(request)
    return _done(
        request,
        person_id,
        _("Đã ghép vào hộ."),
        lambda version: join_household(
            actor=request.actor,
            person_id=person_id,
            version=version,
            of_person_id=_number(request.POST.get("other", "")),
            relation=request.POST.get("relation", ""),
            at=timezone.now(),
        ),
    )


@require_POST
def leave(request: DoorRequest, person_id: int) -> HttpResponse:
    """Out of the household."""
    hide_from_strangers(request)
    return _done(
        request,
        person_id,
        _("Đã ra khỏi hộ."),
        lambda version: leave_household(
            actor=request.actor, person_id=person_id, version=version, at=timezone.now()
        ),
    )


@require_POST
def head(request: DoorRequest, person_id: int) -> HttpResponse:
    """Head of the household."""
    hide_from_strangers(request)
    return _done(
        request,
        person_id,
        _("Đã đặt làm chủ hộ."),
        lambda version: make_head(
            actor=request.actor, person_id=person_id, version=version, at=timezone.now()
        ),
    )


def _done(
    request: DoorRequest, person_id: int, said: str, deed: Callable[[int], object]
) -> HttpResponse:
    try:
        deed(_number(request.POST.get("version", "")))
    except Refused as refused:
        say_refused(request, refused)
    else:
        messages.success(request, said)
    return redirect("people:person", person_id)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
