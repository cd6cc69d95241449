"""The imports, and one of them from its check to its undoing."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from vandong.accounts.queries.scope import NotVisible
from vandong.administration.refusals import Refused
from vandong.documents.files import FileLost
from vandong.documents.models import BatchState
from vandong.phrases import finding_sentence
from vandong.planning.bad_rows import bad_rows_file
from vandong.planning.batch_reading import readable_batch, readable_batches
from vandong.planning.undoing import undo_batch, undo_outlook
from vandong.planning.uploads import accept_upload, refuse_upload
from vandong.sheets import SheetProblem
from vandong.web.access import DoorRequest
from vandong.web.figures.batch_page import batch_context, batch_lines
from vandong.web.figures.upload_views import attached
from vandong.web.figures.wording import language

_ON_A_PAGE = 30


@require_safe
@never_cache
def batch_list(request: DoorRequest) -> HttpResponse:
    """ "/so-lieu/?trang=2": the imports that one may see, newest first."""
    pages = Paginator(readable_batches(request.actor), _ON_A_PAGE)
    chosen = pages.get_page(request.GET.get("trang"))
    context = {"batches": batch_lines(chosen), "pages": chosen}
    return render(request, "web/figures/batches.html", context)


@require_safe
@never_cache
def batch_page(request: DoorRequest, batch_id: UUID) -> HttpResponse:
    """ "/so-lieu/<id>/?trang=2": how far the file is, what it would bring, every problem, what became of it."""
    batch = readable_batch(request.actor, batch_id)
    if batch.state == BatchState.MAPPING:
        return _go(request, reverse("figures:mapping", args=[batch_id]))
    context = batch_context(batch, request.actor, request.GET.get("trang"), language())
    if request.htmx and context["is_working"]:
        return render(request, "web/figures/_working.html", context)
    if request.htmx:
        return _go(request, request.path)
    return render(request, "web/figures/batch.html", context)


@require_POST
def accept(request: DoorRequest, batch_id: UUID) -> HttpResponse:
    """Puts the taking-over in the queue; back to the page, which shows how far it is."""
    good_only = request.POST.get("nhan") == "dong-tot"
    try:
        accept_upload(
            actor=request.actor, batch_id=batch_id, accept_good=good_only, at=timezone.now()
        )
    except Refused as refusal:
        _tell(request, refusal)
    return redirect("figures:batch", batch_id)


@require_POST
def give_up(request: DoorRequest, batch_id: UUID) -> HttpResponse:
    """Nothing of the file is taken."""
    try:
        refuse_upload(actor=request.actor, batch_id=batch_id, at=timezone.now())
    except Refused as refusal:
        _tell(request, refusal)
    else:
        messages.success(request, _("Đã bỏ tệp này. Số liệu đang có không thay đổi."))
    return redirect("figures:batch", batch_id)


@require_http_methods(["GET", "POST"])
@never_cache
def undo(request: DoorRequest, batch_id: UUID) -> HttpResponse:
    """Asked first what undoing does and what has changed since; then it is done."""
    batch = readable_batch(request.actor, batch_id)
    try:
        if request.method == "POST":
            undo_batch(actor=request.actor, batch_id=batch_id, at=timezone.now())
            messages.success(request, _("Đã hoàn tác. Các số cũ có lại hiệu lực."))
            return redirect("figures:batch", batch_id)
        outlook = undo_outlook(request.actor, batch_id)
    except Refused as refusal:
        _tell(request, refusal)
        return redirect("figures:batch", batch_id)
    context = {"batch": batch, "outlook": outlook}
    return render(request, "web/figures/undo.html", context)


@require_safe
def bad_rows(request: DoorRequest, batch_id: UUID) -> HttpResponse:
    """The faulty rows as a workbook in the sender's layout. 404 when the file has none that can be read, or was
    given up and is not kept."""
    batch = readable_batch(request.actor, batch_id)
    if not batch.found_problems.filter(is_note=False, row__isnull=False).exists():
        raise NotVisible
    try:
        content = bad_rows_file(batch, language())
    except (SheetProblem, FileLost) as problem:
        raise NotVisible from problem
    return attached(content, "dong-can-sua.xlsx")


def _go(request: DoorRequest, url: str) -> HttpResponse:
    """A fragment cannot stand in for a whole page: htmx is told to go there itself."""
    return cast(HttpResponse, HttpResponseClientRedirect(url)) if request.htmx else redirect(url)


def _tell(request: DoorRequest, refusal: Refused) -> None:
    for finding in refusal.findings:
        messages.error(request, finding_sentence(finding, language()))
