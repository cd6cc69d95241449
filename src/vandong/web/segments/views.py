"""Pages of segments: all of them with counts, the people of one, and putting an own one away."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vandong.accounts.queries.scope import Right, require
from vandong.administration.refusals import Refused
from vandong.law import law_book
from vandong.outreach.segments.exporting import ExportWanted, export_segment
from vandong.outreach.segments.people import SegmentLine, people_page
from vandong.outreach.segments.remembered import remembered_count
from vandong.outreach.segments.saved import chosen_segment, retire_segment, visible_segments
from vandong.phrases import finding_sentence
from vandong.web.access import DoorRequest
from vandong.web.accounts.wording import say_refused
from vandong.web.figures.upload_views import attached
from vandong.web.segments.asked import own_communes, read_asked
from vandong.web.segments.wording import card_groups, segment_about, segment_name

MOST_COMMUNES = 400


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the list, with the reasons in words."""

    shown: SegmentLine
    reasons: tuple[str, ...]


@require_safe
def segments(request: DoorRequest) -> HttpResponse:
    """ "/nguoi-dan/nhom?ngay=&don-vi=": the cards; their counts come one by one."""
    require(request.actor, Right.ACT_ON_PEOPLE)
    asked = read_asked(request, request.actor)
    context = {
        "asked": asked,
        "groups": card_groups(request.actor.language),
        "saved": visible_segments(request.actor).select_related("made_by")[:100],
        "communes": own_communes(request.actor, asked.on)[:MOST_COMMUNES],
    }
    return render(request, "web/segments/list.html", context)


@require_safe
def count(request: DoorRequest, code: str) -> HttpResponse:
    """How many are in a segment: a part of the cards."""
    require(request.actor, Right.ACT_ON_PEOPLE)
    asked = read_asked(request, request.actor)
    chosen = chosen_segment(request.actor, code)
    found = remembered_count(request.actor, chosen.rule, law_book(), asked.on, asked.unit)
    return render(request, "web/segments/count.html", {"count": found, "on": asked.on})


@require_safe
def people(request: DoorRequest, code: str) -> HttpResponse:
    """ "/nguoi-dan/nhom/<code or id>?ngay=&don-vi=&tiep=": who is in it, masked, and why."""
    require(request.actor, Right.ACT_ON_PEOPLE)
    asked = read_asked(request, request.actor)
    chosen, lang = chosen_segment(request.actor, code), request.actor.language
    found = remembered_count(request.actor, chosen.rule, law_book(), asked.on, asked.unit)
    after = request.GET.get("tiep", "")
    page = people_page(
        request.actor, chosen.rule, law_book(), asked.on, after=after, unit=asked.unit
    )
    context = {
        "asked": asked,
        "chosen": chosen,
        "name": segment_name(chosen, lang),
        "about": segment_about(chosen, lang),
        "count": found,
        "rows": [
            PersonRow(one, tuple(finding_sentence(reason, lang) for reason in one.reasons))
            for one in page.lines
        ],
        "following": page.following,
        "is_later": bool(after),
        "communes": own_communes(request.actor, asked.on)[:MOST_COMMUNES],
        "may_export": bool(found) and request.actor.can(Right.EXPORT_PEOPLE),
        "export_reason": request.session.pop("export_typed", ""),
        "may_retire": chosen.saved is not None and chosen.saved.made_by_id == request.actor.user_id,
    }
    return render(request, "web/segments/people.html", context)


@require_POST
def export(request: DoorRequest, code: str) -> HttpResponse:
    """The people of the segment as a file, for a reason."""
    require(request.actor, Right.EXPORT_PEOPLE)
    asked = read_asked(request, request.actor)
    chosen, lang = chosen_segment(request.actor, code), request.actor.language
    wanted = ExportWanted(
        code=code,
        title=segment_name(chosen, lang),
        on=asked.on,
        unit=asked.unit,
        reason=request.POST.get("reason", ""),
        is_whole=bool(request.POST.get("whole")),
    )
    try:
        made = export_segment(
            actor=request.actor, wanted=wanted, book=law_book(), lang=lang, at=timezone.now()
        )
    except Refused as refused:
        say_refused(request, refused)
        request.session["export_typed"] = wanted.reason[:1000]
        return redirect(f"{reverse('segments:people', args=[code])}?{asked.query}")
    response = attached(made.content, f"nhom-{made.number}.xlsx")
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def retire(request: DoorRequest, segment_id: int) -> HttpResponse:
    """Puts an own segment away."""
    version = request.POST.get("version", "")
    try:
        kept = retire_segment(
            actor=request.actor,
            segment_id=segment_id,
            version=int(version) if version.isdecimal() and len(version) < 9 else 0,
            at=timezone.now(),
        )
    except Refused as refused:
        say_refused(request, refused)
    else:
        messages.success(
            request, _("Đã bỏ nhóm “%s”. Danh sách đã lập từ nhóm vẫn còn.") % kept.name
        )
    return redirect("segments:list")
