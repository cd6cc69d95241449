"""Which unit came after which, as the official conversion sheet says."""

from django.db import models

from vandong.places.models.unit import Unit


class Succession(models.Model):
    """`predecessor` went into `successor` on a day. `share` is the fraction of people, null when unknown."""

    predecessor = models.ForeignKey(Unit, models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Unit, models.CASCADE, related_name="origins")
    on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    share = models.DecimalField(max_digits=11, decimal_places=10, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "on"], name="succession_once"
            ),
        ]
