"""Named, dated sets of units ("30 xã điểm")."""

from django.db import models

from vandong.places.models.unit import Unit


class UnitSet(models.Model):
    """A set of units as it stood on a day."""

    name = models.CharField(max_length=200)
    on = models.DateField()
    note = models.TextField(blank=True)
    units = models.ManyToManyField(Unit, through="UnitSetMember", related_name="sets")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "on"], name="unit_set_once")]

    def __str__(self) -> str:
        return self.name


class UnitSetMember(models.Model):
    """One unit of a set."""

    unit_set = models.ForeignKey(UnitSet, models.CASCADE)
    unit = models.ForeignKey(Unit, models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit_set", "unit"], name="unit_set_member_once")
        ]
