"""Lists of an office: all of them, one with its progress, its people, closed and opened again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vandong.accounts.queries.scope import Actor, Right, require
from vandong.administration.refusals import Refused
from vandong.contacts.models import Worklist
from vandong.outreach.list_files import worklist_file
from vandong.outreach.list_people import listed_tasks
from vandong.outreach.list_progress import list_lines, list_progress
from vandong.outreach.second_pass import make_second_pass, unreached_count
from vandong.outreach.worklists import (
    change_way,
    close_worklist,
    office_worklist,
    reopen_worklist,
)
from vandong.phrases import sentence
from vandong.web.access import DoorRequest
from vandong.web.accounts.wording import say_refused
from vandong.web.figures.upload_views import attached
from vandong.web.worklists.wording import outcome_words, person_rows, segment_words

PAGE = 50


@dataclass(frozen=True, slots=True)
class LeftOut:
    """People who are not on the list, and why."""

    count: int
    why: str


@require_safe
def home(request: DoorRequest) -> HttpResponse:
    """ "/van-dong": an office begins with its lists, a collector with the day."""
    require(request.actor, Right.ACT_ON_PEOPLE)
    is_office = request.actor.can(Right.IMPORT_PEOPLE)
    return redirect("worklists:list" if is_office else "calls:today")


@require_safe
def lists(request: DoorRequest) -> HttpResponse:
    """ "/van-dong/danh-sach": the lists of the own ground with what is left of each."""
    lines = list_lines(request.actor)
    running = [line for line in lines if line.worklist.closed_at is None]
    context = {
        "open": running,
        "closed": [line for line in lines if line.worklist.closed_at is not None],
        "left": sum(line.counts.left for line in running),
    }
    return render(request, "web/worklists/list.html", context)


@require_safe
def one(request: DoorRequest, worklist_id: int) -> HttpResponse:
    """ "/van-dong/danh-sach/<id>": how far it is, by outcome, collector and commune."""
    on, at = timezone.localdate(), timezone.now()
    progress = list_progress(request.actor, worklist_id, on, at)
    worklist, lang = progress.worklist, request.actor.language
    context = {
        "progress": progress,
        "worklist": worklist,
        "outcomes": outcome_words(progress.outcomes, progress.counts.approached, lang),
        "left_out": [
            LeftOut(count, sentence(f"excluded_{code}", {}, lang))
            for code, count in worklist.excluded.items()
        ],
        "found": progress.counts.total + sum(worklist.excluded.values()),
        "unreached": unreached_count(worklist),
        "segment": segment_words(worklist, lang),
        "first": person_rows(request.actor, listed_tasks(request.actor, worklist_id)[:10], lang),
        "on": on,
    }
    return render(request, "web/worklists/one.html", context)


@require_safe
def people(request: DoorRequest, worklist_id: int) -> HttpResponse:
    """ "/van-dong/danh-sach/<id>/nguoi?trang=": everybody on it, masked, in order, with why."""
    tasks = listed_tasks(request.actor, worklist_id)
    pages = Paginator(tasks, PAGE).get_page(request.GET.get("trang"))
    context = {
        "worklist": office_worklist(request.actor, worklist_id),
        "page": pages,
        "rows": person_rows(request.actor, list(pages), request.actor.language),
    }
    return render(request, "web/worklists/people.html", context)


@require_safe
def download(request: DoorRequest, worklist_id: int) -> HttpResponse:
    """The list as a spreadsheet, numbers covered."""
    content = worklist_file(
        actor=request.actor,
        worklist_id=worklist_id,
        lang=request.actor.language,
        at=timezone.now(),
    )
    return attached(content, f"danh-sach-{worklist_id}.xlsx")


@require_POST
def again(request: DoorRequest, worklist_id: int) -> HttpResponse:
    """A second pass over whoever was not reached."""
    try:
        made = make_second_pass(
            actor=request.actor,
            worklist_id=worklist_id,
            name=request.POST.get("name", ""),
            on=timezone.localdate(),
            at=timezone.now(),
        )
    except Refused as refused:
        say_refused(request, refused)
        return redirect("worklists:one", worklist_id)
    messages.success(request, _("Đã lập danh sách “%s”.") % made.name)
    return redirect("worklists:one", made.pk)


@require_POST
def close(request: DoorRequest, worklist_id: int) -> HttpResponse:
    """Nobody is given out any more."""
    said = _("Đã đóng danh sách “%s”. Kết quả đã ghi vẫn còn.")
    return _changed(request, worklist_id, close_worklist, said)


@require_POST
def reopen(request: DoorRequest, worklist_id: int) -> HttpResponse:
    """People are given out again."""
    return _changed(request, worklist_id, reopen_worklist, _("Đã mở lại danh sách “%s”."))


@require_POST
def way(request: DoorRequest, worklist_id: int) -> HttpResponse:
    """From the door to the telephone, or back."""

    def change(*, actor: Actor, worklist_id: int, version: int, at: datetime) -> Worklist:
        return change_way(
            actor=actor,
            worklist_id=worklist_id,
            way=request.POST.get("way", ""),
            version=version,
            at=at,
            reason=request.POST.get("reason", "")[:300],
        )

    return _changed(request, worklist_id, change, _("Đã đổi cách liên hệ của “%s”."))


def _changed(
    request: DoorRequest, worklist_id: int, verb: Callable[..., Worklist], said: str
) -> HttpResponse:
    version = request.POST.get("version", "")
    try:
        worklist = verb(
            actor=request.actor,
            worklist_id=worklist_id,
            version=int(version) if version.isdecimal() and len(version) < 9 else 0,
            at=timezone.now(),
        )
    except Refused as refused:
        say_refused(request, refused)
    else:
        messages.success(request, said % worklist.name)
    return redirect("worklists:one", worklist_id)
