"""The report of Bắc Giang at 31/05/2023 carries the figures of the article (domain.md S2.2, S2.3)."""

from datetime import date

import pytest
from tests.figures.factories import (
    bac_giang,
    make_unit,
    observe,
    observe_size,
    observe_stock,
    set_target,
)

from vandong.accounts.models import OfficeSetting, Role
from vandong.accounts.queries.scope import Actor, GrantLine, NotAllowed
from vandong.figures.models import SourceKind
from vandong.reporting.unit_report import UnitReport, unit_report

pytestmark = pytest.mark.django_db

ON = date(2023, 5, 31)
SYSTEM = Actor.system("kiểm thử")


def text_of(made: UnitReport) -> str:
    return "\n".join(paragraph.text for paragraph in made.report.paragraphs)


def test_bac_giang_carries_the_figures_of_the_article() -> None:
    made = unit_report(actor=SYSTEM, unit=bac_giang(), scheme="bhxh_tn", on=ON)
    text = text_of(made)
    assert "có 44.134 người tham gia BHXH tự nguyện" in text
    assert "đạt 84,65% kế hoạch do UBND tỉnh giao (52.139 người)" in text
    assert "tăng 4.934 người so với tháng 04/2023" in text
    assert "tăng 3.036 người so với tháng 12/2022" in text
    assert "còn phải phát triển 8.005 người" in text
    assert "bình quân mỗi tháng cần tăng 1.601 người" in text
    assert "1.898" in text


def test_bac_giang_footnotes_what_is_derived_and_what_does_not_close() -> None:
    made = unit_report(actor=SYSTEM, unit=bac_giang(), scheme="bhxh_tn", on=ON)
    notes = "\n".join(made.report.footnotes)
    assert "39.200" in notes
    assert "41.098" in notes
    assert "8.005 là chênh lệch ròng" in notes
    numbered = {number for one in made.report.paragraphs for number in one.notes}
    assert numbered == set(range(1, len(made.report.footnotes) + 1))


def test_the_trend_reaches_back_through_derived_stocks_to_the_plan() -> None:
    trend = unit_report(actor=SYSTEM, unit=bac_giang(), scheme="bhxh_tn", on=ON).report.trend
    assert trend is not None
    assert [point.value for point in trend.points] == [41098, 39200, 44134]
    assert trend.plan_until is not None
    assert (trend.plan_until.on, trend.plan_until.value) == (date(2023, 10, 31), 52139)


def test_a_unit_without_figures_says_so() -> None:
    made = unit_report(actor=SYSTEM, unit=make_unit(), scheme="bhxh_tn", on=ON)
    assert "chưa có số liệu người tham gia BHXH tự nguyện" in text_of(made)
    assert made.report.tables == ()
    assert made.report.trend is None


def test_the_table_has_each_unit_and_the_parents_own_figure() -> None:
    top = make_unit()
    below = [
        make_unit(name, code, "district", parent=top)
        for name, code in (("Huyện Yên Thế", "215"), ("Huyện Lục Nam", "218"))
    ]
    observe_stock(top, 1000, "2023-05-31")
    for unit, value in zip(below, (600, 390), strict=True):
        observe_stock(unit, value, "2023-05-31")
    made = unit_report(actor=SYSTEM, unit=top, scheme="bhxh_tn", on=ON)
    table = made.report.tables[0]
    assert [(row[1], row[2]) for row in table.rows] == [
        ("Huyện Lục Nam", 390),
        ("Huyện Yên Thế", 600),
    ]
    assert table.total is not None
    assert table.total[2] == 1000
    assert "Cộng các đơn vị được 990 người" in text_of(made)


def test_channels_are_told_with_their_shares() -> None:
    unit = make_unit("Thành phố Hải Phòng", "31")
    for channel, value in (("", 824), ("post", 354), ("other_agent", 470)):
        observe(unit, "gross_new", value, "2019-03-31", period_from="2019-01-01", channel=channel)
    observe_stock(unit, 8148, "2019-03-31")
    made = unit_report(actor=SYSTEM, unit=unit, scheme="bhxh_tn", on=date(2019, 3, 31))
    assert "là 824 người, trong đó: " in text_of(made)
    assert "Bưu điện 354 người (42,96%)" in text_of(made)
    assert "470 người (57,04%)" in text_of(made)


def test_health_insurance_is_measured_on_people_only() -> None:
    unit = make_unit("Thành phố Hải Phòng", "31")
    observe_stock(unit, 1717691, "2019-03-31", scheme="bhyt")
    observe_size(unit, "population", 2028449, "2019-03-31")
    observe_size(unit, "labour_force", 1153000, "2019-03-31")
    text = text_of(unit_report(actor=SYSTEM, unit=unit, scheme="bhyt", on=date(2019, 3, 31)))
    assert "chiếm 84,68% dân số" in text
    assert "lực lượng lao động" not in text


def test_made_up_figures_are_marked_on_the_report() -> None:
    unit = make_unit()
    observe_stock(unit, 500, "2023-05-31", source_kind=SourceKind.MADE_UP)
    made = unit_report(actor=SYSTEM, unit=unit, scheme="bhxh_tn", on=ON)
    assert made.is_made_up
    assert "DỮ LIỆU MẪU" in made.report.sample_note


def test_official_figures_are_not_marked() -> None:
    made = unit_report(actor=SYSTEM, unit=bac_giang(), scheme="bhxh_tn", on=ON)
    assert not made.is_made_up
    assert made.report.sample_note == ""


def test_an_exceeded_plan_is_said_as_surplus() -> None:
    unit = make_unit()
    observe_stock(unit, 520, "2023-05-31")
    set_target(unit, 500, period_from="2023-01-01", deadline="2023-12-31")
    text = text_of(unit_report(actor=SYSTEM, unit=unit, scheme="bhxh_tn", on=ON))
    assert "đã vượt 20 người" in text


def test_an_office_sets_its_own_letterhead() -> None:
    OfficeSetting.objects.create(kind="letterhead", name="", value={"signer_title": "KT. GIÁM ĐỐC"})
    made = unit_report(actor=SYSTEM, unit=bac_giang(), scheme="bhxh_tn", on=ON)
    assert made.report.letterhead.signer_title == "KT. GIÁM ĐỐC"
    assert made.report.letterhead.issuer == "BẢO HIỂM XÃ HỘI TỈNH BẮC GIANG"
    assert made.report.letterhead.place_and_day == "Bắc Giang, ngày 31 tháng 05 năm 2023"


def test_a_report_is_refused_outside_the_ground() -> None:
    unit = bac_giang()
    other = make_unit("Thành phố Hải Phòng", "31")
    grants = (GrantLine(Role.PLANNER, unit_id=other.pk),)
    with pytest.raises(NotAllowed):
        unit_report(
            actor=Actor(user_id=None, name="x", grants=grants), unit=unit, scheme="bhxh_tn", on=ON
        )
