"""Plans and targets: the list, and the history of one target."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vandong.accounts.queries.scope import Right
from vandong.figures.models import Scheme, Target
from vandong.kernel.days import DayProblem, parse_day
from vandong.planning.plan_reading import (
    TargetFilter,
    TargetVersion,
    plan_owners,
    readable_target,
    readable_targets,
    target_history,
)
from vandong.web.access import DoorRequest
from vandong.web.figures.wording import plan_kind_word, target_value, word

_ON_A_PAGE = 50


@require_safe
def plan_list(request: DoorRequest) -> HttpResponse:
    """ "/ke-hoach/?chu=&loai-hinh=&don-vi=&ngay=&trang=": targets of the units whose figures one sees."""
    asked = request.GET
    chosen = TargetFilter(
        owner=asked.get("chu", "").replace("\0", ""),
        scheme=asked.get("loai-hinh", "").replace("\0", ""),
        unit=asked.get("don-vi", "").replace("\0", "").strip(),
    )
    bad_day = ""
    if asked.get("ngay"):
        try:
            chosen = TargetFilter(
                chosen.owner, chosen.scheme, chosen.unit, parse_day(asked["ngay"])
            )
        except DayProblem:
            bad_day = asked["ngay"]
    pages = Paginator(readable_targets(request.actor, chosen), _ON_A_PAGE)
    page = pages.get_page(asked.get("trang"))
    kept = asked.copy()
    kept.pop("trang", None)
    context = {
        "rows": [_row(target) for target in page],
        "pages": page,
        "asked": chosen,
        "day_text": asked.get("ngay", ""),
        "bad_day": bad_day,
        "address": kept.urlencode(),
        "owners": plan_owners(request.actor),
        "schemes": [(code, word(code)) for code in Scheme.values],
        "is_filtered": any(asked.get(name) for name in ("chu", "loai-hinh", "don-vi", "ngay")),
        "may_import": request.actor.can(Right.EDIT_PLANS),
    }
    return render(request, "web/figures/plans.html", context)


@require_safe
def target_page(request: DoorRequest, target_id: int) -> HttpResponse:
    """ "/ke-hoach/chi-tieu/<id>/": a target and every state it was in."""
    target = readable_target(request.actor, target_id)
    versions = target_history(target)
    context = {
        "row": _row(target),
        "versions": [
            {"is_it": one.target_id == target_id, "of": one, "value": _value(target, one)}
            for one in versions
        ],
        "may_see_batches": request.actor.can(Right.IMPORT_FIGURES),
    }
    return render(request, "web/figures/target.html", context)


def _value(target: Target, version: TargetVersion) -> str:
    return target_value(version.value, target.plan.kind, version.exactness)


def _row(target: Target) -> dict[str, object]:
    plan = target.plan
    return {
        "id": target.pk,
        "unit": target.unit,
        "owner": plan.owner_name,
        "document": plan.document.number if plan.document else "",
        "signed_on": plan.document.signed_on if plan.document else None,
        "scheme": word(plan.scheme),
        "kind": plan_kind_word(plan.kind),
        "denominator": word(plan.denominator) if plan.denominator else "",
        "channel": word(plan.channel) if plan.channel else "",
        "period_from": plan.period_from,
        "deadline": plan.deadline,
        "commitment": word(plan.commitment),
        "value": target_value(target.value, plan.kind, target.exactness),
        "is_amended": getattr(target, "is_amended", False),
        "amends": target.supersedes_id is not None,
        "source": target.source_text,
    }
