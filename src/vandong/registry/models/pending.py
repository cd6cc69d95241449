"""Rows of lists that wait for a person's eye: who is meant was not certain."""

from django.db import models
from django.db.models import Q

from vandong.accounts.models import User
from vandong.documents.models import Batch
from vandong.registry.models.change import Change
from vandong.registry.models.person import Person


class PendingState(models.TextChoices):
    """What somebody has decided of the row; machines never do."""

    WAITING = "waiting", "Chờ xem"
    SAME = "same", "Là người đã có"
    DIFFERENT = "different", "Là người mới"
    WITHDRAWN = "withdrawn", "Bỏ qua"


class PendingRow(models.Model):
    """One row of a taken-over list. `fields`: the checked row, by column; `reason`: why it was not certain.

    `person`: whom it was given to, `change`: what the decision wrote; `decided_by` by whom.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="pending_rows")
    row = models.IntegerField()
    reason = models.CharField(max_length=40)
    fields = models.JSONField()
    state = models.CharField(
        max_length=10, choices=PendingState.choices, default=PendingState.WAITING
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    change = models.ForeignKey(Change, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "row"], name="pending_row_once"),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(decided_at__isnull=False),
                name="pending_decided_when",
            ),
        ]
        indexes = [
            models.Index(fields=["batch", "id"], condition=Q(state="waiting"), name="pending_next")
        ]


class Candidate(models.Model):
    """Somebody the row may mean, best first. `probability` by the linkage, None where numbers disagree;
    `reasons`: [{"code", "values"}] of the comparison."""

    pending = models.ForeignKey(PendingRow, models.CASCADE, related_name="candidates")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_constraint=False)
    probability = models.FloatField(null=True)
    reasons = models.JSONField(default=list)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pending", "person"], name="candidate_once")]
        indexes = [models.Index(fields=["person"], name="candidate_person")]
