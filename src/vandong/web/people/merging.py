"""Two rows that are one person: found, laid side by side, merged; and parted again."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vandong.administration.people_merging import merge_persons, unmerge_persons
from vandong.administration.refusals import Refused
from vandong.phrases import sentence
from vandong.registry.queries.comparing import ComparedPeople, compared_people
from vandong.registry.queries.ground import person_to_work_with
from vandong.registry.queries.search import found_people
from vandong.web.access import DoorRequest
from vandong.web.accounts.wording import say_refused
from vandong.web.people.views import LONGEST, hide_from_strangers

FOUND = 15


@require_safe
@never_cache
def twin(request: DoorRequest, person_id: int) -> HttpResponse:
    """ "/nguoi-dan/<id>/gop?tim=&voi=": who else it may be, then both side by side."""
    hide_from_strangers(request)
    person = person_to_work_with(request.actor, person_id)
    other_id = _number(request.GET.get("voi", ""))
    if other_id and other_id != person_id:
        pair = compared_people(request.actor, person_id, other_id)
        return render(request, "web/people/pair.html", _side_by_side(request, pair))
    text = request.GET.get("tim", person.full_name).strip()[:LONGEST]
    page = found_people(request.actor, text, limit=FOUND + 1) if text else None
    lines = [one for one in (page.lines if page else ()) if one.person_id != person_id]
    context = {"person": person, "text": text, "lines": lines[:FOUND]}
    return render(request, "web/people/twin.html", context)


@require_POST
def merge(request: DoorRequest, person_id: int) -> HttpResponse:
    """The chosen row stays, the other follows it."""
    hide_from_strangers(request)
    other_id = _number(request.POST.get("other", ""))
    kept_id = _number(request.POST.get("kept", ""))
    gone_id = other_id if kept_id == person_id else person_id
    reason = request.POST.get("reason", "")
    try:
        merge_persons(
            actor=request.actor,
            kept_id=kept_id,
            gone_id=gone_id,
            kept_version=_number(request.POST.get(f"version_{kept_id}", "")),
            reason=reason,
            at=timezone.now(),
        )
    except Refused as refused:
        say_refused(request, refused)
        pair = compared_people(request.actor, person_id, other_id)
        context = _side_by_side(request, pair) | {"kept": kept_id, "reason": reason}
        return render(request, "web/people/pair.html", context, status=422)
    messages.success(request, _("Đã gộp thành một người. Có thể tách lại trên trang này."))
    return redirect("people:person", kept_id)


@require_POST
def part(request: DoorRequest, person_id: int) -> HttpResponse:
    """What was merged into the person is two people again."""
    hide_from_strangers(request)
    gone_id = _number(request.POST.get("gone", ""))
    try:
        unmerge_persons(
            actor=request.actor,
            gone_id=gone_id,
            reason=request.POST.get("reason", ""),
            at=timezone.now(),
        )
    except Refused as refused:
        say_refused(request, refused)
        return redirect("people:person", person_id)
    messages.success(request, _("Đã tách lại thành hai người."))
    return redirect("people:person", gone_id)


def _side_by_side(request: DoorRequest, pair: ComparedPeople) -> dict[str, object]:
    lang = request.actor.language
    fields = [
        (
            sentence(f"compared_{one.name}", {}, lang),
            replace(one, one=_sex(one.one), other=_sex(one.other)) if one.name == "sex" else one,
        )
        for one in pair.fields
    ]
    return {"pair": pair, "fields": fields, "kept": 0, "reason": ""}


def _sex(code: str) -> str:
    return {"F": _("Nữ"), "M": _("Nam")}.get(code, "")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
