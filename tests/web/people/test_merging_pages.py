"""Two rows of one person: found, laid side by side with numbers covered, merged, parted again."""

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
from vandong.registry.models import Participation, Person

__all__ = ["country", "ground"]
pytestmark = pytest.mark.django_db
WHOLE = {"personal_id": "001180012345", "phones": ("0912345678",)}


@pytest.fixture
def client(ground: Ground) -> Client:
    return signed_in(User.objects.get(username="can_bo"))


@pytest.fixture
def twins(ground: Ground) -> tuple[Person, Person]:
    born = {"birth_on": date(1980, 5, 2), "birth_precision": "day"}
    one = a_person(ground.here, "Nguyễn Thị Hoà", **born, **WHOLE)
    other = a_person(ground.here, "Nguyễn Thị Hòa", **born, si_number="0124286402", sex="F")
    open_change(actor=SYSTEM, action="test", at=AT)
    Participation.objects.create(
        person=other,
        scheme="bhyt_hgd",
        covered_from=date(2026, 1, 1),
        covered_until=date(2027, 1, 1),
    )
    return one, other


def text_of(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def merged(client: Client, one: Person, other: Person, kept: Person, reason: str) -> object:
    given = {
        "other": other.pk,
        "kept": kept.pk,
        f"version_{one.pk}": one.version,
        f"version_{other.pk}": other.version,
        "reason": reason,
    }
    return client.post(reverse("people:merge", args=[one.pk]), given, follow=True)


def test_the_other_row_is_offered_and_both_stand_side_by_side(
    client: Client, twins: tuple[Person, Person]
) -> None:
    one, other = twins
    offered = text_of(client.get(reverse("people:twin", args=[one.pk])))
    assert f"?voi={other.pk}" in offered
    assert f"?voi={one.pk}" not in offered
    page = text_of(client.get(reverse("people:twin", args=[one.pk]), {"voi": other.pk}))
    assert page.count("match-same") == 3  # name, day of birth, commune
    assert "match-differs" not in page
    assert not any(whole in page for whole in ("001180012345", "0124286402", "0912345678"))


def test_days_of_one_year_that_differ_are_told_apart(
    client: Client, twins: tuple[Person, Person]
) -> None:
    one, other = twins
    change = open_change(actor=SYSTEM, action="test", at=AT)
    Person.objects.filter(pk=other.pk).update(birth_on=date(1980, 6, 2), change=change)
    page = text_of(client.get(reverse("people:twin", args=[one.pk]), {"voi": other.pk}))
    assert page.count("match-differs") == 1


@pytest.mark.parametrize("stays", [0, 1])
def test_merged_whichever_stays_and_parted_again(
    client: Client, twins: tuple[Person, Person], stays: int
) -> None:
    one, other = twins
    kept, gone = twins[stays], twins[1 - stays]
    page = text_of(merged(client, one, other, kept, "Cùng căn cước"))
    assert "Đã gộp thành một người" in page
    assert "Dòng đã gộp vào người này" in page
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (gone.merged_into_id, kept.personal_id, kept.si_number) == (
        kept.pk,
        "001180012345",
        "0124286402",
    )
    assert Participation.objects.get().person_id == kept.pk
    assert AuditEvent.objects.latest("pk").reason == "Cùng căn cước"
    refused = client.post(reverse("people:part", args=[kept.pk]), {"gone": gone.pk}, follow=True)
    assert "Dòng đã gộp vào người này" in text_of(refused)
    given = {"gone": gone.pk, "reason": "Hai chị em"}
    parted = text_of(client.post(reverse("people:part", args=[kept.pk]), given, follow=True))
    assert "Đã tách lại thành hai người." in parted
    gone.refresh_from_db()
    assert gone.merged_into_id is None
    assert Participation.objects.get().person_id == other.pk


def test_without_a_reason_nothing_is_merged_and_the_choice_stays(
    client: Client, twins: tuple[Person, Person]
) -> None:
    one, other = twins
    answer = merged(client, one, other, other, " ")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert f'value="{other.pk}" checked' in text_of(answer)
    assert not Person.objects.filter(merged_into__isnull=False).exists()


def test_a_person_of_others_cannot_be_merged(
    client: Client, twins: tuple[Person, Person], ground: Ground
) -> None:
    stranger = a_person(ground.there, "Nguyễn Thị Hoà")
    answer = merged(client, twins[0], stranger, twins[0], "Cùng người")
    assert answer.status_code == 404  # type: ignore[attr-defined]
    page = client.get(reverse("people:twin", args=[twins[0].pk]), {"voi": stranger.pk})
    assert page.status_code == 404
