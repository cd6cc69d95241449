"""What a person decides about a file: take it over, give it up, take it back. Asked twice it happens once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vandong.administration.refusals import Refused
from vandong.phrases import finding_sentence, sentence
from vandong.planning.batch_reading import readable_batch
from vandong.planning.undoing import undo_batch, undo_outlook
from vandong.planning.uploads import accept_upload, refuse_upload
from vandong.ui.templatetags.vandong import reader_language
from vandong.web.access import DoorRequest


@require_POST
def accept(request: DoorRequest, batch_id: UUID) -> HttpResponse:
    """ "/so-lieu/<id>/nhan": everything, or with `dong-tot` the good rows."""
    try:
        accept_upload(
            actor=request.actor,
            batch_id=batch_id,
            accept_good="dong-tot" in request.POST,
            at=timezone.now(),
        )
    except Refused as refusal:
        _tell(request, refusal)
    return redirect("figures:batch", batch_id)


@require_POST
def refuse(request: DoorRequest, batch_id: UUID) -> HttpResponse:
    """ "/so-lieu/<id>/bo": nothing of it is taken; the file stays."""
    try:
        refuse_upload(actor=request.actor, batch_id=batch_id, at=timezone.now())
    except Refused as refusal:
        _tell(request, refusal)
    else:
        messages.success(request, _("Đã bỏ lần nạp này. Không ghi số nào; tệp vẫn được giữ."))
    return redirect("figures:batch", batch_id)


@never_cache
@require_http_methods(["GET", "POST"])
def undo(request: DoorRequest, batch_id: UUID) -> HttpResponse:
    """ "/so-lieu/<id>/hoan-tac": what it would do, then does it."""
    found = readable_batch(request.actor, batch_id)
    try:
        if request.method != "POST":
            outlook = undo_outlook(request.actor, batch_id)
            context = {"batch": found, "outlook": outlook}
            return render(request, "web/figures/undo.html", context)
        done = undo_batch(actor=request.actor, batch_id=batch_id, at=timezone.now())
    except Refused as refusal:
        _tell(request, refusal)
    else:
        values = {
            "taken_back": done.taken_back_count,
            "revived": done.revived_count,
            "changed_since": done.changed_since_count,
        }
        messages.success(request, sentence("import_undone", values, reader_language()))
    return redirect("figures:batch", batch_id)


def _tell(request: DoorRequest, refusal: Refused) -> None:
    for finding in refusal.findings:
        messages.error(request, finding_sentence(finding, reader_language()))
