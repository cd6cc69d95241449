"""`vandong jobs …`: background jobs, on the command line."""

from typing import Annotated
from uuid import UUID

import typer
from django.utils import timezone

from vandong.accounts.queries.scope import Actor
from vandong.administration.background_work import stop_job
from vandong.console.output import AsJson, print_json
from vandong.console.wording import language
from vandong.jobs.models import Job, JobState
from vandong.jobs.queries.own import visible_job, visible_jobs
from vandong.jobs.queries.shown import ShownJob, shown_job

app = typer.Typer(help="Việc chạy nền. / Background jobs.", no_args_is_help=True)

JobId = Annotated[UUID, typer.Argument(help="Mã của việc. / The id of the job.")]


def register(root: typer.Typer) -> None:
    """Adds `vandong jobs …`."""
    root.add_typer(app, name="jobs")


@app.command("list")
def list_jobs(
    state: Annotated[
        JobState | None, typer.Option(help="Chỉ các việc ở trạng thái này. / Only in this state.")
    ] = None,
    limit: Annotated[
        int, typer.Option(min=1, help="Nhiều nhất bao nhiêu việc. / At most so many jobs.")
    ] = 50,
    as_json: AsJson = False,
) -> None:
    """Liệt kê các việc, mới nhất trước. / List jobs, newest first."""
    jobs = visible_jobs(_actor())
    if state is not None:
        jobs = jobs.filter(state=state)
    shown = [_shown(job) for job in jobs[:limit]]
    if as_json:
        print_json([_document(job) for job in shown])
        return
    for job in shown:
        typer.echo(_line(job))


@app.command()
def show(job_id: JobId, as_json: AsJson = False) -> None:
    """Một việc: đến đâu, kết quả hoặc lý do chưa xong. / One job: how far, its result or why not done."""
    _print(visible_job(_actor(), job_id), as_json)


@app.command()
def cancel(job_id: JobId, as_json: AsJson = False) -> None:
    """Dừng một việc: đang chờ thì dừng ngay, đang chạy thì dừng ở bước kế. / Stop a job at its next step."""
    _print(stop_job(actor=_actor(), job_id=job_id, at=timezone.now()), as_json)


def _actor() -> Actor:
    return Actor.system("vandong jobs")


def _shown(job: Job) -> ShownJob:
    return shown_job(job, language())


def _print(job: Job, as_json: bool) -> None:
    shown = _shown(job)
    if as_json:
        print_json(_document(shown))
        return
    typer.echo(_line(shown))
    for text in (shown.summary, *shown.problems):
        if text:
            typer.echo(text)


def _line(job: ShownJob) -> str:
    total = "" if job.total_count is None else f"/{job.total_count}"
    return f"{job.id}\t{job.state_text}\t{job.done_count}{total}\t{job.title}"


def _document(job: ShownJob) -> dict[str, object]:
    return {
        "id": job.id,
        "task": job.task,
        "title": job.title,
        "state": job.state,
        "done": job.done_count,
        "total": job.total_count,
        "step": job.step,
        "attempts": job.attempt_count,
        "created_at": job.created_at,
        "finished_at": job.finished_at,
        "summary": job.summary,
        "problems": list(job.problems),
    }
