"""The 13 points of domain.md 1.4: the finding appears on the printed figures, and not on mended ones."""

from datetime import date
from fractions import Fraction

import pytest
from tests.measures.notation import printed, quantity

from vandong.kernel.findings import Finding
from vandong.measures.averages import printed_mean, sum_from_mean
from vandong.measures.coverage import coverage_rate, deviation
from vandong.measures.findings.bases import gross_is_not_net, multiple_basis, terms_mixed
from vandong.measures.findings.denominators import (
    ImpliedDenominator,
    denominator_changes,
    renewals_outside_their_denominator,
)
from vandong.measures.findings.growth import (
    DatedStock,
    decline_hidden_by_last_month,
    growth_misprinted,
    points_called_per_cent,
)
from vandong.measures.findings.plans import (
    OwnedPlan,
    coverage_goal_already_met,
    net_gap_called_new,
    quota_only_as_stock,
    target_already_met,
    two_plans_for_one_figure,
)
from vandong.measures.growth import growth_from_change
from vandong.measures.implied import implied_quantity
from vandong.measures.pilots import Basis, Multiple, multiple, whole_from_multiple
from vandong.measures.quantity import exact
from vandong.measures.quota import quota_check
from vandong.measures.remaining import plan_from_remaining, remaining
from vandong.phrases import finding_sentence


def said(finding: Finding | None, code: str) -> str:
    """The Vietnamese sentence of a finding that must be there with this code; the English one exists."""
    assert finding is not None
    assert finding.code == code
    assert finding_sentence(finding, "en")
    return finding_sentence(finding, "vi")


def test_01_two_plans_for_hanoi_2021() -> None:
    stock = quantity("52.668")
    city = OwnedPlan("Bài báo 10/2021", plan_from_remaining(stock, quantity("32.401")))
    implied = implied_quantity(quantity("hơn 63.300"), printed("100,21%"))
    agency = OwnedPlan("BHXH Việt Nam", implied)
    text = said(two_plans_for_one_figure([city, agency]), "two_plans_for_one_figure")
    assert "85.069" in text
    assert "63.167" in text
    mended = OwnedPlan("Bài báo 10/2021", plan_from_remaining(stock, quantity("10.532")))
    assert two_plans_for_one_figure([mended, agency]) is None
    assert two_plans_for_one_figure([city]) is None


def test_01_the_net_need_is_about_10_500() -> None:
    implied = implied_quantity(quantity("hơn 63.300"), printed("100,21%"))
    need = remaining(implied, quantity("52.668"))
    assert (round(need.low), round(need.high)) == (10493, 10601)
    assert round(quantity("32.401").nominal / Fraction(10500), 2) == Fraction("3.09")


def test_02_the_one_per_cent_goal_was_already_met() -> None:
    labour = implied_quantity(quantity("hơn 63.300"), printed("1,3%"))
    coverage = coverage_rate(quantity("52.668"), labour)
    missing = quantity("32.401")
    text = said(
        coverage_goal_already_met(coverage, exact(Fraction(1, 100)), missing),
        "coverage_goal_already_met",
    )
    assert "1,08%" in text
    assert "32.401" in text
    lower = coverage_rate(quantity("42.668"), labour)
    assert coverage_goal_already_met(lower, exact(Fraction(1, 100)), missing) is None
    assert coverage_goal_already_met(coverage, exact(Fraction(1, 100)), exact(0)) is None


def test_03_renewals_out_of_people_who_were_not_in_the_scheme() -> None:
    found = renewals_outside_their_denominator(quantity("696"), None, quantity("28"))
    assert "28 người" in said(found, "renewals_outside_their_denominator")
    mended = renewals_outside_their_denominator(quantity("696"), quantity("120"), quantity("28"))
    assert mended is None


def test_04_pilots_gross_is_not_net() -> None:
    gross = sum_from_mean(printed_mean(Fraction(115)), 30)
    text = said(gross_is_not_net(gross, quantity("hơn 3.100")), "gross_is_not_net")
    assert "3.450" in text
    assert "350" in text
    assert gross_is_not_net(gross, quantity("hơn 3.400")) is None


def test_05_a_multiple_needs_its_basis() -> None:
    gross = Multiple(
        Basis.GROSS,
        quantity("115"),
        exact(Fraction(115 * 10, 29)),
        printed_mean(Fraction("2.9"), 1),
    )
    net = multiple(Basis.NET, quantity("3.100"), 30, quantity("14.600"), 579)
    stock = multiple(Basis.STOCK, quantity("6.500"), 30, quantity("63.300"), 579)
    text = said(multiple_basis(gross, net, stock), "multiple_basis")
    assert "2,9 lần theo tăng mới" in text
    assert "4,93 lần theo tăng ròng" in text
    assert "2,09 lần theo số đang tham gia" in text
    same = Multiple(Basis.GROSS, gross.pilot_mean, gross.other_mean, net.times)
    like = Multiple(Basis.STOCK, stock.pilot_mean, stock.other_mean, net.times)
    assert multiple_basis(same, net, like) is None


def test_05_the_multiple_implies_25_221_gross_joiners_in_the_city() -> None:
    whole = whole_from_multiple(quantity("115"), 30, exact(Fraction("2.9")), 579)
    found = gross_is_not_net(whole, quantity("hơn 14.600"))
    assert "25.221" in said(found, "gross_is_not_net")
    assert gross_is_not_net(whole, whole) is None


