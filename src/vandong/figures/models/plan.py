"""Plans by owner, and the targets that they hand down."""

from django.db import models

from vandong.accounts.models import Channel, Member, Organisation
from vandong.documents.models import Batch, Document
from vandong.figures.models.observation import Scheme
from vandong.kernel.exactness import Exactness
from vandong.places.models import Unit


class PlanKind(models.TextChoices):
    """What a plan counts."""

    STOCK = "stock", "Số người tham gia"
    GROSS_NEW = "gross_new", "Tăng mới"
    NET_NEW = "net_new", "Tăng ròng"
    FIRST_TIME = "first_time", "Tham gia lần đầu"
    RENEWED = "renewed", "Đóng tiếp"
    COVERAGE = "coverage", "Tỷ lệ bao phủ"
    REVENUE = "revenue", "Số thu"


class Commitment(models.TextChoices):
    """Assigned by a superior, or striven for."""

    ASSIGNED = "assigned", "Chỉ tiêu giao"
    STRIVING = "striving", "Phấn đấu"


class Plan(models.Model):
    """What an owner wants by a deadline. Several owners' plans for one thing are normal."""

    owner_name = models.CharField(max_length=200)
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True)
    scheme = models.CharField(max_length=10, choices=Scheme.choices)
    kind = models.CharField(max_length=20, choices=PlanKind.choices)
    denominator = models.CharField(max_length=30, blank=True)
    channel = models.CharField(max_length=20, choices=Channel.choices, blank=True)
    period_from = models.DateField()
    deadline = models.DateField()
    commitment = models.CharField(max_length=10, choices=Commitment.choices)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "owner_name",
                    "document",
                    "scheme",
                    "kind",
                    "denominator",
                    "channel",
                    "period_from",
                    "deadline",
                    "commitment",
                ],
                nulls_distinct=False,
                name="plan_once",
            ),
            models.CheckConstraint(
                condition=models.Q(deadline__gte=models.F("period_from")), name="plan_span_forward"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="coverage") | ~models.Q(denominator=""),
                name="plan_coverage_names_denominator",
            ),
        ]


class Target(models.Model):
    """What one assignee owes to a plan: people, đồng, or per cent for a coverage plan."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="targets")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="targets")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True)
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="targets")
    value = models.DecimalField(max_digits=20, decimal_places=6)
    exactness = models.CharField(
        max_length=10,
        choices=[(word.value, word.value) for word in Exactness],
        default=Exactness.EXACT,
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    live = models.BooleanField(default=True)
    superseded_by = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="+")
    source_kind = models.CharField(max_length=10, default="official")
    source_text = models.CharField(max_length=500, blank=True)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="targets")
    batch_row = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "unit", "organisation", "member"],
                condition=models.Q(live=True),
                nulls_distinct=False,
                name="target_one_live",
            ),
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False)
                | models.Q(organisation__isnull=False)
                | models.Q(member__isnull=False),
                name="target_has_assignee",
            ),
        ]
