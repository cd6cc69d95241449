"""Doubtful rows one after the other: who is it? Decided in one press, taken back in one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vandong.accounts.queries.scope import NotVisible
from vandong.administration.refusals import Refused
from vandong.intake.decisions import (
    decide_pending,
    undo_decision,
    visible_pending,
    waiting_rows,
    withdraw_pending,
)
from vandong.web.access import DoorRequest
from vandong.web.accounts.wording import say_refused
from vandong.web.matching.pairs import lines_of, told_row


@require_safe
@never_cache
def queue(request: DoorRequest) -> HttpResponse:
    """ "/nguoi-dan/doi-chieu?danh-sach=&sau=": the next row that waits, with whom it may mean."""
    batch_id = _batch(request.GET.get("danh-sach", ""))
    rows = waiting_rows(request.actor, batch_id)
    count = rows.count()
    row = rows.filter(pk__gt=_number(request.GET.get("sau", ""))).first() or rows.first()
    told = told_row(request.actor, row, request.actor.language) if row else None
    context = {
        "count": count,
        "told": told,
        "lines": lines_of(told) if told else (),
        "batch": batch_id,
        "last": _decided(request),
    }
    return render(request, "web/matching/queue.html", context)


@require_POST
def decide(request: DoorRequest, pending_id: int) -> HttpResponse:
    """This person, somebody new, or left aside; then the next row."""
    answer = request.POST.get("answer", "")
    visible_pending(request.actor, pending_id)
    try:
        if answer == "aside":
            withdraw_pending(
                actor=request.actor,
                pending_id=pending_id,
                version=_number(request.POST.get("version", "")),
                at=timezone.now(),
            )
        elif answer == "skip":
            return redirect(_next(request, pending_id))
        else:
            decide_pending(
                actor=request.actor,
                pending_id=pending_id,
                version=_number(request.POST.get("version", "")),
                person_id=None if answer == "new" else _number(answer),
                at=timezone.now(),
            )
    except Refused as refused:
        say_refused(request, refused)
        return redirect(_next(request, pending_id - 1))
    request.session["decided_row"] = pending_id
    messages.success(request, _said(answer))
    return redirect(_next(request, pending_id))


@require_POST
def undo(request: DoorRequest, pending_id: int) -> HttpResponse:
    """The last decision taken back: its row is shown again."""
    try:
        undo_decision(actor=request.actor, pending_id=pending_id, at=timezone.now())
    except Refused as refused:
        say_refused(request, refused)
    else:
        request.session.pop("decided_row", None)
        messages.success(request, _("Đã hoàn tác; dòng này chờ lại."))
    return redirect(_next(request, pending_id - 1))


def _said(answer: str) -> str:
    if answer == "new":
        return _("Đã ghi thành người mới.")
    return _("Đã bỏ qua dòng này.") if answer == "aside" else _("Đã ghép vào người đã có.")


def _next(request: DoorRequest, after: int) -> str:
    batch = _batch(request.POST.get("batch", ""))
    chosen = f"&danh-sach={batch}" if batch else ""
    return f"{reverse('matching:queue')}?sau={max(after, 0)}{chosen}"


def _decided(request: DoorRequest) -> int | None:
    """The row this reader decided last, if it can still be taken back."""
    last = request.session.get("decided_row")
    if last is None:
        return None
    try:
        row = visible_pending(request.actor, int(last))
    except NotVisible:
        return None
    return None if row.state == "waiting" else row.pk


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _batch(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
