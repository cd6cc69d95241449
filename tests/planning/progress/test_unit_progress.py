"""Progress of one unit: Bắc Giang to the last digit, each figure with its explanation, and the edges."""

from datetime import date
from fractions import Fraction

import pytest
from tests.figures.factories import (
    bac_giang,
    day,
    make_batch,
    make_unit,
    observe,
    observe_size,
    observe_stock,
    print_rate,
    set_target,
    whole,
)

from vandong.accounts.queries.scope import Actor, NotAllowed
from vandong.measures.pace import Light
from vandong.measures.printed import Verdict
from vandong.places.models import Unit
from vandong.planning.progress import Baseline, UnitProgress, trend, unit_progress

pytestmark = pytest.mark.django_db

ACTOR = Actor.system("test")


def read(unit: Unit, on: str, scheme: str = "bhxh_tn") -> UnitProgress:
    return unit_progress(ACTOR, unit, scheme, day(on))


def codes(progress: UnitProgress) -> list[str]:
    return [one.code for one in progress.findings]


def test_bac_giang_31_05_2023() -> None:
    progress = read(bac_giang(), "2023-05-31")
    plan = progress.plan
    assert plan is not None
    assert plan.share is not None
    assert plan.share.value == Fraction(44134, 52139)
    assert plan.remaining is not None
    assert plan.remaining.value == 8005
    assert plan.pace_needed is not None
    assert plan.pace_needed.value == 1601
    assert plan.pace_achieved is not None
    assert plan.pace_achieved.value == Fraction(3036, 5)
    assert plan.time_elapsed.value == Fraction(1, 2)
    assert plan.net_gain is not None
    assert plan.net_needed is not None
    assert (plan.net_gain.value, plan.net_needed.value) == (3036, 11041)
    assert plan.net_share is not None
    assert plan.net_share.value == Fraction(3036, 11041)
    assert plan.light is Light.NEEDS_HELP
    assert plan.missing == ()


def test_baselines_are_derived_from_printed_changes() -> None:
    progress = read(bac_giang(), "2023-05-31")
    month = progress.growth_since(Baseline.PREVIOUS_MONTH)
    december = progress.growth_since(Baseline.PREVIOUS_DECEMBER)
    assert month is not None
    assert december is not None
    assert (month.on, whole(month.prior.value), whole(month.change.value)) == (
        date(2023, 4, 30),
        39200,
        4934,
    )
    assert (december.on, whole(december.prior.value)) == (date(2022, 12, 31), 41098)
    assert month.derived
    assert december.derived
    assert month.rate is not None
    assert month.rate.value == Fraction(4934, 39200)
    assert progress.growth_since(Baseline.SAME_PERIOD) is None


def test_the_decline_before_the_last_month_is_found() -> None:
    progress = read(bac_giang(), "2023-05-31")
    assert codes(progress) == ["decline_hidden_by_last_month"]
    values = progress.findings[0].values
    assert values["decline"] == -1898
    assert values["rise"] == 4934
    assert (values["since"], values["until"]) == (date(2022, 12, 31), date(2023, 4, 30))


def test_the_printed_percentage_holds_when_rounded() -> None:
    check = read(bac_giang(), "2023-05-31").printed[0]
    assert (check.about, check.verdict) == ("UBND tỉnh", Verdict.ROUNDED)


def test_every_figure_carries_inputs_with_source_file_and_row() -> None:
    unit = make_unit()
    batch = make_batch("thang-5.csv")
    set_target(unit, 52139, document="2966/UBND-KGVX")
    observe_stock(unit, 44134, "2023-05-31", source_text="BC tháng 5", batch=batch, batch_row=7)
    plan = read(unit, "2023-05-31").plan
    assert plan is not None
    assert plan.remaining is not None
    assert plan.remaining.formula == "f1_remaining"
    target, stock = plan.remaining.inputs
    assert (target.label, target.value, target.on) == ("plan", 52139, date(2023, 12, 31))
    assert stock.source is not None
    assert (stock.source.text, stock.source.file_name, stock.source.row, stock.source.batch) == (
        "BC tháng 5",
        "thang-5.csv",
        7,
        batch.pk,
    )


