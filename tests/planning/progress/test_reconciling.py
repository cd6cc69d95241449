"""A month taken apart: the register closes by itself, reported figures beside it show what they leave open."""

from datetime import UTC, date, datetime

import pytest
from tests.administration.people import AT, SYSTEM
from tests.figures.factories import observe, observe_stock
from tests.registry.conftest import Ground, a_person, country, ground

from vandong.administration.people_changes import open_change
from vandong.figures.models import Observation
from vandong.law import law_book
from vandong.planning.progress.reading import trend, unit_progress
from vandong.planning.progress.reconciling import month_reconciliation
from vandong.planning.register_figures import rebuild_register_figures
from vandong.registry.models import Participation

__all__ = ["country", "ground"]

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 31)


@pytest.fixture
def counted(ground: Ground) -> Ground:
    """Six in since January; one comes back in March, two come new, one's card runs out."""
    spells = [
        *[(date(2026, 1, 1), date(2027, 1, 1))] * 5,
        (date(2025, 3, 10), date(2026, 3, 10)),
        *[(date(2026, 3, 5), date(2027, 3, 5))] * 2,
    ]
    people = [a_person(ground.here, f"Nguyễn Văn {number}") for number in range(8)]
    open_change(actor=SYSTEM, action="test", at=AT)
    for person, (start, until) in zip(people, spells, strict=True):
        Participation.objects.create(
            person=person, scheme="bhyt_hgd", covered_from=start, covered_until=until
        )
    Participation.objects.create(
        person=people[5],
        scheme="bhyt_hgd",
        covered_from=date(2026, 3, 20),
        covered_until=date(2027, 3, 20),
    )
    rebuild_register_figures(
        actor=SYSTEM,
        book=law_book(),
        first_on=date(2026, 2, 1),
        last_on=ON,
        at=datetime(2026, 11, 22, 3, tzinfo=UTC),
    )
    return ground


def test_the_register_closes(counted: Ground) -> None:
    found = month_reconciliation(counted.officer, counted.here, "bhyt_hgd", ON)
    assert found is not None
    (side,) = found.sides
    assert (side.kind, side.opening_on) == ("register", date(2026, 2, 28))
    told = {name: int(flow.nominal) for name, flow in side.flows.items() if flow.nominal}
    assert told == {"first_time": 2, "returning": 1, "gross_new": 3, "lapsed": 1}
    assert found.measures == ("first_time", "returning", "lapsed")
    assert side.opening is not None
    assert (int(side.opening.nominal), int(side.closing.nominal)) == (6, 8)
    assert side.identity is not None
    assert side.identity.closes


def test_a_wrong_count_is_told_as_unexplained(counted: Ground) -> None:
    rows = Observation.objects.filter(unit=counted.here, scheme="bhyt_hgd", measure="stock")
    rows.filter(as_of=ON, channel="", organisation=None).update(value=11)
    found = month_reconciliation(counted.officer, counted.here, "bhyt_hgd", ON)
    assert found is not None
    assert found.sides[-1].identity is not None
    assert int(found.sides[-1].identity.unexplained.nominal) == 3
    progress = unit_progress(counted.officer, counted.here, "bhyt_hgd", ON)
    assert "unexplained_change" in {finding.code for finding in progress.findings}


def test_reported_figures_stand_beside_and_are_not_mixed_in(counted: Ground) -> None:
    for day, value in (("2026-02-28", 100), ("2026-03-31", 130)):
        observe_stock(counted.here, value, day, scheme="bhyt_hgd")
    found = month_reconciliation(counted.officer, counted.here, "bhyt_hgd", ON)
    assert found is not None
    official, register = found.sides
    assert (official.kind, official.identity) == ("official", None)
    assert register.identity is not None
    for measure, value in (("gross_new", 40), ("lapsed", 15)):
        observe(
            counted.here,
            measure,
            value,
            "2026-03-31",
            scheme="bhyt_hgd",
            period_from=date(2026, 3, 1),
        )
    found = month_reconciliation(counted.officer, counted.here, "bhyt_hgd", ON)
    assert found is not None
    assert found.sides[0].identity is not None
    assert int(found.sides[0].identity.unexplained.nominal) == 5
    assert found.measures == ("first_time", "returning", "gross_new", "lapsed")
    assert found.sides[-1].identity is not None
    assert found.sides[-1].identity.closes


def test_days_not_counted_are_not_claimed(counted: Ground) -> None:
    rows = Observation.objects.filter(unit=counted.here, measure="first_time", live=True)
    rows.filter(as_of=date(2026, 3, 15)).update(live=False)
    found = month_reconciliation(counted.officer, counted.here, "bhyt_hgd", ON)
    assert found is not None
    assert found.sides[-1].identity is None


def test_outsiders_see_no_small_cells(counted: Ground) -> None:
    found = month_reconciliation(counted.observer, counted.here, "bhyt_hgd", ON)
    assert found is not None
    assert found.sides[-1].is_hidden
    assert not found.sides[-1].flows


def test_nothing_without_the_register(ground: Ground) -> None:
    observe_stock(ground.here, 100, "2026-03-31")
    assert month_reconciliation(ground.officer, ground.here, "bhxh_tn", ON) is None


def test_the_register_and_reported_figures_are_not_one_line(counted: Ground) -> None:
    for day, value in (("2026-01-31", 90), ("2026-02-28", 100), ("2026-03-15", 120)):
        observe_stock(counted.here, value, day, scheme="bhyt_hgd")
    ground = counted.here
    drawn = trend(counted.officer, ground, "bhyt_hgd", date(2026, 1, 1), ON)
    assert [int(one.stock.value) for one in drawn.points] == [90, 100, 120]
    rows = Observation.objects.filter(unit=ground, source_kind="official")
    rows.filter(as_of__gt=date(2026, 1, 31)).delete()
    drawn = trend(counted.officer, ground, "bhyt_hgd", date(2026, 1, 1), ON)
    assert [int(one.stock.value) for one in drawn.points][:3] == [90, 6, 6]
    assert drawn.points[-1].on == ON
