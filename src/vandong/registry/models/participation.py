"""Spells in the schemes, and the official lists a person stands on."""

from django.db import models
from django.db.models import F, Q

from vandong.accounts.models import Channel, Organisation
from vandong.figures.models import Scheme
from vandong.places.models import Unit
from vandong.registry.models.change import Recorded, change_index
from vandong.registry.models.person import Person
from vandong.rules.people import SupportGroup


class EndReason(models.TextChoices):
    """Why a spell ended before it simply ran out."""

    STOPPED = "stopped", "Dừng đóng"
    TO_COMPULSORY = "to_compulsory", "Chuyển sang BHXH bắt buộc"
    TO_PENSION = "to_pension", "Hưởng lương hưu"
    WITHDRAWN = "withdrawn", "Hưởng BHXH một lần"
    OTHER_GROUP = "other_group", "Chuyển nhóm đối tượng BHYT"
    CONTRACT_ENDED = "contract_ended", "Chấm dứt hợp đồng lao động"
    MOVED_OUT = "moved_out", "Chuyển đi"
    DECEASED = "deceased", "Đã mất"


class Participation(Recorded):
    """One spell of one person in one scheme, paid without a gap.

    Covered from `covered_from` (first day) until `covered_until` (exclusive; for voluntary insurance the first
    day of the first month not paid, for a card the day after its last day; empty: open, as in a contract).
    `ended_on`: the first day no longer in the scheme by an event, with its reason. Status on a day is never
    stored: `rules.participation`.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="participations", db_index=False, db_constraint=False
    )
    scheme = models.CharField(max_length=10, choices=Scheme.choices)
    covered_from = models.DateField()
    covered_until = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(
        max_length=20, choices=EndReason.choices, blank=True, default="", db_default=""
    )
    method = models.CharField(
        max_length=12,
        blank=True,
        default="",
        db_default="",
        help_text="1, 3, 6, 12, ahead:N, missing:T; voluntary insurance only",
    )
    income_amount = models.BigIntegerField(null=True, help_text="chosen monthly income, đồng")
    support_group = models.CharField(
        max_length=20,
        choices=[(one.value, one.value) for one in SupportGroup],
        blank=True,
        default="",
        db_default="",
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    channel = models.CharField(
        max_length=20, choices=Channel.choices, blank=True, default="", db_default=""
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "scheme", "covered_from"], name="participation_once"
            ),
            models.CheckConstraint(
                condition=Q(covered_until__isnull=True) | Q(covered_until__gt=F("covered_from")),
                name="participation_forward",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="")
                | (Q(ended_on__gte=F("covered_from")) & ~Q(end_reason="")),
                name="participation_end",
            ),
            models.CheckConstraint(
                condition=Q(method="")
                | Q(method__regex=r"^([0-9]{1,2}|ahead:[0-9]+|missing:[0-9]+)$"),
                name="participation_method_form",
            ),
            models.CheckConstraint(
                condition=Q(income_amount__isnull=True) | Q(income_amount__gt=0),
                name="participation_income",
            ),
        ]
        indexes = [
            # Who must be called: by scheme and the day on which payment runs out.
            models.Index(fields=["scheme", "covered_until"], name="participation_paid_until"),
            change_index("participation_change"),
        ]


class ListedGroup(models.TextChoices):
    """Official lists that decide on support or on another payer of the card."""

    POOR = "poor", "Hộ nghèo"
    NEAR_POOR = "near_poor", "Hộ cận nghèo"
    AVERAGE_LIVING = "average_living", "Hộ nông, lâm, ngư nghiệp có mức sống trung bình"
    STUDENT = "student", "Học sinh, sinh viên"
    SOCIAL_PENSION = "social_pension", "Hưởng trợ cấp hưu trí xã hội"


class Listing(Recorded):
    """A person on an official list for a span (`listed_until` exclusive, empty: until told otherwise)."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="listings", db_index=False, db_constraint=False
    )
    group = models.CharField(max_length=20, choices=ListedGroup.choices)
    listed_from = models.DateField()
    listed_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "group", "listed_from"], name="listing_once"),
            models.CheckConstraint(
                condition=Q(listed_until__isnull=True) | Q(listed_until__gt=F("listed_from")),
                name="listing_forward",
            ),
        ]
        indexes = [change_index("listing_change")]