def test_stock_of_another_day_keeps_its_own_day_and_grows_stale_after_35_days() -> None:
    unit = make_unit()
    observe_stock(unit, 100, "2023-05-31")
    fresh, old = read(unit, "2023-07-05"), read(unit, "2023-07-06")
    assert (fresh.stock_on, fresh.is_stale, codes(fresh)) == (date(2023, 5, 31), False, [])
    assert (old.is_stale, codes(old)) == (True, ["stale"])
    assert old.findings[0].values["days"] == 36
    assert read(unit, "2023-05-30").stock is None


def test_baseline_on_record_wins_over_a_printed_change_and_must_agree() -> None:
    unit = make_unit()
    observe_stock(unit, 39000, "2023-04-30")
    observe_stock(unit, 44134, "2023-05-31")
    observe(unit, "change_previous_month", 4934, "2023-05-31", period_from="2023-05-01")
    progress = read(unit, "2023-05-31")
    month = progress.growth_since(Baseline.PREVIOUS_MONTH)
    assert month is not None
    assert (month.prior.value, month.derived) == (39000, False)
    assert codes(progress) == ["baseline_differs"]


def test_same_period_of_a_leap_year_keeps_the_months_end() -> None:
    unit = make_unit()
    observe_stock(unit, 900, "2024-02-29")
    observe_stock(unit, 1000, "2025-02-28")
    row = read(unit, "2025-02-28").growth_since(Baseline.SAME_PERIOD)
    assert row is not None
    assert (row.on, row.change.value) == (date(2024, 2, 29), 100)


def test_stronger_source_speaks_and_the_other_is_named() -> None:
    unit = make_unit()
    observe_stock(unit, 100, "2023-05-31", source_kind="register")
    observe_stock(unit, 110, "2023-05-31")
    progress = read(unit, "2023-05-31")
    assert progress.stock is not None
    assert progress.stock.value == 110
    assert codes(progress) == ["sources_differ"]


def test_baselines_are_read_in_the_source_kind_of_the_stock() -> None:
    unit = make_unit()
    observe_stock(unit, 100, "2023-05-31")
    observe_stock(unit, 90, "2023-04-30", source_kind="made_up")
    assert read(unit, "2023-05-31").growth == ()


def test_without_a_baseline_the_pace_achieved_is_missing_with_its_code() -> None:
    unit = make_unit()
    set_target(unit, 200)
    observe_stock(unit, 100, "2023-05-31")
    plan = read(unit, "2023-05-31").plan
    assert plan is not None
    assert (plan.pace_achieved, plan.light, plan.missing) == (None, None, ("no_baseline",))
    assert plan.pace_needed is not None
    assert plan.pace_needed.value == Fraction(100, 7)


def test_a_plan_from_the_middle_of_the_year_starts_on_the_eve_of_its_first_day() -> None:
    unit = make_unit()
    set_target(unit, 200, period_from="2023-04-01", deadline="2023-12-31")
    observe_stock(unit, 90, "2022-12-31")
    observe_stock(unit, 95, "2023-03-31")
    observe_stock(unit, 101, "2023-05-31")
    plan = read(unit, "2023-05-31").plan
    assert plan is not None
    assert plan.base_on == date(2023, 3, 31)
    assert plan.pace_achieved is not None
    assert plan.pace_achieved.value == 3


def test_a_plan_over_years_takes_the_last_december_as_its_base() -> None:
    unit = make_unit()
    set_target(unit, 200, period_from="2021-01-01", deadline="2025-12-31")
    observe_stock(unit, 90, "2022-12-31")
    observe_stock(unit, 100, "2023-05-31")
    plan = read(unit, "2023-05-31").plan
    assert plan is not None
    assert plan.base_on == date(2022, 12, 31)


def test_after_its_deadline_a_plan_says_so_until_the_year_ends() -> None:
    unit = make_unit()
    set_target(unit, 200, deadline="2023-10-31")
    observe_stock(unit, 90, "2022-12-31")
    observe_stock(unit, 100, "2023-11-30")
    plan = read(unit, "2023-11-30").plan
    assert plan is not None
    assert (plan.pace_needed, plan.light) == (None, Light.NEEDS_HELP)
    assert plan.missing == ("deadline_passed",)
    assert read(unit, "2024-01-05").plans == ()


