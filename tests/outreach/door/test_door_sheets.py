"""Sheets in walking order, filled sheets typed in, people met added, households covered."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from tests.accounts.conftest import country
from tests.administration.people import AT, SYSTEM, TODAY
from tests.outreach.conftest import Drive, drive
from tests.outreach.lists import owns, together
from tests.registry.conftest import a_person, ground

from vandong.accounts.queries.scope import NotAllowed, NotVisible
from vandong.administration.people_changes import open_change
from vandong.administration.refusals import Refused
from vandong.contacts.models import Contact, Task
from vandong.outreach.door import sheets
from vandong.outreach.door.coverage import Covered, all_covered, canvass_coverage
from vandong.outreach.door.filled_sheets import FilledRow, add_met_person, record_filled_sheet
from vandong.outreach.door.sheets import answer_numbers, door_sheet, patches
from vandong.outreach.results.span import Span
from vandong.registry.models import Person

__all__ = ["country", "drive", "ground"]
pytestmark = pytest.mark.django_db
MARCH = Span(date(2026, 3, 1), date(2026, 3, 31))


def lives(drive: Drive, name: str, address: str) -> Task:
    person = a_person(drive.ground.here, name, address=address, phones=("0912345678",))
    return drive.task(person)


def test_a_sheet_goes_along_the_street_households_together(drive: Drive) -> None:
    far = lives(drive, "Lê Thị Xa", "Số 10 Phố Huế")
    near = lives(drive, "Lê Thị Gần", "Số 2 Phố Huế")
    owns(a_person(drive.ground.here), "lump_sum")
    worklist, [patch] = patches(drive.ground.officer, drive.worklist.pk)
    assert (worklist, patch.cluster_id, patch.left) == (drive.worklist, None, 2)
    sheet = door_sheet(drive.ground.officer, drive.worklist.pk, None)
    assert [row.code for row in sheet.rows] == [near.pk, far.pk]
    assert (sheet.rows[0].address, sheet.rows[0].starts_home) == ("Số 2 Phố Huế", True)
    assert "12345" not in sheet.rows[0].phone
    assert (sheet.part, sheet.parts) == (1, 1)
    with pytest.raises(NotAllowed):
        door_sheet(drive.ground.collector, drive.worklist.pk, None)
    with pytest.raises(NotVisible):
        door_sheet(drive.ground.officer, 0, None)


def test_a_long_cluster_comes_in_parts(drive: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    for number in range(5):
        lives(drive, f"Lê Thị {number}", f"Số {number} Phố Huế")
    seen = [
        row.name
        for part in (1, 2, 3)
        for row in door_sheet(drive.ground.officer, drive.worklist.pk, None, part).rows
    ]
    assert seen == [f"Lê Thị {number}" for number in range(5)]
    assert door_sheet(drive.ground.officer, drive.worklist.pk, None, 99).part == 3


def test_good_rows_are_recorded_and_the_others_come_back(drive: Drive) -> None:
    agreed, declines, wrong, blank = (lives(drive, f"Lê Thị {n}", "") for n in range(4))
    numbers = {outcome: str(number) for number, outcome in answer_numbers("join_si")}
    rows = [
        FilledRow(uuid4(), agreed.pk, numbers["agreed_join"]),
        FilledRow(uuid4(), declines.pk, numbers["declined"]),
        FilledRow(uuid4(), wrong.pk, "99"),
        FilledRow(uuid4(), blank.pk, ""),
        FilledRow(uuid4(), 0, "1"),
    ]

    def sent() -> tuple[int, dict[int, list[str]]]:
        found = record_filled_sheet(
            actor=drive.ground.officer,
            worklist_id=drive.worklist.pk,
            rows=rows,
            visited_at=AT,
            on=TODAY,
            at=AT,
        )
        return found.recorded, {
            code: [one.code for one in why] for code, why in found.problems.items()
        }

    expected = {
        declines.pk: ["decline_reason_missing"],
        wrong.pk: ["door_answer_unknown"],
        0: ["door_row_gone"],
    }
    assert sent() == (1, expected)
    assert sent() == (1, expected)
    assert Contact.objects.count() == 1
    rows[1] = replace(rows[1], reason="no_money")
    assert sent()[0] == 2
    assert set(Contact.objects.values_list("way", flat=True)) == {"door"}


def test_somebody_met_is_put_on_the_list_once(drive: Drive) -> None:
    met = a_person(drive.ground.here, "Vũ Thị Gặp")
    given = {"worklist_id": drive.worklist.pk, "person_id": met.pk, "at": AT}
    first = add_met_person(actor=drive.ground.officer, **given)
    assert add_met_person(actor=drive.ground.officer, **given) == first
    assert (first.person, first.hold_key, first.state) == (met, f"p{met.pk}", "open")
    Task.objects.update(state="withdrawn")
    assert add_met_person(actor=drive.ground.officer, **given).state == "open"
    elsewhere = a_person(drive.ground.there, "Vũ Thị Xa")
    with pytest.raises(NotVisible):
        add_met_person(actor=drive.ground.officer, **given | {"person_id": elsewhere.pk})
    drive.worklist.closed_at = AT
    drive.worklist.save()
    with pytest.raises(Refused, match="worklist_closed"):
        add_met_person(actor=drive.ground.officer, **given)


def test_households_are_covered_by_who_was_met(drive: Drive) -> None:
    ground = drive.ground
    people = [a_person(ground.here, f"Lê Thị {number}") for number in range(5)]
    together(ground, people[0], people[1])
    for person in people[2:]:
        together(ground, person)
    tasks = [drive.task(person) for person in people]
    drive.say(ground.officer, tasks[0], "not_reached", way="door")
    drive.say(ground.officer, tasks[1], "agreed_join", way="door")
    drive.say(ground.officer, tasks[2], "declined", reason="no_money", way="door")
    drive.say(ground.officer, tasks[3], "not_reached", way="door")
    drive.say(ground.officer, tasks[4], "agreed_join", way="phone")
    [found] = canvass_coverage(ground.officer, MARCH)
    assert found == Covered(ground.here.pk, ground.here.name, "", 4, 3, 1, 1, 1)
    assert all_covered((found, found)).households == 8
    april = Span(MARCH.last_on + timedelta(days=1), MARCH.last_on + timedelta(days=30))
    [later] = canvass_coverage(ground.officer, april)
    assert (later.reviewed, later.share) == (0, 0)


def test_clusters_of_a_chosen_commune(drive: Drive) -> None:
    person = a_person(drive.ground.here, "Lê Thị Hoa")
    together(drive.ground, person)
    with transaction.atomic():
        change = open_change(actor=SYSTEM, action="test", at=AT)
        Person.objects.filter(pk=person.pk).update(cluster=drive.ground.there, change=change)
    span = Span(MARCH.first_on, MARCH.last_on, drive.ground.here)
    [found] = canvass_coverage(drive.ground.officer, span)
    assert found.cluster == drive.ground.there.name
