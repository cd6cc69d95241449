"""What a user may do, for which organisation and in which subtree of units."""

from django.db import models

from vandong.accounts.models.organisation import Organisation
from vandong.accounts.models.user import User
from vandong.places.models import Unit


class Role(models.TextChoices):
    """The six roles. What each may do stands in `accounts.queries`."""

    ADMINISTRATOR = "administrator", "Quản trị"
    PLANNER = "planner", "Cán bộ kế hoạch tỉnh"
    OFFICER = "officer", "Cán bộ BHXH cơ sở"
    COLLECTOR = "collector", "Nhân viên thu"
    COLLABORATOR = "collaborator", "Cộng tác viên"
    OBSERVER = "observer", "Người theo dõi"


class Grant(models.Model):
    """A role, narrowed to an organisation and a subtree (either may be empty: everything)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True)
    granted_at = models.DateTimeField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation", "unit"],
                nulls_distinct=False,
                name="grant_once",
            )
        ]
