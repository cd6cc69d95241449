"""A change taken back: nothing of it stays, nothing else is lost, and what happened since is told."""

from datetime import date

import pytest
from tests.administration.people import AT, SYSTEM
from tests.registry.conftest import Ground, a_person, country, ground

from vandong.administration.people import PersonFields, edit_person
from vandong.administration.people_changes import open_change
from vandong.administration.people_undoing import undo_change
from vandong.audit.models import AuditEvent
from vandong.registry.models import Change, Household, Participation, Person, PersonPhone

__all__ = ["country", "ground"]

pytestmark = pytest.mark.django_db


def a_list(ground: Ground, known: Person, dropped: PersonPhone) -> Change:
    """A list that brings a household of two, changes somebody known (twice) and drops a telephone."""
    change = open_change(actor=SYSTEM, action="list", at=AT)
    home = Household.objects.create(code="H9")
    for number, name in enumerate(("le van an", "le van binh")):
        person = Person.objects.create(
            full_name=name,
            name_fold=name,
            unit_today=ground.here,
            household=home,
            batch_row=number + 2,
        )
        Participation.objects.create(person=person, scheme="bhxh_tn", covered_from="2026-01-01")
    for address in ("Thôn Một", "Thôn Hai"):
        Person.objects.filter(pk=known.pk).update(address=address, change=change)
    dropped.delete()
    return change


def everything() -> list[object]:
    """All rows of people, without versions and changes."""
    return [
        {name: value for name, value in row.items() if name not in {"version", "change_id"}}
        for model in (Household, Person, PersonPhone, Participation)
        for row in model.objects.order_by("pk").values()
    ]


@pytest.fixture
def known(ground: Ground) -> Person:
    return a_person(ground.here, phones=("0912345678",), address="Thôn Đồng")


def test_all_is_as_before_and_again_changes_nothing(ground: Ground, known: Person) -> None:
    before = everything()
    change = a_list(ground, known, known.phones.get())
    done = undo_change(actor=SYSTEM, change_id=change.pk, at=AT, reason="Nhầm tệp")
    assert everything() == before
    assert done.removed == {"participation": 2, "person": 2, "household": 1}
    assert done.restored == {"person": 1, "personphone": 1}
    assert done.left == {}
    again = undo_change(actor=SYSTEM, change_id=change.pk, at=AT)
    assert (again.removed, again.restored, again.left) == ({}, {}, {})
    assert everything() == before
    assert AuditEvent.objects.filter(action="list.undone").count() == 2


def test_what_was_touched_since_stays_and_is_told(ground: Ground, known: Person) -> None:
    change = a_list(ground, known, known.phones.get())
    known.refresh_from_db()
    fields = PersonFields("Nguyễn Thị Hòa", unit_id=ground.here.pk, address="Thôn Ba")
    edit_person(
        actor=ground.officer, person_id=known.pk, version=known.version, fields=fields, at=AT
    )
    new = Person.objects.get(full_name="le van an")
    open_change(actor=SYSTEM, action="later", at=AT)
    Participation.objects.create(person=new, scheme="bhyt_hgd", covered_from=date(2026, 2, 1))
    done = undo_change(actor=SYSTEM, change_id=change.pk, at=AT)
    assert done.left == {"person": 2, "household": 1}
    assert done.removed == {"participation": 2, "person": 1}
    known.refresh_from_db()
    assert known.address == "Thôn Ba"
    assert new.participations.get().scheme == "bhyt_hgd"
    assert Household.objects.filter(code="H9").exists()
