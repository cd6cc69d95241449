"""Four eyes: a second person confirms exactly this content."""

from django.db import models

from vandong.accounts.models import User


class Approval(models.Model):
    """`content_hash` is the SHA-256 of what was approved; a later change makes the approval void."""

    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=80)
    content_hash = models.CharField(max_length=64)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="approvals_asked")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="approvals_decided"
    )
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(asked_by=models.F("decided_by")), name="approval_four_eyes"
            )
        ]
