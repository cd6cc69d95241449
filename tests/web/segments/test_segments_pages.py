"""Pages of segments: counts and people of one's own, masked, with reasons; filters counted, kept, put away."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from tests.accounts.conftest import country
from tests.administration.people import AT, SYSTEM
from tests.registry.conftest import BORN, Ground, a_person, ground
from tests.web.offers.test_kept_advice_pages import signed_in

from vandong.accounts.models import User
from vandong.administration.people_changes import open_change
from vandong.contacts.models import Segment
from vandong.registry.models import Participation

__all__ = ["country", "ground"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(ground: Ground) -> Client:
    return signed_in(User.objects.get(username="can_bo"))


def with_card(ground: Ground, name: str, days: int, **known: object) -> int:
    person = a_person(ground.here, name, **BORN, **known)
    open_change(actor=SYSTEM, action="test", at=AT)
    today = localdate()
    Participation.objects.create(
        person=person,
        scheme="bhyt_hgd",
        covered_from=today - timedelta(days=300),
        covered_until=today + timedelta(days=days),
    )
    return person.pk


def test_who_is_in_masked_and_why(ground: Ground, client: Client) -> None:
    known = {"personal_id": "001180012345", "phones": ("0912345678",)}
    person_id = with_card(ground, "Nguyễn Thị Hoà", 10, **known)
    with_card(ground, "Lê Văn Xa", 200)
    page = client.get(reverse("segments:people", args=["card_expiring"])).content.decode()
    assert "1 người: <span>Thẻ BHYT hộ gia đình sắp hết hạn</span>" in page
    assert "Nguyễn Thị Hoà" in page
    assert f'href="{reverse("people:person", args=[person_id])}"' in page
    assert "Lê Văn Xa" not in page
    assert "còn 10 ngày" in page
    assert "001180012345" not in page
    assert "0912345678" not in page


def test_counts_come_by_themselves(ground: Ground, client: Client) -> None:
    with_card(ground, "Nguyễn Thị Hoà", 10)
    address = reverse("segments:count", args=["household_card"])
    page = client.get(reverse("segments:list")).content.decode()
    assert address in page
    assert "<strong>1</strong>" in client.get(address).content.decode()
    there = client.get(address, {"don-vi": ground.there.pk})
    assert there.status_code == 404


def test_another_day_is_another_count(ground: Ground, client: Client) -> None:
    with_card(ground, "Nguyễn Thị Hoà", 10)
    address = reverse("segments:count", args=["household_card"])
    assert "<strong>0</strong>" in client.get(address, {"ngay": "01/01/2020"}).content.decode()
    bad = client.get(reverse("segments:people", args=["household_card"]), {"ngay": "31/02/2026"})
    assert "Không đọc được ngày" in bad.content.decode()


def test_a_filter_is_counted_kept_and_put_away(ground: Ground, client: Client) -> None:
    with_card(ground, "Nguyễn Thị Hoà", 10)
    chosen = {"card": "in", "tn": "out", "least": "30", "phone": "no"}
    counted = client.get(reverse("segments:preview"), chosen).content.decode()
    assert "<strong>1</strong>" in counted
    sent = client.post(reverse("segments:new"), chosen | {"name": "Hộ có thẻ, thiếu số"})
    kept = Segment.objects.get()
    assert sent.headers["Location"] == reverse("segments:people", args=[kept.pk])
    assert (kept.found_count, kept.on) == (1, localdate())
    assert {one["is"] for one in kept.rule} == {"counted", "age", "phone"}
    page = client.get(reverse("segments:people", args=[kept.pk])).content.decode()
    assert "Hộ có thẻ, thiếu số" in page
    away = client.post(
        reverse("segments:retire", args=[kept.pk]), {"version": kept.version}, follow=True
    )
    assert "Đã bỏ nhóm" in away.content.decode()
    assert client.get(reverse("segments:people", args=[kept.pk])).status_code == 404


def test_what_is_wrong_is_said_and_kept(ground: Ground, client: Client) -> None:
    empty = client.post(reverse("segments:new"), {"name": ""})
    assert empty.status_code == 422
    page = empty.content.decode()
    assert "<p>Chưa có tên nhóm" in page
    assert "Chưa chọn điều kiện nào" in page
    turned = client.post(reverse("segments:new"), {"name": "A", "least": "50", "most": "40"})
    assert turned.status_code == 422
    assert "Số sau phải không nhỏ hơn số trước" in turned.content.decode()
    assert 'value="50"' in turned.content.decode()
    wrong = client.get(reverse("segments:preview"), {"least": "x"}).content.decode()
    assert "sửa rồi đếm lại" in wrong


def test_every_filter_becomes_a_condition(ground: Ground, client: Client) -> None:
    chosen = {
        "tn": "never",
        "card": "left",
        "due": "30",
        "expires": "30",
        "ended": "12",
        "not_compulsory": "on",
        "least": "25",
        "most": "40",
        "sex": "F",
        "occupation": ["trader", "farmer"],
        "listed": "poor",
        "least_workers": "5",
        "most_workers": "10",
        "phone": "yes",
        "personal_id": "no",
        "household": "out",
        "unit": ground.here.pk,
        "member": "none",
        "text": "hoà",
        "name": "Mọi điều kiện",
    }
    assert client.post(reverse("segments:new"), chosen).status_code == 302
    rule = {one["is"]: one for one in Segment.objects.get().rule}
    assert len(rule) == 16
    assert rule["status"]["scheme"] == "bhyt_hgd"
    assert rule["age"] == {"is": "age", "least": 25, "most": 40}
    assert rule["business"] == {"is": "business", "least_workers": 5, "most_workers": 10}
    assert rule["unit"] == {"is": "unit", "unit_id": ground.here.pk}


def test_a_day_in_the_future_is_a_day(client: Client) -> None:
    answer = client.get(reverse("segments:list"), {"ngay": date(2030, 1, 1).isoformat()})
    assert answer.status_code == 200
