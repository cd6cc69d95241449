"""Lists made of a segment: who is on them, why, in which order, and who is left out."""

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.administration.people import AT, TODAY
from tests.outreach.conftest import Drive, later
from tests.outreach.lists import (
    at_office,
    card_holder,
    known,
    numbers_are,
    owns,
    says_no,
    spell,
    together,
)
from tests.registry.conftest import Ground

from vandong.accounts.queries.scope import NotAllowed, NotVisible
from vandong.administration.refusals import Refused, StaleVersion
from vandong.audit.models import AuditEvent
from vandong.contacts.models import Hold, Task, Worklist
from vandong.law import law_book
from vandong.outreach.holding import take_next
from vandong.outreach.priority import Factor, Weights, first_weights, weights_of
from vandong.outreach.ranking import office_weights, save_weights
from vandong.outreach.worklists import (
    Preview,
    Wanted,
    change_way,
    close_worklist,
    make_worklist,
    reopen_worklist,
    worklist_preview,
)

pytestmark = pytest.mark.django_db


def asked(ground: Ground, **given: object) -> Wanted:
    words = {"segment": "household_card", "aim": "join_si", "way": "phone", "name": "Hộ có thẻ"}
    return Wanted(**words | {"unit_id": ground.here.pk} | given)  # type: ignore[arg-type]


def preview(ground: Ground, **given: object) -> Preview:
    return worklist_preview(
        actor=ground.officer, wanted=asked(ground, **given), book=law_book(), on=TODAY
    )


def made(ground: Ground, **given: object) -> Worklist:
    return make_worklist(
        actor=ground.officer, wanted=asked(ground, **given), book=law_book(), on=TODAY, at=AT
    )


def test_a_list_is_frozen_with_people_reasons_and_points(ground: Ground) -> None:
    young = card_holder(ground, "Lê Thị Mai", days=5, years=30)
    old = card_holder(ground, "Vũ Văn Nam", days=200, years=60)
    worklist = made(ground)
    tasks = list(Task.objects.filter(worklist=worklist).order_by("-points"))
    assert [task.person_id for task in tasks] == [young.pk, old.pk]
    assert [(one["code"], one["points"]) for one in tasks[0].reasons] == [
        ("due_near", 40),
        ("age_band", 20),
        ("phone_untried", 5),
    ]
    assert tasks[0].reasons[0]["values"] == {
        "last_on": (TODAY + timedelta(days=4)).isoformat(),
        "scheme": "bhyt_hgd",
    }
    assert tasks[0].reasons[1]["values"] == {"years": 30}
    assert [task.points for task in tasks] == [65, 5]
    assert tasks[0].hold_key == f"p{young.pk}"
    assert (worklist.on, worklist.ranking) == (TODAY, first_weights().plain())
    assert {one["is"] for one in worklist.rule} == {"counted", "age", "compulsory"}
    assert AuditEvent.objects.get(action="worklist.made").after["tasks"] == 2


def test_who_is_left_out_is_counted_by_the_first_reason(ground: Ground) -> None:
    kept = card_holder(ground, "Lê Thị Mai")
    spell(card_holder(ground, "Đã tham gia"), "bhxh_tn", 30, method="1")
    says_no(card_holder(ground, "Không gọi"))
    no_number = card_holder(ground, "Không số", phones=())
    says_no(no_number)
    card_holder(ground, "Chưa có số", phones=())
    numbers_are(card_holder(ground, "Sai số"), "wrong")
    owns(card_holder(ground, "Chưa rõ thuế"), "unknown")
    owns(card_holder(ground, "Kê khai"), "declaration")
    owns(card_holder(ground, "Khoán"), "flat_rate")
    shown = preview(ground)
    assert shown.excluded == {
        "compulsory_unclear": 1,
        "no_calls": 2,
        "no_number": 1,
        "wrong_number": 1,
    }
    assert (shown.found_count, shown.listed_count) == (7, 2)
    assert kept.pk in {one.person_id for one in shown.first}
    everybody = preview(ground, segment="no_personal_id")
    assert everybody.excluded["already_in"] == 1
    assert everybody.excluded["compulsory"] == 1
    assert everybody.found_count == 9 == everybody.listed_count + sum(everybody.excluded.values())


def test_a_list_for_the_door_needs_no_number(ground: Ground) -> None:
    card_holder(ground, "Không số", phones=())
    numbers_are(card_holder(ground, "Sai số"), "dead")
    assert preview(ground).excluded == {"no_number": 1, "wrong_number": 1}
    assert preview(ground, way="door").listed_count == 2


