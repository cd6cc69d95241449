"""People given by name: level, cluster by cluster, households whole, the same every time."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.administration.people import AT, TODAY
from tests.outreach.conftest import Drive, later
from tests.outreach.lists import known
from tests.registry.conftest import a_person

from vandong.accounts.models import Member
from vandong.accounts.queries.scope import NotAllowed, NotVisible
from vandong.administration.refusals import Refused
from vandong.audit.models import AuditEvent
from vandong.contacts.models import Task
from vandong.outreach.assigning import (
    Collector,
    Home,
    assign_tasks,
    assignment_preview,
    collectors,
    free_tasks,
    shared,
)
from vandong.outreach.holding import take_next

_HOMES = st.lists(
    st.tuples(st.integers(1, 5), st.sampled_from("ABC"), st.sampled_from(["", "1", "2"])),
    max_size=40,
)


@given(homes=_HOMES, loads=st.lists(st.integers(0, 30), min_size=1, max_size=6))
def test_loads_end_level_and_households_stay_whole(
    homes: list[tuple[int, str, str]], loads: list[int]
) -> None:
    """Whoever gets somebody ends within two households of everybody else; each has one run of places."""
    given_homes = [
        Home(f"h{number}", count, (unit, cluster), None)
        for number, (count, unit, cluster) in enumerate(homes)
    ]
    people = [Collector(number, "", "", load) for number, load in enumerate(loads, start=1)]
    found = shared(given_homes, people)
    assert set(found) == {home.key for home in given_homes}
    assert found == shared(list(reversed(given_homes)), people)
    after = {one.member_id: one.load for one in people}
    got = dict.fromkeys(after, 0)
    for home in given_homes:
        after[found[home.key]] += home.count
        got[found[home.key]] += home.count
    taking = [one for one in after if got[one]]
    for one in taking:
        assert after[one] <= min(after.values()) + 5 + 5 + 1
    order = [found[home.key] for home in sorted(given_homes, key=lambda one: (one.place, one.key))]
    assert sum(before != now for before, now in pairwise(order)) < len(people)


def test_who_looks_after_somebody_keeps_the_household() -> None:
    homes = [
        Home("h1", 2, ("A", ""), 7),
        Home("h2", 2, ("A", ""), None),
        Home("h3", 2, ("A", ""), 9),
    ]
    people = [Collector(7, "", "", 0), Collector(8, "", "", 0)]
    found = shared(homes, people)
    assert found["h1"] == 7
    assert sorted(found.values()) in ([7, 7, 8], [7, 8, 8])


def members(drive: Drive) -> list[int]:
    ground = drive.ground
    return [ground.member(one).pk for one in (ground.collector, ground.other_collector)]


@pytest.mark.django_db
def test_everybody_free_is_given_once(drive: Drive) -> None:
    drive.people(5)
    pair = [
        drive.task(a_person(drive.ground.here, name), key="h9") for name in ("Lê Mai", "Lê Nam")
    ]
    words = {"worklist_id": drive.worklist.pk, "on": TODAY, "at": AT}
    shown = assignment_preview(actor=drive.ground.officer, member_ids=members(drive), **words)  # type: ignore[arg-type]
    assert sorted(one.count for one in shown) in ([3, 4], [2, 5])
    assert not Task.objects.filter(member__isnull=False).exists()
    made = assign_tasks(actor=drive.ground.officer, member_ids=members(drive), **words)  # type: ignore[arg-type]
    assert made == shown
    assert not Task.objects.filter(member__isnull=True).exists()
    for task in pair:
        task.refresh_from_db()
    assert pair[0].member_id == pair[1].member_id
    again = assign_tasks(actor=drive.ground.officer, member_ids=members(drive), **words)  # type: ignore[arg-type]
    assert [one.count for one in again] == [0, 0]
    assert {one.load for one in collectors(drive.ground.officer, TODAY)} == {
        one.load_after for one in made
    }
    assert AuditEvent.objects.filter(action="worklist.assigned").count() == 2


@pytest.mark.django_db
def test_what_somebody_has_in_hand_stays_and_is_given_to_nobody(drive: Drive) -> None:
    drive.people(3)
    took = take_next(
        actor=drive.ground.collector, worklist_id=drive.worklist.pk, on=TODAY, at=AT, count=1
    )
    [share] = assign_tasks(
        actor=drive.ground.officer,
        worklist_id=drive.worklist.pk,
        member_ids=members(drive)[1:],
        on=TODAY,
        at=later(hours=1),
    )
    assert share.count == 2
    assert Task.objects.get(member__isnull=True).pk == took.tasks[0].pk


@pytest.mark.django_db
def test_people_are_taken_back_for_others(drive: Drive) -> None:
    drive.people(2)
    one = members(drive)[0]
    words = {"actor": drive.ground.officer, "worklist_id": drive.worklist.pk}
    assign_tasks(**words, member_ids=[one], on=TODAY, at=AT)  # type: ignore[arg-type]
    assert free_tasks(**words, member_id=one, at=AT) == 2  # type: ignore[arg-type]
    assert free_tasks(**words, member_id=one, at=AT) == 0  # type: ignore[arg-type]
    assert Task.objects.filter(member__isnull=True).count() == 2


@pytest.mark.django_db
def test_offices_give_to_their_own_people_only(drive: Drive) -> None:
    drive.people(1)
    words = {"worklist_id": drive.worklist.pk, "on": TODAY, "at": AT}
    with pytest.raises(NotAllowed):
        assign_tasks(actor=drive.ground.collector, member_ids=members(drive), **words)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        collectors(drive.ground.collector, TODAY)
    stranger = Member.objects.create(
        organisation=drive.ground.organisation, staff_code="x", full_name="Không đăng nhập"
    )
    with pytest.raises(Refused, match="assign_stranger"):
        assign_tasks(actor=drive.ground.officer, member_ids=[stranger.pk], **words)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="assign_nobody"):
        assign_tasks(actor=drive.ground.officer, member_ids=[], **words)  # type: ignore[arg-type]
    drive.worklist.closed_at = AT
    drive.worklist.save()
    with pytest.raises(Refused, match="worklist_closed"):
        assign_tasks(actor=drive.ground.officer, member_ids=members(drive), **words)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_from_a_list_of_the_province_one_takes_people_of_the_own_commune(drive: Drive) -> None:
    ground = drive.ground
    here = drive.task(known(ground, "Ở đây"))
    there = drive.task(known(ground, "Nơi khác"))
    Task.objects.filter(pk=there.pk).update(unit=ground.there)
    drive.worklist.unit = ground.here.placements.filter(valid_until=None)[0].parent  # type: ignore[attr-defined]
    drive.worklist.save()
    taken = take_next(actor=ground.collector, worklist_id=drive.worklist.pk, on=TODAY, at=AT).tasks
    assert [task.pk for task in taken] == [here.pk]
    Task.objects.filter(pk=there.pk).update(member=ground.member(ground.collector))
    taken = take_next(
        actor=ground.collector, worklist_id=drive.worklist.pk, on=TODAY, at=later(hours=1)
    ).tasks
    assert {task.pk for task in taken} == {here.pk, there.pk}
    drive.worklist.unit = ground.there
    drive.worklist.save()
    with pytest.raises(NotVisible):
        take_next(actor=ground.other_collector, worklist_id=drive.worklist.pk, on=TODAY, at=AT)
