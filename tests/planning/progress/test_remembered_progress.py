"""What is remembered between two readings, and that a change of figures is seen at once."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.figures.factories import make_unit, observe_stock

from vandong.planning.progress.reading import unit_name
from vandong.planning.progress.remembered import remembered_progress

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 30)


def test_a_second_reading_asks_only_whether_anything_changed() -> None:
    unit = make_unit("Xã Một")
    observe_stock(unit, 300, "2026-06-30")
    names = (unit_name(unit),)
    first = remembered_progress(names, "bhxh_tn", ON)
    with CaptureQueriesContext(connection) as queries:
        assert remembered_progress(names, "bhxh_tn", ON) is first
    assert len(queries) == 1


def test_a_new_figure_is_seen_at_once() -> None:
    unit = make_unit("Xã Hai")
    observe_stock(unit, 300, "2026-05-31")
    names = (unit_name(unit),)
    before = remembered_progress(names, "bhxh_tn", ON)[0]
    observe_stock(unit, 310, "2026-06-30")
    after = remembered_progress(names, "bhxh_tn", ON)[0]
    assert before.stock is not None
    assert after.stock is not None
    assert (before.stock.value, after.stock.value) == (300, 310)