def test_a_word_taken_back_counts_no_more(ground: Ground) -> None:
    person = card_holder(ground, "Lê Thị Mai")
    says_no(person, given_on=TODAY - timedelta(days=9), withdrawn_on=TODAY)
    assert preview(ground).excluded == {}


def test_only_who_was_in_can_go_on(ground: Ground) -> None:
    spell(known(ground, "Đang đóng"), "bhxh_tn", 9, method="1")
    known(ground, "Chưa bao giờ")
    shown = preview(ground, segment="no_personal_id", aim="renew_si")
    assert shown.excluded == {"never_in": 1}
    assert [one["code"] for one in shown.first[0].reasons] == ["due_soon", "phone_untried"]


def test_who_was_spoken_to_lately_is_left_in_peace(drive: Drive) -> None:
    ground = drive.ground
    for name, outcome, days in (
        ("Vừa gặp", "declined", 3),
        ("Gặp lâu rồi", "declined", 31),
        ("Chưa gặp được", "not_reached", 3),
        ("Quan tâm", "will_decide", 40),
    ):
        task = drive.task(card_holder(ground, name))
        moment, day = later(days=-days), TODAY - timedelta(days=days)
        more = {"reason": "no_money"} if outcome == "declined" else {"next_on": TODAY}
        drive.say(ground.officer, task, outcome, at=moment, on=day, **more)
    close_worklist(
        actor=ground.officer, worklist_id=drive.worklist.pk, version=drive.worklist.version, at=AT
    )
    shown = preview(ground)
    assert shown.excluded == {"contacted": 1}
    assert [one["code"] for one in shown.first[0].reasons] == ["interest", "phone_untried"]
    assert preview(ground, rest_days=2).excluded == {}
    assert preview(ground, rest_days=60).excluded == {"contacted": 3}


def test_other_open_lists_are_shown_and_their_people_left_out(ground: Ground) -> None:
    card_holder(ground, "Lê Thị Mai")
    first = made(ground)
    card_holder(ground, "Vũ Văn Nam")
    shown = preview(ground)
    assert shown.excluded == {"on_other_list": 1}
    [overlap] = shown.overlaps
    assert (overlap.worklist_id, overlap.name, overlap.count) == (first.pk, "Hộ có thẻ", 1)
    assert preview(ground, keeps_overlap=True).listed_count == 2
    close_worklist(actor=ground.officer, worklist_id=first.pk, version=first.version, at=AT)
    assert preview(ground).listed_count == 2


def test_a_household_shares_its_key_and_trust_counts(ground: Ground) -> None:
    one, two, third = (card_holder(ground, name) for name in ("Lê Mai", "Lê Nam", "Lê Hòa"))
    together(ground, one, two, third)
    spell(third, "bhxh_tn", 30, method="1")
    worklist = made(ground)
    tasks = Task.objects.filter(worklist=worklist)
    assert {task.person_id for task in tasks} == {one.pk, two.pk}
    assert len({task.hold_key for task in tasks}) == 1
    assert {reason["code"] for task in tasks for reason in task.reasons} == {
        "household_in",
        "phone_untried",
    }


def test_who_lost_a_contract_comes_earlier_unless_back_at_work(ground: Ground) -> None:
    spell(card_holder(ground, "Lê Mai"), "bhxh_bb", -30)
    long_ago = card_holder(ground, "Lê Nam")
    spell(long_ago, "bhxh_bb", -400)
    shown = preview(ground)
    codes = [{one["code"] for one in person.reasons} for person in shown.first]
    assert codes == [{"contract_ended", "phone_untried"}, {"phone_untried"}]


def test_all_problems_at_once_and_nothing_made(ground: Ground) -> None:
    with pytest.raises(Refused) as refused:
        made(ground, name=" ", aim="x", way="y", rest_days=999)
    assert {one.code for one in refused.value.findings} == {
        "worklist_name_missing",
        "worklist_aim_unknown",
        "worklist_way_unknown",
        "setting_out_of_limits",
    }
    with pytest.raises(Refused, match="worklist_nobody"):
        made(ground)
    card_holder(ground, "Lê Mai")
    made(ground)
    with pytest.raises(Refused, match="worklist_name_taken"):
        made(ground, name="hộ có THẺ")
    assert Worklist.objects.count() == 1


