"""A list in words: how far it is, what it holds, what it would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from vandong.documents.models import Batch, BatchState
from vandong.intake.list_reading import ListSummary
from vandong.intake.shapes import Example, ListCounts
from vandong.jobs.models import Job, JobState
from vandong.kernel.days import format_day
from vandong.kernel.findings import Finding
from vandong.phrases import UnknownCode, finding_sentence, sentence

_TONES = {
    BatchState.RECEIVED: "blue",
    BatchState.MAPPING: "amber",
    BatchState.CHECKED: "amber",
    BatchState.COMMITTED: "green",
    BatchState.UNDONE: "",
    BatchState.REFUSED: "",
}
_BUSY = (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class ListLine:
    """One list as the page of all lists shows it."""

    batch: Batch
    kind: str
    as_of: date
    state: str
    tone: str
    counts: ListCounts


@dataclass(frozen=True, slots=True)
class Shown:
    """One example: what the list says beside what is known; the two columns in the same order."""

    row: int
    name: str
    reason: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ToldList:
    """All that the page of a list says. `bringing`: rows that would be written or asked about."""

    line: ListLine
    is_working: bool
    is_open: bool
    job: Job | None
    step: str
    percent: int | None
    unreadable: str
    problems: tuple[tuple[str, int], ...]
    notes: tuple[tuple[str, int], ...]
    examples: tuple[tuple[str, tuple[Shown, ...]], ...]
    bringing: int
    pending_count: int
    same_as: str
    left_count: int


def told_line(batch: Batch, lang: str) -> ListLine:
    """One line."""
    kept: dict[str, Any] = batch.options
    return ListLine(
        batch=batch,
        kind=sentence(f"list_kind_{batch.kind}", {}, lang),
        as_of=date.fromisoformat(kept["as_of"]),
        state=sentence(f"list_state_{batch.state}", {}, lang),
        tone=_TONES[BatchState(batch.state)],
        counts=ListCounts(**kept.get("counts", {})),
    )


def told_list(summary: ListSummary, lang: str) -> ToldList:
    """The page of one list."""
    batch = summary.batch
    job = _job_of(batch)
    counts = summary.counts
    busy = job is not None and job.state in _BUSY
    unread = batch.options.get("unreadable")
    return ToldList(
        line=told_line(batch, lang),
        is_working=busy or (batch.state == BatchState.RECEIVED and job is None),
        is_open=batch.state == BatchState.CHECKED,
        job=job,
        step=_said(job.step_code, {}, lang) if job and job.step_code else "",
        percent=_percent(job),
        unreadable=_said(unread["code"], unread["values"], lang) if unread else "",
        problems=_by_code(summary.problems_by_code, summary.samples_by_code, lang),
        notes=_by_code(summary.notes_by_code, summary.samples_by_code, lang),
        examples=_examples(summary.examples, lang),
        bringing=counts.new + counts.changed + counts.ambiguous,
        pending_count=summary.pending_count,
        same_as=str(summary.same_as or ""),
        left_count=sum(batch.options.get("left", {}).values()),
    )


def _job_of(batch: Batch) -> Job | None:
    """The latest work on the list."""
    jobs = Job.objects.filter(task__startswith="lists.", arguments__batch_id=str(batch.pk))
    return jobs.order_by("-created_at").first()


def _percent(job: Job | None) -> int | None:
    if job is None or not job.total_count:
        return None
    return min(100, 100 * job.done_count // job.total_count)


def _by_code(
    counts: Mapping[str, int], samples: Mapping[str, Finding], lang: str
) -> tuple[tuple[str, int], ...]:
    """Each sort of finding by its first case, the most frequent first, with how many rows more have it."""
    found = sorted(counts.items(), key=lambda one: -one[1])
    return tuple((finding_sentence(samples[code], lang), count - 1) for code, count in found)


def _said(code: str, values: Mapping[str, object], lang: str) -> str:
    try:
        return sentence(code, dict(values), lang)
    except (UnknownCode, KeyError, ValueError):
        return ""


def _examples(
    examples: tuple[Example, ...], lang: str
) -> tuple[tuple[str, tuple[Shown, ...]], ...]:
    groups: dict[str, list[Shown]] = {}
    for one in examples:
        groups.setdefault(one.outcome, []).append(_shown(one, lang))
    order = ("new", "changed", "ambiguous")
    return tuple(
        (sentence(f"list_outcome_{name}", {}, lang), tuple(groups[name]))
        for name in order
        if name in groups
    )


def _shown(example: Example, lang: str) -> Shown:
    names = dict.fromkeys([*example.said, *example.known])
    return Shown(
        row=example.row,
        name=example.name,
        reason=_said(f"pending_{example.reason}", {}, lang) if example.reason else "",
        fields=tuple(
            (
                sentence(_HEADS[name], {}, lang),
                _value(name, example.said.get(name, "")),
                _value(name, example.known.get(name, "")),
            )
            for name in names
            if name in _HEADS and name != "name"
        ),
    )


_HEADS = {
    "name": "pair_name",
    "birth": "pair_birth",
    "personal_id": "pair_personal_id",
    "si_number": "pair_si_number",
    "covered_until": "pair_cover",
}


def _value(name: str, text: str) -> str:
    """A day as it is written here; the end of a cover as its last day."""
    if len(text) != len("2026-01-01") or text[4] != "-":
        return text
    day = date.fromisoformat(text)
    return format_day(day - timedelta(days=1) if name == "covered_until" else day)
