"""What the page of one import shows in each of its states."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from vandong.accounts.queries.scope import Actor, NotVisible
from vandong.documents.models import Batch, BatchProblem, BatchState
from vandong.jobs.queries.own import visible_job
from vandong.jobs.queries.shown import ShownJob, shown_job
from vandong.phrases import finding_sentence, sentence
from vandong.planning.batch_reading import batch_findings, read_problem
from vandong.planning.undoing import PLANS
from vandong.web.figures.wording import day_text, figure_words, number, word

PROBLEMS_ON_A_PAGE = 50
_TONES = {
    BatchState.RECEIVED: "amber",
    BatchState.MAPPING: "amber",
    BatchState.CHECKED: "amber",
    BatchState.COMMITTED: "green",
    BatchState.REFUSED: "",
    BatchState.UNDONE: "",
}


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One import in the list."""

    id: UUID
    file_name: str
    source: str
    is_plans: bool
    state_text: str
    tone: str
    accepted_count: int
    row_count: int
    created_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One problem in the table."""

    row: int | None
    column: str
    said: str


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """One line that is new or changes a figure."""

    row: int
    unit: str
    what: str
    day: str
    before: str
    after: str
    is_amendment: bool


def batch_lines(batches: Iterable[Batch]) -> list[BatchLine]:
    """The imports of one page of the list."""
    return [_line(batch) for batch in batches]


def batch_context(batch: Batch, actor: Actor, page: str | None, lang: str) -> dict[str, Any]:
    """Everything for the page, whatever the state."""
    counts = batch.options.get("counts", {})
    pages = Paginator(batch_findings(batch, are_notes=False), PROBLEMS_ON_A_PAGE)
    chosen = pages.get_page(page)
    examples = batch.options.get("examples", {})
    job = _job(batch, actor, lang)
    return {
        "batch": batch,
        "line": _line(batch),
        "job": job,
        "counts": counts,
        "bringing": counts.get("new", 0) + counts.get("changed", 0),
        "problems": [_problem(row, lang) for row in chosen],
        "problem_pages": chosen,
        "notes": [
            finding_sentence(read_problem(row), lang)
            for row in batch_findings(batch, are_notes=True)[:20]
        ],
        "changed": _examples(examples.get("changed", [])),
        "fresh": _examples([*examples.get("new", []), *examples.get("percent", [])][:10]),
        "is_open": batch.state in {BatchState.RECEIVED, BatchState.CHECKED},
        "is_working": _is_at_work(batch) and (job is None or job.is_open),
        "wide": batch.options.get("wide"),
        # A row of a wide table holds several figures: those are counted, not rows.
        "counted": _("số liệu") if "wide" in batch.options else _("dòng"),
    }


def _is_at_work(batch: Batch) -> bool:
    is_storing = batch.state == BatchState.CHECKED and bool(batch.options.get("storing"))
    return batch.state == BatchState.RECEIVED or is_storing


def _line(batch: Batch) -> BatchLine:
    name = batch.options.get("name") or (batch.source_file.name if batch.source_file else "")
    return BatchLine(
        id=batch.pk,
        file_name=name,
        source="" if batch.source_text == name else batch.source_text,
        is_plans=batch.kind == PLANS,
        state_text=word(batch.state),
        tone=_TONES[BatchState(batch.state)],
        accepted_count=batch.accepted_count,
        row_count=batch.row_count,
        created_by=str(batch.created_by) if batch.created_by else "",
        created_at=batch.created_at,
    )


def _job(batch: Batch, actor: Actor, lang: str) -> ShownJob | None:
    """The job at work on the file, for who may see it: its owner."""
    if "job" not in batch.options:
        return None
    try:
        return shown_job(visible_job(actor, UUID(batch.options["job"])), lang)
    except NotVisible:
        return None


def _problem(row: BatchProblem, lang: str) -> ProblemLine:
    finding = read_problem(row)
    return ProblemLine(row.row, row.column, sentence(finding.code, finding.values, lang))


def _examples(stored: list[dict[str, Any]]) -> list[ExampleLine]:
    return [
        ExampleLine(
            row=one["row"],
            unit=one["unit"],
            what=figure_words(one),
            day=day_text(one["as_of"]),
            before=number(one["before"]),
            after=number(one["after"]),
            is_amendment=bool(one.get("is_amendment")),
        )
        for one in stored
    ]
