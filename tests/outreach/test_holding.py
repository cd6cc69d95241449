"""Who has whom in hand: never two, never for good."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from tests.administration.people import AT, TODAY, someone
from tests.outreach.conftest import Drive, later
from tests.registry.conftest import Ground, a_person

from vandong.accounts.models import Member, Role
from vandong.accounts.queries.scope import Actor, NotAllowed, NotVisible, actor_for
from vandong.administration.refusals import Refused
from vandong.contacts.models import Hold, HoldEnd, Task
from vandong.outreach.holding import end_expired_holds, give_back, hand_over, take_next

pytestmark = pytest.mark.django_db


def taken(drive: Drive, actor: Actor, count: int | None = None, **span: float) -> list[int]:
    at = later(**span)
    found = take_next(actor=actor, worklist_id=drive.worklist.pk, on=at.date(), at=at, count=count)
    return [task.pk for task in found.tasks]


def test_the_best_come_first_and_nobody_twice(drive: Drive) -> None:
    tasks = [task.pk for task in drive.people(5)]
    assert taken(drive, drive.ground.collector, 2) == tasks[:2]
    assert taken(drive, drive.ground.other_collector, 2) == tasks[2:4]
    assert taken(drive, drive.ground.collector, 2) == [*tasks[:2], tasks[4]]


def test_a_household_comes_whole_and_is_in_one_hand(drive: Drive) -> None:
    here = drive.ground.here
    first = drive.task(a_person(here, "Lê Thị Mai"), 9, key="h7")
    second = drive.task(a_person(here, "Lê Văn Nam"), 1, key="h7")
    alone = drive.task(a_person(here, "Vũ Thị Hằng"), 5)
    assert taken(drive, drive.ground.collector, 1) == [first.pk, second.pk]
    assert taken(drive, drive.ground.other_collector) == [alone.pk]


def test_people_of_a_name_are_given_to_nobody_else(drive: Drive) -> None:
    mine = drive.ground.member(drive.ground.other_collector)
    own = drive.task(a_person(drive.ground.here), 1, member=mine)
    free = drive.task(a_person(drive.ground.here, "Vũ Thị Hằng"), 5)
    assert taken(drive, drive.ground.collector) == [free.pk]
    assert taken(drive, drive.ground.other_collector) == [own.pk]


def test_a_full_hand_gets_nobody_new(drive: Drive) -> None:
    drive.people(25)
    assert len(taken(drive, drive.ground.collector)) == 20
    assert len(taken(drive, drive.ground.collector, 5)) == 20


def test_what_was_held_too_long_is_free_again(drive: Drive) -> None:
    [task] = drive.people(1)
    assert taken(drive, drive.ground.collector) == [task.pk]
    assert taken(drive, drive.ground.other_collector, hours=7, minutes=59) == []
    assert taken(drive, drive.ground.other_collector, hours=8) == [task.pk]
    assert [hold.end for hold in Hold.objects.order_by("id")] == [HoldEnd.EXPIRED, ""]


def test_the_day_to_come_back_is_waited_for(drive: Drive) -> None:
    task = drive.task(a_person(drive.ground.here), next_on=later(days=2).date(), state="waiting")
    assert taken(drive, drive.ground.collector) == []
    assert taken(drive, drive.ground.collector, days=2) == [task.pk]


def test_given_back_at_the_end_of_the_day(drive: Drive) -> None:
    tasks = [task.pk for task in drive.people(2)]
    taken(drive, drive.ground.collector)
    assert give_back(actor=drive.ground.collector, on=TODAY, at=later(hours=1)) == 2
    assert taken(drive, drive.ground.other_collector, hours=1) == tasks
    assert end_expired_holds(at=later(hours=2)) == 0


def test_a_closed_list_and_foreign_ground_give_nobody(drive: Drive) -> None:
    drive.people(1)
    stranger = actor_for(someone("la", Role.COLLECTOR, unit=drive.ground.there), TODAY)
    with pytest.raises(NotVisible):
        taken(drive, stranger)
    with pytest.raises(NotAllowed):
        taken(drive, drive.ground.observer)
    with pytest.raises(NotAllowed, match="not_at_work"):
        taken(drive, drive.ground.officer)
    drive.worklist.closed_at = AT
    drive.worklist.save()
    with pytest.raises(Refused, match="worklist_closed"):
        taken(drive, drive.ground.collector)


def test_a_leavers_people_go_to_a_colleague_in_one_act(drive: Drive) -> None:
    leaver = drive.ground.member(drive.ground.collector)
    taker = drive.ground.member(drive.ground.other_collector)
    own = drive.task(a_person(drive.ground.here), 3, member=leaver)
    free = drive.task(a_person(drive.ground.here, "Vũ Thị Hằng"))
    taken(drive, drive.ground.collector)
    given = {"from_member_id": leaver.pk, "to_member_id": taker.pk, "at": later(hours=1)}
    with pytest.raises(NotAllowed):
        hand_over(actor=drive.ground.collector, **given)  # type: ignore[arg-type]
    assert hand_over(actor=drive.ground.officer, **given) == 1  # type: ignore[arg-type]
    assert taken(drive, drive.ground.other_collector, hours=1) == [own.pk, free.pk]


@pytest.mark.django_db(transaction=True)
def test_fifty_workers_who_press_at_once_share_no_household(ground: Ground, drive: Drive) -> None:
    """Households of two people, asked for in small bites by many connections at the same time."""
    for number in range(60):
        for name in ("Nguyễn Văn", "Nguyễn Thị"):
            drive.task(a_person(ground.here, f"{name} {number}"), number, key=f"h{number}")
    workers = []
    for number in range(50):
        user = someone(f"w{number}", Role.COLLECTOR, unit=ground.here)
        Member.objects.create(
            organisation=ground.organisation, staff_code=f"w{number}", full_name="", user=user
        )
        workers.append(actor_for(user, TODAY))
    gate = threading.Barrier(8)

    def press(lane: int) -> None:
        gate.wait()
        for actor in workers[lane::8]:
            taken(drive, actor, 2)
        connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(press, range(8)))
    holds = list(Hold.objects.filter(ended_at__isnull=True).values_list("key", "member_id"))
    assert len(holds) == 50
    assert len({key for key, _ in holds}) == 50
    assert len({member for _, member in holds}) == 50
    assert Task.objects.filter(hold_key__in=[key for key, _ in holds]).count() == 100
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database
            WHERE locktype = 'advisory' AND datname = current_database()"""
        )
        assert cursor.fetchone() == (0,)
