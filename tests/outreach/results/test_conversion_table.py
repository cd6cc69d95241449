"""F7 from our own contacts, with the figures of the article as a case (S0.12)."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from uuid import uuid4

import pytest
from tests.administration.people import AT, SYSTEM, TODAY
from tests.outreach.conftest import Drive, country, drive, ground, later
from tests.outreach.test_proving import paid
from tests.registry.conftest import a_person

from vandong.accounts.queries.scope import NotAllowed
from vandong.administration.people_changes import open_change
from vandong.contacts.models import Aim, Contact, Task, Worklist
from vandong.outreach.proving import settle_claims
from vandong.outreach.results.conversion import (
    Approached,
    By,
    conversion_findings,
    conversion_table,
)
from vandong.outreach.results.span import Span
from vandong.phrases import finding_sentence
from vandong.registry.models import Person

__all__ = ["country", "drive", "ground"]

pytestmark = pytest.mark.django_db
MARCH = Span(date(2026, 3, 1), date(2026, 3, 31))


def many_people(drive: Drive, count: int) -> list[Person]:
    change = open_change(actor=SYSTEM, action="test", at=AT)
    here = drive.ground.here
    return Person.objects.bulk_create(
        [
            Person(full_name=f"Lê Thị {n}", unit=here, unit_today=here, change=change)
            for n in range(count)
        ]
    )


def listed(worklist: Worklist, people: Iterable[Person]) -> list[Task]:
    return Task.objects.bulk_create(
        [
            Task(worklist=worklist, person=one, hold_key=f"p{one.pk}", unit=worklist.unit)
            for one in people
        ]
    )


def not_reached(tasks: Iterable[Task], aim: str) -> None:
    Contact.objects.bulk_create(
        [
            Contact(
                key=uuid4(),
                task=task,
                person_id=task.person_id,
                aim=aim,
                way="phone",
                outcome="not_reached",
                captured_at=AT,
                received_at=AT,
            )
            for task in tasks
        ]
    )


def due_list(drive: Drive) -> Worklist:
    return Worklist.objects.create(
        name="Đến kỳ đóng",
        aim=Aim.RENEW_SI,
        segment="si_due",
        rule={},
        ranking={},
        on=TODAY,
        unit=drive.ground.here,
        made_at=AT,
    )


def settle() -> None:
    settle_claims(on=TODAY, at=later(days=1), zone="Asia/Ho_Chi_Minh")


def test_696_called_27_new_and_28_renewed_on_the_list_of_those_due(drive: Drive) -> None:
    """The article prints no number of those due: 120 is ours, and the renewals are told on it alone."""
    outside = listed(drive.worklist, many_people(drive, 696))
    due = listed(due_list(drive), many_people(drive, 120))
    for tasks, agreed, outcome in ((outside, 27, "agreed_join"), (due, 28, "agreed_renew")):
        for task in tasks[:agreed]:
            drive.say(drive.ground.officer, task, outcome)
            assert task.person is not None
            paid(task.person)
    not_reached(outside[27:], Aim.JOIN_SI)
    not_reached(due[28:], Aim.RENEW_SI)
    settle()
    table = conversion_table(drive.ground.officer, MARCH, By.SEGMENT, "bhxh_tn")
    assert table.new == Approached(approached=696, reached=27, agreed=27, proven=27)
    assert table.due == Approached(approached=120, reached=28, agreed=28, proven=28)
    assert table.new.rate == Fraction(27, 696)
    assert [finding_sentence(one, "vi") for one in conversion_findings(table)] == [
        "Đã liên hệ 696 người chưa tham gia BHXH tự nguyện: 27 người tham gia mới, đạt 3,88%"
        " (khoảng tin cậy 95%: 2,68% đến 5,59%).",
        "Đã liên hệ 120 người đến kỳ BHXH tự nguyện: 28 người đóng tiếp, đạt 23,33%"
        " (khoảng tin cậy 95%: 16,67% đến 31,66%).",
    ]


def test_a_word_is_agreed_and_only_a_receipt_is_proven(drive: Drive) -> None:
    first, second, third = drive.people(3)
    for task in (first, second):
        drive.say(drive.ground.officer, task, "agreed_join")
    drive.say(drive.ground.officer, third, "declined", reason="no_money")
    assert first.person is not None
    paid(first.person)
    settle()
    table = conversion_table(drive.ground.officer, MARCH, By.WAY, "bhxh_tn")
    assert [(line.key, line.new) for line in table.lines] == [("phone", Approached(3, 3, 2, 1))]
    card = conversion_table(drive.ground.officer, MARCH, By.WAY, "bhyt_hgd")
    assert (card.lines, card.new.rate, conversion_findings(card)) == ((), None, ())


def test_who_spoke_last_and_how_is_the_line_and_the_first_contact_the_day(drive: Drive) -> None:
    ground = drive.ground
    task = drive.task(a_person(ground.here), member=ground.member(ground.collector))
    drive.say(ground.collector, task, "will_decide", next_on=TODAY, script_version=3)
    drive.say(ground.officer, task, "agreed_join", way="door", at=later(days=2), on=TODAY)

    def keys(by: By) -> list[tuple[str, str]]:
        table = conversion_table(ground.officer, MARCH, by, "bhxh_tn")
        return [(line.key, line.name) for line in table.lines]

    assert keys(By.WAY) == [("door", "")]
    assert keys(By.COLLECTOR) == [("", "")]
    assert keys(By.SCRIPT) == [("", "")]
    assert keys(By.DAY) == [("2026-03-02", "")]
    assert keys(By.UNIT) == [(str(ground.here.pk), ground.here.name)]
    assert keys(By.WORKLIST) == [(str(drive.worklist.pk), drive.worklist.name)]
    april = Span(date(2026, 4, 1), date(2026, 4, 30))
    assert conversion_table(ground.officer, april, By.DAY, "bhxh_tn").lines == ()


def test_other_ground_counts_nowhere_and_a_collector_sees_no_table(drive: Drive) -> None:
    [task] = drive.people(1)
    drive.say(drive.ground.officer, task, "agreed_join")
    there = Span(MARCH.first_on, MARCH.last_on, drive.ground.there)
    assert conversion_table(drive.ground.officer, there, By.UNIT, "bhxh_tn").lines == ()
    with pytest.raises(NotAllowed):
        conversion_table(drive.ground.collector, MARCH, By.UNIT, "bhxh_tn")


def test_a_contact_taken_back_is_no_approach(drive: Drive) -> None:
    [task] = drive.people(1)
    slip = drive.say(drive.ground.officer, task, "agreed_join").contact
    Contact.objects.filter(pk=slip.pk).update(undone_at=AT + timedelta(minutes=1))
    assert conversion_table(drive.ground.officer, MARCH, By.DAY, "bhxh_tn").new == Approached()
