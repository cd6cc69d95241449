"""What came of an approach."""

import uuid

from django.db import models

from vandong.accounts.models import Member, User
from vandong.contacts.models.advice import Advice
from vandong.contacts.models.worklist import Aim, Task
from vandong.registry.models import Person


class ContactWay(models.TextChoices):
    """Where the two met."""

    PHONE = "phone", "Điện thoại"
    DOOR = "door", "Tại nhà"
    COUNTER = "counter", "Tại điểm thu"
    EVENT = "event", "Hội nghị, nhóm nhỏ"


class Outcome(models.TextChoices):
    """What came of it; what each leads to: `outreach.consequences`. A refusal is a full result."""

    AGREED_JOIN = "agreed_join", "Đồng ý tham gia"
    AGREED_RENEW = "agreed_renew", "Đồng ý đóng tiếp"
    WILL_DECIDE = "will_decide", "Sẽ quyết định"
    WANTS_MEETING = "wants_meeting", "Muốn gặp trực tiếp"
    DECLINED = "declined", "Chưa đồng ý"
    NOT_REACHED = "not_reached", "Không gặp"
    WRONG_NUMBER = "wrong_number", "Sai số"
    NO_MORE_CALLS = "no_more_calls", "Không gọi nữa"
    MOVED_AWAY = "moved_away", "Chuyển đi nơi khác"
    COMPULSORY = "compulsory", "Đã đóng BHXH bắt buộc"
    TO_VERIFY = "to_verify", "Cần xác minh"
    DECEASED = "deceased", "Đã mất"


class DeclineReason(models.TextChoices):
    """Why somebody does not join or stops paying (domain.md 2.G, 3.2)."""

    NO_MONEY = "no_money", "Chưa có tiền"
    SAVES_ELSEWHERE = "saves_elsewhere", "Gửi tiết kiệm, bảo hiểm khác"
    TOO_LONG = "too_long", "Thời gian đóng dài"
    PENSION_SMALL = "pension_small", "Lương hưu thấp"
    WITHDRAWAL = "withdrawal", "Lo không rút được"
    DISTRUST = "distrust", "Chưa tin, sợ lừa đảo"
    HAS_CARD = "has_card", "Đã có thẻ BHYT"
    FAMILY = "family", "Phải hỏi gia đình"
    SERVICE = "service", "Chưa hài lòng về khám chữa bệnh, thủ tục"
    OTHER = "other", "Lý do khác"


class Contact(models.Model):
    """One attempt to reach one person, kept for good.

    `key` is made where the contact was typed (a phone without signal included) and stands once: sent again it
    changes nothing; `body_hash` tells another text under the same key. `captured_at` is that device's clock,
    `received_at` ours. `advice`: the offer that was shown. `script_version`: the words that were used.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    body_hash = models.CharField(max_length=64)
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="contacts")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="contacts", db_constraint=False
    )
    staff = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="contacts")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    aim = models.CharField(max_length=12, choices=Aim.choices)
    way = models.CharField(max_length=8, choices=ContactWay.choices)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    reason = models.CharField(max_length=20, choices=DeclineReason.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    next_on = models.DateField(null=True)
    number_called = models.CharField(max_length=11, blank=True)
    captured_at = models.DateTimeField()
    received_at = models.DateTimeField()
    advice = models.ForeignKey(Advice, models.PROTECT, null=True, related_name="+")
    script_version = models.PositiveIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)
    before = models.JSONField(default=dict, help_text="the task before, for undo")

    class Meta:
        indexes = [
            models.Index(fields=["person", "-received_at"], name="contact_person"),
            models.Index(fields=["member", "-received_at"], name="contact_member"),
        ]
