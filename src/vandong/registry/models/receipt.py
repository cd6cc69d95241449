"""Money received for one person, from the hand of the collector to the card or book."""

from django.db import models
from django.db.models import F, Q

from vandong.accounts.models import Channel, Member, Organisation
from vandong.figures.models import Scheme
from vandong.places.models import Unit
from vandong.registry.models.change import Recorded, change_index
from vandong.registry.models.participation import Participation
from vandong.registry.models.person import Person


class Receipt(Recorded):
    """One person's part of a receipt: a receipt of a household has one row for each of its payers.

    Amounts in đồng by payer; they add up to `total_amount`. Days of the chain: collected → remitted → accepted
    (or returned, with the reason) → delivered; none before the one before it. `unit`: where it was collected.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="receipts", db_index=False, db_constraint=False
    )
    participation = models.ForeignKey(
        Participation,
        models.PROTECT,
        null=True,
        related_name="receipts",
        db_index=False,
        db_constraint=False,
    )
    scheme = models.CharField(max_length=10, choices=Scheme.choices)
    covered_from = models.DateField(help_text="first day paid for")
    covered_until = models.DateField(help_text="exclusive")
    method = models.CharField(max_length=12, blank=True, default="", db_default="")
    income_amount = models.BigIntegerField(null=True)
    total_amount = models.BigIntegerField()
    participant_amount = models.BigIntegerField()
    state_amount = models.BigIntegerField(default=0, db_default=0)
    local_amount = models.BigIntegerField(default=0, db_default=0)
    other_amount = models.BigIntegerField(default=0, db_default=0)
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        related_name="receipts",
        db_index=False,
        db_constraint=False,
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        related_name="receipts",
        db_index=False,
        db_constraint=False,
    )
    channel = models.CharField(
        max_length=20, choices=Channel.choices, blank=True, default="", db_default=""
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    book = models.CharField(max_length=30, blank=True, default="", db_default="")
    number = models.CharField(max_length=30, blank=True, default="", db_default="")
    collected_on = models.DateField()
    remitted_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    return_reason = models.CharField(max_length=300, blank=True, default="", db_default="")
    delivered_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number", "book", "organisation", "person", "scheme"],
                condition=~Q(number=""),
                nulls_distinct=False,
                name="receipt_number_once",
            ),
            models.CheckConstraint(
                condition=Q(covered_until__gt=F("covered_from")), name="receipt_forward"
            ),
            models.CheckConstraint(
                condition=Q(
                    total_amount=F("participant_amount")
                    + F("state_amount")
                    + F("local_amount")
                    + F("other_amount")
                ),
                name="receipt_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(
                    participant_amount__gte=0,
                    state_amount__gte=0,
                    local_amount__gte=0,
                    other_amount__gte=0,
                ),
                name="receipt_amounts_not_below_nought",
            ),
            models.CheckConstraint(
                condition=(Q(remitted_on__isnull=True) | Q(remitted_on__gte=F("collected_on")))
                & (Q(accepted_on__isnull=True) | Q(accepted_on__gte=F("remitted_on")))
                & (Q(delivered_on__isnull=True) | Q(delivered_on__gte=F("accepted_on"))),
                name="receipt_days_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-collected_on"], name="receipt_person"),
            models.Index(fields=["scheme", "collected_on"], name="receipt_day"),
            models.Index(
                fields=["member", "-collected_on"],
                condition=Q(member__isnull=False),
                name="receipt_member",
            ),
            # Money not yet remitted is watched every day (domain.md 3.3).
            models.Index(
                fields=["collected_on"],
                condition=Q(remitted_on__isnull=True),
                name="receipt_not_remitted",
            ),
            # Files sent back are work to be done.
            models.Index(
                fields=["returned_on"],
                condition=Q(returned_on__isnull=False),
                name="receipt_returned",
            ),
            models.Index(
                fields=["participation"],
                condition=Q(participation__isnull=False),
                name="receipt_participation",
            ),
            change_index("receipt_change"),
        ]

    def __str__(self) -> str:
        return f"{self.book}/{self.number}"
