"""Households by hand: joined, left, headed; one head at every moment, the past kept."""

import pytest
from tests.accounts.conftest import country
from tests.administration.people import AT, SYSTEM
from tests.registry.conftest import Ground, a_person, ground

from vandong.accounts.queries.scope import NotVisible
from vandong.administration.households import join_household, leave_household, make_head
from vandong.administration.people_undoing import undo_change
from vandong.administration.refusals import Refused, StaleVersion
from vandong.registry.models import Change, Household, Person

__all__ = ["country", "ground"]
pytestmark = pytest.mark.django_db


def join(ground: Ground, person: Person, other: Person, relation: str = "spouse") -> None:
    person.refresh_from_db()
    join_household(
        actor=ground.officer,
        person_id=person.pk,
        version=person.version,
        of_person_id=other.pk,
        relation=relation,
        at=AT,
    )
    person.refresh_from_db()
    other.refresh_from_db()


def test_who_had_no_household_gets_one_with_the_other_as_head(ground: Ground) -> None:
    hoa, binh, lan = (a_person(ground.here, name) for name in ("Hoà", "Bình", "Lan"))
    join(ground, binh, hoa)
    assert (hoa.relation, binh.relation) == ("head", "spouse")
    join(ground, lan, binh, "child")
    assert {hoa.household_id, binh.household_id, lan.household_id} == {Household.objects.get().pk}
    undo_change(actor=SYSTEM, change_id=Change.objects.latest("pk").pk, at=AT)
    lan.refresh_from_db()
    assert (lan.household_id, lan.relation) == (None, "")


def test_another_head_takes_the_place_of_the_first(ground: Ground) -> None:
    hoa, binh = a_person(ground.here, "Hoà"), a_person(ground.here, "Bình")
    join(ground, binh, hoa)
    make_head(actor=ground.officer, person_id=binh.pk, version=binh.version, at=AT)
    hoa.refresh_from_db()
    binh.refresh_from_db()
    assert (hoa.relation, binh.relation) == ("", "head")
    leave_household(actor=ground.officer, person_id=binh.pk, version=binh.version, at=AT)
    binh.refresh_from_db()
    assert (binh.household_id, binh.relation, binh.household_order) == (None, "", None)


def test_what_makes_no_sense_is_refused(ground: Ground) -> None:
    hoa, binh = a_person(ground.here, "Hoà"), a_person(ground.here, "Bình")
    codes = []
    for other, relation in ((hoa, ""), (binh, "head"), (binh, "boss")):
        with pytest.raises(Refused) as told:
            join(ground, hoa, other, relation)
        codes.append(told.value.findings[0].code)
    join(ground, binh, hoa)
    with pytest.raises(Refused) as told:
        join(ground, binh, hoa)
    codes.append(told.value.findings[0].code)
    lan = a_person(ground.here, "Lan")
    for deed in (leave_household, make_head):
        with pytest.raises(Refused) as told:
            deed(actor=ground.officer, person_id=lan.pk, version=lan.version, at=AT)
        codes.append(told.value.findings[0].code)
    assert codes == [
        "household_own",
        "household_relation",
        "household_relation",
        "household_same",
        "household_none",
        "household_none",
    ]


def test_people_of_others_and_old_versions(ground: Ground) -> None:
    hoa, stranger = a_person(ground.here, "Hoà"), a_person(ground.there, "Lạ")
    with pytest.raises(NotVisible):
        join(ground, hoa, stranger)
    binh = a_person(ground.here, "Bình")
    with pytest.raises(StaleVersion):
        join_household(
            actor=ground.officer,
            person_id=binh.pk,
            version=binh.version + 1,
            of_person_id=hoa.pk,
            relation="",
            at=AT,
        )