def test_flow_plan_sums_its_months_and_does_not_count_a_running_total_twice() -> None:
    unit = make_unit()
    set_target(unit, 300, kind="gross_new", period_from="2023-01-01")
    for month, end, value in (("01", "31", 10), ("02", "28", 20), ("03", "31", 30)):
        start = f"2023-{month}-01"
        observe(unit, "gross_new", value, f"2023-{month}-{end}", period_from=start)
    plan = read(unit, "2023-03-31").plan
    assert plan is not None
    assert plan.achieved is not None
    assert plan.achieved.value == 60
    assert plan.pace_achieved is not None
    assert plan.pace_achieved.value == 20
    observe(unit, "gross_new", 60, "2023-03-31", period_from="2023-01-01")
    plan = read(unit, "2023-03-31").plan
    assert plan is not None
    assert plan.achieved is not None
    assert (plan.achieved.value, plan.achieved.formula) == (60, "reading")


def test_gross_new_is_made_of_first_time_and_returning_when_only_these_are_known() -> None:
    unit = make_unit()
    set_target(unit, 300, kind="gross_new")
    observe(unit, "first_time", 40, "2023-03-31", period_from="2023-01-01")
    observe(unit, "returning", 5, "2023-03-31", period_from="2023-01-01")
    plan = read(unit, "2023-03-31").plan
    assert plan is not None
    assert plan.achieved is not None
    assert plan.achieved.value == 45


def test_coverage_plan_is_measured_on_its_named_denominator() -> None:
    unit = make_unit()
    set_target(unit, "2.5", kind="coverage", denominator="labour_force")
    observe_size(unit, "labour_force", 2000, "2022-12-31")
    observe_size(unit, "population", 5000, "2022-12-31")
    observe_stock(unit, 40, "2023-05-31")
    progress = read(unit, "2023-05-31")
    plan = progress.plan
    assert plan is not None
    assert plan.achieved is not None
    assert plan.remaining is not None
    assert (plan.achieved.value, plan.remaining.value) == (2, Fraction(1, 2))
    assert [(row.denominator, row.rate.value) for row in progress.coverage] == [
        ("population", Fraction(40, 5000)),
        ("labour_force", Fraction(40, 2000)),
    ]


def test_coverage_goal_met_while_people_are_missing_is_found() -> None:
    unit = make_unit()
    set_target(unit, "1", kind="coverage", denominator="labour_force")
    observe_size(unit, "labour_force", 4_869_000, "2022-12-31")
    observe_stock(unit, 52668, "2023-05-31")
    assert codes(read(unit, "2023-05-31")) == []
    set_target(unit, 85069)
    assert "coverage_goal_already_met" in codes(read(unit, "2023-05-31"))


def test_two_owners_with_different_plans_conflict_and_with_the_same_do_not() -> None:
    unit = make_unit()
    set_target(unit, 100, owner="BHXH Việt Nam")
    second = set_target(unit, 100, owner="UBND tỉnh")
    observe_stock(unit, 50, "2023-05-31")
    assert codes(read(unit, "2023-05-31")) == []
    second.value = 120
    second.save()
    progress = read(unit, "2023-05-31")
    assert codes(progress) == ["two_plans_for_one_figure"]
    assert progress.findings[0].values["difference"] == 20


def test_a_gap_handed_on_as_new_people_is_found() -> None:
    unit = bac_giang()
    new = set_target(unit, 8005, kind="gross_new", period_from="2023-05-01", deadline="2023-10-31")
    assert "net_gap_called_new" in codes(read(unit, "2023-05-31"))
    new.value = 9000
    new.save()
    assert "net_gap_called_new" not in codes(read(unit, "2023-05-31"))


def test_an_amended_target_counts_from_the_day_its_document_was_signed() -> None:
    unit = make_unit()
    observe_stock(unit, 50, "2023-05-31")
    observe_stock(unit, 60, "2023-08-31")
    first = set_target(unit, 100, document="01/QĐ", signed_on="2023-01-10")
    set_target(unit, 130, document="09/QĐ", signed_on="2023-08-01", supersedes=first)
    before, after = read(unit, "2023-05-31"), read(unit, "2023-08-31")
    assert [plan.value.value for plan in before.plans] == [100]
    assert [plan.value.value for plan in after.plans] == [130]


def test_a_target_corrected_away_never_counts() -> None:
    unit = make_unit()
    set_target(unit, 100, live=False)
    observe_stock(unit, 50, "2023-05-31")
    assert read(unit, "2023-05-31").plans == ()


