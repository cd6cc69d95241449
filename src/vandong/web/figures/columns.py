"""A wide table as an office sends it: which column holds what, on which day; remembered under a name."""

from dataclasses import replace
from itertools import islice
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vandong.accounts.models import Channel
from vandong.administration.refusals import Refused
from vandong.documents.models import BatchState
from vandong.figures.models import Measure, Scheme
from vandong.kernel.days import DayProblem, format_day, parse_day
from vandong.phrases import finding_sentence
from vandong.planning.batch_reading import readable_batch
from vandong.planning.figure_files.guessing import guessed_mapping
from vandong.planning.figure_files.mapping import (
    FigureMapping,
    MappedColumn,
    Role,
    SpanStart,
    WideChoice,
    signature_of,
)
from vandong.planning.figure_files.openers import open_wide_table
from vandong.planning.figure_files.wide_files import day_in_titles
from vandong.planning.file_words import DENOMINATOR_MEASURES
from vandong.planning.mapping_settings import known_mappings, mapping_for, save_mapping
from vandong.planning.uploads import choose_columns, upload_path
from vandong.sheets import Table
from vandong.ui.templatetags.vandong import reader_language
from vandong.web.access import DoorRequest
from vandong.web.figures.wording import channel_words, measure_words

_SAMPLES = 3
_MEASURES = (*Measure.values, "pct_of_plan", "pct_coverage")
_PARTS = ("what", "scheme", "channel", "denominator", "span")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: DoorRequest, batch_id: UUID) -> HttpResponse:
    """ "/so-lieu/<id>/cot": asked of a wide table that waits; afterwards the file is checked through it."""
    found = readable_batch(request.actor, batch_id)
    if found.state != BatchState.MAPPING:
        return redirect("figures:batch", batch_id)
    table = open_wide_table(upload_path(found), found.options["name"])
    context = {"batch": found, "file": found.options["name"], "titles": table.titles}
    if request.method != "POST":
        titled = day_in_titles(table.titles)
        context |= _shown(request, table, _start(request, table))
        context["as_of"] = format_day(titled) if titled else ""
        return render(request, "web/figures/columns.html", context)
    mapping = _posted(request.POST, table)
    errors = _stored(request, batch_id, mapping)
    if not errors:
        return redirect("figures:batch", batch_id)
    context |= _shown(request, table, mapping) | {"errors": errors}
    return render(request, "web/figures/columns.html", context, status=422)


def _stored(request: DoorRequest, batch_id: UUID, mapping: FigureMapping) -> list[str]:
    """Keeps the mapping and has the file checked through it; what is wrong, if anything."""
    text, now = request.POST.get("as_of", "").strip(), timezone.now()
    try:
        day = parse_day(text)
        save_mapping(actor=request.actor, mapping=mapping, at=now)
        choice = WideChoice(mapping, day, request.POST.get("whole", "").strip())
        choose_columns(actor=request.actor, batch_id=batch_id, choice=choice, at=now)
    except DayProblem:
        said = _("“%(text)s” không phải là ngày. Viết ngày như 31/05/2023.")
        return [said % {"text": text}]
    except Refused as refusal:
        return [finding_sentence(one, reader_language()) for one in refusal.findings]
    return []


def _start(request: DoorRequest, table: Table) -> FigureMapping:
    """The mapping asked for by name, else the one saved for these heads, else what the words suggest."""
    wanted = request.GET.get("mau", "")
    for known in known_mappings(request.actor):
        if wanted and known.name == wanted:
            return known.fitted(table.header)
    saved = mapping_for(request.actor, signature_of(table.header))
    return saved.fitted(table.header) if saved else guessed_mapping("", table.header)


def _posted(given: QueryDict, table: Table) -> FigureMapping:
    columns = []
    for column in table.header:
        part = {name: given.get(f"c{column.index}-{name}", "") for name in _PARTS}
        mapped = MappedColumn(column.name)
        if part["what"] in {Role.UNIT.value, Role.CODE.value, Role.PARENT.value}:
            mapped = replace(mapped, role=Role(part["what"]))
        elif part["what"] in _MEASURES:
            mapped = _figure(mapped, part)
        columns.append(mapped)
    return FigureMapping(given.get("name", ""), signature_of(table.header), tuple(columns))


def _figure(column: MappedColumn, part: dict[str, str]) -> MappedColumn:
    measure = part["what"]
    has_scheme = part["scheme"] in Scheme.values and measure not in DENOMINATOR_MEASURES
    spans = {span.value for span in SpanStart}
    return replace(
        column,
        role=Role.FIGURE,
        measure=measure,
        scheme=part["scheme"] if has_scheme else "",
        channel=part["channel"] if part["channel"] in Channel.values else "",
        denominator=part["denominator"] if part["denominator"] in DENOMINATOR_MEASURES else "",
        span=SpanStart(part["span"] if part["span"] in spans else ""),
    )


def _shown(request: DoorRequest, table: Table, mapping: FigureMapping) -> dict[str, Any]:
    rows = list(islice(table.rows(), _SAMPLES))
    return {
        "name": mapping.name,
        "as_of": request.POST.get("as_of", ""),
        "whole": request.POST.get("whole", ""),
        "mappings": known_mappings(request.actor),
        "columns": [
            {
                "index": column.index,
                "letter": column.letter,
                "head": column.name,
                "samples": [row.cells[column.index] for row in rows if row.cells[column.index]],
                "mapped": mapped,
                "what": mapped.measure if mapped.role is Role.FIGURE else mapped.role.value,
            }
            for column, mapped in zip(table.header, mapping.columns, strict=True)
        ],
        **_choices(),
    }


def _choices() -> dict[str, Any]:
    return {
        "roles": [
            (Role.UNIT.value, _("Tên đơn vị")),
            (Role.CODE.value, _("Mã đơn vị")),
            (Role.PARENT.value, _("Đơn vị cấp trên")),
        ],
        "measures": [(code, measure_words(code)) for code in _MEASURES],
        "schemes": Scheme.choices,
        "channels": [(code, channel_words(code)) for code in Channel.values],
        "denominators": [(code, measure_words(code)) for code in sorted(DENOMINATOR_MEASURES)],
        "spans": [
            (SpanStart.MONTH.value, _("từ đầu tháng")),
            (SpanStart.QUARTER.value, _("từ đầu quý")),
            (SpanStart.YEAR.value, _("từ đầu năm")),
        ],
    }
