"""What somebody says was reached, until a receipt or an official list proves it."""

from django.db import models
from django.db.models import Q

from vandong.accounts.models import Member, User
from vandong.contacts.models.contact import Contact
from vandong.contacts.models.worklist import Aim
from vandong.places.models import Unit
from vandong.registry.models import Person, Receipt


class ClaimState(models.TextChoices):
    """claimed: somebody's word. confirmed: a receipt stands. settled: the agency has accepted it."""

    CLAIMED = "claimed", "Đã báo"
    CONFIRMED = "confirmed", "Đã có biên lai"
    SETTLED = "settled", "Cơ quan BHXH đã nhận"
    REJECTED = "rejected", "Không đúng"


class Claim(models.Model):
    """One or (from a hall's tick list, without `person`) several people who agreed.

    Credit: `found_by` brought the person, `advised_by` spoke last before payment, `collected_by` took the
    money. One living claim for a person, an aim and a mobiliser's success: a joiner counts once.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="claims", db_constraint=False
    )
    count = models.PositiveIntegerField(default=1)
    aim = models.CharField(max_length=12, choices=Aim.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="claims")
    found_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    advised_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="claims")
    collected_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    claimed_on = models.DateField()
    claimed_at = models.DateTimeField()
    claimed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=ClaimState.choices, default=ClaimState.CLAIMED)
    receipt = models.ForeignKey(
        Receipt, models.PROTECT, null=True, related_name="claims", db_constraint=False
    )
    confirmed_on = models.DateField(null=True)
    settled_on = models.DateField(null=True)
    rejected_on = models.DateField(null=True)
    rejected_why = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "aim"], condition=Q(state="claimed"), name="claim_open_once"
            ),
            models.UniqueConstraint(
                fields=["receipt"], condition=Q(receipt__isnull=False), name="claim_receipt_once"
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="claim_counts_people"),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(count=1), name="claim_one_person"
            ),
            models.CheckConstraint(
                condition=Q(receipt__isnull=True) | Q(confirmed_on__isnull=False),
                name="claim_receipt_confirms",
            ),
        ]
        indexes = [
            models.Index(
                fields=["claimed_on"], condition=Q(state="claimed"), name="claim_without_proof"
            ),
            models.Index(fields=["advised_by", "-claimed_on"], name="claim_member"),
        ]
