"""Files as they came in, and the one visible step in which their rows were taken over."""

import uuid

from django.db import models

from vandong.accounts.models import Organisation, User


class SourceFile(models.Model):
    """A file as received. `fingerprint` is the SHA-256 of its bytes; the bytes lie under VANDONG_HOME."""

    fingerprint = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=300)
    size = models.BigIntegerField()
    stored_as = models.CharField(max_length=300)
    received_at = models.DateTimeField()


class BatchState(models.TextChoices):
    """How far a batch has come."""

    CHECKED = "checked", "Đã kiểm tra"
    REFUSED = "refused", "Không nhận"
    COMMITTED = "committed", "Đã nhận"
    UNDONE = "undone", "Đã hoàn tác"


class Batch(models.Model):
    """One taking-over of a file: the unit of undo."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=40)
    source_file = models.ForeignKey(SourceFile, models.PROTECT, null=True)
    source_text = models.CharField(max_length=500, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True)
    created_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=BatchState.choices)
    row_count = models.IntegerField(default=0)
    accepted_count = models.IntegerField(default=0)
    unchanged_count = models.IntegerField(default=0)
    options = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["kind", "-created_at"], name="batch_recent")]
