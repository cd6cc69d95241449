"""Stopping background work, on record."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vandong.accounts.queries.scope import Actor
from vandong.administration.audit_trail import Subject, record
from vandong.jobs.models import Job
from vandong.jobs.queries.own import visible_job
from vandong.jobs.queue import cancel_job


def stop_job(*, actor: Actor, job_id: UUID, at: datetime) -> Job:
    """Stops a waiting job at once and asks a running one to; one that ended, or was asked before, stays.

    Raises NotVisible when the actor may not see it.
    """
    with transaction.atomic():
        before = visible_job(actor, job_id, lock=True)
        job = cancel_job(actor=actor, job_id=job_id, at=at)
        if job.cancel_asked_at != before.cancel_asked_at:
            subject = Subject("jobs.job", str(job.pk), job.task)
            old, new = {"state": before.state}, {"state": job.state, "cancel_asked_at": at}
            record(actor, "job.stop_asked", subject, old, new, at)
    return job
