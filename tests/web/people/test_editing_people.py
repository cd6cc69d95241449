"""People recorded and corrected by hand: covered fields kept when left empty, nothing typed is lost."""

from datetime import date

import pytest
from django.forms import Form
from django.test import Client
from django.urls import reverse
from tests.accounts.conftest import country
from tests.administration.people import AT, SYSTEM
from tests.registry.conftest import BORN, Ground, a_person, ground
from tests.web.offers.test_kept_advice_pages import signed_in

from vandong.accounts.models import User
from vandong.administration.people_changes import open_change
from vandong.registry.models import Household, Person

__all__ = ["country", "ground"]
pytestmark = pytest.mark.django_db
NEW = "people:new"
NUMBERS = {"personal_id": "001180012345", "si_number": "0124286402", "phones": ("0912345678",)}


@pytest.fixture
def client(ground: Ground) -> Client:
    return signed_in(User.objects.get(username="can_bo"))


@pytest.fixture
def hoa(ground: Ground) -> Person:
    return a_person(ground.here, "Nguyễn Thị Hoà", **BORN, **NUMBERS)


def typed(ground: Ground, **more: object) -> dict[str, object]:
    return {"full_name": "Trần Văn Bình", "unit_id": ground.here.pk, **more}


def text_of(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def sent(form: Form) -> dict[str, object]:
    """What a browser sends of a form as it stands."""
    return {name: form[name].value() for name in form.fields if form[name].value()}


def saved(client: Client, person: Person, **more: object) -> str:
    """The edit form sent as it opens, but for what is given."""
    untouched = sent(client.get(reverse("people:edit", args=[person.pk])).context["form"])
    address = reverse("people:edit", args=[person.pk])
    return text_of(client.post(address, {**untouched, **more}, follow=True))


def test_somebody_new_is_recorded_with_a_year_alone(client: Client, ground: Ground) -> None:
    given = typed(ground, birth_on="1987", sex="M", phones="0912 345 678, 0388729432")
    page = text_of(client.post(reverse(NEW), given, follow=True))
    made = Person.objects.get()
    assert "Đã ghi người mới." in page
    assert (made.birth_on, made.birth_precision, made.sex) == (date(1987, 1, 1), "year", "M")
    assert list(made.phones.order_by("rank").values_list("number", flat=True)) == [
        "0912345678",
        "0388729432",
    ]


def test_every_fault_is_told_beside_its_field_and_what_was_typed_stays(
    client: Client, ground: Ground
) -> None:
    given = typed(ground, birth_on="31/02/1990", personal_id="12", phones="abc", address="Xóm 3")
    page = text_of(client.post(reverse(NEW), given))
    assert "31/02/1990" in page
    assert 'value="Xóm 3"' in page
    assert not Person.objects.exists()
    page = text_of(client.post(reverse(NEW), given | {"birth_on": ""}))
    assert page.count("field-error") >= 2
    assert 'value="Trần Văn Bình"' in page
    empty = text_of(client.post(reverse(NEW), {}))
    assert "Chưa có: Họ và tên." in empty
    assert "Hãy chọn xã, phường." in empty


def test_a_commune_of_others_cannot_be_chosen(client: Client, ground: Ground) -> None:
    client.post(reverse(NEW), typed(ground) | {"unit_id": ground.there.pk})
    assert not Person.objects.exists()


def test_a_namesake_is_shown_before_somebody_is_recorded_twice(
    client: Client, ground: Ground, hoa: Person
) -> None:
    given = typed(ground) | {"full_name": "nguyễn thị hòa", "birth_on": str(BORN["birth_on"].year)}
    page = text_of(client.post(reverse(NEW), given))
    assert "Có thể người này đã có" in page
    assert reverse("people:person", args=[hoa.pk]) in page
    assert "001180012345" not in page
    assert Person.objects.count() == 1
    client.post(reverse(NEW), given | {"is_other": "1"})
    assert Person.objects.count() == 2


def test_covered_fields_left_empty_stay(client: Client, hoa: Person) -> None:
    page = client.get(reverse("people:edit", args=[hoa.pk])).content.decode()
    assert not any(whole in page for whole in ("001180012345", "0124286402", "0912345678"))
    assert "Đã lưu." in saved(client, hoa, ethnicity="Tày")
    hoa.refresh_from_db()
    assert (hoa.ethnicity, hoa.personal_id, hoa.birth_on) == (
        "Tày",
        "001180012345",
        BORN["birth_on"],
    )
    assert hoa.phones.count() == 1


def test_what_is_wrong_altogether_goes(client: Client, hoa: Person) -> None:
    saved(client, hoa, gone=["si_number"], kept_phones=[], phones="0388729432", birth_on="1981")
    hoa.refresh_from_db()
    assert (hoa.si_number, hoa.personal_id) == ("", "001180012345")
    assert (hoa.birth_on, hoa.birth_precision) == (date(1981, 1, 1), "year")
    assert list(hoa.phones.values_list("number", flat=True)) == ["0388729432"]


def test_a_place_in_the_household_is_corrected(client: Client, hoa: Person, ground: Ground) -> None:
    assert (
        "relation" not in client.get(reverse("people:edit", args=[hoa.pk])).context["form"].fields
    )
    open_change(actor=SYSTEM, action="test", at=AT)
    home = Household.objects.create(code="H1", unit=ground.here, unit_today=ground.here)
    Person.objects.filter(pk=hoa.pk).update(
        household=home, change=open_change(actor=SYSTEM, action="test", at=AT)
    )
    saved(client, hoa, relation="head", household_order="1")
    hoa.refresh_from_db()
    assert (hoa.relation, hoa.household_order, hoa.household_id) == ("head", 1, home.pk)


def test_somebody_else_was_quicker_and_nothing_typed_is_lost(client: Client, hoa: Person) -> None:
    untouched = sent(client.get(reverse("people:edit", args=[hoa.pk])).context["form"])
    saved(client, hoa, ethnicity="Tày")
    address = reverse("people:edit", args=[hoa.pk])
    page = client.post(address, untouched | {"ethnicity": "Nùng"})
    assert "vừa được người khác sửa" in text_of(page)
    assert 'value="Nùng"' in text_of(page)
    client.post(address, sent(page.context["form"]))
    hoa.refresh_from_db()
    assert hoa.ethnicity == "Nùng"


def test_a_number_of_somebody_else_is_refused(client: Client, hoa: Person, ground: Ground) -> None:
    other = a_person(ground.here, "Lê Thị Ngân")
    page = saved(client, other, personal_id="001180012345")
    assert "đã thuộc về một người khác" in page
    other.refresh_from_db()
    assert other.personal_id == ""
