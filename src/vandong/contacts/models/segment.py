"""Groups of people that an office filters for itself and keeps."""

from django.db import models

from vandong.accounts.models import Organisation, User


class Segment(models.Model):
    """A filter kept with its rule (conditions as JSON, `outreach.segments.conditions`) and its day.

    `found_count`: how many it held on `on` in the reach of who kept it. Rules are not changed: another rule is
    another segment; `retired_at`: no longer offered, still readable by the lists made from it.
    """

    name = models.CharField(max_length=200)
    rule = models.JSONField()
    on = models.DateField()
    found_count = models.PositiveIntegerField()
    office = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["made_by", "-made_at"], name="segment_maker"),
            models.Index(fields=["office", "-made_at"], name="segment_office"),
        ]

    def __str__(self) -> str:
        return self.name
