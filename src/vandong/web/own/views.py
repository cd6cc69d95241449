"""A collector's own view of a month."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vandong.accounts.queries.scope import NotAllowed, Right, is_allowed, require
from vandong.figures.models import PlanKind, Scheme
from vandong.kernel.periods import Month
from vandong.outreach.own_view import own_view
from vandong.outreach.results.span import Span
from vandong.web.access import DoorRequest

_SOME = 24
"""Months back that can be chosen."""


@require_safe
@never_cache
def mine(request: DoorRequest) -> HttpResponse:
    """ "/van-dong/cua-toi?thang=2026-11&nguoi=": the own month; an office looks at a collector of its own."""
    require(request.actor, Right.ACT_ON_PEOPLE)
    today = timezone.localdate()
    member = request.GET.get("nguoi", "")
    member_id = int(member) if member.isdecimal() and len(member) < 19 else None
    month = _month(request.GET.get("thang", ""), today)
    try:
        view = own_view(request.actor, member_id, _span(month, today), today)
    except NotAllowed as refused:
        if refused.code != "not_at_work":
            raise
        return render(request, "web/own/no_place.html")
    now = Month.of(today)
    context = {
        "view": view,
        "month": month,
        "months": [now.shifted(-back) for back in range(_SOME)],
        "rates": [(_(str(Scheme(one.scheme).label)), one) for one in view.rates],
        "targets": [
            (
                one,
                _(str(Scheme(one.target.plan.scheme).label)),
                _(str(PlanKind(one.target.plan.kind).label)),
            )
            for one in view.targets
        ],
        "kept_days": view.money.days(today) if view.money else 0,
        "is_own": member_id is None,
        "may_pay": is_allowed(
            request.actor, Right.MANAGE_SETTINGS, organisation=view.member.organisation
        ),
        "today": today,
    }
    return render(request, "web/own/mine.html", context)


def _month(text: str, today: date) -> Month:
    year, dash, month = text.partition("-")
    if dash and year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12 and len(year) == 4:
        return Month(int(year), int(month))
    return Month.of(today)


def _span(month: Month, today: date) -> Span:
    return Span(month.first_day, min(month.last_day, max(today, month.first_day)))
