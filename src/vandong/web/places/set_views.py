"""Sets of units: list, one set, new, change, take away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vandong.accounts.queries.scope import Right, require
from vandong.administration.places_reading import (
    editable_unit_set,
    readable_unit_set,
    readable_unit_sets,
)
from vandong.administration.places_sets import change_unit_set, create_unit_set, delete_unit_set
from vandong.administration.places_units import PlaceRefused
from vandong.kernel.days import format_day
from vandong.phrases import finding_sentence
from vandong.places.queries import unit_lines
from vandong.web.access import DoorRequest
from vandong.web.places.forms import UnitSetForm, filled_form


def unit_sets(request: DoorRequest) -> HttpResponse:
    """ "/bo-don-vi/": all sets."""
    context = {
        "sets": readable_unit_sets(request.actor),
        "may_edit": request.actor.can(Right.MANAGE_UNIT_SETS),
    }
    return render(request, "web/places/sets.html", context)


def unit_set(request: DoorRequest, unit_set_id: int) -> HttpResponse:
    """ "/bo-don-vi/<id>/": the units of one set."""
    shown = readable_unit_set(request.actor, unit_set_id)
    context = {
        "set": shown,
        "lines": unit_lines(shown.units.order_by("sort_key", "code"), shown.on),
        "may_edit": request.actor.can(Right.MANAGE_UNIT_SETS),
    }
    return render(request, "web/places/set.html", context)


@require_http_methods(["GET", "POST"])
def new_unit_set(request: DoorRequest) -> HttpResponse:
    """ "/bo-don-vi/moi/"."""
    require(request.actor, Right.MANAGE_UNIT_SETS)
    if request.method != "POST":
        form = UnitSetForm(initial={"on": format_day(timezone.localdate())})
        return _form_page(request, form)
    form = UnitSetForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = create_unit_set(
                actor=request.actor,
                name=given["name"],
                on=given["on"],
                note=given["note"],
                unit_ids=given["unit_ids"],
                at=timezone.now(),
            )
        except PlaceRefused as refusal:
            form.add_error(None, _said(refusal))
        else:
            messages.success(request, _("Đã lưu bộ đơn vị."))
            return redirect("places:set", made.pk)
    return _form_page(request, form)


@require_http_methods(["GET", "POST"])
def edit_unit_set(request: DoorRequest, unit_set_id: int) -> HttpResponse:
    """ "/bo-don-vi/<id>/sua/"."""
    shown = editable_unit_set(request.actor, unit_set_id)
    if request.method != "POST":
        return _form_page(request, filled_form(shown), shown.name, shown.pk)
    form = UnitSetForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            change_unit_set(
                actor=request.actor,
                unit_set_id=unit_set_id,
                version=given["version"] or 0,
                name=given["name"],
                on=given["on"],
                note=given["note"],
                unit_ids=given["unit_ids"],
                at=timezone.now(),
            )
        except PlaceRefused as refusal:
            form.add_error(None, _said(refusal))
        else:
            messages.success(request, _("Đã lưu bộ đơn vị."))
            return redirect("places:set", unit_set_id)
    return _form_page(request, form, shown.name, shown.pk)


@require_POST
def remove_unit_set(request: DoorRequest, unit_set_id: int) -> HttpResponse:
    """ "/bo-don-vi/<id>/xoa/": the set goes, its units stay."""
    shown = editable_unit_set(request.actor, unit_set_id)
    version = request.POST.get("version", "")
    try:
        delete_unit_set(
            actor=request.actor,
            unit_set_id=unit_set_id,
            version=int(version) if version.isdecimal() else 0,
            at=timezone.now(),
        )
    except PlaceRefused as refusal:
        messages.error(request, _said(refusal))
        return redirect("places:set", unit_set_id)
    messages.success(request, _("Đã xóa bộ đơn vị “%(name)s”.") % {"name": shown.name})
    return redirect("places:sets")


def _form_page(
    request: DoorRequest, form: UnitSetForm, name: str = "", unit_set_id: int | None = None
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"form": form, "name": name, "unit_set_id": unit_set_id}
    return render(request, "web/places/set_form.html", context, status=status)


def _said(refusal: PlaceRefused) -> str:
    return finding_sentence(refusal.finding, (get_language() or "vi")[:2])
