"""Households: who lives and pays together."""

from django.db import models
from django.db.models import Q

from vandong.places.models import Unit
from vandong.registry.models.change import Recorded


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
    """A household. `code` is the agency's household number (mã hộ gia đình). One head by construction."""

    code = models.CharField(max_length=20, blank=True, default="", db_default="")
    head = models.ForeignKey(
        "registry.Person", models.PROTECT, null=True, related_name="heads", db_index=False
    )
    address = models.CharField(max_length=500, blank=True, default="", db_default="")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    unit_today = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="household_code_once"
            )
        ]
        indexes = [
            models.Index(fields=["head"], condition=Q(head__isnull=False), name="household_head"),
            models.Index(fields=["unit_today"], name="household_unit"),
            models.Index(fields=["change"], name="household_change"),
        ]

    def __str__(self) -> str:
        return self.code or f"#{self.pk}"
