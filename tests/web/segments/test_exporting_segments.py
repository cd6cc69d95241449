"""People as a file: for a reason, within limits, masked unless asked for, and whose file it is stands in it."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from tests.accounts.conftest import country
from tests.administration.people import AT, SYSTEM, TODAY, as_actor
from tests.registry.conftest import Ground, ground
from tests.web.offers.test_kept_advice_pages import signed_in
from tests.web.segments.test_segments_pages import with_card

from vandong.accounts.models import User
from vandong.accounts.queries.scope import NotAllowed
from vandong.audit.models import AuditEvent
from vandong.law import law_book
from vandong.outreach.segments.exporting import ExportWanted, export_segment
from vandong.outreach.settings import ApproachSettings, save_approach_settings

__all__ = ["country", "ground"]
pytestmark = pytest.mark.django_db
REASON = "Gọi nhắc gia hạn tháng 12"
KNOWN = {"personal_id": "001180012345", "phones": ("0912345678",)}


@pytest.fixture
def client(ground: Ground) -> Client:
    with_card(ground, "Nguyễn Thị Hoà", 10, **KNOWN)
    with_card(ground, "=HYPERLINK()", 12)
    return signed_in(User.objects.get(username="can_bo"))


def cells_of(content: bytes) -> list[list[object]]:
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def asked(client: Client, **typed: str) -> object:
    return client.post(reverse("segments:export", args=["card_expiring"]), typed)


def test_the_file_says_whose_it_is_and_covers_numbers(client: Client) -> None:
    answer = asked(client, reason=REASON)
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.reason) == ("people.exported.viewed", REASON)
    assert event.after["count"] == 2
    assert answer["Cache-Control"] == "no-store"  # type: ignore[index]
    rows = cells_of(answer.content)  # type: ignore[attr-defined]
    top = " ".join(str(row[0]) for row in rows[:5])
    assert REASON in top
    assert "Người can_bo" in top
    assert f"lần xuất số {event.pk}" in top.replace(".", "")
    people = {row[1]: row for row in rows[6:]}
    assert set(people) == {"Nguyễn Thị Hoà", "=HYPERLINK()"}
    assert people["Nguyễn Thị Hoà"][6] == "•••••••••345"
    assert "0912345678" not in str(rows)
    sheet = load_workbook(BytesIO(answer.content)).active  # type: ignore[attr-defined]
    assert "Người can_bo" in str(sheet.oddFooter.left.text)  # type: ignore[union-attr]


def test_numbers_in_clear_are_asked_for_and_recorded(client: Client) -> None:
    rows = cells_of(asked(client, reason=REASON, whole="1").content)  # type: ignore[attr-defined]
    assert "001180012345" in str(rows)
    assert "0912345678" in str(rows)
    assert AuditEvent.objects.latest("pk").after["is_whole"] is True


def test_without_a_reason_there_is_no_file_and_what_was_typed_stays(client: Client) -> None:
    answer = client.post(
        reverse("segments:export", args=["card_expiring"]), {"reason": "gọi"}, follow=True
    )
    page = answer.content.decode()
    assert "ít nhất 10 ký tự" in page
    assert 'value="gọi"' in page
    assert not AuditEvent.objects.filter(action="people.exported.viewed").exists()


def test_a_file_and_a_day_have_their_limits(client: Client) -> None:
    save_approach_settings(
        actor=SYSTEM,
        settings=ApproachSettings(export_limit=2, export_day_limit=3),
        organisation_id=None,
        at=AT,
    )
    assert asked(client, reason=REASON).status_code == 200  # type: ignore[attr-defined]
    again = client.post(
        reverse("segments:export", args=["card_expiring"]), {"reason": REASON}, follow=True
    )
    assert "Trong 24 giờ qua bạn đã xuất 2 người" in again.content.decode()
    save_approach_settings(
        actor=SYSTEM, settings=ApproachSettings(export_limit=1), organisation_id=None, at=AT
    )
    again = client.post(
        reverse("segments:export", args=["card_expiring"]), {"reason": REASON}, follow=True
    )
    assert "mỗi tệp nhiều nhất 1 người" in again.content.decode()
    assert AuditEvent.objects.filter(action="people.exported.viewed").count() == 1


def test_a_collector_takes_no_lists_along(client: Client, ground: Ground) -> None:
    actor = as_actor(User.objects.get(username="thu_a"))
    wanted = ExportWanted("card_expiring", "Nhóm", TODAY, None, REASON, is_whole=False)
    with pytest.raises(NotAllowed):
        export_segment(actor=actor, wanted=wanted, book=law_book(), lang="vi", at=AT)
