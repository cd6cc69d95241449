"""A person, once, and the telephone numbers that may reach that person."""

from django.db import models
from django.db.models import F, Q

from vandong.accounts.models import Member
from vandong.places.models import Unit
from vandong.registry.models.change import Recorded, change_index
from vandong.registry.models.household import Household, Relation
from vandong.rules.people import Sex


class BirthPrecision(models.TextChoices):
    """How much of the day of birth is known. Year only: stored as 1 January (TT 11/2025, art 5.7)."""

    DAY = "day", "Đủ ngày, tháng, năm"
    YEAR = "year", "Chỉ biết năm"


class Occupation(models.TextChoices):
    """Livelihoods that the drives look for."""

    BUSINESS = "business", "Chủ hộ kinh doanh"
    TRADER = "trader", "Tiểu thương"
    FARMER = "farmer", "Nông dân"
    LANDLORD = "landlord", "Chủ nhà trọ"
    FREELANCE = "freelance", "Lao động tự do"
    STUDENT = "student", "Học sinh, sinh viên"
    OTHER = "other", "Khác"


class Person(Recorded):
    """One person. Empty text = not known; empty numbers are never compared.

    `unit` is the unit as the source named it on its day, `unit_today` what it is now; `cluster` the
    residential group. `member`: who looks after the person. `merged_into`: the same person, kept there; such
    a row stays for un-merging and stands in no list.
    """

    # Keys and numbers compare byte by byte, so that one index serves =, LIKE 'x%' and the order.
    personal_id = models.CharField(
        max_length=12, blank=True, default="", db_default="", db_collation="C"
    )
    si_number = models.CharField(
        max_length=12, blank=True, default="", db_default="", db_collation="C"
    )
    card_number = models.CharField(
        max_length=15, blank=True, default="", db_default="", db_collation="C"
    )
    full_name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=400, db_collation="C", help_text="tone-position key")
    name_fold = models.CharField(
        max_length=200, db_collation="C", help_text="without diacritics, for search only"
    )
    name_back = models.CharField(
        max_length=200, db_collation="C", help_text="name_fold, given name first"
    )
    sort_key = models.CharField(
        max_length=800, db_collation="C", help_text="Vietnamese order, given name first"
    )
    birth_on = models.DateField(null=True)
    birth_precision = models.CharField(
        max_length=4, choices=BirthPrecision.choices, blank=True, default="", db_default=""
    )
    sex = models.CharField(
        max_length=1,
        choices=[(one.value, one.value) for one in Sex],
        blank=True,
        default="",
        db_default="",
    )
    ethnicity = models.CharField(max_length=30, blank=True, default="", db_default="")
    occupation = models.CharField(
        max_length=20, choices=Occupation.choices, blank=True, default="", db_default=""
    )
    address = models.CharField(max_length=500, blank=True, default="", db_default="")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    unit_today = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="persons", db_index=False, db_constraint=False
    )
    cluster = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    household = models.ForeignKey(
        Household,
        models.PROTECT,
        null=True,
        related_name="people",
        db_index=False,
        db_constraint=False,
    )
    relation = models.CharField(
        max_length=20, choices=Relation.choices, blank=True, default="", db_default=""
    )
    household_order = models.PositiveSmallIntegerField(null=True, help_text="1 = first payer")
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        related_name="persons",
        db_index=False,
        db_constraint=False,
    )
    deceased_on = models.DateField(null=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="merged",
        db_index=False,
        db_constraint=False,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["personal_id"],
                condition=~Q(personal_id="") & Q(merged_into__isnull=True),
                name="person_personal_id_once",
            ),
            models.UniqueConstraint(
                fields=["si_number"],
                condition=~Q(si_number="") & Q(merged_into__isnull=True),
                name="person_si_number_once",
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(relation=Relation.HEAD) & Q(merged_into__isnull=True),
                name="person_one_head_a_household",
            ),
            models.CheckConstraint(
                condition=Q(personal_id="") | Q(personal_id__regex=r"^([0-9]{9}|[0-9]{12})$"),
                name="person_personal_id_form",
            ),
            models.CheckConstraint(
                condition=Q(si_number="") | Q(si_number__regex=r"^([0-9]{10}|[0-9]{12})$"),
                name="person_si_number_form",
            ),
            models.CheckConstraint(
                condition=Q(birth_on__isnull=True, birth_precision="")
                | Q(birth_on__isnull=False, birth_precision=BirthPrecision.DAY)
                | Q(birth_precision=BirthPrecision.YEAR, birth_on__month=1, birth_on__day=1),
                name="person_birth_precision",
            ),
            models.CheckConstraint(condition=~Q(full_name=""), name="person_has_name"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="person_not_merged_into_itself",
            ),
        ]
        indexes = [
            # Search as one types reads these alone: the unit stands beside for the actor's scope.
            models.Index(
                fields=["name_fold", "id"],
                include=["unit_today"],
                condition=Q(merged_into__isnull=True),
                name="person_name",
            ),
            models.Index(
                fields=["name_back", "id"],
                include=["unit_today"],
                condition=Q(merged_into__isnull=True),
                name="person_given_name",
            ),
            models.Index(
                fields=["unit_today", "name_back", "id"],
                condition=Q(merged_into__isnull=True),
                name="person_in_unit",
            ),
            models.Index(
                fields=["card_number"],
                condition=~Q(card_number="") & Q(si_number=""),
                name="person_card_number",
            ),
            # The numbers of merged rows still lead to the person: lists go on bringing them.
            models.Index(
                fields=["personal_id"],
                condition=Q(merged_into__isnull=False),
                name="person_gone_personal_id",
            ),
            models.Index(
                fields=["si_number"],
                condition=Q(merged_into__isnull=False),
                name="person_gone_si_number",
            ),
            models.Index(
                fields=["household"], condition=Q(household__isnull=False), name="person_household"
            ),
            models.Index(
                fields=["member"], condition=Q(member__isnull=False), name="person_member"
            ),
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="person_merged"
            ),
            change_index("person_change"),
        ]

    def __str__(self) -> str:
        return self.full_name


class Contactability(models.TextChoices):
    """Whether a number reaches the person."""

    UNKNOWN = "unknown", "Chưa gọi"
    REACHED = "reached", "Gọi được"
    NO_ANSWER = "no_answer", "Không nghe máy"
    WRONG = "wrong", "Nhầm người"
    DEAD = "dead", "Số không còn dùng"


class PersonPhone(Recorded):
    """A number of a person. One number may stand with several people: a household shares it."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="phones", db_index=False, db_constraint=False
    )
    number = models.CharField(max_length=11, db_collation="C", help_text="national form, 0…")
    rank = models.PositiveSmallIntegerField(default=1, db_default=1, help_text="1 is called first")
    contactability = models.CharField(
        max_length=10,
        choices=Contactability.choices,
        default=Contactability.UNKNOWN,
        db_default=Contactability.UNKNOWN,
    )
    tried_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="person_phone_once"),
            models.CheckConstraint(
                condition=Q(number__regex=r"^0[0-9]{9,10}$"), name="person_phone_form"
            ),
        ]
        indexes = [
            models.Index(fields=["number", "person"], name="person_phone_number"),
            change_index("person_phone_change"),
        ]
