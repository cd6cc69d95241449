"""The page on which a list is made: what it would hold is shown as one chooses."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vandong.accounts.queries.organisations import own_office
from vandong.accounts.queries.scope import Right, require
from vandong.administration.refusals import Refused
from vandong.contacts.models import Worklist
from vandong.kernel.findings import Finding
from vandong.law import law_book
from vandong.outreach.list_people import points_told
from vandong.outreach.priority import Weights
from vandong.outreach.ranking import office_weights, save_weights
from vandong.outreach.settings import approach_settings
from vandong.outreach.worklists import Preview, make_worklist, worklist_preview
from vandong.phrases import finding_sentence, sentence
from vandong.registry.queries.search import PersonLine, person_lines
from vandong.web.access import DoorRequest
from vandong.web.accounts.wording import put_on_form, say_refused
from vandong.web.worklists.forms import WorklistForm, aim_of


@dataclass(frozen=True, slots=True)
class TopRow:
    """Somebody near the top. `is_new`: not among the first with the office's own points."""

    line: PersonLine
    points: int
    reasons: tuple[str, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """People who are not on the list, and why."""

    count: int
    why: str


@require_http_methods(["GET", "HEAD", "POST"])
def new_list(request: DoorRequest) -> HttpResponse:
    """ "/van-dong/danh-sach/moi?nhom=": choosing; sent, the list is made."""
    require(request.actor, Right.IMPORT_PEOPLE)
    form = _form(request, request.POST if request.method == "POST" else None)
    name = request.POST.get("name", "")
    if request.method == "POST" and form.is_valid():
        try:
            made = _make(request, form, name)
        except Refused as refused:
            put_on_form(form, refused, request.actor.language)
        else:
            messages.success(request, _("Đã lập danh sách “%s”.") % made.name)
            return redirect("worklists:one", made.pk)
    on = timezone.localdate()
    context = {"form": form, "name": name[:200], "on": on}
    status = 422 if request.method == "POST" else 200
    return render(request, "web/worklists/new.html", context, status=status)


@require_safe
def preview(request: DoorRequest) -> HttpResponse:
    """What the list would hold that is chosen now: a part of the page."""
    require(request.actor, Right.IMPORT_PEOPLE)
    form = _form(request, request.GET)
    if not form.is_valid():
        return render(request, "web/worklists/preview.html", {"form": form})
    on, wanted = timezone.localdate(), form.wanted()
    shown = worklist_preview(actor=request.actor, wanted=wanted, book=law_book(), on=on)
    usual = _usual_first(request, form, shown)
    top = _top(request, shown, usual)
    context = {
        "form": form,
        "on": on,
        "preview": shown,
        "left_out": [
            LeftOut(count, sentence(f"excluded_{code}", {}, request.actor.language))
            for code, count in shown.excluded.items()
        ],
        "top": top,
        "is_changed": usual is not None,
        "new_count": sum(row.is_new for row in top),
    }
    return render(request, "web/worklists/preview.html", context)


@require_POST
def keep_weights(request: DoorRequest) -> HttpResponse:
    """Keeps the points as the office's own, for lists to come."""
    require(request.actor, Right.IMPORT_PEOPLE)
    form = _form(request, request.POST)
    if not form.is_valid():
        context = {
            "form": form,
            "name": request.POST.get("name", "")[:200],
            "on": timezone.localdate(),
        }
        return render(request, "web/worklists/new.html", context, status=422)
    try:
        save_weights(actor=request.actor, weights=form.chosen_weights(), at=timezone.now())
    except Refused as refused:
        say_refused(request, refused)
    else:
        messages.success(request, _("Đã lưu điểm ưu tiên cho các danh sách lập từ nay."))
    return redirect("worklists:new")


def _form(request: DoorRequest, given: QueryDict | None) -> WorklistForm:
    on, office = timezone.localdate(), own_office(request.actor)
    office_id = office.pk if office else None
    segment = request.GET.get("nhom", "household_card")
    initial = {
        "segment": segment,
        "aim": aim_of(segment),
        "rest_days": approach_settings(office_id).rest_days,
    }
    return WorklistForm(request.actor, on, office_weights(office_id), given, initial=initial)


def _make(request: DoorRequest, form: WorklistForm, name: str) -> Worklist:
    return make_worklist(
        actor=request.actor,
        wanted=form.wanted(name),
        book=law_book(),
        on=timezone.localdate(),
        at=timezone.now(),
    )


def _usual_first(request: DoorRequest, form: WorklistForm, shown: Preview) -> set[int] | None:
    """Who would come first with the office's own points; None while none of them is changed."""
    usual: Weights = form.weights
    if form.chosen_weights() == usual or not shown.listed_count:
        return None
    wanted = form.wanted()
    other = worklist_preview(
        actor=request.actor,
        wanted=type(wanted)(
            segment=wanted.segment,
            aim=wanted.aim,
            way=wanted.way,
            unit_id=wanted.unit_id,
            weights=usual,
            rest_days=wanted.rest_days,
            keeps_overlap=wanted.keeps_overlap,
        ),
        book=law_book(),
        on=timezone.localdate(),
    )
    return {one.person_id for one in other.first}


def _top(request: DoorRequest, shown: Preview, usual: set[int] | None) -> list[TopRow]:
    lines = person_lines(request.actor, [one.person_id for one in shown.first])
    by_id = {line.person_id: line for line in lines}
    return [
        TopRow(
            line=by_id[one.person_id],
            points=one.points,
            reasons=tuple(_told(reason, request) for reason in points_told(one.reasons)),
            is_new=usual is not None and one.person_id not in usual,
        )
        for one in shown.first
        if one.person_id in by_id
    ]


def _told(reason: Finding, request: DoorRequest) -> str:
    points = str(reason.values["points"]).replace("-", "−")
    return f"{finding_sentence(reason, request.actor.language)} ({points})"
