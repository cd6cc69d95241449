"""Plans by owner: what each unit owes to whom by when, with what a later paper or import has changed."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vandong.accounts.queries.scope import Right
from vandong.figures.models import PlanKind, Scheme, Target
from vandong.planning.plan_reading import (
    TargetFilter,
    plan_owners,
    readable_targets,
    target_history,
)
from vandong.web.access import DoorRequest
from vandong.web.figures.wording import channel_words, measure_words, number_words, scheme_words

_ON_A_PAGE = 50
_KEYS = ("don-vi", "che-do", "nam", "noi-giao")


@require_safe
def plans(request: DoorRequest) -> HttpResponse:
    """ "/ke-hoach/?don-vi=yen the&che-do=bhxh_tn&nam=2023&noi-giao=UBND tỉnh"."""
    asked = {key: request.GET.get(key, "").strip() for key in _KEYS}
    chosen = TargetFilter(
        owner=asked["noi-giao"],
        scheme=asked["che-do"] if asked["che-do"] in Scheme.values else "",
        unit=asked["don-vi"],
    )
    found = readable_targets(request.actor, chosen).filter(is_amended=False)
    if asked["nam"].isdecimal() and date.min.year <= int(asked["nam"]) <= date.max.year:
        year = int(asked["nam"])
        first, last = date(year, 1, 1), date(year, 12, 31)
        found = found.filter(plan__period_from__lte=last, plan__deadline__gte=first)
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "lines": [_line(one) for one in page.object_list],
        "asked": {key.replace("-", "_"): value for key, value in asked.items()},
        "is_filtered": any(asked.values()),
        "owners": plan_owners(request.actor),
        "schemes": Scheme.choices,
        "may_upload": request.actor.can(Right.EDIT_PLANS),
    }
    return render(request, "web/figures/plans.html", context)


def _line(target: Target) -> dict[str, object]:
    plan = target.plan
    return {
        "target": target,
        "plan": plan,
        "scheme": scheme_words(plan.scheme),
        "kind": measure_words(plan.kind),
        "denominator": measure_words(plan.denominator) if plan.denominator else "",
        "channel": channel_words(plan.channel),
        "is_striving": plan.commitment == "striving",
        "value": _value(target.value, plan.kind, target.exactness),
        "document": plan.document,
        "earlier": [
            {"value": _value(one.value, plan.kind, one.exactness), "version": one}
            for one in target_history(target)
            if one.target_id != target.pk
        ],
    }


def _value(value: object, kind: str, word: str) -> str:
    said = number_words(value, word)
    return f"{said}%" if kind == PlanKind.COVERAGE else said
