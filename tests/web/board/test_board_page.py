"""The board as its readers meet it: the finding as heading, scope, small cells, filters, files."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from tests.figures.factories import (
    bac_giang,
    make_unit,
    observe,
    observe_stock,
    print_rate,
    set_target,
)
from tests.web.board.conftest import Reader

from vandong.accounts.models import Role
from vandong.accounts.queries.scope import Actor
from vandong.administration.places_units import create_unit, put_in_area
from vandong.figures.models import SourceKind
from vandong.places.models import Unit

pytestmark = pytest.mark.django_db


def open_board(client: Client, unit: Unit, **asked: str) -> str:
    answer = client.get(reverse("board:board"), {"don-vi": unit.pk, "den": "2023-05-31", **asked})
    assert answer.status_code == 200
    return answer.content.decode()


def district_board() -> tuple[Unit, list[Unit]]:
    """A province of three districts: far behind, on pace, and one with three people."""
    top = make_unit("Tỉnh Mẫu", "99")
    names = ("Huyện Yên Thế", "Huyện Đông Hòa", "Huyện Nhỏ")
    below = [
        make_unit(name, f"90{n}", "district", parent=top) for n, name in enumerate(names, start=1)
    ]
    for unit, base, stock, plan in zip(
        below, (500, 500, 2), (505, 590, 3), (700, 600, 4), strict=True
    ):
        observe_stock(unit, base, "2022-12-31")
        observe_stock(unit, stock, "2023-05-31")
        set_target(unit, plan)
    observe_stock(top, 1098, "2023-05-31")
    return top, below


def test_the_heading_is_the_finding(reader: Reader) -> None:
    page = open_board(reader(), bac_giang())
    assert "<h1>Đạt 84,65% kế hoạch, còn 8.005 người trong 5 tháng</h1>" in page
    for figure in ("44.134", "52.139", "1.601", "+4.934", "+3.036", "27,50%", "50,00%"):
        assert figure in page
    assert "1.898" in page


def test_the_heading_in_english(reader: Reader) -> None:
    page = open_board(reader(language="en"), bac_giang())
    assert "<h1>84.65% of the plan, 8,005 people to go in 5 months</h1>" in page


def test_an_exceeded_plan_is_said_so(reader: Reader) -> None:
    unit = make_unit()
    observe_stock(unit, 520, "2023-05-31")
    set_target(unit, 500)
    assert "<h1>Đạt 104,00% kế hoạch, vượt 20 người</h1>" in open_board(reader(), unit)


def test_without_a_plan_or_a_stock_the_heading_says_what_is_missing(reader: Reader) -> None:
    unit = make_unit()
    client = reader()
    assert "Chưa có số liệu đến ngày 31/05/2023" in open_board(client, unit)
    observe_stock(unit, 520, "2023-05-31")
    assert "520 người đang tham gia, chưa có kế hoạch để so" in open_board(client, unit)


def test_the_default_board_is_the_highest_unit_with_figures_on_its_last_day(reader: Reader) -> None:
    top, _ = district_board()
    answer = reader().get(reverse("board:board"))
    assert answer.context["page"].unit == top
    assert answer.context["page"].on == date(2023, 5, 31)


def test_without_any_figure_the_board_says_what_to_do(reader: Reader) -> None:
    answer = reader().get(reverse("board:board"))
    assert answer.status_code == 200
    assert "Chưa có số liệu để xem" in answer.content.decode()


def test_a_unit_outside_the_readers_ground_is_not_there(reader: Reader) -> None:
    top, below = district_board()
    elsewhere = make_unit("Tỉnh Khác", "98")
    observe_stock(elsewhere, 777, "2023-05-31")
    client = reader(Role.OFFICER, below[0])
    for name in ("board:board", "board:xlsx", "board:csv", "board:picture", "board:explanation"):
        asked = {"don-vi": elsewhere.pk, "den": "2023-05-31", "so": "stock"}
        assert client.get(reverse(name), asked).status_code == 404
    assert top.pk != elsewhere.pk


def test_units_that_need_help_stand_first(reader: Reader) -> None:
    top, _ = district_board()
    page = open_board(reader(), top)
    assert page.index("Huyện Yên Thế</a>") < page.index("Huyện Đông Hòa</a>")


def test_sorting_by_name_and_back(reader: Reader) -> None:
    top, _ = district_board()
    client = reader()
    names = ["Huyện Đông Hòa</a>", "Huyện Nhỏ</a>", "Huyện Yên Thế</a>"]
    page = open_board(client, top, **{"sap-xep": "ten"})
    assert sorted(names, key=page.index) == names
    page = open_board(client, top, **{"sap-xep": "ten", "nguoc": "1"})
    assert sorted(names, key=page.index) == names[::-1]


@pytest.mark.parametrize("typed", ["dong hoa", "Đông Hoà".replace("Hoà", "Hòa"), "DONG"])
def test_the_filter_knows_no_diacritics(reader: Reader, typed: str) -> None:
    top, _ = district_board()
    page = open_board(reader(), top, tim=typed)
    assert "Huyện Đông Hòa</a>" in page
    assert "Huyện Yên Thế</a>" not in page
    assert "1 trong 3 đơn vị" in page


def test_a_filter_that_fits_nothing_offers_the_way_back(reader: Reader) -> None:
    top, _ = district_board()
    assert "Không có đơn vị nào khớp" in open_board(reader(), top, tim="zzz")


def test_the_light_filters(reader: Reader) -> None:
    top, _ = district_board()
    page = open_board(reader(), top, muc="needs_help")
    assert "Huyện Yên Thế</a>" in page
    assert "Huyện Đông Hòa</a>" not in page


def test_htmx_gets_the_table_alone(reader: Reader) -> None:
    top, _ = district_board()
    asked = {"don-vi": top.pk, "den": "2023-05-31"}
    headers = {"HX-Request": "true", "HX-Target": "units"}
    page = reader().get(reverse("board:board"), asked, headers=headers).content.decode()
    assert "<html" not in page
    assert "Huyện Yên Thế</a>" in page


def test_small_cells_are_hidden_from_those_outside_the_office(reader: Reader) -> None:
    top, below = district_board()
    inside, outside = open_board(reader(), top), open_board(reader(Role.OBSERVER), top)
    assert "dưới 5" not in inside
    row = outside[outside.index("Huyện Nhỏ</a>") :].split("</tr>")[0]
    assert "dưới 5" in row
    assert "so=" not in row
    asked = {"don-vi": below[2].pk, "den": "2023-05-31", "so": "stock"}
    assert reader(Role.OBSERVER).get(reverse("board:explanation"), asked).status_code == 404
    assert reader().get(reverse("board:explanation"), asked).status_code == 200


def test_small_cells_are_hidden_in_files_and_on_their_own_board_too(reader: Reader) -> None:
    top, below = district_board()
    client = reader(Role.OBSERVER)
    asked = {"don-vi": top.pk, "den": "2023-05-31", "sap-xep": "ten"}
    csv = client.get(reverse("board:csv"), asked).content.decode("utf-8-sig")
    line = next(line for line in csv.splitlines() if "Huyện Nhỏ" in line)
    assert line == "2,Huyện Nhỏ,dưới 5,,,,,,,"
    own = open_board(client, below[2])
    assert "dưới 5" in own
    assert "75,00" not in own


def test_every_figure_opens_its_explanation(reader: Reader) -> None:
    unit = bac_giang()
    client = reader()
    page = open_board(client, unit)
    link = page.split('href="/tong-quan/giai-thich?')[2].split('"')[0].replace("&amp;", "&")
    assert client.get(f"/tong-quan/giai-thich?{link}").status_code == 200


def test_the_explanation_of_what_remains_names_both_inputs(reader: Reader) -> None:
    unit = bac_giang()
    client = reader()
    plan = client.get(reverse("board:board"), {"don-vi": unit.pk, "den": "2023-05-31"}).context[
        "plan"
    ]
    asked = {"don-vi": unit.pk, "den": "2023-05-31", "so": f"plan-{plan.target_id}-remaining"}
    page = client.get(reverse("board:explanation"), asked).content.decode()
    for word in ("8.005", "52.139", "44.134", "Kế hoạch − số đã đạt", "31/05/2023"):
        assert word in page


def test_an_unknown_figure_is_not_there(reader: Reader) -> None:
    unit = bac_giang()
    asked = {"don-vi": unit.pk, "den": "2023-05-31", "so": "plan-0-nothing"}
    assert reader().get(reverse("board:explanation"), asked).status_code == 404


def test_a_day_that_cannot_be_read_falls_back_and_says_so(reader: Reader) -> None:
    page = open_board(reader(), bac_giang(), den="31/02/2023")
    assert "Không đọc được ngày “31/02/2023”" in page


def test_a_unit_that_no_longer_stands_says_so(reader: Reader) -> None:
    unit = make_unit(valid_until="2025-07-01")
    observe_stock(unit, 10, "2025-06-30")
    page = open_board(reader(), unit, den="2025-08-01")
    assert "không có đơn vị “Tỉnh Bắc Giang”" in page


def test_made_up_figures_are_marked_on_page_and_files(reader: Reader) -> None:
    unit = make_unit()
    observe_stock(unit, 50, "2023-05-31", source_kind=SourceKind.MADE_UP)
    client = reader()
    assert "Dữ liệu mẫu" in open_board(client, unit)
    asked = {"don-vi": unit.pk, "den": "2023-05-31"}
    assert "DỮ LIỆU MẪU" in client.get(reverse("board:csv"), asked).content.decode()
    sheet = load_workbook(BytesIO(client.get(reverse("board:xlsx"), asked).content)).active
    assert "DỮ LIỆU MẪU" in str(sheet.cell(2, 1).value)


def test_the_workbook_has_the_rows_of_the_screen(reader: Reader) -> None:
    top, _ = district_board()
    asked = {"don-vi": top.pk, "den": "2023-05-31", "sap-xep": "ten", "tim": "yen"}
    answer = reader().get(reverse("board:xlsx"), asked)
    assert 'filename="tien-do_tinh-mau_bhxh_tn_2023-05-31.xlsx"' in answer["Content-Disposition"]
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[3][:3] == ("1", "Huyện Yên Thế", 505)
    assert rows[4][:3] == ("", "Tỉnh Mẫu", 1098)


def test_the_picture_is_a_png(reader: Reader) -> None:
    unit = bac_giang()
    answer = reader().get(reverse("board:picture"), {"don-vi": unit.pk, "den": "2023-05-31"})
    assert answer["Content-Type"] == "image/png"
    assert answer.content[:8] == b"\x89PNG\r\n\x1a\n"


def test_the_message_carries_the_canonical_sentence(reader: Reader) -> None:
    page = open_board(reader(), bac_giang())
    message = page.split('id="share-text"')[1].split("</textarea>")[0]
    assert "đạt 84,65% kế hoạch do UBND tỉnh giao" in message


def test_flows_stand_with_their_channels_and_shares(reader: Reader) -> None:
    unit = make_unit("Thành phố Hải Phòng", "31")
    observe_stock(unit, 8148, "2019-03-31")
    for channel, value in (("", 824), ("post", 354), ("other_agent", 470)):
        observe(unit, "gross_new", value, "2019-03-31", period_from="2019-01-01", channel=channel)
    page = open_board(reader(), unit, den="2019-03-31")
    for word in ("Tăng mới", ">824<", "Bưu điện (42,96%)", ">354<", "khác (57,04%)", ">470<"):
        assert word in page


def test_a_printed_percentage_stands_with_what_it_implies(reader: Reader) -> None:
    unit = make_unit("Thành phố Hải Phòng", "31")
    observe_stock(unit, 8148, "2019-03-31")
    print_rate(unit, "pct_of_plan", "56.43", "2019-03-31")
    page = open_board(reader(), unit, den="2019-03-31")
    assert "56,43%" in page
    assert "14.437 – 14.440" in page


def test_the_trend_is_drawn_with_its_words(reader: Reader) -> None:
    unit = bac_giang()
    page = (
        reader()
        .get(reverse("board:trend"), {"don-vi": unit.pk, "den": "2023-05-31"})
        .content.decode()
    )
    assert "<svg" in page
    assert "41.098 ngày 31/12/2022, 44.134 ngày 31/05/2023" in page


def test_one_unit_and_many_cost_the_same_number_of_queries(
    reader: Reader, django_assert_max_num_queries: object
) -> None:
    top, _ = district_board()
    client = reader()
    open_board(client, top)
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        open_board(client, top)


def test_a_unit_without_its_own_figure_tells_of_its_parts(reader: Reader) -> None:
    country = make_unit("Việt Nam", "0", "country")
    known = make_unit("Tỉnh Có Số", "11", parent=country)
    make_unit("Tỉnh An Lặng", "12", parent=country)
    observe_stock(known, 500, "2026-01-31")
    page = open_board(reader(), country, den="2026-01-31")
    assert "Chưa có số chung; 1 trong 2 đơn vị trực thuộc đã có số liệu" in page
    table = page[page.index('id="units"') :]
    assert table.index("Tỉnh Có Số") < table.index("Tỉnh An Lặng")


def test_the_units_below_as_the_agency_divides_them(reader: Reader) -> None:
    province = make_unit("Tỉnh Mẫu", "99")
    commune = make_unit("Xã Trong Vùng", "99001", "commune", parent=province)
    actor, at = Actor.system("tests"), datetime(2026, 2, 1, tzinfo=UTC)
    named = {"kind": "agency_area", "name": "BHXH cơ sở Mẫu", "day": date(2026, 1, 31)}
    area = create_unit(actor=actor, parent=province, at=at, **named)
    put_in_area(actor=actor, area=area, units=[commune], at=at)
    for unit in (province, commune, area):
        observe_stock(unit, 500, "2026-01-31")
    client = reader(Role.OBSERVER, province)
    page = open_board(client, province, den="2026-01-31")
    assert "Theo BHXH cơ sở" in page
    assert "Xã Trong Vùng" in page
    assert "BHXH cơ sở Mẫu" not in page
    divided = open_board(client, province, den="2026-01-31", theo="bhxh")
    assert "BHXH cơ sở Mẫu" in divided
    assert "Xã Trong Vùng" not in divided
    below = open_board(client, area, den="2026-01-31")
    assert "Xã Trong Vùng" in below
    assert "Tỉnh Mẫu" in below[below.index("board-place") : below.index("<h1")]
    assert "Theo BHXH cơ sở" not in below
