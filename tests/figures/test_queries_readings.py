"""Readings as of a day: the latest live one, by source kind, channel and unit, found by the unique index."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.figures.factories import make_unit, observe, observe_size, observe_stock

from vandong.accounts.models import Organisation
from vandong.figures.queries.readings import (
    Want,
    chosen,
    last_observed_day,
    latest_readings,
    series,
    stated_readings,
)
from vandong.places.models import Unit

pytestmark = pytest.mark.django_db

ON = date(2023, 6, 30)


def latest(unit: Unit, on: date = ON, **asked: str) -> int | None:
    want = Want(unit.pk, "bhxh_tn", "stock", on, **asked)
    found = latest_readings([want])
    return found[want].value if want in found else None


def test_the_latest_on_or_before_the_day() -> None:
    unit = make_unit()
    for value, as_of in ((1, "2023-05-31"), (2, "2023-06-30"), (3, "2023-07-01")):
        observe_stock(unit, value, as_of)
    assert latest(unit) == 2
    assert latest(unit, date(2023, 6, 29)) == 1
    assert latest(unit, date(2023, 5, 30)) is None


def test_only_live_rows_of_the_whole_unit_and_of_all_channels_speak() -> None:
    unit = make_unit()
    office = Organisation.objects.create(kind="post_office", name="Bưu điện", name_fold="buu dien")
    observe_stock(unit, 1, "2023-05-31")
    observe_stock(unit, 2, "2023-06-30", live=False)
    observe_stock(unit, 3, "2023-06-29", organisation=office)
    observe_stock(unit, 4, "2023-06-28", channel="post")
    observe_stock(unit, 5, "2023-06-27", scheme="bhyt_hgd")
    assert latest(unit) == 1
    assert latest(unit, channel="post") == 4


def test_a_fresh_stronger_source_speaks_before_a_newer_weaker_one() -> None:
    unit = make_unit()
    observe_stock(unit, 1, "2023-05-31")
    observe_stock(unit, 2, "2023-06-30", source_kind="made_up")
    assert latest(unit) == 1
    assert latest(unit, date(2023, 7, 5)) == 1
    assert latest(unit, date(2023, 7, 6)) == 2, "the official figure is older than 35 days"
    assert latest(unit, date(2024, 1, 1)) == 2, "both are stale: the newer one"
    assert latest(unit, source_kind="made_up") == 2


def test_denominators_stay_fresh_for_a_year() -> None:
    unit = make_unit()
    observe_size(unit, "population", 10, "2022-12-31")
    want = Want(unit.pk, "", "population", date(2023, 12, 31))
    readings = stated_readings([want])[want]
    assert chosen(readings, want.day) is readings[0]
    assert readings[0].value == 10


def test_many_wants_are_one_query_and_keep_apart() -> None:
    units = [make_unit(f"Tỉnh {n}", f"9{n}") for n in range(3)]
    for n, unit in enumerate(units):
        observe_stock(unit, n, "2023-06-01")
    wants = [Want(unit.pk, "bhxh_tn", "stock", ON) for unit in units]
    wants.append(Want(units[0].pk, "bhxh_tn", "lapsed", ON))
    with CaptureQueriesContext(connection) as queries:
        found = latest_readings(wants)
    assert len(queries) == 1
    assert [found[want].value for want in wants[:3]] == [0, 1, 2]
    assert wants[3] not in found
    assert stated_readings([]) == {}


def test_the_search_descends_the_unique_index() -> None:
    """A plan that read the history would grow with it; this one touches one leaf for each want."""
    unit = make_unit()
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into figures_observation (unit_id, scheme, measure, channel, as_of, value, exactness,
                 source_kind, source_text, restated, live)
               select %s, 'bhxh_tn', 'stock', '', date '2014-01-01' + n, n, 'exact', 'official', '', false, true
               from generate_series(1, 3000) n""",
            [unit.pk],
        )
        cursor.execute("analyze figures_observation")
    with CaptureQueriesContext(connection) as queries:
        assert latest(unit, date(2021, 12, 31)) is not None
    statement = queries.captured_queries[0]["sql"]
    with connection.cursor() as cursor:
        cursor.execute("explain (analyze, costs off, timing off, summary off) " + statement)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "observation_one_live" in plan
    assert "Seq Scan on figures_observation" not in plan


def test_series_is_oldest_first_with_its_measures() -> None:
    unit = make_unit()
    observe_stock(unit, 2, "2023-02-28")
    observe_stock(unit, 1, "2023-01-31")
    observe(unit, "lapsed", 9, "2023-01-31", period_from="2023-01-01")
    rows = series(unit.pk, "bhxh_tn", ["stock"], start=date(2023, 1, 1), end=date(2023, 2, 28))
    assert [row.value for row in rows] == [1, 2]


def test_the_default_day_is_that_of_the_last_live_figure() -> None:
    assert last_observed_day() is None
    unit = make_unit()
    observe_stock(unit, 1, "2023-05-31")
    observe_stock(unit, 1, "2023-06-30", live=False)
    observe_size(unit, "population", 5, "2023-12-31")
    assert last_observed_day() == date(2023, 5, 31)
