"""Households: who lives and pays together."""

from django.db import models
from django.db.models import Q

from vandong.places.models import Unit
from vandong.registry.models.change import Recorded, change_index


class Relation(models.TextChoices):
    """Relation to the head of the household, as form TK1-TS and list Mẫu 4 write it."""

    HEAD = "head", "Chủ hộ"
    SPOUSE = "spouse", "Vợ, chồng"
    CHILD = "child", "Con"
    PARENT = "parent", "Bố, mẹ"
    GRANDCHILD = "grandchild", "Cháu"
    GRANDPARENT = "grandparent", "Ông, bà"
    SIBLING = "sibling", "Anh, chị, em"
    OTHER = "other", "Khác"


class Household(Recorded):
    """A household. `code`: mã hộ gia đình. Its head is the person whose relation says so."""

    code = models.CharField(max_length=20, blank=True, default="", db_default="")
    address = models.CharField(max_length=500, blank=True, default="", db_default="")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    unit_today = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="household_code_once"
            )
        ]
        indexes = [
            models.Index(fields=["unit_today"], name="household_unit"),
            change_index("household_change"),
        ]

    def __str__(self) -> str:
        return self.code or f"#{self.pk}"
