"""Naming the columns of a list that was not understood; remembered for the office."""

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vandong.administration.refusals import Refused
from vandong.documents.models import BatchState
from vandong.intake.kinds import FIELD_TITLES, ListField
from vandong.intake.list_reading import ListSummary, list_summary
from vandong.intake.lists import choose_list_columns
from vandong.intake.mapping import ColumnMapping, list_signature, needed_words
from vandong.phrases import finding_sentence
from vandong.web.access import DoorRequest

_CHOICES = tuple((field.value, title) for field, title in FIELD_TITLES.items())

_FIELDS = frozenset(field.value for field in ListField)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def choose(request: DoorRequest, batch_id: UUID) -> HttpResponse:
    """ "/nguoi-dan/danh-sach/<id>/ghep-cot": what each column carries, with three values of it."""
    summary = list_summary(request.actor, batch_id)
    if summary.batch.state != BatchState.MAPPING or summary.mapping is None:
        return redirect("lists:one", batch_id)
    mapping, problems = summary.mapping, list[str]()
    name = request.POST.get("name", summary.batch.source_text)[:200]
    if request.method == "POST":
        mapping = _chosen(request.POST, summary, mapping)
        try:
            choose_list_columns(
                actor=request.actor,
                batch_id=batch_id,
                mapping=mapping,
                name=name,
                at=timezone.now(),
            )
        except Refused as refused:
            problems = [finding_sentence(one, request.actor.language) for one in refused.findings]
        else:
            return redirect("lists:one", batch_id)
    places = {index: field.value for field, index in mapping.columns}
    context = {
        "summary": summary,
        "columns": [
            (index, head, summary.samples[index], places.get(index, ""))
            for index, head in enumerate(summary.heads)
        ],
        "choices": _CHOICES,
        "missing": [needed_words(one) for one in mapping.missing],
        "problems": problems,
        "name": name,
    }
    status = 422 if problems else 200
    return render(request, "web/lists/columns.html", context, status=status)


def _chosen(posted: QueryDict, summary: ListSummary, before: ColumnMapping) -> ColumnMapping:
    columns = []
    for index in range(len(summary.heads)):
        value = posted.get(f"cot-{index}", "")
        if value in _FIELDS and value != ListField.SKIP:
            columns.append((ListField(value), index))
    return ColumnMapping(before.kind, tuple(columns), list_signature(summary.heads))
