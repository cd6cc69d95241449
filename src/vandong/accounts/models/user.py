"""Logins, and the people at work whom targets and results point to."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from vandong.accounts.models.organisation import Organisation


class User(AbstractBaseUser):
    """A login. Targets, tasks and receipts never point here: they point to `Member`."""

    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=800, default="")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    language = models.CharField(max_length=2, default="vi")
    version = models.PositiveIntegerField(default=1)

    objects = BaseUserManager["User"]()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    def __str__(self) -> str:
        return self.full_name or self.username


class Member(models.Model):
    """A person at work in an organisation, with or without a login."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="members")
    staff_code = models.CharField(max_length=30)
    full_name = models.CharField(max_length=200)
    name_fold = models.CharField(max_length=200)
    rank = models.CharField(max_length=60, blank=True)
    user = models.OneToOneField(User, models.SET_NULL, null=True, related_name="member")
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "staff_code"], name="member_staff_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.full_name
