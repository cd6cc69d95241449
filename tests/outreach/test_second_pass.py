"""Whoever was not reached is tried again on a list of its own."""

import pytest
from tests.administration.people import AT, TODAY
from tests.outreach.conftest import Drive, later
from tests.outreach.lists import known, says_no

from vandong.accounts.queries.scope import NotAllowed
from vandong.administration.refusals import Refused
from vandong.contacts.models import Task, Worklist
from vandong.outreach.second_pass import make_second_pass, unreached_count
from vandong.outreach.worklists import close_worklist

pytestmark = pytest.mark.django_db


def again(drive: Drive, name: str = "Lượt hai") -> Worklist:
    return make_second_pass(
        actor=drive.ground.officer,
        worklist_id=drive.worklist.pk,
        name=name,
        on=TODAY,
        at=later(hours=1),
    )


def never_met(drive: Drive, name: str, times: int = 4) -> Task:
    task = drive.task(known(drive.ground, name), 7, reasons=[{"code": "interest", "points": 7}])
    for _ in range(times):
        drive.say(drive.ground.officer, task, "not_reached")
    return task


def test_only_whom_the_list_has_given_up(drive: Drive) -> None:
    task = never_met(drive, "Không gặp")
    never_met(drive, "Còn thử", times=1)
    met = drive.task(known(drive.ground, "Đã gặp"))
    drive.say(drive.ground.officer, met, "declined", reason="no_money")
    assert unreached_count(drive.worklist) == 1
    second = again(drive)
    [copy] = Task.objects.filter(worklist=second)
    assert (copy.person_id, copy.points, copy.reasons) == (task.person_id, 7, task.reasons)
    assert (copy.state, copy.attempt_count, copy.outcome) == ("open", 0, "")
    assert (second.aim, second.ranking) == (drive.worklist.aim, drive.worklist.ranking)
    with pytest.raises(Refused, match="second_pass_nobody"):
        again(drive, "Lượt ba")
    assert Worklist.objects.count() == 2


def test_a_closed_list_gives_all_of_them_and_who_said_no_stays_out(drive: Drive) -> None:
    never_met(drive, "Còn thử", times=1)
    silent = never_met(drive, "Không gọi", times=1)
    assert silent.person is not None
    says_no(silent.person)
    close_worklist(actor=drive.ground.officer, worklist_id=drive.worklist.pk, version=1, at=AT)
    second = again(drive)
    assert [
        task.person.full_name for task in Task.objects.filter(worklist=second) if task.person
    ] == ["Còn thử"]


def test_an_office_names_it(drive: Drive) -> None:
    never_met(drive, "Không gặp")
    with pytest.raises(Refused, match="worklist_name_missing"):
        again(drive, " ")
    with pytest.raises(NotAllowed):
        make_second_pass(
            actor=drive.ground.collector,
            worklist_id=drive.worklist.pk,
            name="Lượt hai",
            on=TODAY,
            at=AT,
        )