def test_06_two_hundred_a_commune_only_as_a_stock() -> None:
    target, stock = quantity("100.000"), quantity("63.000")
    check = quota_check(quantity("200"), 579, target, stock)
    text = said(quota_only_as_stock(quantity("200"), 579, check), "quota_only_as_stock")
    assert "115.800" in text
    assert "3,13 lần" in text
    mended = quota_check(quantity("64"), 579, target, stock)
    assert quota_only_as_stock(quantity("64"), 579, mended) is None


def months(december: str, april: str, may: str) -> Finding | None:
    return decline_hidden_by_last_month(
        DatedStock(date(2022, 12, 31), quantity(december)),
        DatedStock(date(2023, 4, 30), quantity(april)),
        DatedStock(date(2023, 5, 31), quantity(may)),
    )


def test_07_january_to_april_fell_by_1_898() -> None:
    text = said(months("41.098", "39.200", "44.134"), "decline_hidden_by_last_month")
    for part in ("−1.898", "4.934", "31/12/2022", "30/04/2023", "−4,62%", "41.098", "39.200"):
        assert part in text
    assert months("39.100", "39.200", "44.134") is None
    assert months("41.098", "39.200", "39.100") is None


def test_07_not_in_january_where_december_is_the_last_month() -> None:
    december = DatedStock(date(2022, 12, 31), quantity("41.098"))
    january = DatedStock(date(2023, 1, 31), quantity("44.134"))
    assert decline_hidden_by_last_month(december, december, january) is None


def test_08_a_net_gap_is_called_new() -> None:
    gap = remaining(quantity("52.139"), quantity("44.134"))
    assert "8.005" in said(net_gap_called_new(gap, quantity("8.005")), "net_gap_called_new")
    assert net_gap_called_new(gap, quantity("9.600")) is None
    assert net_gap_called_new(exact(-5), exact(-5)) is None


def test_09_the_years_target_is_below_the_stock() -> None:
    on = date(2024, 10, 31)
    found = target_already_met("BHXH – Bưu điện", quantity("82.651"), quantity("hơn 100.000"), on)
    text = said(found, "target_already_met")
    assert "82.651" in text
    assert "17.349" in text
    assert target_already_met("x", quantity("125.000"), quantity("hơn 100.000"), on) is None
    nearly = target_already_met("x", quantity("100.500"), quantity("hơn 100.000"), on)
    assert nearly is None, "100.000 may be less than 100.500"


def test_10_two_labour_forces_in_one_paragraph() -> None:
    compulsory = ImpliedDenominator(
        "BHXH bắt buộc", implied_quantity(quantity("2.132.000"), printed("45,6%"))
    )
    voluntary = ImpliedDenominator(
        "BHXH tự nguyện", implied_quantity(quantity("hơn 100.000"), printed("2,8%"))
    )
    text = said(denominator_changes([compulsory, voluntary]), "denominator_changes")
    assert "BHXH bắt buộc" in text
    mended = ImpliedDenominator(
        "BHXH tự nguyện", implied_quantity(quantity("hơn 130.000"), printed("2,8%"))
    )
    assert denominator_changes([compulsory, mended]) is None
    assert denominator_changes([compulsory]) is None


def test_11_growth_printed_as_1_per_cent_is_14_11() -> None:
    stock = quantity("2.138.323")
    growth = growth_from_change(stock, quantity("264.439"))
    text = said(growth_misprinted(growth, stock, printed("1%")), "growth_printed_wrong")
    assert "14,11%" in text
    assert growth_misprinted(growth, stock, printed("14,11%")) is None
    assert growth_misprinted(growth, stock, printed("14,1%")) is None


def test_12_an_excess_of_points_is_called_per_cent() -> None:
    apart = deviation(quantity("1,3%"), quantity("1%"))
    text = said(points_called_per_cent(apart, printed("0,3%")), "points_called_per_cent")
    assert "0,30 điểm phần trăm" in text
    assert "30,00%" in text
    assert points_called_per_cent(apart, printed("30%")) is None


def test_12_26_17_per_cent_is_taken_of_the_present_value() -> None:
    stock = quantity("267.493")
    growth = growth_from_change(stock, quantity("−70.000"))
    found = growth_misprinted(growth, stock, printed("−26,17%"))
    assert "−20,74%" in said(found, "percentage_of_wrong_base")
    assert growth_misprinted(growth, stock, printed("−20,74%")) is None


@pytest.mark.parametrize(
    "terms",
    [
        ["phát triển mới", "nâng tổng số"],
        ["tăng mới", "vận động được"],
        ["số người trong độ tuổi lao động", "lực lượng trong độ tuổi lao động"],
    ],
)
def test_13_terms_are_mixed(terms: list[str]) -> None:
    text = said(terms_mixed(terms), "terms_mixed")
    assert terms[0] in text
    assert terms_mixed([terms[0], terms[0]]) is None


def test_13_different_words_for_the_same_thing_are_no_finding() -> None:
    assert terms_mixed(["tăng mới", "phát triển mới"]) is None
    assert terms_mixed(["tăng mới", "một từ lạ"]) is None
