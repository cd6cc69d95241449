"""Why personal data may be used: by a person's word, or by law for a whole list."""

from django.db import models
from django.db.models import F, Q

from vandong.documents.models import Batch
from vandong.registry.models.change import Recorded, change_index
from vandong.registry.models.person import Person


class Purpose(models.TextChoices):
    """What the data is used for."""

    ADVICE = "advice", "Tư vấn tham gia BHXH tự nguyện, BHYT hộ gia đình"
    CALLS = "calls", "Gọi điện"
    MESSAGES = "messages", "Nhắn tin"
    COLLECTION = "collection", "Thu, cấp thẻ, cấp sổ"
    STATISTICS = "statistics", "Thống kê, báo cáo"


class Basis(models.TextChoices):
    """The legal ground (Law on Personal Data Protection 91/2025/QH15)."""

    CONSENT = "consent", "Có sự đồng ý"
    CONTRACT = "contract", "Thực hiện hợp đồng, hồ sơ tham gia"
    PUBLIC_TASK = "public_task", "Thực hiện nhiệm vụ của cơ quan nhà nước"
    LEGAL_DUTY = "legal_duty", "Thực hiện nghĩa vụ theo luật"


class Consent(Recorded):
    """A person's yes or no to one purpose: the latest by `given_on` counts, until `withdrawn_on`."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="consents", db_index=False, db_constraint=False
    )
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    granted = models.BooleanField()
    given_on = models.DateField()
    given_how = models.CharField(max_length=300, help_text="by word, on form TK1-TS, by message")
    withdrawn_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "given_on"], name="consent_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_forward",
            ),
        ]
        indexes = [change_index("consent_change")]


class LegalBasis(Recorded):
    """Why a list may be used for a purpose, until `valid_until` (exclusive). `document`: decision, article."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="legal_bases")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    basis = models.CharField(max_length=20, choices=Basis.choices)
    document = models.CharField(max_length=500)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "purpose", "valid_from"], name="legal_basis_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="legal_basis_forward",
            ),
        ]
        indexes = [change_index("legal_basis_change")]
