"""One thing that somebody did. Rows are only ever added; the database refuses anything else."""

from django.db import models


class AuditEvent(models.Model):
    """Actor and subject are kept as values, so that a row outlives what it speaks of."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80, blank=True)
    subject_id = models.CharField(max_length=80, blank=True)
    subject_name = models.CharField(max_length=300, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-at"], name="audit_subject"),
            models.Index(fields=["actor_id", "-at"], name="audit_actor"),
            models.Index(fields=["-at"], name="audit_at"),
        ]
