"""Resolutions of provinces: list, one, a new one, decided by a second person, withdrawn."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vandong.accounts.queries.scope import Right, require
from vandong.administration.law_reading import (
    latest_approval,
    may_decide,
    readable_local_support,
    readable_local_supports,
    supported_provinces,
)
from vandong.administration.local_supports import (
    decide_local_support,
    propose_local_support,
    withdraw_local_support,
)
from vandong.administration.refusals import Refused
from vandong.documents.models import LocalSupport, LocalSupportState
from vandong.documents.queries.local_supports import dated
from vandong.law.review import certainty_of
from vandong.phrases import sentence
from vandong.phrases.law_words import (
    certainty_words,
    citation_words,
    entry_words,
    local_group_words,
    span_words,
)
from vandong.web.access import DoorRequest
from vandong.web.accounts.wording import put_on_form, say_refused
from vandong.web.law.forms import ReasonForm, SupportForm, filled, group_choices

TONES = {
    LocalSupportState.PROPOSED: "amber",
    LocalSupportState.APPROVED: "green",
    LocalSupportState.REFUSED: "red",
    LocalSupportState.WITHDRAWN: "",
}


@dataclass(frozen=True, slots=True)
class SupportRow:
    """A resolution in words."""

    row: LocalSupport
    value: str
    span: str
    source: str
    certainty: str
    certainty_words: str
    scheme: str
    group: str
    tone: str


@require_safe
def supports(request: DoorRequest) -> HttpResponse:
    """ "/phap-ly/nghi-quyet/": of the reader's provinces, what waits first."""
    rows = sorted(readable_local_supports(request.actor), key=_waits_first)
    lines = [_row(one, request.actor.language) for one in rows]
    return render(request, "web/law/supports.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
def new_support(request: DoorRequest) -> HttpResponse:
    """ "/phap-ly/nghi-quyet/moi/?thay=<id>": proposes a value, or one that replaces another."""
    require(request.actor, Right.MANAGE_SETTINGS)
    replaced = _replaced(request)
    form = SupportForm(request.POST or None, initial=filled(replaced) if replaced else None)
    provinces = supported_provinces(request.actor).order_by("sort_key", "-valid_from")
    form.fields["group"].choices = group_choices(timezone.localdate(), request.actor.language)  # type: ignore[attr-defined]
    form.fields["unit"].queryset = provinces  # type: ignore[attr-defined]
    if form.is_bound and form.is_valid():
        try:
            made = propose_local_support(
                actor=request.actor,
                fields=form.fields_of(),
                at=timezone.now(),
                replaces_id=replaced.pk if replaced else None,
            )
        except Refused as refused:
            put_on_form(form, refused, request.actor.language)
        else:
            messages.success(
                request, _("Đã gửi đề xuất. Người khác duyệt thì giá trị mới được dùng.")
            )
            return redirect("law:support", made.pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "replaced": replaced}
    return render(request, "web/law/support_form.html", context, status=status)


@require_safe
def support(request: DoorRequest, support_id: int) -> HttpResponse:
    """ "/phap-ly/nghi-quyet/<id>/": the value, who asked and decided, and what may be done."""
    row = readable_local_support(request.actor, support_id)
    approval = latest_approval(row)
    is_open = row.state in {LocalSupportState.PROPOSED, LocalSupportState.APPROVED}
    context = {
        "line": _row(row, request.actor.language),
        "approval": approval,
        "may_decide": may_decide(request.actor, row),
        "is_own": bool(approval and approval.asked_by_id == request.actor.user_id),
        "is_proposed": row.state == LocalSupportState.PROPOSED,
        "is_approved": row.state == LocalSupportState.APPROVED,
        "is_open": is_open,
        "refusing": ReasonForm(initial={"version": row.version}, auto_id="refuse_%s"),
        "withdrawing": ReasonForm(initial={"version": row.version}, auto_id="withdraw_%s"),
    }
    return render(request, "web/law/support.html", context)


@require_POST
def decide(request: DoorRequest, support_id: int) -> HttpResponse:
    """The second person's word."""
    require(request.actor, Right.APPROVE)
    row = readable_local_support(request.actor, support_id)
    is_approved = request.POST.get("approved") == "1"
    try:
        decide_local_support(
            actor=request.actor,
            local_support_id=row.pk,
            version=_version(request),
            approved=is_approved,
            reason=request.POST.get("reason", "")[:500],
            at=timezone.now(),
        )
    except Refused as refused:
        say_refused(request, refused)
    else:
        said = _("Đã duyệt. Từ nay kết quả dùng giá trị này.") if is_approved else _("Đã từ chối.")
        messages.success(request, said)
    return redirect("law:support", support_id)


@require_POST
def withdraw(request: DoorRequest, support_id: int) -> HttpResponse:
    """Takes it back."""
    row = readable_local_support(request.actor, support_id)
    try:
        withdraw_local_support(
            actor=request.actor,
            local_support_id=row.pk,
            version=_version(request),
            reason=request.POST.get("reason", "")[:500],
            at=timezone.now(),
        )
    except Refused as refused:
        say_refused(request, refused)
    else:
        messages.success(request, _("Đã rút. Từ nay không kết quả nào dùng giá trị này."))
    return redirect("law:support", support_id)


def _row(row: LocalSupport, lang: str) -> SupportRow:
    entry = dated(row)
    return SupportRow(
        row=row,
        value=entry_words(entry, "dong" if row.rate is None else "rate", lang),
        span=span_words(row.valid_from, row.valid_until, lang),
        source=citation_words(entry.citation, lang),
        certainty=certainty_of(entry).value,
        certainty_words=certainty_words(certainty_of(entry), lang),
        scheme=sentence(f"local_scheme_{row.scheme}", {}, lang),
        group=local_group_words(row.group, lang),
        tone=TONES[LocalSupportState(row.state)],
    )


def _waits_first(row: LocalSupport) -> bool:
    return row.state != LocalSupportState.PROPOSED


def _replaced(request: DoorRequest) -> LocalSupport | None:
    text = request.GET.get("thay", "")
    return readable_local_support(request.actor, int(text)) if text.isdecimal() else None


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else 0
