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

    RECEIVED = "received", "Đang kiểm tra"
    MAPPING = "mapping", "Chờ ghép cột"
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

    def __str__(self) -> str:
        return self.source_text or str(self.pk)


class BatchProblem(models.Model):
    """One thing wrong with a file that waits for a decision. `values` as `jobs.values` keeps them."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="found_problems")
    number = models.IntegerField(help_text="order in the file, from 1")
    row = models.IntegerField(null=True)
    column = models.CharField(max_length=300, blank=True)
    code = models.CharField(max_length=60)
    values = models.JSONField(default=dict)
    is_note = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="batch_problem_once")
        ]
