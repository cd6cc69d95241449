"""Lists: all of them, one sent in, one looked at and decided, one taken back."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vandong.accounts.queries.scope import Right, require
from vandong.administration.people_consents import record_legal_basis
from vandong.administration.refusals import Refused
from vandong.documents.files import FileLost
from vandong.documents.models import Batch, BatchState
from vandong.intake.kinds import ListKind
from vandong.intake.list_reading import list_summary, visible_list, visible_lists
from vandong.intake.lists import (
    accept_list,
    drop_list,
    enqueue_list_undo,
    receive_list,
    refused_rows_file,
)
from vandong.intake.shapes import ListUpload
from vandong.kernel.days import format_day
from vandong.phrases import finding_sentence
from vandong.sheets import SheetProblem
from vandong.web.access import DoorRequest
from vandong.web.accounts.wording import put_on_form, say_refused
from vandong.web.figures.received import on_disk
from vandong.web.figures.upload_views import attached
from vandong.web.lists.forms import BasisForm, SendForm
from vandong.web.lists.told import told_line, told_list

PAGE = 30


@require_safe
def lists(request: DoorRequest) -> HttpResponse:
    """ "/nguoi-dan/danh-sach": all lists, the newest first."""
    pages = Paginator(visible_lists(request.actor), PAGE).get_page(request.GET.get("trang"))
    lines = [told_line(batch, request.actor.language) for batch in pages]
    return render(request, "web/lists/lists.html", {"pages": pages, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: DoorRequest) -> HttpResponse:
    """ "/nguoi-dan/danh-sach/gui": a list is kept and its check is queued."""
    require(request.actor, Right.IMPORT_PEOPLE)
    today = timezone.localdate()
    if request.method == "POST":
        form = SendForm(request.actor, today, request.POST, request.FILES)
    else:
        form = SendForm(request.actor, today, initial={"as_of": format_day(today)})
    if form.is_bound and form.is_valid():
        try:
            return redirect("lists:one", _received(request, form.cleaned_data))
        except Refused as refused:
            for finding in refused.findings:
                form.add_error("file", finding_sentence(finding, request.actor.language))
    status = 422 if form.is_bound else 200
    return render(request, "web/lists/send.html", {"form": form}, status=status)


def _received(request: DoorRequest, data: dict[str, Any]) -> UUID:
    file = data["file"]
    with on_disk(file) as path:
        upload = ListUpload(
            kind=ListKind(data["kind"]),
            path=path,
            name=Path(file.name or "").name,
            as_of=data["as_of"],
            source_text=data["source"],
            unit_id=data["unit"].pk,
        )
        return receive_list(actor=request.actor, upload=upload, at=timezone.now()).pk


@require_safe
@never_cache
def one(request: DoorRequest, batch_id: UUID) -> HttpResponse:
    """ "/nguoi-dan/danh-sach/<id>": how far it is, then what it would change, then what it did."""
    summary = list_summary(request.actor, batch_id)
    if summary.batch.state == BatchState.MAPPING:
        return redirect("lists:columns", batch_id)
    told = told_list(summary, request.actor.language)
    name = "working" if told.is_working else "one"
    if told.is_working and request.htmx:
        return render(request, "web/lists/_working.html", {"told": told})
    context = {"told": told, "summary": summary, **_bases(summary.batch)}
    response = render(request, f"web/lists/{name}.html", context)
    if request.htmx:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def basis(request: DoorRequest, batch_id: UUID) -> HttpResponse:
    """Why the list may be used for a purpose."""
    summary = list_summary(request.actor, batch_id)
    form = BasisForm(request.POST)
    if form.is_valid():
        last: date | None = form.cleaned_data.pop("valid_until")
        try:
            record_legal_basis(
                actor=request.actor,
                batch=summary.batch,
                valid_until=last + timedelta(days=1) if last else None,
                at=timezone.now(),
                **{
                    **form.cleaned_data,
                    "valid_from": form.cleaned_data["valid_from"] or summary.as_of,
                },
            )
        except Refused as refused:
            put_on_form(form, refused, request.actor.language)
        else:
            messages.success(request, _("Đã ghi căn cứ sử dụng danh sách."))
            return redirect("lists:one", batch_id)
    told = told_list(summary, request.actor.language)
    context = {"told": told, "summary": summary, **_bases(summary.batch, form)}
    return render(request, "web/lists/one.html", context, status=422)


def _bases(batch: Batch, form: BasisForm | None = None) -> dict[str, object]:
    """What is recorded, the youngest last, and the form for one more."""
    kept = batch.legal_bases.order_by("purpose", "valid_from")
    as_of = date.fromisoformat(batch.options["as_of"])
    unsent = BasisForm(initial={"valid_from": format_day(as_of)})
    return {"bases": kept, "basis_form": form or unsent, "is_basis_open": form is not None}


@require_POST
def accept(request: DoorRequest, batch_id: UUID) -> HttpResponse:
    """What is certain is taken over; doubtful rows wait for somebody's look."""
    try:
        accept_list(actor=request.actor, batch_id=batch_id, at=timezone.now())
    except Refused as refused:
        say_refused(request, refused)
    return redirect("lists:one", batch_id)


@require_POST
def give_up(request: DoorRequest, batch_id: UUID) -> HttpResponse:
    """The list is given up; its bytes go."""
    try:
        drop_list(actor=request.actor, batch_id=batch_id, at=timezone.now())
    except Refused as refused:
        say_refused(request, refused)
        return redirect("lists:one", batch_id)
    messages.success(request, _("Đã bỏ danh sách, không ghi gì."))
    return redirect("lists:list")


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: DoorRequest, batch_id: UUID) -> HttpResponse:
    """ "/nguoi-dan/danh-sach/<id>/hoan-tac": asked once, then done as one step in the background."""
    summary = list_summary(request.actor, batch_id)
    if request.method == "POST":
        try:
            enqueue_list_undo(
                actor=request.actor,
                batch_id=batch_id,
                at=timezone.now(),
                reason=request.POST.get("reason", "")[:300],
            )
        except Refused as refused:
            say_refused(request, refused)
        else:
            messages.success(request, _("Đang hoàn tác danh sách."))
        return redirect("lists:one", batch_id)
    if summary.batch.state != BatchState.COMMITTED:
        return redirect("lists:one", batch_id)
    return render(request, "web/lists/undo.html", {"summary": summary})


@require_safe
def refused_rows(request: DoorRequest, batch_id: UUID) -> HttpResponse:
    """The rows that were refused, in the sender's own layout, with the reasons."""
    visible_list(request.actor, batch_id)
    try:
        content = refused_rows_file(
            actor=request.actor, batch_id=batch_id, lang=request.actor.language
        )
    except (FileLost, FileNotFoundError, Refused, SheetProblem) as gone:
        raise Http404 from gone
    return attached(content, f"dong-loi-{str(batch_id)[:8]}.xlsx")
