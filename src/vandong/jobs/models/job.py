"""One piece of background work as people see it; the queue itself is procrastinate's."""

import uuid

from django.db import models

from vandong.accounts.models import User


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", "Đang chờ"
    RUNNING = "running", "Đang chạy"
    DONE = "done", "Xong"
    FAILED = "failed", "Không xong"
    CANCELLED = "cancelled", "Đã dừng"


class Job(models.Model):
    """`task` names the handler in `console`; `checkpoint` is what a resumed run goes on from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    task = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
    title_code = models.CharField(max_length=80)
    title_values = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=JobState.choices, default=JobState.WAITING)
    done_count = models.BigIntegerField(default=0)
    total_count = models.BigIntegerField(null=True)
    step_code = models.CharField(max_length=80, blank=True)
    checkpoint = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    error_code = models.CharField(max_length=80, blank=True)
    error_values = models.JSONField(default=dict)
    attempt_count = models.IntegerField(default=0)
    created_by = models.ForeignKey(User, models.PROTECT, null=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["created_by", "-created_at"], name="job_recent"),
            models.Index(fields=["state"], name="job_state"),
        ]
