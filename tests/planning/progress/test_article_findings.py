"""What the articles hide (domain.md 1.4), raised by progress from stored figures; silent once it is mended."""

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
from vandong.phrases import finding_sentence
from vandong.places.models import Unit
from vandong.planning.progress import unit_progress

pytestmark = pytest.mark.django_db


def said(unit: Unit, on: str) -> dict[str, str]:
    """Code and Vietnamese sentence of each finding."""
    found = unit_progress(Actor.system("test"), unit, "bhxh_tn", day(on)).findings
    assert all(finding_sentence(one, "en") for one in found)
    return {one.code: finding_sentence(one, "vi") for one in found}


@pytest.mark.parametrize(("printed", "is_found"), [("0.3", True), ("30", False)])
def test_s1_2_an_excess_of_points_is_called_per_cent(printed: str, *, is_found: bool) -> None:
    unit = make_unit("Thành phố Hà Nội", "01")
    set_target(
        unit,
        1,
        owner="HĐND Thành phố",
        kind="coverage",
        denominator="labour_force",
        period_from="2021-01-01",
        deadline="2021-12-31",
    )
    observe_stock(unit, 63_300, "2021-12-31", exactness="over")
    print_rate(unit, "pct_coverage", "1.3", "2021-12-31", denominator="labour_force")
    print_rate(unit, "pct_over_goal", printed, "2021-12-31", denominator="labour_force")
    found = said(unit, "2021-12-31")
    assert ("points_called_per_cent" in found) is is_found
    if is_found:
        assert "0,30 điểm phần trăm" in found["points_called_per_cent"]


@pytest.mark.parametrize(("wanted", "is_found"), [(32_401, True), (10_532, False)])
def test_s0_1_against_s1_2_two_plans_for_one_figure(wanted: int, *, is_found: bool) -> None:
    unit = make_unit("Thành phố Hà Nội", "01")
    observe_stock(unit, 52_668, "2021-09-30")
    observe_stock(unit, 63_300, "2021-12-31", exactness="over")
    set_target(
        unit,
        wanted,
        owner="BHXH Thành phố",
        kind="gross_new",
        period_from="2021-10-01",
        deadline="2021-12-31",
    )
    print_rate(unit, "pct_of_plan", "100.21", "2021-12-31")
    found = said(unit, "2021-12-31")
    assert ("two_plans_for_one_figure" in found) is is_found
    if is_found:
        assert "85.069" in found["two_plans_for_one_figure"]


@pytest.mark.parametrize(
    ("wanted", "begins", "is_found"),
    [(8_005, "2023-06-01", True), (9_600, "2023-06-01", False), (8_005, "2023-07-01", False)],
)
def test_s2_3_the_gap_is_handed_on_as_new_people(
    wanted: int, begins: str, *, is_found: bool
) -> None:
    unit = make_unit()
    set_target(unit, 52_139)
    set_target(unit, wanted, kind="gross_new", period_from=begins)
    observe_stock(unit, 44_134, "2023-05-31")
    found = said(unit, "2023-05-31")
    assert ("net_gap_called_new" in found) is is_found
    if is_found:
        assert "8.005" in found["net_gap_called_new"]


@pytest.mark.parametrize(
    ("renewed_from", "is_found"), [("2021-01-01", True), ("2021-06-01", False)]
)
def test_s0_12_renewals_among_people_who_were_not_in_the_scheme(
    renewed_from: str, *, is_found: bool
) -> None:
    unit = make_unit("Xã Phú Cường", "00421", "commune")
    counts = {"approached": 696, "gross_new": 27, "renewed": 28}
    for measure, count in counts.items():
        start = renewed_from if measure == "renewed" else "2021-01-01"
        observe(unit, measure, count, "2021-09-30", channel="agency", period_from=start)
    found = said(unit, "2021-09-30")
    assert ("renewals_outside_their_denominator" in found) is is_found
    if is_found:
        assert "28 người" in found["renewals_outside_their_denominator"]
        assert "696" in found["renewals_outside_their_denominator"]


@pytest.mark.parametrize(("lapsed", "is_found"), [(None, True), (350, False)])
def test_s1_6_against_s1_7_gross_is_not_net(lapsed: int | None, *, is_found: bool) -> None:
    unit = make_unit("Mô hình 30 xã điểm", "01-01", "cluster")
    observe_stock(unit, 3_388, "2021-05-31")
    observe_stock(unit, 6_500, "2021-12-31", exactness="nearly")
    observe(unit, "gross_new", 3_450, "2021-12-31", period_from="2021-06-01", exactness="about")
    if lapsed is not None:
        observe(unit, "lapsed", lapsed, "2021-12-31", period_from="2021-06-01")
    found = said(unit, "2021-12-31")
    assert ("gross_is_not_net" in found) is is_found
    if is_found:
        assert "3.450" in found["gross_is_not_net"]


def test_joiners_who_are_the_whole_gain_are_no_finding() -> None:
    unit = make_unit()
    observe_stock(unit, 100, "2022-12-31")
    observe_stock(unit, 130, "2023-05-31")
    observe(unit, "gross_new", 30, "2023-05-31", period_from="2023-01-01")
    assert "gross_is_not_net" not in said(unit, "2023-05-31")