def test_lists_are_made_by_an_office_on_its_ground(ground: Ground) -> None:
    card_holder(ground, "Lê Mai")
    for actor, error, unit in (
        (ground.collector, NotAllowed, ground.here),
        (ground.observer, NotAllowed, ground.here),
        (ground.officer, NotVisible, ground.there),
    ):
        with pytest.raises(error):
            make_worklist(
                actor=actor,
                wanted=asked(ground, unit_id=unit.pk),
                book=law_book(),
                on=TODAY,
                at=AT,
            )
    with pytest.raises(NotVisible):
        made(ground, segment="nothing")


def test_closed_and_opened_again(ground: Ground) -> None:
    card_holder(ground, "Lê Mai")
    worklist = made(ground)
    given = {"actor": ground.officer, "worklist_id": worklist.pk, "at": AT}
    take_next(actor=ground.collector, worklist_id=worklist.pk, on=TODAY, at=AT)
    with pytest.raises(StaleVersion):
        close_worklist(**given, version=7)
    assert close_worklist(**given, version=1).closed_at == AT
    assert not Hold.objects.filter(ended_at__isnull=True).exists()
    assert reopen_worklist(**given, version=2).closed_at is None
    changed = change_way(**given, way="door", version=3, reason="Khu vực cách ly")
    assert changed.way == "door"
    with pytest.raises(Refused, match="worklist_way_unknown"):
        change_way(**given, way="pigeon", version=4)
    with pytest.raises(NotAllowed):
        close_worklist(actor=ground.collector, worklist_id=worklist.pk, version=4, at=AT)


def test_an_office_keeps_its_own_points(ground: Ground) -> None:
    mine = weights_of({"age_band": {"points": 90, "least": 45, "most": 55}, "gone": {"points": 1}})
    assert mine.plain()["due_near"] == first_weights().plain()["due_near"]
    assert "gone" not in mine.plain()
    office_id = ground.organisation.pk
    with pytest.raises(NotAllowed, match="no_office"):
        save_weights(actor=ground.officer, weights=mine, at=AT)
    at_office(ground)
    save_weights(actor=ground.officer, weights=mine, at=AT)
    assert office_weights(office_id) == mine
    assert office_weights(None) == first_weights()
    card_holder(ground, "Lê Mai", years=50)
    assert preview(ground).first[0].points == 95
    assert preview(ground, weights=first_weights()).first[0].points == 5
    bad = weights_of({"age_band": {"points": 101, "least": 60}})
    with pytest.raises(Refused) as refused:
        save_weights(actor=ground.officer, weights=bad, at=AT)
    assert {one.code for one in refused.value.findings} == {
        "setting_out_of_limits",
        "age_band_turned",
    }
    with pytest.raises(NotAllowed):
        save_weights(actor=ground.collector, weights=mine, at=AT)


_PEOPLE = st.lists(
    st.tuples(st.integers(16, 80), st.integers(-40, 60), st.sampled_from(["", "wrong", "reached"])),
    min_size=1,
    max_size=5,
)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(people=_PEOPLE, points=st.lists(st.integers(-100, 100), min_size=10, max_size=10))
def test_points_add_up_order_holds_and_nobody_is_lost(
    ground: Ground, people: list[tuple[int, int, str]], points: list[int]
) -> None:
    """Whatever the people and the weights: reasons add up to points, the order is by points, everybody of the
    segment is either on the list or counted as left out, once."""
    for number, (years, days, state) in enumerate(people):
        person = card_holder(ground, f"Người {number}", days=days, years=years)
        if state:
            numbers_are(person, state)
    weights = Weights(
        tuple(
            replace(one, points=given) if isinstance(one, Factor) else one
            for one, given in zip(first_weights().factors, points, strict=True)
        )
    )
    shown = preview(ground, segment="no_personal_id", weights=weights)
    assert shown.found_count == shown.listed_count + sum(shown.excluded.values())
    assert sum(count for _, count in shown.spread) == shown.listed_count
    for person in shown.first:
        assert sum(reason["points"] for reason in person.reasons) == person.points
        assert all(weights.plain()[one["code"]]["points"] for one in person.reasons)
    order = [person.points for person in shown.first]
    assert order == sorted(order, reverse=True)
    ids = [person.person_id for person in shown.first]
    assert len(ids) == len(set(ids))


def test_weights_cannot_be_changed_from_outside() -> None:
    factor = first_weights().factors[0]
    assert isinstance(factor.spans, MappingProxyType)
    assert first_weights().span("due_near", "days") == 7
