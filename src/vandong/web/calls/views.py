"""The collector's day and one call: two taps from the person to the outcome."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vandong.accounts.queries.scope import NotAllowed, NotVisible, Right, require
from vandong.administration.refusals import Refused
from vandong.advice.documents.citizen import told
from vandong.contacts.models import Aim, Outcome
from vandong.contacts.queries.tasks import own_task
from vandong.kernel.days import DayProblem, parse_day
from vandong.law import law_book
from vandong.outreach.calling import CallSheet, call_sheet, record_call, reveal_numbers
from vandong.outreach.holding import give_back, take_next
from vandong.outreach.recording import Said
from vandong.outreach.scripts import told_script
from vandong.outreach.today import just_recorded, todays_work
from vandong.outreach.undoing import undo_contact
from vandong.phrases import finding_sentence, sentence
from vandong.web.access import DoorRequest
from vandong.web.accounts.wording import say_refused
from vandong.web.calls.renewing import told_renewal
from vandong.web.calls.wording import first_buttons, folds, form_of_address, spoken_before
from vandong.web.worklists.wording import PersonRow


@require_safe
def today(request: DoorRequest) -> HttpResponse:
    """ "/van-dong/hom-nay": whom to approach now, and where to take more people."""
    require(request.actor, Right.ACT_ON_PEOPLE)
    now, on = timezone.localtime(), timezone.localdate()
    begins_at = now.replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        work = todays_work(request.actor, on, now, begins_at)
    except NotAllowed as refused:
        return _without_place(request, refused)
    lang = request.actor.language
    context = {
        "work": work,
        "rows": [
            PersonRow(
                one,
                tuple(finding_sentence(reason, lang) for reason in one.reasons[:2]),
                sentence(f"outcome_{one.task.outcome}", {}, lang) if one.task.outcome else "",
            )
            for one in work.people
        ],
        "done": [
            (sentence(f"outcome_{one.value}", {}, lang), work.done[one.value])
            for one in Outcome
            if work.done.get(one.value)
        ],
        "done_count": sum(work.done.values()),
        "is_calling_time": work.settings.is_calling_time(now.time()),
        "recorded": _recorded(request, now),
        "on": on,
    }
    return render(request, "web/calls/today.html", context)


@require_POST
def take(request: DoorRequest) -> HttpResponse:
    """ "20 người tiếp theo" of a list."""
    require(request.actor, Right.ACT_ON_PEOPLE)
    try:
        found = take_next(
            actor=request.actor,
            worklist_id=_number(request.POST.get("list", "")),
            on=timezone.localdate(),
            at=timezone.now(),
        )
    except Refused as refused:
        say_refused(request, refused)
    else:
        if found.taken_count:
            messages.success(request, _("Đã nhận %s người.") % found.taken_count)
        else:
            messages.info(
                request,
                _(
                    "Chưa nhận thêm được: đang giữ đủ số người, hoặc danh sách không còn ai hôm nay."
                ),
            )
    return redirect("calls:today")


@require_POST
def release(request: DoorRequest) -> HttpResponse:
    """Everybody in hand goes back to the list, for others."""
    require(request.actor, Right.ACT_ON_PEOPLE)
    try:
        count = give_back(actor=request.actor, on=timezone.localdate(), at=timezone.now())
    except NotAllowed:
        return redirect("calls:today")
    messages.success(request, _("Đã trả lại %s hộ. Kết quả đã ghi vẫn còn.") % count)
    return redirect("calls:today")


@require_safe
def call(request: DoorRequest, task_id: int) -> HttpResponse:
    """ "/van-dong/goi/<id>": the call, numbers covered."""
    return _sheet(request, task_id)


@require_POST
def numbers(request: DoorRequest, task_id: int) -> HttpResponse:
    """The same with the numbers to call; recorded."""
    _hide_from_strangers(request)
    shown = reveal_numbers(actor=request.actor, task_id=task_id, at=timezone.now())
    answer = _sheet(request, task_id, shown)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def outcome(request: DoorRequest, task_id: int) -> HttpResponse:
    """What came of it; then the day goes on."""
    _hide_from_strangers(request)
    now = timezone.now()
    try:
        made = record_call(
            actor=request.actor,
            said=_said(request, task_id, now),
            told=request.POST.getlist("told"),
            book=law_book(),
            on=timezone.localdate(),
            at=now,
        )
    except Refused as refused:
        say_refused(request, refused)
        return redirect("calls:call", task_id)
    return redirect(f"{reverse('calls:today')}?vua-ghi={made.contact.pk}")


@require_POST
def undo(request: DoorRequest, contact_id: int) -> HttpResponse:
    """A slip of the thumb taken back."""
    require(request.actor, Right.ACT_ON_PEOPLE)
    try:
        contact = undo_contact(
            actor=request.actor, contact_id=contact_id, on=timezone.localdate(), at=timezone.now()
        )
    except Refused as refused:
        say_refused(request, refused)
        return redirect("calls:today")
    messages.success(request, _("Đã hoàn tác kết quả vừa ghi."))
    try:
        own_task(request.actor, contact.task_id or 0, timezone.now())
    except NotVisible:
        return redirect("calls:today")
    return redirect("calls:call", contact.task_id)


def _sheet(
    request: DoorRequest, task_id: int, shown: tuple[str, ...] | None = None
) -> HttpResponse:
    _hide_from_strangers(request)
    now, on = timezone.localtime(), timezone.localdate()
    sheet, lang = call_sheet(request.actor, task_id, law_book(), on, now), request.actor.language
    advice = sheet.offer.advice if sheet.offer else None
    context = {
        "sheet": sheet,
        "why": [finding_sentence(one, lang) for one in (*sheet.why, *sheet.points)],
        "before": spoken_before(sheet.contacts, lang),
        "renewal": told_renewal(sheet.task, law_book(), on, lang),
        "offer": told(advice, lang) if advice and _is_voluntary(sheet) else None,
        "script": told_script(sheet.script, law_book(), on, _call_words(sheet)),
        "buttons": first_buttons(sheet.outcomes, lang),
        "folds": folds(sheet.outcomes, on, lang),
        "numbers": shown,
        "key": uuid4(),
        "way": sheet.task.worklist.way,
        "is_calling_time": sheet.settings.is_calling_time(now.time()),
        "on": on,
    }
    return render(request, "web/calls/call.html", context)


def _without_place(request: DoorRequest, refused: NotAllowed) -> HttpResponse:
    """A login that is no collector at work has no day of calls; it is told who can mend that."""
    said = sentence(refused.code, refused.values, request.actor.language)
    return render(request, "web/calls/no_place.html", {"said": said})


def _hide_from_strangers(request: DoorRequest) -> None:
    """Who works with nobody learns of nobody. Raises NotVisible."""
    if not request.actor.can(Right.ACT_ON_PEOPLE):
        raise NotVisible


def _is_voluntary(sheet: CallSheet) -> bool:
    return sheet.task.worklist.aim in {Aim.JOIN_SI, Aim.RENEW_SI}


def _call_words(sheet: CallSheet) -> dict[str, str]:
    """Scripts are read out in Vietnamese, whatever language the page is in."""
    you = form_of_address(sheet.line.sex if sheet.line else "", sheet.age)
    return {
        "person": f"{you} {sheet.name.split()[-1]}" if sheet.name else you,
        "you": you,
        "collector": sheet.caller.name,
        "code": sheet.caller.code,
        "place": sheet.caller.place,
        "aim": str(Aim(sheet.task.worklist.aim).label)
        .lower()
        .replace("bhxh", "BHXH")
        .replace("bhyt", "BHYT"),
    }


def _said(request: DoorRequest, task_id: int, at: datetime) -> Said:
    """The form as words: "outcome", "outcome:day" or "outcome:reason"."""
    code, _mark, more = request.POST.get("said", "").partition(":")
    chosen = _day(more) or _day(request.POST.get(f"day-{code}", ""))
    number = request.POST.get("number", "")
    version = request.POST.get("script", "")
    return Said(
        key=_key(request.POST.get("key", "")),
        task_id=task_id,
        way=request.POST.get("way", "phone"),
        outcome=code,
        captured_at=at,
        reason="" if chosen else more,
        note=request.POST.get("note", ""),
        next_on=chosen,
        number_called=number if number.isdecimal() and len(number) <= 11 else "",
        script_version=_number(version) if version else None,
    )


def _day(text: str) -> date | None:
    try:
        return parse_day(text) if text.strip() else None
    except DayProblem:
        return None


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _recorded(request: DoorRequest, at: datetime) -> object:
    number = _number(request.GET.get("vua-ghi", ""))
    if not number:
        return None
    try:
        found = just_recorded(request.actor, number, at)
    except NotVisible:
        return None
    said = sentence(f"outcome_{found.outcome}", {}, request.actor.language)
    name = found.person.full_name if found.person else ""
    return {"pk": found.pk, "name": name, "said": said, "next_on": found.next_on}


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
