"""Putting work in the queue and asking it to stop. Verbs call this inside their own transaction."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app as queue

from vandong.accounts.queries.scope import Actor
from vandong.jobs.models import Job, JobState
from vandong.jobs.queries.own import visible_job
from vandong.jobs.values import kept

QUEUE_NAME = "vandong"
RUN_TASK = "vandong.run"
"""The one task of procrastinate; `console` holds what it does and the handlers by name."""

OPEN_STATES = (JobState.WAITING, JobState.RUNNING)


def enqueue(  # noqa: PLR0917 one order for all verbs: what, with what, its title, who, when
    task: str,
    arguments: Mapping[str, object],
    title_code: str,
    title_values: Mapping[str, object],
    actor: Actor,
    at: datetime,
) -> Job:
    """A job that the worker takes up once the caller's transaction is committed; nothing when it is not.

    `task` names a handler of `console/handlers`, `arguments` (JSON values) become its keyword arguments.
    `title_code` and `title_values` make the title by `phrases`.
    """
    with transaction.atomic():
        job = Job.objects.create(
            task=task,
            arguments=dict(arguments),
            title_code=title_code,
            title_values=kept(title_values),
            created_by_id=actor.user_id,
            created_at=at,
        )
        queue.configure_task(RUN_TASK, queue=QUEUE_NAME).defer(job_id=str(job.pk))
    return job


def cancel_job(*, actor: Actor, job_id: UUID, at: datetime) -> Job:
    """Stops a waiting job at once; a running one stops at its next step. Again, or when ended: no change.

    Raises NotVisible when it is not the actor's (an administrator reaches all).
    """
    with transaction.atomic():
        job = visible_job(actor, job_id, lock=True)
        if job.state not in OPEN_STATES or job.cancel_asked_at is not None:
            return job
        job.cancel_asked_at = at
        if job.state == JobState.WAITING:
            job.state, job.finished_at = JobState.CANCELLED, at
        job.save(update_fields=["cancel_asked_at", "state", "finished_at"])
    return job
