"""Cells of 1 to 4 people: open in the office that holds them, hidden elsewhere with what follows from them."""

from datetime import date

import pytest
from tests.figures.factories import make_unit, observe, observe_stock, set_target

from vandong.accounts.models import Role
from vandong.accounts.queries.scope import Actor, GrantLine
from vandong.planning.progress.reading import trend, unit_progress

pytestmark = pytest.mark.django_db
ON = date(2023, 5, 31)
OBSERVER = Actor(user_id=None, name="Theo dõi", grants=(GrantLine(Role.OBSERVER),))
OFFICER = Actor(user_id=None, name="Cán bộ", grants=(GrantLine(Role.OFFICER),))


@pytest.mark.parametrize(("stock", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_only_one_to_four_people_are_hidden(stock: int, hidden: bool) -> None:
    unit = make_unit()
    observe_stock(unit, stock, "2023-05-31")
    set_target(unit, 20)
    seen = unit_progress(OBSERVER, unit, "bhxh_tn", ON)
    assert seen.is_hidden is hidden
    assert (seen.stock is None, seen.plans == ()) == (hidden, hidden)
    assert unit_progress(OFFICER, unit, "bhxh_tn", ON).stock is not None


def test_a_small_flow_goes_alone() -> None:
    unit = make_unit()
    observe_stock(unit, 500, "2023-05-31")
    observe(unit, "gross_new", 3, "2023-05-31", period_from="2023-05-01")
    observe(unit, "lapsed", 30, "2023-05-31", period_from="2023-05-01")
    seen = unit_progress(OBSERVER, unit, "bhxh_tn", ON)
    assert [flow.measure for flow in seen.flows] == ["lapsed"]
    assert seen.stock is not None


def test_small_points_are_left_out_of_the_trend() -> None:
    unit = make_unit()
    observe_stock(unit, 3, "2023-03-31")
    observe_stock(unit, 12, "2023-05-31")
    drawn = trend(OBSERVER, unit, "bhxh_tn", date(2023, 1, 1), ON)
    assert [point.stock.value for point in drawn.points] == [12]
