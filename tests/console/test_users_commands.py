"""`vandong users …`: the first administrator, one-time passwords, rights."""

import json
from typing import Any

import pytest
from tests.accounts.conftest import Country, country
from typer.testing import CliRunner

from vandong.accounts.models import Grant, User
from vandong.console.app import app

__all__ = ["country"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_hashing(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def users(*words: str, typed: str = "") -> Any:
    return CliRunner().invoke(app, ["users", *words], input=typed)


def test_the_first_administrator_is_made_here() -> None:
    told = json.loads(users("create", "Quan", "--role", "administrator", "--json").stdout)
    user = User.objects.get(username="quan")
    assert user.check_password(told["one_time_password"])
    assert user.must_change_password
    assert Grant.objects.get(user=user, role="administrator").unit is None


def test_a_typed_password_is_not_shown() -> None:
    typed = "Cau-thong-reo-7\nCau-thong-reo-7\n"
    result = users("create", "quan", "--ask-password", typed=typed)
    assert result.exit_code == 0
    assert "Cau-thong" not in result.output
    assert User.objects.get().check_password("Cau-thong-reo-7")


def test_a_name_that_is_taken_exits_1_with_its_sentence() -> None:
    users("create", "quan")
    result = users("create", "QUAN")
    assert result.exit_code == 1
    assert "Đã có tài khoản “quan”" in result.stderr


def test_rights_are_given_listed_and_taken_back(country: Country) -> None:
    users("create", "minh")
    assert users("grant", "minh", "--role", "planner", "--unit", "24").exit_code == 0
    row = json.loads(users("list", "--json").stdout)["users"][0]
    assert row["grants"][0]["unit"] == "Tỉnh Bắc Ninh"
    assert users("revoke", "minh", "--role", "planner").exit_code == 1
    assert users("revoke", "minh", "--role", "planner", "--unit", "24").exit_code == 0
    assert not Grant.objects.exists()


def test_an_account_is_disabled_enabled_and_reset() -> None:
    users("create", "minh")
    assert users("disable", "minh").exit_code == 0
    assert not User.objects.get().is_active
    assert users("enable", "minh").exit_code == 0
    told = json.loads(users("reset-password", "minh", "--json").stdout)
    assert User.objects.get().check_password(told["one_time_password"])


def test_an_unknown_name_says_how_to_list() -> None:
    result = users("disable", "khong")
    assert result.exit_code == 1
    assert "vandong users list" in result.stderr


def test_known_passwords_are_refused_outside_the_demo(settings: Any) -> None:
    settings.DEMO = False
    result = users("demo")
    assert result.exit_code == 1
    assert not User.objects.exists()
