"""The people of the demo: one for each role, made once, never outside the demo."""

from typing import Any

import pytest
from tests.administration.people import AT, SYSTEM, TODAY
from tests.official_units import official_units

from vandong.accounts.models import Member, Organisation, Role, User
from vandong.accounts.queries.scope import Scope, actor_for, visible_units
from vandong.administration.demo_people import DEMO_ACCOUNTS, NotADemo, create_demo_users
from vandong.administration.passwords import password_problems

__all__ = ["official_units"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_hashing(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def make() -> None:
    create_demo_users(actor=SYSTEM, at=AT, is_demo=True)


def test_nothing_is_made_outside_the_demo() -> None:
    with pytest.raises(NotADemo):
        create_demo_users(actor=SYSTEM, at=AT, is_demo=False)
    assert not User.objects.exists()


def test_without_the_official_units_nothing_is_half_made() -> None:
    with pytest.raises(LookupError):
        make()
    assert not User.objects.exists()


def test_one_of_each_role_once(official_units: None) -> None:
    make()
    make()
    assert {account.role for account in DEMO_ACCOUNTS} == set(Role.values)
    assert User.objects.count() == len(DEMO_ACCOUNTS)
    assert (Organisation.objects.count(), Member.objects.count()) == (2, 3)


def test_the_passwords_shown_pass_the_rules_and_open(official_units: None) -> None:
    make()
    for account in DEMO_ACCOUNTS:
        user = User.objects.get(username=account.username)
        assert user.check_password(account.password)
        assert not password_problems(account.password, user)


def test_each_sees_the_ground_of_its_role(official_units: None) -> None:
    make()
    communes = {}
    for account in DEMO_ACCOUNTS:
        actor = actor_for(User.objects.get(username=account.username), TODAY)
        communes[account.username] = tuple(
            visible_units(actor, TODAY, scope).filter(kind="commune").count()
            for scope in (Scope.ACT, Scope.FIGURES)
        )
    assert communes == {
        "quantri": (3321, 3321),
        "kehoach": (3321, 3321),
        "canbo": (2, 126),
        "nhanvienthu": (1, 1),
        "congtacvien": (1, 1),
        "theodoi": (0, 126),
    }
