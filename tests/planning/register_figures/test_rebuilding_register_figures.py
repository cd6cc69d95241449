"""The register's figures are those of its statuses, and their identity closes on every row and day."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.administration.people import AT, SYSTEM
from tests.registry.conftest import Ground, a_person, country, ground

from vandong.accounts.queries.scope import NotAllowed
from vandong.administration.people_changes import open_change
from vandong.documents.models import Batch
from vandong.figures.models import Observation
from vandong.law import law_book
from vandong.measures.stock_identity import OUTFLOWS
from vandong.planning.register_figures import Grain, RebuildCounts, rebuild_register_figures
from vandong.registry.models import Participation, Person, Receipt
from vandong.rules.participation import Spell, participation_status

__all__ = ["country", "ground"]

pytestmark = pytest.mark.django_db
BOOK = law_book()
FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
Key = tuple[int, int | None, str, str]
REASONS = ("stopped", "to_compulsory", "to_pension", "deceased", "moved_out", "withdrawn")


def rebuild(first: date = FIRST, last: date = LAST, **more: Any) -> RebuildCounts:
    return rebuild_register_figures(
        actor=SYSTEM, book=BOOK, first_on=first, last_on=last, at=NOW, **more
    )


def figures() -> dict[tuple[Key, str], dict[date, int]]:
    """Live rows by unit, organisation, scheme and channel, and measure."""
    found: dict[tuple[Key, str], dict[date, int]] = defaultdict(dict)
    for row in Observation.objects.filter(live=True, source_kind="register"):
        key = (row.unit_id, row.organisation_id, row.scheme, row.channel)
        found[key, row.measure][row.as_of] = row.value
    return found


spell_starts = st.dates(date(2025, 6, 1), date(2026, 4, 15))


@st.composite
def stays(draw: st.DrawFn) -> list[tuple[Spell, int, str]]:
    """Spells in voluntary insurance with the organisation (0: none) and channel of each."""
    found = []
    for start in sorted(draw(st.lists(spell_starts, max_size=4, unique=True))):
        months = draw(st.integers(5, 200))
        ended = draw(st.none() | st.integers(0, 120))
        spell = Spell(
            start,
            start + timedelta(days=months),
            draw(st.sampled_from(["", "1", "3", "missing:7"])),
            start + timedelta(days=ended) if ended is not None else None,
            draw(st.sampled_from(REASONS)) if ended is not None else "",
        )
        found.append(
            (spell, draw(st.integers(0, 1)), draw(st.sampled_from(["", "post", "agency"])))
        )
    return found


def keep_all(ground: Ground, known: list[list[tuple[Spell, int, str]]]) -> dict[int, list[Spell]]:
    open_change(actor=SYSTEM, action="test", at=AT)
    Participation.objects.all().delete()
    Observation.objects.all().delete()
    people = list(Person.objects.order_by("pk"))
    made: dict[int, list[Spell]] = {}
    for person, spells in zip(people, known, strict=True):
        made[person.pk] = [spell for spell, _, _ in spells]
        for spell, office, channel in spells:
            Participation.objects.create(
                person=person,
                scheme="bhxh_tn",
                covered_from=spell.covered_from,
                covered_until=spell.covered_until,
                method=spell.method,
                ended_on=spell.ended_on,
                end_reason=spell.end_reason,
                organisation=ground.organisation if office else None,
                channel=channel,
            )
    return made


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(known=st.lists(stays(), min_size=3, max_size=3))
def test_stock_is_that_of_the_statuses_and_the_identity_closes(
    ground: Ground, known: list[list[tuple[Spell, int, str]]]
) -> None:
    while Person.objects.count() < 3:
        a_person(ground.here if Person.objects.count() < 2 else ground.there)
    made = keep_all(ground, known)
    rebuild()
    found = figures()
    home = dict(Person.objects.values_list("pk", "unit_today_id"))
    for unit in (ground.here, ground.there):
        stock = found[(unit.pk, None, "bhxh_tn", ""), "stock"]
        for day in DAYS:
            counted = sum(
                participation_status(BOOK, "bhxh_tn", spells, day).is_counted
                for person, spells in made.items()
                if home[person] == unit.pk
            )
            assert stock.get(day, 0) == counted, (unit, day)
    assert_closes(found)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(known=st.lists(stays(), min_size=2, max_size=2))
def test_months_are_the_sums_of_their_days(
    ground: Ground, known: list[list[tuple[Spell, int, str]]]
) -> None:
    while Person.objects.count() < 2:
        a_person(ground.here)
    keep_all(ground, known)
    rebuild()
    by_day = figures()
    rebuild(grain=Grain.MONTH)
    by_month = figures()
    ends = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
    for (key, measure), days in by_day.items():
        for end in ends:
            if measure == "stock":
                assert by_month[key, measure].get(end, 0) == days.get(end, 0)
            else:
                month = sum(value for day, value in days.items() if day.month == end.month)
                assert by_month[key, measure].get(end, 0) == month


moves = st.lists(st.sampled_from(DAYS), max_size=3, unique=True).map(sorted)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(known=st.lists(st.tuples(stays(), moves), min_size=2, max_size=2))
def test_the_identity_closes_for_people_who_move_too(
    ground: Ground, known: list[tuple[list[tuple[Spell, int, str]], list[date]]]
) -> None:
    homes: dict[int, list[date]] = {}
    open_change(actor=SYSTEM, action="test", at=AT)
    Participation.objects.all().delete()
    Observation.objects.all().delete()
    made: dict[int, list[Spell]] = {}
    for spells, days in known:
        person = a_person(ground.here)
        homes[person.pk], made[person.pk] = days, [one for one, _, _ in spells]
        for one, _, channel in spells:
            record_spell(person, one, channel)
        for number, day in enumerate(days):
            at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
            change = open_change(actor=SYSTEM, action="person.moved", at=at)
            to = ground.here if number % 2 else ground.there
            Person.objects.filter(pk=person.pk).update(unit_today=to, change=change)
    rebuild()
    found = figures()
    for day in DAYS:
        here = sum(
            participation_status(BOOK, "bhxh_tn", spells, day).is_counted
            and sum(moved <= day for moved in homes[person]) % 2 == 0
            for person, spells in made.items()
        )
        assert found[(ground.here.pk, None, "bhxh_tn", ""), "stock"].get(day, 0) == here, day
    assert_closes(found)


def record_spell(person: Person, one: Spell, channel: str) -> None:
    Participation.objects.create(
        person=person,
        scheme="bhxh_tn",
        covered_from=one.covered_from,
        covered_until=one.covered_until,
        method=one.method,
        ended_on=one.ended_on,
        end_reason=one.end_reason,
        channel=channel,
    )


def assert_closes(found: dict[tuple[Key, str], dict[date, int]]) -> None:
    for key in {key for key, _ in found}:
        stock = found[key, "stock"]
        for day in DAYS[1:]:
            new = sum(found[key, part].get(day, 0) for part in ("first_time", "returning"))
            assert found[key, "gross_new"].get(day, 0) == new
            came = new + found[key, "moved_in"].get(day, 0)
            went = sum(found[key, flow].get(day, 0) for flow in OUTFLOWS)
            before = stock.get(day - timedelta(days=1), 0)
            assert stock.get(day, 0) == before + came - went, (key, day)


def spell(person: Person, start: date, until: date, **more: Any) -> Participation:
    open_change(actor=SYSTEM, action="test", at=AT)
    fields = {"scheme": "bhyt_hgd", "covered_from": start, "covered_until": until}
    return Participation.objects.create(person=person, **(fields | more))


def test_who_moves_moves_between_communes_and_not_within_the_province(ground: Ground) -> None:
    person = a_person(ground.here)
    spell(person, date(2026, 1, 5), date(2027, 1, 1), channel="post")
    change = open_change(
        actor=SYSTEM, action="person.moved", at=datetime(2026, 2, 10, 2, tzinfo=UTC)
    )
    Person.objects.filter(pk=person.pk).update(
        unit_today=ground.there, unit=ground.there, change=change
    )
    rebuild()
    found, on = figures(), date(2026, 2, 10)
    here, there = (
        (unit.pk, None, "bhyt_hgd", channel)
        for unit, channel in ((ground.here, "post"), (ground.there, ""))
    )
    assert found[here, "stock"][date(2026, 2, 9)] == 1
    assert found[here, "stock"][on] == 0
    assert found[here, "moved_out"] == {on: 1}
    assert found[there, "moved_in"] == {on: 1}
    assert found[there, "stock"][on] == 1
    assert found[there, "stock"].get(date(2026, 2, 9)) is None
    whole = [key for key, measure in found if measure == "stock" and len(found[key, measure]) > 80]
    above = {key[0] for key in whole} - {ground.here.pk, ground.there.pk}
    assert above
    for unit in above:
        assert found[(unit, None, "bhyt_hgd", ""), "first_time"][date(2026, 1, 5)] == 1
        assert not found[(unit, None, "bhyt_hgd", ""), "moved_in"]
        assert not found[(unit, None, "bhyt_hgd", ""), "moved_out"]


def test_the_country_and_merged_people_are_left_out(ground: Ground) -> None:
    kept, gone = a_person(ground.here), a_person(ground.here, "Nguyễn Thị Hoà")
    for person in (kept, gone):
        spell(person, date(2026, 1, 5), date(2027, 1, 1))
    change = open_change(actor=SYSTEM, action="test", at=AT)
    Person.objects.filter(pk=gone.pk).update(merged_into=kept, change=change)
    rebuild()
    rows = Observation.objects.filter(measure="stock", as_of=LAST)
    assert {row.value for row in rows} == {1}
    assert not rows.filter(unit__kind="country").exists()


def receipt(person: Person, collected: date, covered: date, amount: int, **more: Any) -> None:
    open_change(actor=SYSTEM, action="test", at=AT)
    Receipt.objects.create(
        person=person,
        scheme="bhyt_hgd",
        covered_from=covered,
        covered_until=covered + timedelta(days=365),
        total_amount=amount,
        participant_amount=amount,
        collected_on=collected,
        **more,
    )


def test_money_counts_when_it_was_collected_and_going_on_is_no_joining(ground: Ground) -> None:
    person = a_person(ground.here)
    spell(person, date(2025, 3, 1), date(2027, 3, 1))
    receipt(person, date(2025, 2, 20), date(2025, 3, 1), 1_000_000)
    receipt(person, date(2026, 2, 15), date(2026, 3, 1), 1_200_000, channel="post")
    returned = {"remitted_on": date(2026, 2, 21), "returned_on": date(2026, 2, 22)}
    receipt(person, date(2026, 2, 20), date(2026, 3, 1), 9_000_000, **returned)
    rebuild()
    found = figures()
    whole, post = ((ground.here.pk, None, "bhyt_hgd", channel) for channel in ("", "post"))
    paid = {day: value for day, value in found[whole, "revenue"].items() if value}
    assert paid == {date(2026, 2, 15): 1_200_000}
    assert {day: value for day, value in found[whole, "renewed"].items() if value} == {
        date(2026, 2, 15): 1
    }
    assert found[post, "renewed"] == {date(2026, 2, 15): 1}
    assert not any(found[whole, "first_time"].values())


def test_nothing_new_the_second_time_and_corrections_supersede(ground: Ground) -> None:
    person = a_person(ground.here)
    one = spell(person, date(2026, 2, 1), date(2027, 2, 1))
    official = Observation.objects.create(
        unit=ground.here,
        scheme="bhyt_hgd",
        measure="stock",
        as_of=LAST,
        value=7,
        source_kind="official",
    )
    first = rebuild()
    again = rebuild()
    assert (again.new_count, again.changed_count, again.gone_count) == (0, 0, 0)
    assert again.unchanged_count == first.new_count
    assert Batch.objects.filter(kind="register_figures").count() == 1
    open_change(actor=SYSTEM, action="test", at=AT)
    one.delete()
    gone = rebuild()
    assert gone.gone_count == first.new_count
    assert not Observation.objects.filter(live=True, source_kind="register").exists()
    assert Observation.objects.filter(superseded_by__kind="register_figures").count() == (
        first.new_count
    )
    official.refresh_from_db()
    assert official.live


def test_a_day_in_a_month_counted_whole_takes_the_month_apart(ground: Ground) -> None:
    spell(a_person(ground.here), date(2026, 2, 3), date(2027, 2, 1))
    rebuild(grain=Grain.MONTH)
    done = rebuild(date(2026, 2, 10), date(2026, 2, 10))
    assert (done.first_on, done.last_on) == (date(2026, 2, 1), date(2026, 2, 28))
    joined = figures()[(ground.here.pk, None, "bhyt_hgd", ""), "first_time"]
    assert sum(joined.values()) == 1
    assert joined[date(2026, 2, 3)] == 1
    assert date(2026, 2, 28) in joined


def test_one_unit_counts_its_own_rows_only(ground: Ground) -> None:
    for unit in (ground.here, ground.there):
        spell(a_person(unit), date(2026, 2, 3), date(2027, 2, 1))
    rebuild(unit=ground.here)
    assert set(Observation.objects.values_list("unit_id", flat=True)) == {ground.here.pk}


def test_only_who_works_on_figures_counts_them(ground: Ground) -> None:
    with pytest.raises(NotAllowed):
        rebuild_register_figures(
            actor=ground.observer, book=BOOK, first_on=FIRST, last_on=LAST, at=NOW
        )
    with pytest.raises(NotAllowed):
        rebuild_register_figures(
            actor=ground.officer, book=BOOK, first_on=FIRST, last_on=LAST, at=NOW
        )
