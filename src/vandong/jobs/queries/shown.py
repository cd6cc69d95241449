"""A job in words: its title, its step, its result, why it did not succeed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vandong.jobs.models import Job, JobState
from vandong.jobs.values import read, read_finding
from vandong.phrases import finding_sentence, sentence

ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class ShownJob:
    """What a page or a command shows of a job."""

    id: UUID
    task: str
    title: str
    state: str
    state_text: str
    done_count: int
    total_count: int | None
    step: str
    attempt_count: int
    created_by: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    is_stopping: bool
    summary: str
    link: str
    problems: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state not in ENDED

    @property
    def may_stop(self) -> bool:
        """Whether it can still be asked to stop."""
        return self.is_open and not self.is_stopping

    @property
    def done_percent(self) -> int | None:
        """Whole per cent done, rounded down; empty while the total is not known."""
        return min(100, self.done_count * 100 // self.total_count) if self.total_count else None


def shown_job(job: Job, lang: str) -> ShownJob:
    """The job in `lang`. No query when `created_by` is loaded."""
    result = job.result or {}
    is_stopping = job.cancel_asked_at is not None and job.state not in ENDED
    return ShownJob(
        id=job.pk,
        task=job.task,
        title=sentence(job.title_code, read(job.title_values), lang),
        state=job.state,
        state_text=sentence("job_stopping" if is_stopping else f"job_{job.state}", {}, lang),
        done_count=job.done_count,
        total_count=job.total_count,
        step=sentence(job.step_code, {}, lang) if job.step_code else "",
        attempt_count=job.attempt_count,
        created_by="" if job.created_by is None else str(job.created_by),
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        is_stopping=is_stopping,
        summary=_summary(job, lang),
        link=str(result.get("link", "")) if job.state == JobState.DONE else "",
        problems=tuple(
            finding_sentence(read_finding(stored), lang) for stored in result.get("problems", ())
        )
        if job.state == JobState.FAILED
        else (),
    )


def _summary(job: Job, lang: str) -> str:
    result = job.result or {}
    if job.state != JobState.DONE or "summary_code" not in result:
        return ""
    return sentence(result["summary_code"], read(result.get("values", {})), lang)
