"""Who may see, find and count whom."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.administration.people import AT, SYSTEM, administrator
from tests.registry.conftest import BORN, Ground, a_person, country, ground

from vandong.accounts.queries.scope import Actor, NotAllowed, NotVisible
from vandong.administration.people_changes import open_change
from vandong.law import law_book
from vandong.registry.models import Household, Participation, Person
from vandong.registry.queries.counts import people_by_unit, shown_count
from vandong.registry.queries.ground import own_people, person_to_work_with
from vandong.registry.queries.people import person_page
from vandong.registry.queries.search import found_people

__all__ = ["country", "ground"]

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)
BOOK = law_book()


def names(actor: Actor, text: str) -> list[str]:
    return [line.full_name for line in found_people(actor, text).lines]


def test_officers_work_with_their_ground_collectors_with_their_own(ground: Ground) -> None:
    mine = a_person(ground.here, "Lê Văn An", member_id=ground.member(ground.collector).pk)
    here, there = a_person(ground.here), a_person(ground.there, "Trần Thị Bình")
    assert set(own_people(ground.officer)) == {mine, here}
    assert set(own_people(ground.collector)) == {mine}
    assert set(own_people(ground.other_collector)) == set()
    assert set(own_people(SYSTEM)) == {mine, here, there}
    for actor in (ground.observer, administrator()):
        with pytest.raises(NotAllowed):
            own_people(actor)
    with pytest.raises(NotVisible):
        person_to_work_with(ground.collector, here.pk)
    with pytest.raises(NotVisible):
        person_page(ground.officer, there.pk, BOOK, ON)


def test_search_reaches_further_than_work_and_is_masked(ground: Ground) -> None:
    a_person(ground.there, personal_id="024180001234", phones=("0912345678",), **BORN)
    line = found_people(ground.officer, "nguyen thi h").lines[0]
    assert not line.is_own
    assert (line.personal_id, line.phone, line.birth_year) == ("•••••••••234", "091•••••78", "1980")
    assert names(ground.collector, "nguyen thi h") == []
    with pytest.raises(NotAllowed):
        found_people(ground.observer, "nguyen")


@pytest.mark.parametrize(
    "text",
    [
        *("nguyễn thị hòa", "Nguyen Thi", "hoa", "thị hoà", "hoa nguyen"),
        *("0241800", "024180001234", "7900", "0912 345", "0912.345.678", "thi ho"),
    ],
)
def test_a_person_is_found_by_anything(ground: Ground, text: str) -> None:
    a_person(
        ground.here,
        personal_id="024180001234",
        si_number="7900123456",
        phones=("0912345678",),
    )
    a_person(ground.here, "Trần Văn Sơn", personal_id="024080009999", phones=("0987654321",))
    assert names(ground.officer, text) == ["Nguyễn Thị Hòa"]


def test_words_of_the_middle_alone_and_short_numbers_find_nobody(ground: Ground) -> None:
    a_person(ground.here, personal_id="024180001234")
    for text in ("024", "", "  ", "%", "_", "lan"):
        assert names(ground.officer, text) == []


def test_pages_go_on_without_gap_or_repetition(ground: Ground) -> None:
    for number in range(7):
        a_person(ground.here, f"Hoa Văn {'ABCDEFG'[number]}")
    for _ in range(4):
        a_person(ground.here, "Lê Thị Hoa")
    seen, after = [], None
    while True:
        page = found_people(ground.officer, "hoa", limit=3, after=after)
        seen += [line.person_id for line in page.lines]
        after = page.following
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 11


def test_the_same_number_of_queries_for_one_and_for_three(ground: Ground) -> None:
    counted = []
    found_people(ground.officer, "hoa")  # remembers whose ground it is
    for _ in range(2):
        a_person(ground.here, phones=("0912345678",))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found_people(ground.officer, "hoa")
        counted.append(len(queries))
        a_person(ground.here)
    assert counted[0] == counted[1]


def test_the_page_shows_the_household_with_others_masked(ground: Ground) -> None:
    open_change(actor=SYSTEM, action="test", at=AT)
    home = Household.objects.create(code="H1", unit_today=ground.here)
    member = ground.member(ground.collector)
    wife = a_person(
        ground.here,
        household_id=home.pk,
        relation="spouse",
        household_order=2,
        member_id=member.pk,
        address="Số 5, Thôn Đồng, Xã Tam Tiến",
        **BORN,
    )
    a_person(ground.here, "Lê Văn An", household_id=home.pk, relation="head")
    page = person_page(ground.collector, wife.pk, BOOK, ON)
    assert [(one.line.full_name, one.line.is_own) for one in page.household] == [
        ("Lê Văn An", False),
        ("Nguyễn Thị Hòa", True),
    ]
    assert page.address == "Thôn Đồng, Xã Tam Tiến"


def test_cells_under_five_are_for_the_office_that_holds_them(ground: Ground) -> None:
    people = [a_person(ground.here, f"Lê Văn {one}") for one in "ABCD"]
    people += [a_person(ground.there, f"Lê Thị {one}") for one in "ABCDE"]
    open_change(actor=SYSTEM, action="test", at=AT)
    for person in people:
        Participation.objects.create(
            person=person,
            scheme="bhxh_tn",
            covered_from="2026-01-01",
            covered_until="2026-04-01",
            method="3",
        )
    cells = {
        actor.name: {
            cell.unit_id: cell.count for cell in people_by_unit(actor, BOOK, "bhxh_tn", ON)
        }
        for actor in (ground.officer, ground.observer)
    }
    here, there = ground.here.pk, ground.there.pk
    assert cells[ground.officer.name] == {here: 4, there: 5}
    assert cells[ground.observer.name] == {here: None}
    assert (shown_count(0, True), shown_count(5, True), shown_count(1, False)) == (0, 5, 1)
    assert Person.objects.count() == 9
