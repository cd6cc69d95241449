"""The page on which an office puts its own filter together, with the count as it is chosen."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vandong.accounts.queries.scope import Right, require
from vandong.administration.refusals import Refused
from vandong.contacts.models import Segment
from vandong.law import law_book
from vandong.outreach.segments.remembered import remembered_count
from vandong.outreach.segments.saved import save_segment
from vandong.phrases import sentence
from vandong.web.access import DoorRequest
from vandong.web.segments.forms import FilterForm


@require_http_methods(["GET", "HEAD", "POST"])
def new_segment(request: DoorRequest) -> HttpResponse:
    """ "/nguoi-dan/nhom/moi": choosing filters; sent, the segment is kept under its name."""
    require(request.actor, Right.ACT_ON_PEOPLE)
    today = timezone.localdate()
    given = request.POST if request.method == "POST" else request.GET
    form = FilterForm(request.actor, today, given or None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            kept = _keep(request, form)
        except Refused as refused:
            problems = [
                sentence(one.code, one.values, request.actor.language) for one in refused.findings
            ]
        else:
            messages.success(request, _("Đã lưu nhóm “%s”.") % kept.name)
            return redirect("segments:people", kept.pk)
    context = {
        "form": form,
        "name": given.get("name", "")[:200],
        "problems": problems,
        "on": today,
        **_counted(request, given, form),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "web/segments/new.html", context, status=status)


@require_safe
def preview(request: DoorRequest) -> HttpResponse:
    """How many the filters hold that are chosen now: a part of the page."""
    require(request.actor, Right.ACT_ON_PEOPLE)
    form = FilterForm(request.actor, timezone.localdate(), request.GET)
    return render(request, "web/segments/preview.html", _counted(request, request.GET, form))


def _counted(request: DoorRequest, given: QueryDict, form: FilterForm) -> dict[str, object]:
    """`count` is None while nothing is chosen or something cannot be read."""
    if not given or not form.is_valid() or not form.rule().conditions:
        return {"count": None, "is_wrong": bool(given) and not form.is_valid()}
    on = timezone.localdate()
    count = remembered_count(request.actor, form.rule(), law_book(), on)
    return {"count": count, "is_wrong": False, "on": on}


def _keep(request: DoorRequest, form: FilterForm) -> Segment:
    return save_segment(
        actor=request.actor,
        name=request.POST.get("name", ""),
        rule=form.rule(),
        book=law_book(),
        on=timezone.localdate(),
        at=timezone.now(),
    )
