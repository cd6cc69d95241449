"""People who sign in. Hashing is made quick: what is tested is not how slow it is."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from vandong.accounts.models import Grant, User

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
PASSWORD = "Mot-mat-khau-2026"

People = Callable[..., User]


@pytest.fixture(autouse=True)
def quick_hashing(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def person(db: None) -> People:
    """Makes a user with a password and, with `role`, a grant everywhere."""

    def make(username: str, role: str = "", **fields: object) -> User:
        user = User(username=username, full_name=f"Người {username}", **fields)
        user.set_password(PASSWORD)
        user.save()
        if role:
            Grant.objects.create(user=user, role=role, granted_at=AT)
        return user

    return make


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter
