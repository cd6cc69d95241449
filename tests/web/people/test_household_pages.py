"""A household put in order on pages."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.accounts.conftest import country
from tests.registry.conftest import Ground, a_person, ground
from tests.web.offers.test_kept_advice_pages import signed_in

from vandong.accounts.models import User
from vandong.registry.models import Person

__all__ = ["country", "ground"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(ground: Ground) -> Client:
    return signed_in(User.objects.get(username="can_bo"))


def told(client: Client, name: str, person: Person, **typed: object) -> str:
    person.refresh_from_db()
    address = reverse(f"people:{name}", args=[person.pk])
    answer = client.post(address, {"version": person.version, **typed}, follow=True)
    return " ".join(answer.content.decode().split())


def test_joined_headed_and_left(client: Client, ground: Ground) -> None:
    hoa, binh = a_person(ground.here, "Nguyễn Thị Hoà"), a_person(ground.here, "Trần Văn Bình")
    page = client.get(reverse("people:person", args=[binh.pk])).content.decode()
    assert reverse("people:household", args=[binh.pk]) in page
    found = client.get(reverse("people:household", args=[binh.pk]), {"tim": "hoa"})
    assert f'name="other" value="{hoa.pk}"' in found.content.decode()
    page = told(client, "join", binh, other=hoa.pk, relation="spouse")
    assert "Đã ghép vào hộ." in page
    assert "Người trong hộ" in page
    assert "Đặt làm chủ hộ" in page
    page = told(client, "head", binh)
    assert "Đã đặt làm chủ hộ." in page
    assert ">Đặt làm chủ hộ<" not in page
    assert "Đã ra khỏi hộ." in told(client, "leave", binh)
    binh.refresh_from_db()
    assert binh.household_id is None


def test_what_is_refused_is_said(client: Client, ground: Ground) -> None:
    hoa = a_person(ground.here, "Nguyễn Thị Hoà")
    assert "vào hộ của chính người đó" in told(client, "join", hoa, other=hoa.pk, relation="")
    assert "không thuộc hộ nào" in told(client, "leave", hoa)
