"""Organisations that plan, collect or support: agencies, post offices, other agents, associations."""

from django.db import models

from vandong.places.models import Unit


class Channel(models.TextChoices):
    """Through whom a person joined or renewed."""

    AGENCY = "agency", "Cơ quan BHXH"
    POST = "post", "Bưu điện"
    OTHER_AGENT = "other_agent", "Tổ chức dịch vụ thu khác"
    ONLINE = "online", "Trực tuyến"


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    SOCIAL_INSURANCE = "social_insurance", "Cơ quan BHXH"
    POST_OFFICE = "post_office", "Bưu điện"
    COLLECTION_AGENT = "collection_agent", "Tổ chức dịch vụ thu"
    PEOPLES_COMMITTEE = "peoples_committee", "UBND"
    PEOPLES_COUNCIL = "peoples_council", "HĐND"
    MASS_ORGANISATION = "mass_organisation", "Tổ chức chính trị - xã hội"
    OTHER = "other", "Khác"


class Organisation(models.Model):
    """An organisation for one span of time."""

    kind = models.CharField(max_length=30, choices=OrganisationKind.choices)
    code = models.CharField(max_length=30, blank=True)
    name = models.CharField(max_length=200)
    name_fold = models.CharField(max_length=200)
    channel = models.CharField(max_length=20, choices=Channel.choices, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    units = models.ManyToManyField(Unit, through="OrganisationArea", related_name="organisations")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "parent", "valid_from"],
                nulls_distinct=False,
                name="organisation_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationArea(models.Model):
    """A unit that an organisation covers."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    unit = models.ForeignKey(Unit, models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "unit"], name="organisation_area_once")
        ]
