"""The audit trail as administrators read it."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from vandong.accounts.models import Grant, User
from vandong.accounts.queries.scope import Actor
from vandong.administration.audit_trail import Subject, record

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)
"""00:30 of 02/03/2026 in Vietnam: days are counted there."""


@pytest.fixture
def desk(db: None) -> Client:
    user = User.objects.create(username="quan", full_name="Đỗ Quản")
    Grant.objects.create(user=user, role="administrator", granted_at=AT)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def note(action: str, name: str, before: Any = None, after: Any = None, who: str = "Lan") -> None:
    record(
        actor=Actor(user_id=77, name=who),
        action=action,
        subject=Subject("accounts.user", "5", name),
        before=before,
        after=after,
        at=AT,
    )


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_changes_are_readable(desk: Client) -> None:
    note(
        "user.edited",
        "Trần Minh",
        {"is_active": True, "valid_from": "2025-07-01", "role": "planner"},
        {"is_active": False, "valid_from": "2026-01-01", "role": "officer"},
    )
    page = text(desk.get("/nhat-ky"))
    assert "02/03/2026 00:30:00 Lan Sửa tài khoản Trần Minh tài khoản" in page
    assert "Đang dùng: có → không" in page
    assert "Từ ngày: 01/07/2025 → 01/01/2026" in page
    assert "Vai trò: cán bộ kế hoạch tỉnh → cán bộ BHXH cơ sở" in page


def test_it_speaks_english_too(desk: Client) -> None:
    note("user.edited", "Trần Minh", {"is_active": True}, {"is_active": False})
    User.objects.update(language="en")
    assert "Active: yes → no" in text(desk.get("/nhat-ky"))


@pytest.mark.parametrize(
    "query",
    [
        "actor=lan",
        "name=minh",
        "action=user.edited",
        "subject=accounts.user:5",
        "day_from=02/03/2026",
        "day_until=02/03/2026",
        "day_from=2026-03-02&day_until=2026-03-02",
    ],
)
def test_each_filter_finds(desk: Client, query: str) -> None:
    note("user.edited", "Trần Minh")
    assert "Trần Minh" in text(desk.get(f"/nhat-ky?{query}"))


@pytest.mark.parametrize(
    "query",
    [
        "actor=hoa",
        "name=lan",
        "action=user.created",
        "subject=accounts.user:6",
        "day_from=03/03/2026",
        "day_until=01/03/2026",
    ],
)
def test_each_filter_leaves_out(desk: Client, query: str) -> None:
    note("user.edited", "Trần Minh")
    note("user.created", "Lê Hoa", who="Ai đó")
    assert "Trần Minh" not in text(desk.get(f"/nhat-ky?{query}"))


def test_a_day_that_is_none_is_said_and_everything_is_shown(desk: Client) -> None:
    note("user.edited", "Trần Minh")
    page = text(desk.get("/nhat-ky?day_from=31/02/2026"))
    assert "31/02/2026" in page
    assert "Trần Minh" in page


def test_who_administers_a_part_reads_the_deeds_of_its_people_only(desk: Client) -> None:
    note("user.edited", "Trần Minh")
    User.objects.filter(username="quan").get().grants.update(
        organisation_id=None, unit_id=_a_unit()
    )
    assert "Trần Minh" not in text(desk.get("/nhat-ky"))


def test_what_is_written_cannot_write_into_the_page(desk: Client) -> None:
    note("user.edited", "<script>x</script>", {"name": "<b>"}, {"name": "<i>"})
    page = desk.get("/nhat-ky").content.decode()
    assert "<script>x" not in page
    assert "<b>" not in page


def _a_unit() -> int:
    from vandong.places.models import Unit

    unit = Unit.objects.create(
        kind="province", code="24", name="Tỉnh", name_key="tinh", name_fold="tinh", sort_key="t"
    )
    return unit.pk
