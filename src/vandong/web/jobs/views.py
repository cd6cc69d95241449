"""Background jobs: one's own (every job for an administrator), how far each is, and stopping one."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vandong.accounts.queries.scope import Right
from vandong.administration.background_work import stop_job as stop
from vandong.jobs.queries.own import visible_job, visible_jobs
from vandong.jobs.queries.shown import shown_job
from vandong.web.access import DoorRequest

_ON_A_PAGE = 30


@require_safe
@never_cache
def job_list(request: DoorRequest) -> HttpResponse:
    """ "/cong-viec/?trang=2": newest first."""
    pages = Paginator(visible_jobs(request.actor), _ON_A_PAGE)
    chosen = pages.get_page(request.GET.get("trang"))
    context = {
        "jobs": [shown_job(job, _language()) for job in chosen],
        "pages": chosen,
        "shows_owners": request.actor.can(Right.SEE_ALL_JOBS),
    }
    return render(request, "web/jobs/list.html", context)


@require_safe
@never_cache
def job_page(request: DoorRequest, job_id: UUID) -> HttpResponse:
    """ "/cong-viec/<id>/": asked again each second while the job is open (only the part that changes)."""
    shown = shown_job(visible_job(request.actor, job_id), _language())
    context = {
        "job": shown,
        "shows_owner": request.actor.can(Right.SEE_ALL_JOBS),
    }
    page = "web/jobs/_state.html" if request.htmx else "web/jobs/job.html"
    return render(request, page, context)


@require_POST
def stop_job(request: DoorRequest, job_id: UUID) -> HttpResponse:
    """Stops a job, or asks a running one to; back to its page."""
    stop(actor=request.actor, job_id=job_id, at=timezone.now())
    return redirect("jobs:job", job_id=job_id)


def _language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"
