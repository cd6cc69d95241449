"""Who is due: bands with counts, each person with the exact next payment, and the way to the call."""

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
from vandong.outreach.renewals.exporting import RenewalExport, export_renewals
from vandong.outreach.renewals.people import DueCount, DueLine, due_counts, due_page
from vandong.outreach.renewals.worklists import make_renewal_list
from vandong.outreach.segments.band_codes import band_code
from vandong.outreach.segments.bands import Band
from vandong.phrases import sentence
from vandong.places.models import Tree
from vandong.places.queries.units import subtree
from vandong.web.access import DoorRequest
from vandong.web.accounts.wording import say_refused
from vandong.web.figures.upload_views import attached
from vandong.web.renewals.asked import (
    RenewalsAsked,
    collector_choices,
    narrowed,
    read_renewals,
    unit_choices,
)


@dataclass(frozen=True, slots=True)
class BandTab:
    """A band to choose."""

    code: str
    name: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Row:
    """A person in words. `why`: why there is no amount."""

    shown: DueLine
    why: str
    said: str


@require_safe
def people(request: DoorRequest) -> HttpResponse:
    """ "/van-dong/dong-tiep?loai=&nhom=&ngay=&don-vi=&nguoi=&tiep="."""
    require(request.actor, Right.ACT_ON_PEOPLE)
    chosen, lang = read_renewals(request, request.actor), request.actor.language
    after, asked = request.GET.get("tiep", ""), chosen.asked
    counts = due_counts(request.actor, law_book(), asked.scheme, asked.on)
    within = narrowed(counts, asked.member_id, _inside(chosen))
    tabs = _tabs(chosen, within, lang)
    count = next(one.count for one in tabs if one.code == chosen.band)
    page = due_page(request.actor, law_book(), asked, chosen.band, at=timezone.now(), after=after)
    context = {
        "chosen": chosen,
        "asked": asked,
        "tabs": tabs,
        "schemes": [
            {"word": "the", "name": _("Thẻ BHYT hộ gia đình"), "query": chosen.query(loai="the")},
            {"word": "tn", "name": _("BHXH tự nguyện"), "query": chosen.query(loai="tn")},
        ],
        "count": count,
        "total": sum(one.count for one in tabs),
        "band_name": sentence(f"renewal_band_{chosen.band}", {}, lang),
        "about": sentence(f"renewal_band_{asked.scheme}_{chosen.band}", {}, lang),
        "rows": [_row(one, lang) for one in page.lines],
        "has_unverified": any(not one.payment.is_verified for one in page.lines),
        "following": page.following,
        "is_later": bool(after),
        "units": unit_choices(counts, chosen.band, asked.on),
        "collectors": collector_choices(counts, chosen.band) if chosen.is_overseer else [],
        "may_make": bool(count) and request.actor.can(Right.IMPORT_PEOPLE),
        "may_export": bool(count) and request.actor.can(Right.EXPORT_PEOPLE),
        "export_reason": request.session.pop("export_typed", ""),
    }
    return render(request, "web/renewals/people.html", context)


@require_POST
def make_list(request: DoorRequest) -> HttpResponse:
    """One tap: the band becomes a worklist, to be handed out."""
    require(request.actor, Right.IMPORT_PEOPLE)
    chosen = read_renewals(request, request.actor)
    try:
        made = make_renewal_list(
            actor=request.actor,
            asked=chosen.asked,
            band=chosen.band,
            book=law_book(),
            title=_title(chosen, "vi"),
            at=timezone.now(),
        )
    except Refused as refused:
        say_refused(request, refused)
        return redirect(f"{reverse('renewals:people')}?{chosen.here}")
    messages.success(request, _("Đã lập danh sách “%s”.") % made.name)
    return redirect("worklists:one", made.pk)


@require_POST
def export(request: DoorRequest) -> HttpResponse:
    """The people of the band as a file, for a reason."""
    require(request.actor, Right.EXPORT_PEOPLE)
    chosen, lang = read_renewals(request, request.actor), request.actor.language
    wanted = RenewalExport(
        asked=chosen.asked,
        band=chosen.band,
        title=_title(chosen, lang),
        reason=request.POST.get("reason", ""),
        is_whole=bool(request.POST.get("whole")),
    )
    try:
        made = export_renewals(
            actor=request.actor, wanted=wanted, book=law_book(), lang=lang, at=timezone.now()
        )
    except Refused as refused:
        say_refused(request, refused)
        request.session["export_typed"] = wanted.reason[:1000]
        return redirect(f"{reverse('renewals:people')}?{chosen.here}")
    response = attached(made.content, f"den-ky-{made.number}.xlsx")
    response.headers["Cache-Control"] = "no-store"
    return response


def _title(chosen: RenewalsAsked, lang: str) -> str:
    return sentence(f"segment_{band_code(chosen.asked.scheme, chosen.band)}", {}, lang)


def _inside(chosen: RenewalsAsked) -> frozenset[int] | None:
    if chosen.unit is None:
        return None
    below = subtree(chosen.unit, Tree.ADMINISTRATIVE, chosen.asked.on)
    return frozenset({chosen.unit.pk, *below.values_list("pk", flat=True)})


def _tabs(chosen: RenewalsAsked, counts: list[DueCount], lang: str) -> list[BandTab]:
    return [
        BandTab(
            band.value,
            sentence(f"renewal_band_{band}", {}, lang),
            sum(one.count for one in counts if one.band is band),
            chosen.query(nhom=band.value),
        )
        for band in Band
    ]


def _row(shown: DueLine, lang: str) -> Row:
    problem = shown.payment.problem
    return Row(
        shown,
        sentence(f"renewal_why_{problem}", {}, lang) if problem else "",
        sentence(f"outcome_{shown.contact.outcome}", {}, lang) if shown.contact else "",
    )
