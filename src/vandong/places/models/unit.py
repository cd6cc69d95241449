"""Units and the trees that hold them, each with its span of validity (`valid_until` exclusive)."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models


class UnitKind(models.TextChoices):
    """What kind of unit: administrative tiers, residential clusters, areas of offices."""

    COUNTRY = "country", "Cả nước"
    PROVINCE = "province", "Tỉnh, thành phố"
    DISTRICT = "district", "Quận, huyện"
    COMMUNE = "commune", "Xã, phường, đặc khu"
    CLUSTER = "cluster", "Tổ, cụm dân cư"
    AGENCY_AREA = "agency_area", "Địa bàn BHXH cơ sở"
    POST_AREA = "post_area", "Địa bàn Bưu điện"


class Tree(models.TextChoices):
    """The parallel trees in which a unit may stand."""

    ADMINISTRATIVE = "administrative", "Hành chính"
    AGENCY = "agency", "Cơ quan BHXH"
    POST = "post", "Bưu điện"


class Unit(models.Model):
    """A unit for one span of time. Found by (kind, code, day): statistical codes are used again."""

    kind = models.CharField(max_length=20, choices=UnitKind.choices)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, help_text="tone-position key")
    name_fold = models.CharField(max_length=200, help_text="without diacritics, for search only")
    sort_key = models.CharField(max_length=400)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    area_km2 = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code", "valid_from"], nulls_distinct=False, name="unit_once_a_span"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_until__gt=models.F("valid_from")),
                name="unit_span_forward",
            ),
        ]
        indexes = [
            models.Index(fields=["code"], name="unit_code"),
            models.Index(fields=["code"], name="unit_code_start", opclasses=["text_pattern_ops"]),
            models.Index(
                fields=["name_fold"], name="unit_name_fold", opclasses=["text_pattern_ops"]
            ),
            GinIndex(SearchVector("name_fold", config="simple"), name="unit_name_words"),
            models.Index(fields=["name_key"], name="unit_name_key"),
        ]

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """Where a unit stands in one tree for one span. `path` is '/id/id/…/' from the root to the unit."""

    tree = models.CharField(max_length=20, choices=Tree.choices)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="child_placements")
    path = models.CharField(max_length=200)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tree", "unit", "valid_from"],
                nulls_distinct=False,
                name="placement_once_a_span",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tree", "path"],
                name="placement_path",
                opclasses=["varchar_ops", "varchar_pattern_ops"],
            ),
        ]
