"""Jobs that an actor may see: one's own; all of them with the right to."""

from uuid import UUID

from django.db.models import QuerySet

from vandong.accounts.queries.scope import Actor, NotVisible, Right
from vandong.jobs.models import Job


def visible_jobs(actor: Actor) -> QuerySet[Job]:
    """The jobs the actor put in the queue, newest first; every job for who may see all."""
    jobs = Job.objects.select_related("created_by").order_by("-created_at", "id")
    if actor.can(Right.SEE_ALL_JOBS):
        return jobs
    return jobs.filter(created_by_id=actor.user_id) if actor.user_id else jobs.none()


def visible_job(actor: Actor, job_id: UUID, *, lock: bool = False) -> Job:
    """One of them, with its row locked when asked. Raises NotVisible, the same when there is none."""
    jobs = visible_jobs(actor)
    if lock:
        jobs = jobs.select_related(None).select_for_update(of=("self",))
    job = jobs.filter(pk=job_id).first()
    if job is None:
        raise NotVisible
    return job
