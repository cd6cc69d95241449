"""How those whose paid time ended went on, and whose payment is another on a day to come."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vandong.accounts.queries.scope import Right, require
from vandong.contacts.models import DeclineReason
from vandong.figures.models import Scheme
from vandong.kernel.days import DayProblem, parse_day
from vandong.law import ParameterMissing, law_book
from vandong.outreach.renewals.funnel import renewal_funnel
from vandong.outreach.renewals.rises import lines_of, payment_rises
from vandong.phrases import sentence
from vandong.web.access import DoorRequest
from vandong.web.renewals.asked import SCHEMES, read_renewals
from vandong.web.results.forms import SpanForm

SHOWN = 100


@require_safe
@never_cache
def funnel(request: DoorRequest) -> HttpResponse:
    """ "/van-dong/dong-tiep/pheu?tu=&den=&noi=&loai=": due → contacted → promised → paid."""
    require(request.actor, Right.IMPORT_PEOPLE)
    form = SpanForm(request.actor, timezone.localdate(), request.GET)
    del form.fields["theo"]
    span = form.span()
    scheme = form.cleaned_data["loai"] if form.is_valid() else Scheme.BHXH_TN
    found = renewal_funnel(request.actor, span, scheme)
    context = {
        "form": form,
        "span": span,
        "funnel": found,
        "scheme": _(str(Scheme(scheme).label)),
        "reasons": [(_(str(DeclineReason(code).label)), count) for code, count in found.reasons],
    }
    return render(request, "web/renewals/funnel.html", context)


@require_safe
@never_cache
def rises(request: DoorRequest) -> HttpResponse:
    """ "/van-dong/dong-tiep/thay-doi?loai=&ngay=&sau=": both amounts of everybody due whose payment changes."""
    require(request.actor, Right.ACT_ON_PEOPLE)
    chosen = read_renewals(request, request.actor)
    text = request.GET.get("sau", "").strip()
    after, problem = _after(text, chosen.asked.on, request.actor.language)
    changes = None
    try:
        changes = payment_rises(request.actor, law_book(), chosen.asked, after)
    except ParameterMissing as missing:
        problem = sentence(missing.code, missing.values, request.actor.language)
    shown = changes.people[:SHOWN] if changes else ()
    lines = lines_of(request.actor, shown)
    context = {
        "chosen": chosen,
        "after": after,
        "typed": text,
        "problem": problem,
        "changes": changes,
        "count": len(changes.people) if changes else 0,
        "rows": [(one, lines[one.row.due.person_id]) for one in shown],
        "has_unverified": any(not one.after.is_verified for one in shown),
        "schemes": [(word, _(str(Scheme(code).label))) for word, code in SCHEMES.items()],
    }
    return render(request, "web/renewals/rises.html", context)


def _after(text: str, on: date, lang: str) -> tuple[date, str]:
    """The later day; the next new year where none is asked for or it cannot be read."""
    usual = date(on.year + 1, 1, 1)
    if not text:
        return usual, ""
    try:
        return parse_day(text), ""
    except DayProblem as wrong:
        return usual, sentence(wrong.code, {"text": wrong.text}, lang)
