"""Recording somebody new and correcting what is known of a person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vandong.accounts.queries.scope import Right, require
from vandong.administration.people import PersonFields, create_person, edit_person
from vandong.administration.refusals import Refused, StaleVersion
from vandong.registry.models import Person
from vandong.registry.queries.ground import person_to_work_with
from vandong.registry.queries.search import PersonLine, namesakes
from vandong.web.access import DoorRequest
from vandong.web.accounts.wording import put_on_form
from vandong.web.people.forms import EditForm, PersonForm, as_stored
from vandong.web.people.views import hide_from_strangers


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: DoorRequest) -> HttpResponse:
    """ "/nguoi-dan/moi": somebody nobody knew; people of the same name and year are shown first."""
    require(request.actor, Right.ACT_ON_PEOPLE)
    today = timezone.localdate()
    form = PersonForm(request.actor, today, request.POST if request.method == "POST" else None)
    alike: tuple[PersonLine, ...] = ()
    if request.method == "POST" and form.is_valid():
        fields = form.person_fields()
        if not request.POST.get("is_other"):
            alike = _alike(request, fields)
        if not alike and (made := _recorded(request, form, fields)) is not None:
            messages.success(request, _("Đã ghi người mới."))
            return redirect("people:person", made.pk)
    context = {"form": form, "alike": alike, "is_other": request.POST.get("is_other")}
    return render(request, "web/people/new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: DoorRequest, person_id: int) -> HttpResponse:
    """ "/nguoi-dan/<id>/sua": covered fields stay as they are when nothing is typed."""
    hide_from_strangers(request)
    person = person_to_work_with(request.actor, person_id)
    today = timezone.localdate()
    if request.method != "POST":
        form = EditForm(person, request.actor, today, initial=as_stored(person))
    else:
        form = EditForm(person, request.actor, today, request.POST)
        if form.is_valid():
            form, saved = _edited(request, person, form)
            if saved:
                messages.success(request, _("Đã lưu."))
                return redirect("people:person", person.pk)
    return render(request, "web/people/edit.html", {"form": form, "person": person})


def _alike(request: DoorRequest, fields: PersonFields) -> tuple[PersonLine, ...]:
    year = fields.birth_on.year if fields.birth_on else None
    return namesakes(request.actor, fields.full_name, fields.unit_id, year)


def _recorded(request: DoorRequest, form: PersonForm, fields: PersonFields) -> Person | None:
    try:
        return create_person(actor=request.actor, fields=fields, at=timezone.now())
    except Refused as refused:
        put_on_form(form, refused, request.actor.language)
        return None


def _edited(request: DoorRequest, person: Person, form: EditForm) -> tuple[EditForm, bool]:
    """The form to show, and whether all was saved. Somebody else was quicker: what was typed stays, on top of
    the version stored now."""
    try:
        edit_person(
            actor=request.actor,
            person_id=person.pk,
            version=form.cleaned_data["version"] or 0,
            fields=form.edited_fields(),
            at=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
    except StaleVersion as stale:
        stored = person_to_work_with(request.actor, person.pk)
        typed = request.POST.copy()
        typed["version"] = str(stored.version)
        form = EditForm(stored, request.actor, timezone.localdate(), typed)
        form.is_valid()
        put_on_form(form, stale, request.actor.language)
        return form, False
    except Refused as refused:
        put_on_form(form, refused, request.actor.language)
        return form, False
    return form, True
