"""Segments of an office: kept with rule and day, seen by colleagues, retired by who kept them."""

from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext
from tests.administration.people import AT, SYSTEM
from tests.registry.conftest import BORN, Ground, a_person, country, ground

from vandong.accounts.queries.scope import NotAllowed, NotVisible
from vandong.administration.people_changes import open_change
from vandong.administration.refusals import Refused
from vandong.audit.models import AuditEvent
from vandong.contacts.models import Segment
from vandong.law import law_book
from vandong.outreach.segments.conditions import BadCondition, DueWithin, Rule, read_rule
from vandong.outreach.segments.due import SCHEMES, DueItem, due_items, segment_items
from vandong.outreach.segments.people import people_count, people_ids, people_page
from vandong.outreach.segments.ready_made import ready_made
from vandong.outreach.segments.remembered import remembered_count
from vandong.outreach.segments.saved import (
    chosen_segment,
    retire_segment,
    save_segment,
    visible_segments,
)
from vandong.phrases import finding_sentence
from vandong.registry.models import Participation, Person
from vandong.registry.queries.ground import own_people

__all__ = ["country", "ground"]

pytestmark = pytest.mark.django_db
BOOK, ON = law_book(), date(2026, 10, 31)
EVERYBODY = Rule(())
FORTIES = read_rule([{"is": "age", "least": 40, "most": 49}])


def kept(ground: Ground, name: str = "Bốn mươi") -> Segment:
    return save_segment(actor=ground.collector, name=name, rule=FORTIES, book=BOOK, on=ON, at=AT)


def test_kept_with_rule_day_and_count(ground: Ground) -> None:
    a_person(ground.here, **BORN, member_id=ground.member(ground.collector).pk)
    a_person(ground.here, **BORN)
    saved = kept(ground)
    assert (saved.on, saved.found_count, saved.office) == (ON, 1, ground.organisation)
    assert chosen_segment(ground.collector, str(saved.pk)).rule == FORTIES
    assert AuditEvent.objects.filter(action="segment.saved").exists()


def test_colleagues_see_it_and_only_its_maker_retires_it(ground: Ground) -> None:
    saved = kept(ground)
    assert list(visible_segments(ground.other_collector)) == [saved]
    assert list(visible_segments(ground.officer)) == []
    with pytest.raises(NotVisible):
        chosen_segment(ground.officer, str(saved.pk))
    with pytest.raises(NotVisible):
        retire_segment(actor=ground.other_collector, segment_id=saved.pk, version=1, at=AT)
    retire_segment(actor=ground.collector, segment_id=saved.pk, version=1, at=AT)
    assert list(visible_segments(ground.collector)) == []
    assert Segment.objects.filter(pk=saved.pk).exists()


def test_what_is_refused(ground: Ground) -> None:
    kept(ground)
    with pytest.raises(Refused) as refused:
        kept(ground, " bốn MƯƠI ")
    assert [one.code for one in refused.value.findings] == ["segment_name_taken"]
    with pytest.raises(Refused) as refused:
        save_segment(actor=ground.collector, name=" ", rule=EVERYBODY, book=BOOK, on=ON, at=AT)
    assert {one.code for one in refused.value.findings} == {
        "segment_name_missing",
        "segment_rule_empty",
    }
    for actor in (ground.observer,):
        with pytest.raises(NotAllowed):
            save_segment(actor=actor, name="A", rule=FORTIES, book=BOOK, on=ON, at=AT)
        with pytest.raises(NotAllowed):
            chosen_segment(actor, "traders")


@pytest.mark.parametrize(
    "given",
    [
        {},
        [{"is": "nothing"}],
        [{"is": "age", "least": -1}],
        [{"is": "age", "least": "25"}],
        [{"is": "age", "least": True}],
        [{"is": "status", "scheme": "bhxh_tn"}],
        [{"is": "status", "scheme": "bhxh_tn", "statuses": []}],
        [{"is": "status", "scheme": "x", "statuses": ["due"]}],
        [{"is": "name", "text": "  "}],
        [{"is": "phone", "more": 1}],
        [{"is": "due_within", "scheme": "bhxh_tn", "days": 10**9}],
    ],
)
def test_rules_that_cannot_be_read(given: object) -> None:
    with pytest.raises(BadCondition):
        read_rule(given)


def test_every_ready_made_rule_survives_json() -> None:
    for one in ready_made().values():
        assert read_rule(one.rule.plain()) == one.rule


