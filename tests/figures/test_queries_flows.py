"""Sums of flows: months added by the database, overlapping and approximate rows put together by the rule."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.figures.factories import make_unit, observe

from vandong.figures.queries.flows import FlowTotal, FlowWant, flow_totals
from vandong.places.models import Unit

pytestmark = pytest.mark.django_db

YEAR = (date(2023, 1, 1), date(2023, 3, 31))


def totals(unit: Unit, channel: str = "") -> tuple[FlowTotal, ...]:
    want = FlowWant(unit.pk, "bhxh_tn", "gross_new", *YEAR, channel)
    return flow_totals([want])[want]


def month(unit: Unit, number: int, value: int, **given: object) -> None:
    end = {1: 31, 2: 28, 3: 31, 4: 30}[number]
    start = f"2023-{number:02d}-01"
    observe(unit, "gross_new", value, f"2023-{number:02d}-{end}", period_from=start, **given)


def test_months_inside_the_span_are_added() -> None:
    unit = make_unit()
    for number in (1, 2, 3, 4):
        month(unit, number, 10 * number)
    (found,) = totals(unit)
    assert (found.amount.nominal, found.row_count, found.missing_days) == (60, 3, 0)
    assert (found.first_on, found.until, found.last.value) == (*YEAR, 30)


def test_a_row_that_begins_before_the_span_is_left_out() -> None:
    unit = make_unit()
    observe(unit, "gross_new", 99, "2023-01-31", period_from="2022-12-01")
    month(unit, 2, 20)
    (found,) = totals(unit)
    assert (found.amount.nominal, found.missing_days) == (20, 62)


def test_a_running_total_is_not_added_to_its_months() -> None:
    unit = make_unit()
    month(unit, 1, 10)
    month(unit, 2, 20)
    observe(unit, "gross_new", 31, "2023-02-28", period_from="2023-01-01")
    month(unit, 3, 5)
    with CaptureQueriesContext(connection) as queries:
        (found,) = totals(unit)
    assert len(queries) == 2
    assert (found.amount.nominal, found.row_count, found.missing_days) == (36, 2, 0)


def test_an_approximate_row_keeps_its_word() -> None:
    unit = make_unit()
    month(unit, 1, 10)
    month(unit, 2, 3100, exactness="over")
    (found,) = totals(unit)
    assert (found.amount.low, found.amount.nominal, found.amount.high) == (3110, 3110, 3209)


def test_sources_and_channels_are_kept_apart() -> None:
    unit = make_unit()
    month(unit, 1, 10, source_kind="register")
    month(unit, 1, 11)
    month(unit, 1, 4, channel="post")
    assert [(one.last.source_kind, one.amount.nominal) for one in totals(unit)] == [
        ("official", 11),
        ("register", 10),
    ]
    assert [one.amount.nominal for one in totals(unit, "post")] == [4]


def test_nothing_stated_is_nothing_and_not_nought() -> None:
    assert totals(make_unit()) == ()
    assert flow_totals([]) == {}
