"""Giving people of a list to collectors, taking them back, handing a leaver's people over."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vandong.administration.refusals import Refused, problem
from vandong.contacts.models import Task
from vandong.contacts.queries.tasks import LIVE
from vandong.kernel.numbers import format_count
from vandong.outreach.assigning import (
    Share,
    assign_tasks,
    assignment_preview,
    collectors,
    free_tasks,
)
from vandong.outreach.holding import hand_over
from vandong.outreach.worklists import office_worklist
from vandong.phrases import sentence
from vandong.web.access import DoorRequest
from vandong.web.accounts.wording import say_refused


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: DoorRequest, worklist_id: int) -> HttpResponse:
    """ "/van-dong/danh-sach/<id>/giao": who gets whom; sent, it is so."""
    worklist = office_worklist(request.actor, worklist_id)
    if request.method == "POST":
        try:
            shares = assign_tasks(
                actor=request.actor,
                worklist_id=worklist_id,
                member_ids=_members(request.POST),
                on=timezone.localdate(),
                at=timezone.now(),
            )
        except Refused as refused:
            say_refused(request, refused)
            return redirect("worklists:assign", worklist_id)
        count = format_count(sum(share.count for share in shares))
        messages.success(request, _("Đã giao %s người.") % count)
        return redirect("worklists:one", worklist_id)
    tasks = Task.objects.filter(worklist=worklist, state__in=LIVE)
    context = {
        "worklist": worklist,
        "collectors": collectors(request.actor, timezone.localdate()),
        "free": tasks.filter(member__isnull=True).count(),
        "own": dict(
            tasks.filter(member__isnull=False).values_list("member_id", "member__full_name")
        ),
    }
    return render(request, "web/worklists/assign.html", context)


@require_safe
def preview(request: DoorRequest, worklist_id: int) -> HttpResponse:
    """Who would get how many: a part of the page."""
    chosen = _members(request.GET)
    shares: Sequence[Share] = ()
    wrong = ""
    if chosen:
        try:
            shares = assignment_preview(
                actor=request.actor,
                worklist_id=worklist_id,
                member_ids=chosen,
                on=timezone.localdate(),
                at=timezone.now(),
            )
        except Refused as refused:
            [found, *_more] = refused.findings
            wrong = sentence(found.code, found.values, request.actor.language)
    else:
        office_worklist(request.actor, worklist_id)
    context = {"shares": shares, "problem": wrong}
    return render(request, "web/worklists/shares.html", context)


@require_POST
def free(request: DoorRequest, worklist_id: int) -> HttpResponse:
    """Takes a collector's people of the list back."""
    count = free_tasks(
        actor=request.actor,
        worklist_id=worklist_id,
        member_id=_number(request.POST.get("member", "")),
        at=timezone.now(),
    )
    messages.success(request, _("Đã lấy lại %s người để giao tiếp.") % format_count(count))
    return redirect("worklists:assign", worklist_id)


@require_http_methods(["GET", "HEAD", "POST"])
def handing_over(request: DoorRequest) -> HttpResponse:
    """ "/van-dong/ban-giao": all people of somebody who leaves go to a colleague in one act."""
    on = timezone.localdate()
    known = collectors(request.actor, on)
    if request.method == "POST":
        ids = _number(request.POST.get("from", "")), _number(request.POST.get("to", ""))
        try:
            count = _hand_over(request, ids, {one.member_id for one in known})
        except Refused as refused:
            say_refused(request, refused)
        else:
            messages.success(request, _("Đã bàn giao %s người.") % format_count(count))
        return redirect("worklists:hand_over")
    return render(request, "web/worklists/hand_over.html", {"collectors": known})


def _hand_over(request: DoorRequest, ids: tuple[int, int], known: set[int]) -> int:
    if not set(ids) <= known:
        raise Refused(problem("assign_stranger"))
    return hand_over(
        actor=request.actor,
        from_member_id=ids[0],
        to_member_id=ids[1],
        at=timezone.now(),
        reason=request.POST.get("reason", "")[:300],
    )


def _members(given: QueryDict) -> list[int]:
    return [_number(text) for text in given.getlist("members")[:500]]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
