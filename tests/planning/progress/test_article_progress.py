"""The articles' stored figures through progress: what measures recompute also comes out of observations."""

from fractions import Fraction

import pytest
from tests.figures.factories import (
    day,
    make_unit,
    observe,
    observe_stock,
    print_rate,
    set_target,
)

from vandong.accounts.queries.scope import Actor
from vandong.kernel.numbers import format_percent, rounded
from vandong.measures.printed import Verdict
from vandong.places.models import Unit
from vandong.planning.progress import Baseline, UnitProgress, unit_progress

pytestmark = pytest.mark.django_db


def read(unit: Unit, on: str, scheme: str = "bhxh_tn") -> UnitProgress:
    return unit_progress(Actor.system("test"), unit, scheme, day(on))


def hanoi() -> Unit:
    return make_unit("Thành phố Hà Nội", "01")


def test_chuong_my_s0_6() -> None:
    unit = make_unit("Huyện Chương Mỹ", "277", "district", parent=hanoi())
    set_target(unit, 3672, period_from="2021-01-01", deadline="2021-12-31")
    observe_stock(unit, 2338, "2021-09-30")
    observe(unit, "change_same_period", 533, "2021-09-30", period_from="2020-10-01")
    print_rate(unit, "pct_of_plan", "63.7", "2021-09-30")
    progress = read(unit, "2021-09-30")
    plan, growth = progress.plan, progress.growth_since(Baseline.SAME_PERIOD)
    assert plan is not None
    assert growth is not None
    assert plan.share is not None
    assert plan.remaining is not None
    assert growth.rate is not None
    assert format_percent(plan.share.value, 1) == "63,7"
    assert plan.remaining.value == 1334
    assert (growth.prior.value, format_percent(growth.rate.value)) == (1805, "29,53")
    assert progress.printed[0].verdict is Verdict.ROUNDED


def test_hanoi_2021_s1_2() -> None:
    unit = hanoi()
    observe_stock(unit, 63300, "2021-12-31", exactness="over")
    observe(unit, "change_previous_december", 14600, "2021-12-31", exactness="over")
    print_rate(unit, "pct_growth_previous_december", "30.06", "2021-12-31")
    print_rate(unit, "pct_of_plan", "100.21", "2021-12-31")
    print_rate(unit, "pct_coverage", "1.3", "2021-12-31", denominator="labour_force")
    progress = read(unit, "2021-12-31")
    assert progress.findings == ()
    by_kind = {check.kind: check for check in progress.printed}
    assert by_kind["pct_growth_previous_december"].verdict is Verdict.ROUNDED
    plan, labour = by_kind["pct_of_plan"].implied, by_kind["pct_coverage"].implied
    assert plan is not None
    assert labour is not None
    assert (rounded(plan.quantity.low), rounded(plan.quantity.high)) == (63161, 63269)
    assert rounded(labour.value) == 4_869_231


def test_hanoi_2024_target_below_the_stock_s3_3() -> None:
    unit = hanoi()
    set_target(unit, 82651, period_from="2024-01-01", deadline="2024-12-31")
    observe_stock(unit, 100_000, "2024-10-31", exactness="over")
    progress = read(unit, "2024-10-31")
    assert [one.code for one in progress.findings] == ["target_already_met"]
    assert progress.plan is not None
    assert progress.plan.share is not None
    assert format_percent(progress.plan.share.value, 0) == "121"


def test_a_target_reached_in_the_year_is_no_finding() -> None:
    unit = hanoi()
    set_target(unit, 82651, period_from="2024-01-01", deadline="2024-12-31")
    observe_stock(unit, 70_000, "2023-12-31")
    observe_stock(unit, 100_000, "2024-10-31", exactness="over")
    assert read(unit, "2024-10-31").findings == ()


def test_hai_phong_first_quarter_s4_5() -> None:
    unit = make_unit("Thành phố Hải Phòng", "31")
    set_target(unit, 14439, period_from="2019-01-01", deadline="2019-12-31")
    observe_stock(unit, 8148, "2019-03-31")
    observe(unit, "gross_new", 824, "2019-03-31", period_from="2019-01-01")
    plan = read(unit, "2019-03-31").plan
    assert plan is not None
    assert plan.remaining is not None
    assert plan.pace_needed is not None
    assert (plan.remaining.value, plan.pace_needed.value) == (6291, 699)
    assert plan.time_elapsed.value == Fraction(1, 4)
    assert plan.pace_achieved is None, "824 is gross; no stock of 31/12/2018 is printed"
