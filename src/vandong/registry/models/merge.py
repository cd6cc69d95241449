"""Two rows found to be one person, and the same taken back."""

from django.db import models
from django.db.models import Q

from vandong.registry.models.change import Change
from vandong.registry.models.person import Person


class Merge(models.Model):
    """`gone` was merged into `kept` by `change`; `undone_by` is the change that parted them again."""

    kept = models.ForeignKey(Person, models.PROTECT, db_constraint=False, related_name="merges")
    gone = models.ForeignKey(Person, models.PROTECT, db_constraint=False, related_name="mergings")
    change = models.OneToOneField(Change, models.PROTECT, related_name="merge")
    undone_by = models.OneToOneField(Change, models.PROTECT, null=True, related_name="unmerge")
    taken_fields = models.JSONField(default=list, help_text="fields of kept filled from gone")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_by__isnull=True), name="merge_live_once"
            )
        ]
