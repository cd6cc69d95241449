"""Sheets in walking order, filled sheets typed in, people met, households covered."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vandong.accounts.queries.scope import Right, require
from vandong.administration.refusals import Refused
from vandong.contacts.models import DeclineReason
from vandong.kernel.days import DayProblem, parse_day
from vandong.kernel.names import fold
from vandong.outreach.door.coverage import all_covered, canvass_coverage
from vandong.outreach.door.filled_sheets import FilledRow, add_met_person, record_filled_sheet
from vandong.outreach.door.sheets import DoorSheet, SheetRow, door_sheet, patches
from vandong.phrases import finding_sentence, sentence
from vandong.registry.queries.search import found_people
from vandong.web.access import DoorRequest
from vandong.web.accounts.wording import say_refused
from vandong.web.results.forms import SpanForm

_FOUND = 8
_NOTE = 500


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row with what was typed and what was wrong with it."""

    row: SheetRow
    key: str
    answer: str = ""
    reason: str = ""
    day: str = ""
    note: str = ""
    problems: tuple[str, ...] = ()


@require_safe
@never_cache
def coverage(request: DoorRequest) -> HttpResponse:
    """ "/van-dong/phu-dia-ban?tu=&den=&noi=": households reviewed at the door, by commune or cluster."""
    require(request.actor, Right.IMPORT_PEOPLE)
    today = timezone.localdate()
    form = SpanForm(request.actor, today, request.GET)
    for name in ("loai", "theo"):
        del form.fields[name]
    span = form.span()
    parts = canvass_coverage(request.actor, span)
    context = {"form": form, "span": span, "parts": parts, "all": all_covered(parts)}
    return render(request, "web/door/coverage.html", context)


@require_safe
@never_cache
def clusters(request: DoorRequest, worklist_id: int) -> HttpResponse:
    """ "/van-dong/danh-sach/<id>/den-nha?tim=": clusters to print and to type in; people met are added here."""
    worklist, known = patches(request.actor, worklist_id)
    text = request.GET.get("tim", "")[:120].strip()
    people = found_people(request.actor, text, limit=_FOUND).lines if fold(text) else ()
    context = {
        "worklist": worklist,
        "patches": known,
        "left": sum(one.left for one in known),
        "text": text,
        "people": [one for one in people if one.is_own],
    }
    return render(request, "web/door/clusters.html", context)


@require_safe
@never_cache
def sheet(request: DoorRequest, worklist_id: int) -> HttpResponse:
    """ "/van-dong/danh-sach/<id>/phieu?cum=&phan=": one part on A4, with the answers as numbers."""
    shown = _sheet(request, worklist_id)
    return render(request, "web/door/sheet.html", _words(request, shown))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def typing(request: DoorRequest, worklist_id: int) -> HttpResponse:
    """ "/van-dong/danh-sach/<id>/nhap-phieu?cum=&phan=": the same rows, a number typed for each."""
    shown = _sheet(request, worklist_id)
    typed = {row.code: TypedRow(row, str(uuid4())) for row in shown.rows}
    status = 200
    if request.method == "POST":
        kept = [_typed(request, row) for row in shown.rows]
        problems = _recorded(request, worklist_id, kept)
        if not problems:
            return redirect(f"{reverse('door:clusters', args=[worklist_id])}")
        typed = {one.row.code: one for one in kept if one.row.code in problems}
        typed = {code: _with(one, problems[code]) for code, one in typed.items()}
        status = 422
    context = _words(request, shown) | {
        "typed": list(typed.values()),
        "reasons": [(one.value, _(str(one.label))) for one in DeclineReason],
    }
    return render(request, "web/door/typing.html", context, status=status)


def _sheet(request: DoorRequest, worklist_id: int) -> DoorSheet:
    given = request.GET
    cluster, part = given.get("cum", ""), given.get("phan", "")
    return door_sheet(
        request.actor,
        worklist_id,
        int(cluster) if cluster.isdecimal() and len(cluster) < 19 else None,
        int(part) if part.isdecimal() and len(part) < 6 else 1,
    )


def _words(request: DoorRequest, shown: DoorSheet) -> dict[str, object]:
    lang = request.actor.language
    answers = [(number, sentence(f"outcome_{code}", {}, lang)) for number, code in shown.answers]
    return {
        "sheet": shown,
        "worklist": shown.worklist,
        "answers": answers,
        "today": timezone.localdate(),
        "parts": range(1, shown.parts + 1),
    }


def _typed(request: DoorRequest, row: SheetRow) -> TypedRow:
    def given(name: str) -> str:
        return request.POST.get(f"{name}-{row.code}", "")[:_NOTE].strip()

    return TypedRow(
        row, given("key"), given("answer"), given("reason"), given("day"), given("note")
    )


def _with(one: TypedRow, problems: list[str]) -> TypedRow:
    return TypedRow(one.row, one.key, one.answer, one.reason, one.day, one.note, tuple(problems))


def _recorded(
    request: DoorRequest, worklist_id: int, typed: list[TypedRow]
) -> dict[int, list[str]]:
    """Records what is good; what is wrong with each of the others, in the reader's words."""
    at = timezone.now()
    today = timezone.localdate(at)
    problems: dict[int, list[str]] = {}
    rows = []
    for one in typed:
        try:
            rows.append(_row(one))
        except DayProblem as wrong:
            problems[one.row.code] = [
                sentence(wrong.code, {"text": wrong.text}, request.actor.language)
            ]
    done = record_filled_sheet(
        actor=request.actor,
        worklist_id=worklist_id,
        rows=rows,
        visited_at=_visited(request.POST.get("visited", ""), at),
        on=today,
        at=at,
    )
    for code, findings in done.problems.items():
        problems[code] = [finding_sentence(one, request.actor.language) for one in findings]
    if done.recorded:
        said = ngettext("Đã ghi %s người.", "Đã ghi %s người.", done.recorded) % done.recorded
        messages.success(request, said)
    return problems


def _row(one: TypedRow) -> FilledRow:
    next_on: date | None = parse_day(one.day) if one.day else None
    return FilledRow(
        key=_key(one.key),
        code=one.row.code,
        answer=one.answer,
        reason=one.reason,
        next_on=next_on,
        note=one.note,
    )


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _visited(text: str, at: datetime) -> datetime:
    """The day on the paper, at noon; today where it cannot be read."""
    try:
        day = parse_day(text)
    except DayProblem:
        return at
    return datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_current_timezone())


@require_POST
def add_met(request: DoorRequest, worklist_id: int) -> HttpResponse:
    """Somebody met at the door goes on the list."""
    person = request.POST.get("person", "")
    try:
        add_met_person(
            actor=request.actor,
            worklist_id=worklist_id,
            person_id=int(person) if person.isdecimal() and len(person) < 19 else 0,
            at=timezone.now(),
        )
    except Refused as refused:
        say_refused(request, refused)
    else:
        messages.success(
            request, _("Đã thêm vào danh sách; ghi kết quả ở phiếu của nơi người đó ở.")
        )
    return redirect("door:clusters", worklist_id)
