"""Files sent back on their page: put right, handed in again in one press, taken back in one."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.accounts.conftest import country
from tests.administration.people import AT, SYSTEM
from tests.registry.conftest import Ground, a_person, ground
from tests.web.offers.test_kept_advice_pages import signed_in

from vandong.accounts.models import User
from vandong.administration.people_changes import open_change
from vandong.audit.models import AuditEvent
from vandong.jobs.models import Job
from vandong.planning.register_figures import REGISTER_TASK
from vandong.registry.models import Person, Receipt

__all__ = ["country", "ground"]
pytestmark = pytest.mark.django_db
LIST = "returned:list"


@pytest.fixture
def client(ground: Ground) -> Client:
    return signed_in(User.objects.get(username="can_bo"))


def sent_back(person: Person, on: date, reason: str) -> Receipt:
    open_change(actor=SYSTEM, action="test", at=AT)
    return Receipt.objects.create(
        person=person,
        scheme="bhyt_hgd",
        covered_from=date(2026, 1, 1),
        covered_until=date(2027, 1, 1),
        total_amount=1_263_600,
        participant_amount=1_263_600,
        number="0012",
        collected_on=date(2026, 1, 5),
        remitted_on=date(2026, 1, 6),
        returned_on=on,
        return_reason=reason,
    )


@pytest.fixture
def file(ground: Ground) -> Receipt:
    sent_back(a_person(ground.there, "Người Xã Khác"), date(2026, 1, 9), "Của nơi khác")
    return sent_back(
        a_person(ground.here, "Nguyễn Thị Hoà"), date(2026, 1, 20), "Sai ngày sinh so với CCCD"
    )


def page_of(client: Client, **asked: str) -> str:
    return " ".join(client.get(reverse(LIST), asked).content.decode().split())


def test_the_reader_sees_what_to_put_right_of_own_people_only(
    client: Client, file: Receipt
) -> None:
    page = page_of(client)
    assert "1 hồ sơ bị trả lại, chờ sửa" in page
    assert "Sai ngày sinh so với CCCD" in page
    assert "Trả lại 20/01/2026" in page
    assert "1.263.600" in page
    assert "Người Xã Khác" not in page
    assert "Nguyễn Thị Hoà" in page_of(client, tim="thi HOA")
    assert "Không tìm thấy hồ sơ nào" in page_of(client, tim="tuấn")


def test_handed_in_again_it_leaves_the_page_and_comes_back_undone(
    client: Client, file: Receipt
) -> None:
    address = reverse("returned:resubmit", args=[file.pk])
    given = {"version": file.version, "on": "02/02/2026", "note": "Đã sửa năm sinh"}
    answer = client.post(address, given, follow=True).content.decode()
    file.refresh_from_db()
    assert (file.returned_on, file.return_reason) == (None, "")
    assert "Không có hồ sơ bị trả lại" in answer
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.reason) == ("receipt.resubmitted", "Đã sửa năm sinh")
    assert Job.objects.filter(task=REGISTER_TASK).exists()
    client.post(reverse("returned:undo", args=[file.change_id]))
    file.refresh_from_db()
    assert (file.returned_on, file.return_reason) == (
        date(2026, 1, 20),
        "Sai ngày sinh so với CCCD",
    )


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("31/02/2026", "31/02/2026"),
        ("01/01/2026", "Ngày nộp lại không được trước ngày bị trả lại (20/01/2026)"),
    ],
)
def test_a_wrong_day_is_told_and_the_note_is_kept(
    client: Client, file: Receipt, on: str, told: str
) -> None:
    address = reverse("returned:resubmit", args=[file.pk])
    given = {"version": file.version, "on": on, "note": "Đã sửa năm sinh"}
    page = client.post(address, given, follow=True).content.decode()
    assert told in page
    assert 'value="Đã sửa năm sinh"' in page
    file.refresh_from_db()
    assert file.returned_on == date(2026, 1, 20)


def test_what_somebody_else_has_done_since_is_not_done_again(client: Client, file: Receipt) -> None:
    address = reverse("returned:resubmit", args=[file.pk])
    client.post(address, {"version": file.version, "on": "", "note": ""})
    given = {"version": file.version, "on": "", "note": ""}
    assert "vừa được người khác sửa" in client.post(address, given, follow=True).content.decode()
    assert AuditEvent.objects.filter(action="receipt.resubmitted").count() == 1
