"""Pages of the door: clusters, the sheet, a filled sheet typed in, people met, coverage."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.accounts.conftest import country
from tests.outreach.conftest import Drive, drive
from tests.outreach.lists import together
from tests.registry.conftest import a_person, ground
from tests.web.offers.test_kept_advice_pages import signed_in

from vandong.accounts.models import User
from vandong.contacts.models import Contact, Task

__all__ = ["country", "drive", "ground"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(drive: Drive) -> Client:
    return signed_in(User.objects.get(username="can_bo"))


def read(client: Client, name: str, drive: Drive, query: str = "") -> str:
    answer = client.get(reverse(f"door:{name}", args=[drive.worklist.pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_clusters_lead_to_a_sheet_with_covered_numbers(client: Client, drive: Drive) -> None:
    assert "không còn ai phải gặp" in read(client, "clusters", drive)
    person = a_person(
        drive.ground.here, "Lê Thị Mai", address="Số 2 Phố Huế", phones=("0912345678",)
    )
    task = drive.task(person)
    assert "còn 1 người ở 1 nơi" in read(client, "clusters", drive)
    page = read(client, "sheet", drive, "?cum=")
    assert f"<td>{task.pk}</td>" in page
    assert "Số 2 Phố Huế" in page
    assert "12345" not in page
    assert "<strong>1</strong> Đồng ý tham gia" in page


def test_a_filled_sheet_keeps_wrong_rows_with_what_was_typed(client: Client, drive: Drive) -> None:
    good, bad = drive.people(2)
    place = reverse("door:typing", args=[drive.worklist.pk]) + "?cum="
    sent = {f"answer-{good.pk}": "1", f"answer-{bad.pk}": "77", f"note-{bad.pk}": "Hẹn chiều"}
    answer = client.post(place, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Mã trả lời 77 không có trên phiếu này." in page
    assert 'value="Hẹn chiều"' in page
    assert f'name="answer-{good.pk}"' not in page
    assert Contact.objects.get().outcome == "agreed_join"
    again = client.post(place, {f"answer-{bad.pk}": "2", f"day-{bad.pk}": "32/01/2026"})
    assert again.status_code == 422
    done = client.post(place, {f"answer-{bad.pk}": "6", "visited": "01/03/2026"})
    assert done.status_code == 302
    assert Task.objects.get(pk=bad.pk).attempt_count == 1


def test_somebody_met_is_found_and_added(client: Client, drive: Drive) -> None:
    met = a_person(drive.ground.here, "Vũ Thị Gặp")
    assert "Vũ Thị Gặp" in read(client, "clusters", drive, "?tim=gap")
    assert "Ghi người mới" in read(client, "clusters", drive, "?tim=khongai")
    client.post(reverse("door:add", args=[drive.worklist.pk]), {"person": met.pk})
    assert Task.objects.get().person == met


def test_coverage_by_commune_and_cluster(client: Client, drive: Drive) -> None:
    person = a_person(drive.ground.here, "Lê Thị Mai")
    together(drive.ground, person)
    page = client.get(reverse("door:coverage")).content.decode()
    assert "Đã đến 0 trong 1 hộ" in page
    inside = client.get(reverse("door:coverage"), {"noi": drive.ground.here.pk}).content.decode()
    assert "Chưa rõ thôn, tổ" in inside
    assert "field-error" in client.get(reverse("door:coverage"), {"tu": "x"}).content.decode()