def test_without_a_plan_the_print_implies_one_as_an_interval() -> None:
    unit = make_unit("Thành phố Hải Phòng", "31")
    observe_stock(unit, 8148, "2019-03-31")
    print_rate(unit, "pct_of_plan", "56.43", "2019-03-31")
    check = read(unit, "2019-03-31").printed[0]
    assert check.implied is not None
    assert check.implied.formula == "f3_implied"
    low, high = check.implied.quantity.low, check.implied.quantity.high
    assert 14435 < low < 14438
    assert 14440 < high < 14441


def test_growth_printed_wrong_is_found() -> None:
    unit = make_unit()
    observe(unit, "stock", 2_138_323, "2019-03-31", scheme="bhyt")
    observe(unit, "change_same_period", 264_439, "2019-03-31", scheme="bhyt")
    print_rate(unit, "pct_growth_same_period", "1", "2019-03-31", scheme="bhyt")
    assert codes(read(unit, "2019-03-31", "bhyt")) == ["growth_printed_wrong"]


def test_one_denominator_implied_at_two_sizes_is_found_across_schemes() -> None:
    unit = make_unit("Thành phố Hà Nội", "01")
    for scheme, value, word, rate in (
        ("bhxh_bb", 2_132_000, "about", "45.6"),
        ("bhxh_tn", 100_000, "over", "2.8"),
    ):
        observe(unit, "stock", value, "2024-10-31", scheme=scheme, exactness=word)
        print_rate(
            unit, "pct_coverage", rate, "2024-10-31", scheme=scheme, denominator="labour_force"
        )
    assert codes(read(unit, "2024-10-31")) == ["denominator_changes"]


def test_channels_must_close_and_shares_are_listed() -> None:
    unit = make_unit()
    observe_stock(unit, 8148, "2019-03-31")
    for channel, value in (("", 824), ("post", 354), ("other_agent", 470)):
        start = "2019-01-01"
        observe(unit, "gross_new", value, "2019-03-31", channel=channel, period_from=start)
    progress = read(unit, "2019-03-31")
    assert codes(progress) == []
    assert {flow.channel: flow.total.value for flow in progress.flows} == {
        "": 824,
        "post": 354,
        "other_agent": 470,
    }
    observe(unit, "gross_new", 3, "2019-03-31", channel="online", period_from="2019-01-01")
    assert codes(read(unit, "2019-03-31")) == ["channels_do_not_close"]


def test_identity_of_the_month_shows_what_is_unexplained() -> None:
    unit = make_unit()
    observe_stock(unit, 1000, "2023-04-30")
    observe_stock(unit, 1050, "2023-05-31")
    observe(unit, "gross_new", 80, "2023-05-31", period_from="2023-05-01")
    lapsed = observe(unit, "lapsed", 30, "2023-05-31", period_from="2023-05-01")
    assert codes(read(unit, "2023-05-31")) == []
    lapsed.value = 20
    lapsed.save()
    progress = read(unit, "2023-05-31")
    assert codes(progress) == ["unexplained_change"]
    assert progress.findings[0].values["unexplained"] == -10


def test_an_approximate_stock_gives_intervals() -> None:
    unit = make_unit()
    set_target(unit, 63200, period_from="2021-01-01", deadline="2021-12-31")
    observe_stock(unit, 63300, "2021-12-31", exactness="over")
    plan = read(unit, "2021-12-31").plan
    assert plan is not None
    assert plan.remaining is not None
    assert (plan.remaining.quantity.low, plan.remaining.quantity.high) == (-199, -100)
    assert plan.light is Light.ON_PACE


def test_nobody_reads_without_the_right() -> None:
    unit = bac_giang()
    with pytest.raises(NotAllowed):
        unit_progress(Actor(user_id=None, name="nobody"), unit, "bhxh_tn", date(2023, 5, 31))


def test_trend_holds_the_derived_points_and_the_plan_line() -> None:
    unit = bac_giang()
    line = trend(ACTOR, unit, "bhxh_tn", date(2022, 1, 1), date(2023, 5, 31))
    assert [(point.on, point.stock.value, point.derived) for point in line.points] == [
        (date(2022, 12, 31), 41098, True),
        (date(2023, 4, 30), 39200, True),
        (date(2023, 5, 31), 44134, False),
    ]
    plan = line.plan_lines[0]
    assert (plan.base_on, plan.base, plan.deadline, plan.value) == (
        date(2022, 12, 31),
        41098,
        date(2023, 10, 31),
        52139,
    )
