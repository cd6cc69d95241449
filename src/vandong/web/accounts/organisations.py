"""Organisations, for administrators."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vandong.accounts.models import Organisation
from vandong.accounts.queries.organisations import (
    areas_of,
    open_organisations,
    organisation_lines,
    organisation_to_manage,
)
from vandong.accounts.queries.scope import Right, require
from vandong.administration.organisations import (
    OrganisationFields,
    close_organisation,
    create_organisation,
    edit_organisation,
    reopen_organisation,
)
from vandong.administration.refusals import Refused, StaleVersion
from vandong.kernel.days import format_day
from vandong.places.models import Unit
from vandong.places.queries.search import Hit, search_units
from vandong.web.access import DoorRequest
from vandong.web.accounts.forms import ClosingForm, OrganisationFilterForm, OrganisationForm
from vandong.web.accounts.wording import put_on_form, say_refused, with_version

MOST_CHOICES = 8


@require_safe
def organisations(request: DoorRequest) -> HttpResponse:
    """The tree, or with a filter the matches; for htmx only the rows."""
    form = OrganisationFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    lines = organisation_lines(
        request.actor,
        timezone.localdate(),
        text=str(asked.get("q", "")).strip(),
        kind=asked.get("kind", ""),
        closed=bool(asked.get("closed")),
    )
    template = "web/accounts/organisations.html" + ("#rows" if request.htmx else "")
    context = {"form": form, "lines": lines, "is_filtered": any(asked.values())}
    return render(request, template, context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_organisation(request: DoorRequest) -> HttpResponse:
    """An organisation that did not exist."""
    require(request.actor, Right.MANAGE_ORGANISATIONS)
    form = _form(request, None)
    if form.is_bound and "search" not in request.POST and form.is_valid():
        try:
            made = create_organisation(
                actor=request.actor, fields=_fields(request, form), at=timezone.now()
            )
        except Refused as refused:
            put_on_form(form, refused, request.actor.language)
        else:
            messages.success(request, _("Đã thêm tổ chức."))
            return _back(made.pk)
    return _page(request, None, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: DoorRequest, organisation_id: int) -> HttpResponse:
    """One organisation and the units it covers."""
    subject = organisation_to_manage(request.actor, organisation_id)
    form = _form(request, subject)
    if form.is_bound and "search" not in request.POST and form.is_valid():
        try:
            edit_organisation(
                actor=request.actor,
                organisation_id=organisation_id,
                version=form.cleaned_data["version"] or 0,
                fields=_fields(request, form),
                at=timezone.now(),
            )
        except Refused as refused:
            if isinstance(refused, StaleVersion):
                form = _form(request, subject, with_version(request.POST, subject.version))
                form.is_valid()
            put_on_form(form, refused, request.actor.language)
        else:
            messages.success(request, _("Đã lưu."))
            return _back(organisation_id)
    return _page(request, subject, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: DoorRequest, organisation_id: int) -> HttpResponse:
    """Ends an organisation and names who goes on."""
    subject = organisation_to_manage(request.actor, organisation_id)
    form = ClosingForm(request.POST or None, initial={"version": subject.version})
    others = open_organisations(request.actor, Right.MANAGE_ORGANISATIONS, timezone.localdate())
    form.fields["successor"].queryset = others.exclude(pk=subject.pk)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        heir = form.cleaned_data["successor"]
        try:
            close_organisation(
                actor=request.actor,
                organisation_id=organisation_id,
                version=form.cleaned_data["version"] or 0,
                closed_on=form.cleaned_data["closed_on"],
                successor_id=heir.pk if heir else None,
                at=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
        except Refused as refused:
            put_on_form(form, refused, request.actor.language)
        else:
            messages.success(request, _("Đã ghi kết thúc. Có thể mở lại ở trang này."))
            return _back(organisation_id)
    context = {"subject": subject, "form": form}
    status = 422 if form.errors else 200
    return render(request, "web/accounts/close_organisation.html", context, status=status)


@require_POST
def reopen(request: DoorRequest, organisation_id: int) -> HttpResponse:
    """The undo of closing."""
    text = request.POST.get("version", "")
    try:
        reopen_organisation(
            actor=request.actor,
            organisation_id=organisation_id,
            version=int(text) if text.isdecimal() else 0,
            at=timezone.now(),
        )
    except Refused as refused:
        say_refused(request, refused)
    else:
        messages.success(request, _("Đã mở lại tổ chức."))
    return _back(organisation_id)


def _form(
    request: DoorRequest, subject: Organisation | None, data: dict[str, object] | None = None
) -> OrganisationForm:
    form = OrganisationForm(data or request.POST or None, initial=_initial(subject))
    parents = open_organisations(request.actor, Right.MANAGE_ORGANISATIONS, timezone.localdate())
    if subject is not None:
        parents = parents.exclude(pk=subject.pk) | Organisation.objects.filter(
            pk=subject.parent_id or 0
        )
    form.fields["parent"].queryset = parents  # type: ignore[attr-defined]
    return form


def _initial(subject: Organisation | None) -> dict[str, object]:
    if subject is None:
        return {}
    return {
        "name": subject.name,
        "kind": subject.kind,
        "channel": subject.channel,
        "code": subject.code,
        "parent": subject.parent_id,
        "valid_from": format_day(subject.valid_from) if subject.valid_from else "",
        "version": subject.version,
    }


def _fields(request: DoorRequest, form: OrganisationForm) -> OrganisationFields:
    parent = form.cleaned_data["parent"]
    return OrganisationFields(
        kind=form.cleaned_data["kind"],
        name=form.cleaned_data["name"],
        code=form.cleaned_data["code"],
        channel=form.cleaned_data["channel"],
        parent_id=parent.pk if parent else None,
        valid_from=form.cleaned_data["valid_from"],
        unit_ids=_ticked(request),
    )


def _ticked(request: DoorRequest) -> list[int]:
    return [int(text) for text in request.POST.getlist("unit_ids") if text.isdecimal()]


def _found(request: DoorRequest) -> tuple[Hit, ...]:
    text = request.POST.get("unit_text", "").strip()
    if not text:
        return ()
    ticked = set(_ticked(request))
    hits = search_units(text, timezone.localdate(), MOST_CHOICES).hits
    return tuple(hit for hit in hits if hit.line.unit_id not in ticked)


def _page(
    request: DoorRequest, subject: Organisation | None, form: OrganisationForm
) -> HttpResponse:
    if request.method == "POST":
        areas = list(Unit.objects.filter(pk__in=_ticked(request)).order_by("sort_key"))
    else:
        areas = [area.unit for area in areas_of(subject)] if subject else []
    context = {
        "subject": subject,
        "form": form,
        "areas": areas,
        "hits": _found(request),
        "unit_text": request.POST.get("unit_text", ""),
        "today": timezone.localdate(),
    }
    failed = form.is_bound and "search" not in request.POST
    return render(request, "web/accounts/organisation.html", context, status=422 if failed else 200)


def _back(organisation_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("accounts:organisation", args=[organisation_id]))
