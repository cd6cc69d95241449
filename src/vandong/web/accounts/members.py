"""People at work, by organisation."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from vandong.accounts.models import Member, Organisation
from vandong.accounts.queries.organisations import (
    member_to_manage,
    members_to_see,
    open_organisations,
)
from vandong.accounts.queries.scope import Right, require, visible_organisations
from vandong.administration.members import MemberFields, create_member, edit_member
from vandong.administration.refusals import Refused, StaleVersion
from vandong.kernel.days import format_day
from vandong.kernel.names import fold
from vandong.web.access import DoorRequest
from vandong.web.accounts.forms import MemberFilterForm, MemberForm
from vandong.web.accounts.wording import put_on_form, with_version

PER_PAGE = 50


@require_safe
def members(request: DoorRequest) -> HttpResponse:
    """The list by organisation, with search; for htmx only the rows."""
    require(request.actor, Right.SEE_MEMBERS)
    form = MemberFilterForm(request.GET)
    seen = visible_organisations(request.actor, right=Right.SEE_MEMBERS)
    form.fields["organisation"].queryset = seen.order_by("name_fold")  # type: ignore[attr-defined]
    asked = form.cleaned_data if form.is_valid() else {}
    rows = members_to_see(request.actor, asked.get("organisation"))
    text = str(asked.get("q", "")).strip()
    if text:
        rows = rows.filter(Q(name_fold__contains=fold(text)) | Q(staff_code__iexact=text))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "form": form,
        "page": page,
        "today": timezone.localdate(),
        "is_filtered": any(asked.values()),
        "may_manage": request.actor.can(Right.MANAGE_ORGANISATIONS),
    }
    template = "web/accounts/members.html" + ("#rows" if request.htmx else "")
    return render(request, template, context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_member(request: DoorRequest) -> HttpResponse:
    """Somebody who begins to work."""
    require(request.actor, Right.MANAGE_ORGANISATIONS)
    chosen = request.GET.get("organisation", "")
    form = _form(request, None, {"organisation": chosen} if chosen.isdecimal() else {})
    if request.method == "POST" and form.is_valid():
        try:
            create_member(actor=request.actor, fields=_fields(form), at=timezone.now())
        except Refused as refused:
            put_on_form(form, refused, request.actor.language)
        else:
            messages.success(request, _("Đã thêm nhân sự."))
            return HttpResponseRedirect(reverse("accounts:members"))
    return _page(request, None, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: DoorRequest, member_id: int) -> HttpResponse:
    """One person at work."""
    subject = member_to_manage(request.actor, member_id)
    form = _form(request, subject, _initial(subject))
    if request.method == "POST" and form.is_valid():
        try:
            edit_member(
                actor=request.actor,
                member_id=member_id,
                version=form.cleaned_data["version"] or 0,
                fields=_fields(form),
                at=timezone.now(),
            )
        except Refused as refused:
            if isinstance(refused, StaleVersion):
                form = _form(request, subject, {}, with_version(request.POST, subject.version))
                form.is_valid()
            put_on_form(form, refused, request.actor.language)
        else:
            messages.success(request, _("Đã lưu."))
            return HttpResponseRedirect(reverse("accounts:members"))
    return _page(request, subject, form)


def _form(
    request: DoorRequest,
    subject: Member | None,
    initial: dict[str, object],
    data: dict[str, object] | None = None,
) -> MemberForm:
    form = MemberForm(data or request.POST or None, initial=initial)
    choices = open_organisations(
        request.actor, Right.MANAGE_ORGANISATIONS, timezone.localdate()
    ) | Organisation.objects.filter(pk=subject.organisation_id if subject else 0)
    form.fields["organisation"].queryset = choices  # type: ignore[attr-defined]
    return form


def _initial(subject: Member) -> dict[str, object]:
    start, end = subject.valid_from, subject.valid_until
    return {
        "full_name": subject.full_name,
        "staff_code": subject.staff_code,
        "organisation": subject.organisation_id,
        "rank": subject.rank,
        "username": subject.user.username if subject.user else "",
        "valid_from": format_day(start) if start else "",
        "valid_until": format_day(end) if end else "",
        "version": subject.version,
    }


def _fields(form: MemberForm) -> MemberFields:
    typed = form.cleaned_data
    return MemberFields(
        organisation_id=typed["organisation"].pk,
        staff_code=typed["staff_code"],
        full_name=typed["full_name"],
        rank=typed["rank"],
        username=typed["username"],
        valid_from=typed["valid_from"],
        valid_until=typed["valid_until"],
    )


def _page(request: DoorRequest, subject: Member | None, form: MemberForm) -> HttpResponse:
    context = {"subject": subject, "form": form}
    status = 422 if form.errors else 200
    return render(request, "web/accounts/member.html", context, status=status)
