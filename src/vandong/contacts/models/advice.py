"""Advice kept with what it was worked out from, so that it can be shown again years later."""

from django.db import models

from vandong.accounts.models import Member, User
from vandong.places.models import Unit


class LawEdition(models.Model):
    """A law book as it was used once; `content` is `law.editions.edition_text`. Never changed."""

    fingerprint = models.CharField(max_length=64, primary_key=True)
    content = models.TextField()
    first_used_at = models.DateTimeField()


class Advice(models.Model):
    """One offer as it was made: `inputs` and the law of `on` by `edition` give `result` again.

    `label` is what the collector calls the person ("chị Hoa, thôn Đồng"), until the register knows people.
    `told` are the codes of what must be said and was ticked "đã nói".
    """

    label = models.CharField(max_length=200, blank=True)
    label_fold = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT)
    member = models.ForeignKey(Member, models.PROTECT, null=True)
    made_by = models.ForeignKey(User, models.PROTECT)
    made_at = models.DateTimeField()
    on = models.DateField()
    inputs = models.JSONField()
    result = models.JSONField()
    edition = models.ForeignKey(LawEdition, models.PROTECT)
    told = models.JSONField(default=list)
    told_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-made_at"], name="advice_unit_made"),
            models.Index(fields=["made_by", "-made_at"], name="advice_maker_made"),
        ]
