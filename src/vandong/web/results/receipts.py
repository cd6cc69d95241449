"""Money on its way, step by step: many receipts at once, taken back in one."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vandong.accounts.queries.scope import Right, require
from vandong.administration.refusals import Refused, problem
from vandong.kernel.days import DayProblem, parse_day
from vandong.outreach.payment_steps import Step, receipts_at, send_back, take_step, undo_step
from vandong.outreach.payments import ACTION as PAYMENT
from vandong.outreach.payments import undo_payment
from vandong.outreach.proving import enqueue_claims
from vandong.planning.register_figures import enqueue_register_figures
from vandong.registry.models import Change
from vandong.web.access import DoorRequest
from vandong.web.accounts.wording import say_refused

PAGE = 50
LONGEST = 120
STEP_WORDS = {
    Step.REMIT: gettext_lazy("Chưa nộp tiền"),
    Step.ACCEPT: gettext_lazy("Chờ tiếp nhận"),
    Step.DELIVER: gettext_lazy("Chờ giao thẻ, sổ"),
}
DEEDS = {
    Step.REMIT: gettext_lazy("Ghi là đã nộp tiền"),
    Step.ACCEPT: gettext_lazy("Ghi là đã tiếp nhận"),
    Step.DELIVER: gettext_lazy("Ghi là đã giao"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def receipts(request: DoorRequest) -> HttpResponse:
    """ "/van-dong/tien-thu?buoc=&tim=&trang=": what waits for a step; posted: the step is taken."""
    require(request.actor, Right.ACT_ON_PEOPLE)
    given = request.POST if request.method == "POST" else request.GET
    text = given.get("buoc", "")
    step = Step(text) if text in tuple(Step) else Step.REMIT
    if request.method == "POST":
        _taken(request, step)
        return redirect(f"{reverse('results:receipts')}?buoc={step.value}")
    today = timezone.localdate()
    wanted = given.get("tim", "")[:LONGEST].strip()
    rows = receipts_at(request.actor, step, today, wanted)
    rows = rows.select_related("person__unit_today", "member", "organisation")
    page = Paginator(rows, PAGE).get_page(given.get("trang"))
    may = request.actor.can(Right.IMPORT_PEOPLE) or step is Step.DELIVER
    context = {
        "step": step.value,
        "steps": [(one.value, words) for one, words in STEP_WORDS.items()],
        "deed": DEEDS[step],
        "page": page,
        "text": wanted,
        "today": today,
        "may": may,
        "is_office": request.actor.can(Right.IMPORT_PEOPLE),
        "last": request.session.pop("step_change", None),
    }
    return render(request, "web/results/receipts.html", context)


def _taken(request: DoorRequest, step: Step) -> None:
    at = timezone.now()
    today = timezone.localdate(at)
    ids = [int(one) for one in request.POST.getlist("receipt") if one.isdecimal() and len(one) < 19]
    try:
        done = take_step(
            actor=request.actor,
            step=step,
            receipt_ids=ids,
            day=_day(request.POST.get("day", ""), today),
            on=today,
            at=at,
        )
    except Refused as refused:
        say_refused(request, refused)
        return
    enqueue_claims(request.actor, at)
    request.session["step_change"] = done.change_id
    told = ngettext("Đã ghi cho %s khoản.", "Đã ghi cho %s khoản.", done.count) % done.count
    messages.success(request, told)


@require_POST
def returned(request: DoorRequest, receipt_id: int) -> HttpResponse:
    """The agency sent the file back: it goes to the files to be put right."""
    at = timezone.now()
    today = timezone.localdate(at)

    def follow(changed_from: date) -> None:
        enqueue_register_figures(request.actor, changed_from, at)
        enqueue_claims(request.actor, at)

    try:
        done = send_back(
            actor=request.actor,
            receipt_id=receipt_id,
            day=_day(request.POST.get("day", ""), today),
            reason=request.POST.get("reason", "")[:1000],
            on=today,
            at=at,
            follow_up=follow,
        )
    except Refused as refused:
        say_refused(request, refused)
    else:
        request.session["step_change"] = done.change_id
        messages.success(request, _("Đã ghi là bị trả lại; hồ sơ nằm ở “Hồ sơ trả lại” để sửa."))
    return redirect(f"{reverse('results:receipts')}?buoc={Step.ACCEPT.value}")


@require_POST
def undo(request: DoorRequest, change_id: int) -> HttpResponse:
    """The reader's own last deed on this page taken back: a step, or money recorded."""
    require(request.actor, Right.ACT_ON_PEOPLE)
    at = timezone.now()
    if Change.objects.filter(pk=change_id, action=PAYMENT).exists():
        undo_payment(actor=request.actor, change_id=change_id, at=at)
        place = "results:agreed" if request.actor.can(Right.IMPORT_PEOPLE) else "calls:today"
    else:
        undo_step(actor=request.actor, change_id=change_id, at=at)
        enqueue_claims(request.actor, at)
        place = "results:receipts"
    messages.success(request, _("Đã hoàn tác."))
    return redirect(place)


def _day(text: str, today: date) -> date:
    if not text.strip():
        return today
    try:
        return parse_day(text)
    except DayProblem as wrong:
        raise Refused(problem(wrong.code, "day", text=wrong.text)) from wrong
