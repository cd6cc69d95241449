"""What a province adds to contributions by a resolution of its People's Council."""

from django.db import models
from django.db.models import F, Q

from vandong.places.models import Unit


class SupportScheme(models.TextChoices):
    """The scheme that is supported."""

    BHXH_TN = "bhxh_tn", "BHXH tự nguyện"
    BHYT_HGD = "bhyt_hgd", "BHYT hộ gia đình"


class SupportedGroup(models.TextChoices):
    """Whom a resolution names. `all`: everybody whom no other line of the resolution names.

    A resolution on health insurance may also name any group that the State supports on its day: those are
    rows of the law (`card_support_rate`), not of this list.
    """

    ALL = "all", "Mọi đối tượng"
    POOR = "poor", "Hộ nghèo"
    NEAR_POOR = "near_poor", "Hộ cận nghèo"
    ETHNIC_MINORITY = "ethnic_minority", "Dân tộc thiểu số"
    ISLAND = "island", "Xã đảo, đặc khu"
    OTHER = "other", "Đối tượng khác"
    STUDENT = "student", "Học sinh, sinh viên"
    FARM_AVERAGE = "farm_average", "Hộ nông, lâm, ngư, diêm nghiệp có mức sống trung bình"


class LocalSupportState(models.TextChoices):
    """How far a resolution has come. Only what is approved enters a calculation."""

    PROPOSED = "proposed", "Chờ duyệt"
    APPROVED = "approved", "Đã duyệt"
    REFUSED = "refused", "Không duyệt"
    WITHDRAWN = "withdrawn", "Đã rút"


class SupportConfidence(models.TextChoices):
    """How sure the office is: the words of the law book."""

    OFFICIAL = "official", "Đã đọc trong văn bản chính thức"
    SECONDARY = "secondary", "Theo nguồn khác, chưa đọc văn bản"
    UNVERIFIED = "unverified", "Chưa rõ"


class LocalSupport(models.Model):
    """One value of one resolution. `rate` is a share of the contribution on the rural poverty line
    (voluntary insurance) or of the person's own amount (health insurance); `amount` whole đồng a month:
    one of the two. `valid_until` is the first day without it. `replaces` is withdrawn when this is approved.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="local_supports")
    scheme = models.CharField(max_length=20, choices=SupportScheme.choices)
    group = models.CharField(max_length=30)
    rate = models.DecimalField(max_digits=6, decimal_places=5, null=True)
    amount = models.BigIntegerField(null=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    document_number = models.CharField(max_length=100)
    article = models.CharField(max_length=60)
    signed_on = models.DateField(null=True)
    confidence = models.CharField(max_length=20, choices=SupportConfidence.choices)
    check_by = models.CharField(max_length=200, blank=True)
    check_on = models.DateField(null=True)
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=20, choices=LocalSupportState.choices)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    proposed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rate__isnull=True) ^ Q(amount__isnull=True),
                name="local_support_rate_or_amount",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="local_support_span",
            ),
        ]
        indexes = [models.Index(fields=["unit", "scheme", "state"], name="local_support_found")]

    def __str__(self) -> str:
        return f"{self.document_number} ({self.unit})"
