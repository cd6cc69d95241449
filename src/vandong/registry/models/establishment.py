"""Small establishments: business households, craft families, boarding houses."""

from django.db import models
from django.db.models import Q

from vandong.places.models import Unit
from vandong.registry.models.change import Recorded, change_index
from vandong.registry.models.person import Person


class TaxMethod(models.TextChoices):
    """How the owner pays tax: by declaration means compulsory insurance (Law 41/2024/QH15, art 2.1)."""

    DECLARATION = "declaration", "Kê khai"
    FLAT_RATE = "flat_rate", "Khoán"
    UNKNOWN = "unknown", "Chưa rõ"


class Establishment(Recorded):
    """A place of work with an owner. `owner_name` is what the list says, `owner` the person once found."""

    name = models.CharField(max_length=300)
    name_fold = models.CharField(max_length=300)
    tax_code = models.CharField(max_length=14, blank=True, default="", db_default="")
    owner = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        related_name="establishments",
        db_index=False,
        db_constraint=False,
    )
    owner_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    trade = models.CharField(max_length=200, blank=True, default="", db_default="")
    tax_method = models.CharField(
        max_length=12,
        choices=TaxMethod.choices,
        default=TaxMethod.UNKNOWN,
        db_default=TaxMethod.UNKNOWN,
    )
    worker_count = models.PositiveIntegerField(null=True)
    counted_on = models.DateField(null=True, help_text="day of worker_count and tax_method")
    address = models.CharField(max_length=500, blank=True, default="", db_default="")
    phone = models.CharField(max_length=11, blank=True, default="", db_default="")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    unit_today = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tax_code"], condition=~Q(tax_code=""), name="establishment_tax_code_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="establishment_has_name"),
        ]
        indexes = [
            models.Index(fields=["unit_today", "name_fold"], name="establishment_unit"),
            models.Index(
                fields=["owner"], condition=Q(owner__isnull=False), name="establishment_owner"
            ),
            change_index("establishment_change"),
        ]

    def __str__(self) -> str:
        return self.name
