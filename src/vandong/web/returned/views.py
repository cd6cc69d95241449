"""Files that the agency sent back: what to put right, and that it was handed in again."""

from datetime import date, datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vandong.administration.refusals import Refused, problem
from vandong.administration.returned_files import FollowUp, resubmit_file, undo_resubmission
from vandong.kernel.days import DayProblem, parse_day
from vandong.kernel.names import fold
from vandong.planning.register_figures import enqueue_register_figures
from vandong.registry.queries.returned import returned_files
from vandong.web.access import DoorRequest
from vandong.web.accounts.wording import say_refused

PAGE = 30
LONGEST = 120


@require_safe
@never_cache
def returned(request: DoorRequest) -> HttpResponse:
    """ "/nguoi-dan/ho-so-tra-lai?tim=&trang=": the reader's own people, the longest waiting first."""
    today = timezone.localdate()
    text = request.GET.get("tim", "")[:LONGEST].strip()
    pages = Paginator(returned_files(request.actor, fold(text)), PAGE)
    page = pages.get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "lines": [(one, (today - one.returned_on).days) for one in page if one.returned_on],
        "text": text,
        "today": today,
        "kept": request.session.pop("returned_typed", {}),
        "last": request.session.get("resubmitted"),
    }
    return render(request, "web/returned/list.html", context)


@require_POST
def resubmit(request: DoorRequest, receipt_id: int) -> HttpResponse:
    """It was put right and handed in again; one press, taken back in one."""
    at = timezone.now()
    note = request.POST.get("note", "")
    try:
        done = resubmit_file(
            actor=request.actor,
            receipt_id=receipt_id,
            version=_number(request.POST.get("version", "")),
            on=_day(request.POST.get("on", ""), timezone.localdate(at)),
            note=note,
            at=at,
            follow_up=_counting(request, at),
        )
    except Refused as refused:
        say_refused(request, refused)
        request.session["returned_typed"] = {"id": receipt_id, "note": note[:1000]}
        return redirect(_back(request))
    request.session["resubmitted"] = done.change_id
    messages.success(request, _("Đã ghi là nộp lại. Hồ sơ ra khỏi danh sách này."))
    return redirect(_back(request))


@require_POST
def undo(request: DoorRequest, change_id: int) -> HttpResponse:
    """The last word taken back: the file waits again."""
    at = timezone.now()
    undo_resubmission(
        actor=request.actor, change_id=change_id, at=at, follow_up=_counting(request, at)
    )
    request.session.pop("resubmitted", None)
    messages.success(request, _("Đã hoàn tác; hồ sơ chờ lại."))
    return redirect(_back(request))


def _counting(request: DoorRequest, at: datetime) -> FollowUp:
    """Payments sent back are no revenue: the figures of their day are counted anew."""

    def follow(changed_from: date) -> None:
        enqueue_register_figures(request.actor, changed_from, at)

    return follow


def _day(text: str, today: date) -> date:
    if not text.strip():
        return today
    try:
        return parse_day(text)
    except DayProblem as wrong:
        raise Refused(problem(wrong.code, "on", text=wrong.text)) from wrong


def _back(request: DoorRequest) -> str:
    place = reverse("returned:list")
    text = request.POST.get("tim", "")[:LONGEST]
    return f"{place}?{urlencode({'tim': text})}" if text else place


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
