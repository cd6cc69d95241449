"""Pages of people: found without diacritics, numbers covered, shown for a reason, a long past folded."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.accounts.conftest import country
from tests.administration.people import AT, SYSTEM
from tests.registry.conftest import BORN, Ground, a_person, ground
from tests.web.offers.test_kept_advice_pages import signed_in

from vandong.accounts.models import User
from vandong.administration.people_changes import open_change
from vandong.administration.people_consents import record_consent
from vandong.audit.models import AuditEvent
from vandong.registry.models import Consent, Establishment, Person
from vandong.web.people.views import LATEST

__all__ = ["country", "ground"]
pytestmark = pytest.mark.django_db
NUMBERS = {"personal_id": "001180012345", "si_number": "0124286402", "phones": ("0912345678",)}


@pytest.fixture
def client(ground: Ground) -> Client:
    return signed_in(User.objects.get(username="can_bo"))


@pytest.fixture
def hoa(ground: Ground) -> Person:
    return a_person(ground.here, "Nguyễn Thị Hoà", **BORN, **NUMBERS)


def page_of(client: Client, person: Person) -> str:
    return client.get(reverse("people:person", args=[person.pk])).content.decode()


@pytest.mark.parametrize(
    "text", ["nguyen thi hoa", "HOÀ", "hoa nguyen", "001180012345", "0912 345 678"]
)
def test_found_as_people_type(client: Client, hoa: Person, text: str) -> None:
    page = client.get(reverse("people:search"), {"tim": text}).content.decode()
    assert "Nguyễn Thị Hoà" in page
    assert ">001180012345<" not in page


def test_numbers_are_covered_until_somebody_says_why(client: Client, hoa: Person) -> None:
    page = page_of(client, hoa)
    assert not any(whole in page for whole in ("001180012345", "0124286402", "0912345678"))
    address = reverse("people:reveal", args=[hoa.pk])
    shown = client.post(address, {"reason": "Gọi lại theo hẹn của người dân"})
    assert "001180012345" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.reason) == (
        "person.revealed.viewed",
        "Gọi lại theo hẹn của người dân",
    )
    assert "001180012345" not in page_of(client, hoa)
    refused = client.post(address, {"reason": " "}, follow=True).content.decode()
    assert "001180012345" not in refused


def test_a_word_on_the_use_of_data_is_kept_and_taken_back(client: Client, hoa: Person) -> None:
    given = {"purpose": "calls", "granted": "yes", "given_how": "Nói trực tiếp"}
    client.post(reverse("people:consent", args=[hoa.pk]), given)
    kept = Consent.objects.get(person=hoa)
    assert kept.granted
    assert "Gọi điện: đồng ý" in " ".join(page_of(client, hoa).split())
    client.post(reverse("people:withdraw", args=[hoa.pk]), {"consent": kept.pk})
    kept.refresh_from_db()
    assert kept.withdrawn_on is not None


def test_a_long_past_opens_with_the_latest(client: Client, hoa: Person) -> None:
    for number in range(LATEST + 4):
        record_consent(
            actor=SYSTEM,
            person_id=hoa.pk,
            purpose="calls",
            granted=number % 2 == 0,
            given_on=AT.date() - timedelta(days=number),
            given_how="Nói qua điện thoại",
            at=AT,
        )
    page = page_of(client, hoa)
    latest, _summary, earlier = page.partition("Xem 5 việc trước đó")
    assert latest.count("<time datetime=") == LATEST
    assert earlier.count("<time datetime=") == 5


def test_people_of_elsewhere_are_not_there(ground: Ground, client: Client) -> None:
    far = a_person(ground.there, "Lê Văn Xa")
    assert client.get(reverse("people:person", args=[far.pk])).status_code == 404


def test_the_business_of_an_owner_stands_on_the_page(
    client: Client, hoa: Person, ground: Ground
) -> None:
    assert "Cơ sở kinh doanh" not in page_of(client, hoa)
    open_change(actor=SYSTEM, action="test", at=AT)
    Establishment.objects.create(
        name="Tạp hoá Hoà",
        name_fold="tap hoa hoa",
        owner=hoa,
        tax_code="8012345678",
        tax_method="declaration",
        worker_count=6,
        unit=ground.here,
        unit_today=ground.here,
    )
    page = " ".join(page_of(client, hoa).split())
    assert "Tạp hoá Hoà" in page
    assert '<td>Kê khai</td><td class="num">6</td>' in page