def test_everybody_counts_the_own_people_only(ground: Ground) -> None:
    mine = a_person(ground.here, member_id=ground.member(ground.collector).pk)
    other = a_person(ground.here, "Lê Văn Bình")
    away = a_person(ground.there, "Lê Văn Cường")
    seen = {
        actor.name: set(people_ids(actor, EVERYBODY, BOOK, ON))
        for actor in (ground.collector, ground.other_collector, ground.officer, SYSTEM)
    }
    assert list(seen.values()) == [
        {mine.pk},
        set(),
        {mine.pk, other.pk},
        {mine.pk, other.pk, away.pk},
    ]
    for actor in (ground.collector, ground.other_collector, ground.officer):
        assert seen[actor.name] == set(own_people(actor).values_list("pk", flat=True))
    with pytest.raises(NotAllowed):
        people_ids(ground.observer, EVERYBODY, BOOK, ON)
    with pytest.raises(NotVisible):
        people_count(ground.officer, EVERYBODY, BOOK, ON, ground.there)


def test_the_dead_and_the_merged_stand_in_no_list(ground: Ground) -> None:
    person, gone = a_person(ground.here), a_person(ground.here, "Lê Văn Bình")
    change = open_change(actor=SYSTEM, action="test", at=AT)
    Person.objects.filter(pk=person.pk).update(deceased_on=ON, change=change)
    Person.objects.filter(pk=gone.pk).update(merged_into=person, change=change)
    assert people_ids(SYSTEM, EVERYBODY, BOOK, ON) == []
    assert people_ids(SYSTEM, EVERYBODY, BOOK, date(2026, 10, 30)) == [person.pk]


def test_pages_hold_everybody_once(ground: Ground) -> None:
    people = [a_person(ground.here, f"Nguyễn Văn {number}") for number in range(53)]
    first = people_page(SYSTEM, EVERYBODY, BOOK, ON)
    second = people_page(SYSTEM, EVERYBODY, BOOK, ON, after=first.following)
    ids = [line.person_id for page in (first, second) for line in page.lines]
    assert (len(first.lines), ids) == (50, [person.pk for person in people])
    assert second.following == ""
    assert people_page(SYSTEM, EVERYBODY, BOOK, ON, after="x-1-2").lines == first.lines


def a_spell(person: Person, scheme: str, start: date, until: date, method: str = "") -> None:
    open_change(actor=SYSTEM, action="test", at=AT)
    Participation.objects.create(
        person=person, scheme=scheme, covered_from=start, covered_until=until, method=method
    )


def test_who_is_due_the_nearest_first_with_the_reason(ground: Ground) -> None:
    card, late, later = (a_person(ground.here, f"Nguyễn Văn {one}") for one in "ABC")
    a_spell(card, "bhyt_hgd", date(2025, 11, 20), date(2026, 11, 20))
    a_spell(late, "bhxh_tn", date(2026, 7, 1), date(2026, 10, 1), "3")
    a_spell(later, "bhxh_tn", date(2026, 7, 1), date(2027, 1, 1), "6")
    items = due_items(ground.officer, BOOK, ON, 30)
    assert [(one.person_id, one.scheme, one.paid_until) for one in items] == [
        (late.pk, "bhxh_tn", date(2026, 9, 30)),
        (card.pk, "bhyt_hgd", date(2026, 11, 19)),
    ]
    told = [finding_sentence(reason, "vi") for one in items for reason in one.reasons]
    assert told[1] == "BHYT hộ gia đình hết kỳ 19/11/2026, còn 20 ngày"
    assert len(due_items(ground.officer, BOOK, ON, 90)) == 3
    for days in (0, 30, 90, 400):
        whole = [
            one
            for scheme in SCHEMES
            for one in segment_items(
                ground.officer, Rule((DueWithin(scheme, days),)), BOOK, ON, scheme=scheme
            )
        ]
        quick = due_items(ground.officer, BOOK, ON, days)
        assert sorted(quick, key=_place) == sorted(whole, key=_place)


def _place(one: DueItem) -> tuple[int, str]:
    return one.person_id, one.scheme


def test_a_count_is_asked_again_only_when_the_register_changed(ground: Ground) -> None:
    from django.db import connection

    a_person(ground.here)
    assert remembered_count(ground.officer, EVERYBODY, BOOK, ON) == 1
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert remembered_count(ground.officer, EVERYBODY, BOOK, ON) == 1
    assert not any("registry_person" in one["sql"] for one in asked.captured_queries)
    a_person(ground.here, "Lê Văn Bình")
    assert remembered_count(ground.officer, EVERYBODY, BOOK, ON) == 2
