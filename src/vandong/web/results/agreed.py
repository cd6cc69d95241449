"""Agreements that wait for proof: money recorded, struck, put on the agency's forms."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vandong.accounts.queries.scope import NotVisible, Right, require
from vandong.administration.refusals import Refused, StaleVersion
from vandong.contacts.models import Claim
from vandong.figures.models import Scheme
from vandong.kernel.numbers import format_count
from vandong.law import law_book
from vandong.outreach.filing import Form, claims_to_file, filed_form
from vandong.outreach.payments import record_payment, workable_claim
from vandong.outreach.pricing import scheme_of
from vandong.outreach.proving import reject_claim
from vandong.outreach.results.unproven import open_claims, waiting
from vandong.web.access import DoorRequest
from vandong.web.accounts.wording import put_on_form, say_refused
from vandong.web.figures.upload_views import attached
from vandong.web.results.forms import PaymentForm

PAGE = 30
LONGEST = 120


@require_safe
@never_cache
def agreements(request: DoorRequest) -> HttpResponse:
    """ "/van-dong/ket-qua/dong-y?tim=&qua-han=1&trang=": the longest waiting first."""
    today = timezone.localdate()
    text = request.GET.get("tim", "")[:LONGEST].strip()
    is_late = bool(request.GET.get("qua-han"))
    rows = open_claims(request.actor, today, text=text, late=is_late)
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "lines": waiting(list(page), today),
        "text": text,
        "is_late": is_late,
        "forms": [
            (form.value, _FORMS[form], claims_to_file(request.actor, form, today).count())
            for form in Form
        ]
        if request.actor.can(Right.EXPORT_PEOPLE)
        else [],
        "last": request.session.pop("payment_change", None),
    }
    return render(request, "web/results/agreed.html", context)


_FORMS = {Form.D05: "D05-TS", Form.D03: "D03-TS", Form.TK1: "TK1-TS"}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def collect(request: DoorRequest, claim_id: int) -> HttpResponse:
    """ "/van-dong/ket-qua/dong-y/<id>/thu": the receipt typed once; amounts by the law of the day."""
    if not request.actor.can(Right.ACT_ON_PEOPLE):
        raise NotVisible
    today, lang = timezone.localdate(), request.actor.language
    claim = workable_claim(request.actor, claim_id, today)
    scheme = scheme_of(claim.aim)
    if request.method == "POST":
        form = PaymentForm(law_book(), today, scheme, lang, request.POST)
        if form.is_valid() and _recorded(request, form, claim):
            return redirect(_back(request))
    else:
        form = PaymentForm(law_book(), today, scheme, lang, initial=_first_words(claim, today))
    status = 422 if form.is_bound else 200
    context = {"form": form, "claim": claim, "is_card": scheme == Scheme.BHYT_HGD}
    return render(request, "web/results/collect.html", context, status=status)


def _recorded(request: DoorRequest, form: PaymentForm, claim: Claim) -> bool:
    at = timezone.now()
    try:
        done = record_payment(
            actor=request.actor,
            claim_id=claim.pk,
            version=form.cleaned_data["version"],
            paid=form.paid(),
            book=law_book(),
            at=at,
            on=timezone.localdate(at),
        )
    except StaleVersion:
        form.add_error(None, _("Người khác vừa ghi cho người này. Mở lại trang để xem."))
        return False
    except Refused as refused:
        put_on_form(form, refused, request.actor.language)
        return False
    request.session["payment_change"] = done.change_id
    amount = format_count(done.receipt.participant_amount)
    messages.success(request, _("Đã ghi biên lai %s: %s đồng.") % (done.receipt.number, amount))
    return True


def _first_words(claim: Claim, today: date) -> dict[str, object]:
    """What is most likely: today, the month after what is paid for, the income and way of the last time."""
    scheme = scheme_of(claim.aim)
    spells = claim.person.participations.filter(scheme=scheme) if claim.person else None
    last = spells.order_by("-covered_from").first() if spells is not None else None
    until = last.covered_until if last and last.covered_until and not last.ended_on else None
    start = until if until and until >= today.replace(day=1) else today
    is_card = scheme == Scheme.BHYT_HGD
    first: dict[str, object] = {
        "version": claim.version,
        "collected_on": today,
        "covered_from": f"{start:%d/%m/%Y}" if is_card else f"{start:%m/%Y}",
        "order": claim.person.household_order if claim.person else None,
    }
    if last and last.income_amount:
        first |= {"income_amount": format_count(last.income_amount), "method": last.method}
    return first


@require_POST
def reject(request: DoorRequest, claim_id: int) -> HttpResponse:
    """An agreement that proved untrue is struck, with why."""
    at = timezone.now()
    version = request.POST.get("version", "")
    try:
        reject_claim(
            actor=request.actor,
            claim_id=claim_id,
            version=int(version) if version.isdecimal() and len(version) < 9 else 0,
            why=request.POST.get("why", "")[:300],
            on=timezone.localdate(at),
            at=at,
        )
    except Refused as refused:
        say_refused(request, refused)
    else:
        messages.success(request, _("Đã gạch lời đồng ý này khỏi danh sách chờ."))
    return redirect("results:agreed")


@require_POST
def form_file(request: DoorRequest, form: str) -> HttpResponse:
    """A form of the agency, filled; recorded and limited as every export."""
    require(request.actor, Right.EXPORT_PEOPLE)
    if form not in tuple(Form):
        raise Http404
    at = timezone.now()
    try:
        done = filed_form(
            actor=request.actor,
            form=Form(form),
            reason=request.POST.get("reason", "")[:400],
            on=timezone.localdate(at),
            at=at,
        )
    except Refused as refused:
        say_refused(request, refused)
        return redirect("results:agreed")
    return attached(done.content, f"{form.upper()}-{timezone.localdate(at):%Y%m%d}.xlsx")


def _back(request: DoorRequest) -> str:
    """An office goes on with its agreements, a collector with the day."""
    return "results:agreed" if request.actor.can(Right.IMPORT_PEOPLE) else "calls:today"
