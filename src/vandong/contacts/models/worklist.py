"""Worklists: whom to approach, why, in which order; and who has them in hand."""

from django.db import models
from django.db.models import Q

from vandong.accounts.models import Member, Organisation, User
from vandong.places.models import Unit
from vandong.registry.models import Household, Person


class Aim(models.TextChoices):
    """What the approach is for. New and due people have different denominators (F7)."""

    JOIN_SI = "join_si", "Tham gia BHXH tự nguyện"
    RENEW_SI = "renew_si", "Đóng tiếp BHXH tự nguyện"
    JOIN_CARD = "join_card", "Tham gia BHYT hộ gia đình"
    RENEW_CARD = "renew_card", "Gia hạn thẻ BHYT"


class Way(models.TextChoices):
    """How people are approached; an area may change from door to telephone for a time."""

    PHONE = "phone", "Gọi điện"
    DOOR = "door", "Đến nhà"


class Worklist(models.Model):
    """A list of people of `unit`, frozen on `on` with its `rule` (of the segment) and `ranking` (points).

    `excluded` counts by code who was left out and why. Closed lists give out nobody.
    """

    name = models.CharField(max_length=200)
    aim = models.CharField(max_length=12, choices=Aim.choices)
    way = models.CharField(max_length=6, choices=Way.choices, default=Way.PHONE)
    segment = models.CharField(max_length=60, help_text="code or id of the segment")
    rule = models.JSONField()
    ranking = models.JSONField()
    excluded = models.JSONField(default=dict)
    on = models.DateField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["unit", "-made_at"], name="worklist_unit_made")]

    def __str__(self) -> str:
        return self.name


class TaskState(models.TextChoices):
    """Where a task stands: to be approached, to be approached again from a day, finished, taken back."""

    OPEN = "open", "Chưa liên hệ"
    WAITING = "waiting", "Hẹn lại"
    DONE = "done", "Đã xong"
    WITHDRAWN = "withdrawn", "Rút khỏi danh sách"


class Task(models.Model):
    """Approach this person, or this worker of a collection organisation (`staff`), for the list's aim.

    `reasons`: [{"code", "points", "values"}], whose points add up to `points`. `hold_key` is the household's
    (people of one household are given out together), else the person's or worker's own. `unit`, `cluster`:
    where the person lived when the list was frozen.
    """

    worklist = models.ForeignKey(Worklist, models.PROTECT, related_name="tasks")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="tasks", db_constraint=False
    )
    staff = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey(
        Household,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    hold_key = models.CharField(max_length=24, db_collation="C")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    cluster = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    points = models.IntegerField(default=0)
    reasons = models.JSONField(default=list)
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="tasks")
    assigned_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=TaskState.choices, default=TaskState.OPEN)
    next_on = models.DateField(null=True, help_text="not before this day")
    attempt_count = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=20, blank=True, help_text="of the latest contact")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(staff__isnull=True),
                name="task_person_or_staff",
            ),
            models.UniqueConstraint(fields=["worklist", "person"], name="task_person_once"),
            models.UniqueConstraint(fields=["worklist", "staff"], name="task_staff_once"),
        ]
        indexes = [
            # The next to be given out, best first; people without a collector before all.
            models.Index(
                fields=["worklist", "-points", "id"],
                condition=Q(state__in=["open", "waiting"], member__isnull=True),
                name="task_next_free",
            ),
            models.Index(
                fields=["member", "-points", "id"],
                condition=Q(state__in=["open", "waiting"]),
                name="task_next_own",
            ),
            models.Index(
                fields=["hold_key"],
                condition=Q(state__in=["open", "waiting"]),
                name="task_of_household",
            ),
        ]


class HoldEnd(models.TextChoices):
    """Why nobody holds a household any more."""

    DONE = "done", "Đã liên hệ xong"
    GIVEN_BACK = "given_back", "Trả lại"
    EXPIRED = "expired", "Hết hạn giữ"
    HANDED_OVER = "handed_over", "Bàn giao"


class Hold(models.Model):
    """One collector has a household in hand until `held_until`; the database refuses a second one.

    `key`: `Task.hold_key`. A hold that ran out is ended when somebody next asks for people.
    """

    key = models.CharField(max_length=24, db_collation="C")
    member = models.ForeignKey(Member, models.PROTECT, related_name="holds")
    worklist = models.ForeignKey(Worklist, models.PROTECT, related_name="+")
    held_at = models.DateTimeField()
    held_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=12, choices=HoldEnd.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(ended_at__isnull=True), name="hold_household_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="")
                | (Q(ended_at__isnull=False) & ~Q(end="")),
                name="hold_end_has_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["held_until"], condition=Q(ended_at__isnull=True), name="hold_running_out"
            ),
            models.Index(
                fields=["member"], condition=Q(ended_at__isnull=True), name="hold_in_hand"
            ),
        ]
