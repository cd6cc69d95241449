"""Readers of boards: a planner everywhere, and an observer of one unit."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from vandong.accounts.models import Grant, Role, User
from vandong.places.models import Unit

Reader = Callable[..., Client]


@pytest.fixture
def reader(db: None) -> Reader:
    """Signs somebody in with one role on one unit (or everywhere)."""

    def sign_in(
        role: Role = Role.PLANNER, unit: Unit | None = None, language: str = "vi"
    ) -> Client:
        user = User.objects.create(
            username=f"{role}-{User.objects.count()}", full_name="Nguyễn Thị Đọc", language=language
        )
        Grant.objects.create(user=user, role=role, unit=unit, granted_at=timezone.now())
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
