"""Naming the columns of a wide table. What was named once comes filled in the next time."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vandong.accounts.queries.scope import Actor
from vandong.administration.refusals import Refused
from vandong.documents.models import Batch, BatchState
from vandong.kernel.days import format_day
from vandong.phrases import finding_sentence
from vandong.planning.batch_reading import readable_batch
from vandong.planning.figure_files.guessing import guessed_mapping
from vandong.planning.figure_files.mapping import (
    FigureMapping,
    WideChoice,
    signature_of,
)
from vandong.planning.figure_files.openers import open_wide_table
from vandong.planning.figure_files.wide_files import day_in_titles
from vandong.planning.mapping_settings import mapping_for, save_mapping
from vandong.planning.uploads import choose_columns, read_choice, upload_path
from vandong.sheets import SheetProblem, Table
from vandong.web.access import DoorRequest
from vandong.web.figures.forms import ChoiceForm
from vandong.web.figures.mapping_columns import column_choices, read_column, shown_columns
from vandong.web.figures.wording import language

_OPEN = (BatchState.MAPPING, BatchState.CHECKED)


@require_http_methods(["GET", "POST"])
@never_cache
def choose(request: DoorRequest, batch_id: UUID) -> HttpResponse:
    """ "/so-lieu/<id>/ghep-cot/": which column is what, and of which day the table is."""
    batch = readable_batch(request.actor, batch_id)
    if batch.state not in _OPEN or batch.options.get("storing"):
        return redirect("figures:batch", batch_id)
    try:
        table = open_wide_table(upload_path(batch), batch.options["name"])
    except SheetProblem:
        return redirect("figures:batch", batch_id)
    if request.method == "POST":
        return _chosen(request, batch, table)
    mapping, is_known = _proposed(request.actor, batch, table)
    form = ChoiceForm(initial=_initial(batch, table, mapping, is_known))
    return _page(request, batch, table, mapping, form, is_known=is_known)


def _chosen(request: DoorRequest, batch: Batch, table: Table) -> HttpResponse:
    form = ChoiceForm(request.POST)
    columns = tuple(read_column(request.POST, column) for column in table.header)
    name = request.POST.get("name", "")
    mapping = FigureMapping(name, signature_of(table.header), columns)
    if form.is_valid():
        choice = WideChoice(mapping, form.cleaned_data["as_of"], form.cleaned_data["whole"])
        try:
            save_mapping(actor=request.actor, mapping=mapping, at=timezone.now())
            choose_columns(actor=request.actor, batch_id=batch.pk, choice=choice, at=timezone.now())
        except Refused as refusal:
            for finding in refusal.findings:
                form.add_error(None, finding_sentence(finding, language()))
        else:
            return redirect("figures:batch", batch.pk)
    return _page(request, batch, table, mapping, form)


def _proposed(actor: Actor, batch: Batch, table: Table) -> tuple[FigureMapping, bool]:
    """What was chosen for this file, else what the office remembers, else a guess by the heads' words."""
    if "wide" in batch.options:
        return read_choice(batch.options["wide"]).mapping.fitted(table.header), False
    known = mapping_for(actor, signature_of(table.header))
    if known is not None:
        return known.fitted(table.header), True
    return guessed_mapping("", table.header), False


def _initial(batch: Batch, table: Table, mapping: FigureMapping, is_known: bool) -> dict[str, Any]:
    if "wide" in batch.options:
        choice = read_choice(batch.options["wide"])
        return {
            "as_of": format_day(choice.as_of),
            "whole": choice.whole,
            "name": choice.mapping.name,
        }
    day = day_in_titles(table.titles)
    name = mapping.name if is_known else " ".join(batch.options["name"].split(".")[:-1])[:200]
    return {"as_of": format_day(day) if day else "", "name": name}


def _page(
    request: DoorRequest,
    batch: Batch,
    table: Table,
    mapping: FigureMapping,
    form: ChoiceForm,
    *,
    is_known: bool = False,
) -> HttpResponse:
    context = {
        "batch": batch,
        "form": form,
        "is_known": is_known,
        "columns": shown_columns(table, mapping),
        "choices": column_choices(),
        "titles": table.titles,
    }
    status = 422 if form.is_bound else 200
    return render(request, "web/figures/mapping.html", context, status=status)
