"""What came in: the list, a new file, one file with what it would change and all that is wrong with it."""

from pathlib import Path
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from vandong.accounts.queries.scope import NotVisible, Right, require
from vandong.administration.refusals import Refused
from vandong.documents.models import Batch, BatchProblem, BatchState
from vandong.jobs.queries.own import visible_job
from vandong.jobs.queries.shown import ShownJob, shown_job
from vandong.kernel.names import fold
from vandong.phrases import finding_sentence, sentence
from vandong.planning.bad_rows import bad_rows_file
from vandong.planning.batch_reading import (
    batch_findings,
    read_problem,
    readable_batch,
    readable_batches,
)
from vandong.planning.uploads import Upload, receive_upload
from vandong.sheets import SheetProblem
from vandong.ui.templatetags.vandong import reader_language
from vandong.web.access import DoorRequest
from vandong.web.figures.forms import UploadForm
from vandong.web.figures.received import on_disk
from vandong.web.figures.wording import CHIPS, example_words, kind_words, state_words

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ON_A_PAGE = 30
_PROBLEMS_ON_A_PAGE = 100


@require_safe
@never_cache
def batches(request: DoorRequest) -> HttpResponse:
    """ "/so-lieu/": every file that came in, newest first."""
    page = Paginator(readable_batches(request.actor), _ON_A_PAGE).get_page(request.GET.get("trang"))
    context = {"page": page, "lines": [_line(one) for one in page.object_list]}
    return render(request, "web/figures/batches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: DoorRequest) -> HttpResponse:
    """ "/so-lieu/nap": the file is kept and its check put in the queue."""
    require(request.actor, Right.IMPORT_FIGURES)
    if request.method != "POST":
        form = UploadForm(actor=request.actor, initial={"kind": request.GET.get("loai", "figures")})
        return render(request, "web/figures/upload.html", {"form": form})
    form = UploadForm(request.POST, request.FILES, actor=request.actor)
    if form.is_valid():
        given = form.cleaned_data
        try:
            with on_disk(given["file"]) as path:
                made = receive_upload(
                    actor=request.actor,
                    upload=Upload(given["kind"], path, given["file"].name, given["source"]),
                    at=timezone.now(),
                )
        except Refused as refusal:
            for finding in refusal.findings:
                form.add_error("file", finding_sentence(finding, reader_language()))
        else:
            return redirect("figures:batch", made.pk)
    return render(request, "web/figures/upload.html", {"form": form}, status=422)


@require_safe
@never_cache
def batch(request: DoorRequest, batch_id: UUID) -> HttpResponse:
    """ "/so-lieu/<id>/": where the file stands; while a job works on it, htmx asks for that part alone."""
    found = readable_batch(request.actor, batch_id)
    job = _job(request, found)
    is_storing = found.state == BatchState.CHECKED and bool(found.options.get("storing"))
    is_waiting = found.state == BatchState.RECEIVED or is_storing
    is_waiting = is_waiting and (job is None or job.is_open)
    if request.htmx:
        if not is_waiting:
            return HttpResponseClientRedirect(reverse("figures:batch", args=[batch_id]))
        return render(request, "web/figures/_working.html", {"batch": found, "job": job})
    if found.state == BatchState.MAPPING:
        return redirect("figures:columns", batch_id)
    context = {"batch": found, "job": job, "is_waiting": is_waiting} | _shown(found, request.GET)
    return render(request, "web/figures/batch.html", context)


@require_safe
def bad_rows(request: DoorRequest, batch_id: UUID) -> HttpResponse:
    """ "/so-lieu/<id>/dong-sai": the rows with problems as the sender wrote them, with the reasons."""
    found = readable_batch(request.actor, batch_id)
    if not found.found_problems.filter(is_note=False, row__isnull=False).exists():
        raise NotVisible
    try:
        content = bad_rows_file(found, reader_language())
    except SheetProblem as problem:
        raise NotVisible from problem
    name = "-".join(
        "".join(c if c.isalnum() else " " for c in fold(Path(_name(found)).stem)).split()
    )
    headers = {"Content-Disposition": f'attachment; filename="dong-sai_{name[:80]}.xlsx"'}
    return HttpResponse(content, content_type=_XLSX, headers=headers)


def _line(found: Batch) -> dict[str, object]:
    counts = found.options.get("counts", {})
    return {
        "batch": found,
        "name": _name(found),
        "kind": kind_words(found.kind),
        "state": state_words(found.state),
        "chip": CHIPS.get(found.state, ""),
        "problems": counts.get("problems", 0),
    }


def _shown(found: Batch, query: QueryDict) -> dict[str, object]:
    problems = Paginator(batch_findings(found, are_notes=False), _PROBLEMS_ON_A_PAGE)
    page = problems.get_page(query.get("trang"))
    examples = found.options.get("examples", {})
    counts = found.options.get("counts", {})
    fresh = [*examples.get("new", ()), *examples.get("percent", ())]
    return _line(found) | {
        "counts": counts,
        "good": counts.get("new", 0) + counts.get("changed", 0),
        "changed": [example_words(one) for one in examples.get("changed", ())],
        "new": [example_words(one) for one in fresh],
        "page": page,
        "problems": [_problem(one) for one in page.object_list],
        "notes": [
            finding_sentence(read_problem(one), reader_language())
            for one in batch_findings(found, are_notes=True)[:20]
        ],
    }


def _problem(row: BatchProblem) -> dict[str, object]:
    finding = read_problem(row)
    said = sentence(finding.code, finding.values, reader_language())
    return {"row": row.row, "column": row.column, "said": said}


def _name(found: Batch) -> str:
    if name := found.options.get("name"):
        return str(name)
    return found.source_file.name if found.source_file else found.source_text


def _job(request: DoorRequest, found: Batch) -> ShownJob | None:
    """The job that works on the file; a colleague's is not one's own and stays unseen."""
    if "job" not in found.options:
        return None
    try:
        job = visible_job(request.actor, UUID(found.options["job"]))
    except NotVisible:
        return None
    return shown_job(job, reader_language())
