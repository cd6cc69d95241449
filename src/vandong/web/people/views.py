"""People: looked up as one types, one person's page, data in clear for a reason, consent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vandong.accounts.queries.scope import NotVisible, Right, require
from vandong.administration.people_consents import record_consent, withdraw_consent
from vandong.administration.people_reveals import Revealed, reveal_person
from vandong.administration.refusals import Refused
from vandong.law import law_book
from vandong.registry.models import Purpose
from vandong.registry.queries.comparing import merged_rows
from vandong.registry.queries.people import person_page
from vandong.registry.queries.search import found_people
from vandong.registry.queries.timeline import timeline_of
from vandong.web.access import DoorRequest
from vandong.web.accounts.wording import say_refused
from vandong.web.people.lines import told_page, told_timeline
from vandong.web.people.paging import place_of, place_text

PAGE, LATEST = 25, 20
"""People of one answer; happenings that a person's page opens with."""
LONGEST = 120


@require_safe
def search(request: DoorRequest) -> HttpResponse:
    """ "/nguoi-dan?tim=": who fits what is typed; by htmx the results alone."""
    require(request.actor, Right.SEARCH_PEOPLE)
    text = request.GET.get("tim", "").strip()[:LONGEST]
    after = place_of(request.GET.get("tiep", ""))
    page = found_people(request.actor, text, limit=PAGE, after=after) if text else None
    context = {
        "text": text,
        "lines": page.lines if page else (),
        "following": place_text(page.following) if page else "",
        "is_later": after is not None,
        "may_record": request.actor.can(Right.ACT_ON_PEOPLE),
    }
    name = "results" if request.htmx and not request.htmx.boosted else "search"
    return render(request, f"web/people/{name}.html", context)


@require_safe
def person(request: DoorRequest, person_id: int) -> HttpResponse:
    """ "/nguoi-dan/<id>": all that is known of one person, numbers covered."""
    hide_from_strangers(request)
    return _page(request, person_id)


@require_POST
def reveal(request: DoorRequest, person_id: int) -> HttpResponse:
    """The same page with numbers in clear, once, for a reason that is kept."""
    hide_from_strangers(request)
    try:
        shown = reveal_person(
            actor=request.actor,
            person_id=person_id,
            reason=request.POST.get("reason", ""),
            at=timezone.now(),
        )
    except Refused as refused:
        say_refused(request, refused)
        return redirect("people:person", person_id)
    response = _page(request, person_id, shown)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def consent(request: DoorRequest, person_id: int) -> HttpResponse:
    """A yes or a no to one purpose."""
    hide_from_strangers(request)
    try:
        record_consent(
            actor=request.actor,
            person_id=person_id,
            purpose=request.POST.get("purpose", ""),
            granted=request.POST.get("granted") == "yes",
            given_on=timezone.localdate(),
            given_how=request.POST.get("given_how", ""),
            at=timezone.now(),
        )
    except Refused as refused:
        say_refused(request, refused)
    else:
        messages.success(request, _("Đã ghi ý kiến của người dân."))
    return redirect("people:person", person_id)


@require_POST
def withdraw(request: DoorRequest, person_id: int) -> HttpResponse:
    """The person takes a yes back."""
    hide_from_strangers(request)
    number = request.POST.get("consent", "")
    try:
        withdraw_consent(
            actor=request.actor,
            consent_id=int(number) if number.isdecimal() and len(number) < 19 else 0,
            withdrawn_on=timezone.localdate(),
            at=timezone.now(),
        )
    except Refused as refused:
        say_refused(request, refused)
    else:
        messages.success(request, _("Đã ghi việc rút đồng ý."))
    return redirect("people:person", person_id)


def hide_from_strangers(request: DoorRequest) -> None:
    """Who works with nobody learns of nobody. Raises NotVisible."""
    if not request.actor.can(Right.ACT_ON_PEOPLE):
        raise NotVisible


def _page(request: DoorRequest, person_id: int, shown: Revealed | None = None) -> HttpResponse:
    on = timezone.localdate()
    page = person_page(request.actor, person_id, law_book(), on)
    if page.person_id != person_id and shown is None:
        return redirect("people:person", page.person_id)
    lang = request.actor.language
    happenings = told_timeline(timeline_of(request.actor, page.person_id), lang)
    context = {
        "told": told_page(page, on, lang),
        "page": page,
        "shown": shown,
        "on": on,
        "latest": happenings[:LATEST],
        "earlier": happenings[LATEST:],
        "own_relation": next(
            (one.relation for one in page.household if one.line.person_id == page.person_id), ""
        ),
        "merged": merged_rows(request.actor, page.person_id) if page.merged_ids else (),
        "purposes": Purpose.choices,
    }
    return render(request, "web/people/person.html", context)
