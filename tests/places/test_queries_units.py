"""Trees and successions on both sides of 01/07/2025; search as people type."""

from datetime import date
from decimal import Decimal

import pytest

from vandong.places.queries import (
    ancestors,
    children,
    communes_before,
    find_unit,
    origins,
    search_units,
    siblings,
    split_count,
    subtree,
    successions,
    successor_communes,
    successors_on,
    unit_tiles,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("official_units")]
TREE = "administrative"
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def names(units):
    return [unit.name for unit in units]


def test_ha_noi_is_one_unit_with_districts_then_communes():
    ha_noi = find_unit("01", BEFORE)
    assert find_unit("01", AFTER) == ha_noi
    assert {unit.kind for unit in children(ha_noi, TREE, BEFORE)} == {"district"}
    assert children(ha_noi, TREE, BEFORE).count() == 30
    assert {unit.kind for unit in children(ha_noi, TREE, AFTER)} == {"commune"}
    assert children(ha_noi, TREE, AFTER).count() == 126
    assert subtree(ha_noi, TREE, BEFORE).count() == 1 + 30 + 526
    assert subtree(ha_noi, TREE, AFTER).count() == 127


def test_lines_upwards_and_sideways():
    xuan_mai = find_unit("Thị trấn Xuân Mai", BEFORE)
    assert names(ancestors(xuan_mai, TREE, BEFORE)) == [
        "Việt Nam",
        "Thành phố Hà Nội",
        "Huyện Chương Mỹ",
    ]
    assert ancestors(xuan_mai, TREE, AFTER) == ()
    beside = siblings(xuan_mai, TREE, BEFORE)
    assert beside.count() == 29
    assert xuan_mai not in beside
    assert not subtree(xuan_mai, TREE, AFTER).exists()


def test_children_stand_in_vietnamese_order():
    communes = names(children(find_unit("31", AFTER), TREE, AFTER))
    assert communes.index("Xã Cẩm Giang") < communes.index("Xã Cẩm Giàng")
    assert communes[0].startswith("Đặc khu")


def test_a_province_goes_whole_into_another():
    [heir] = successors_on(find_unit("24", BEFORE), AFTER)
    assert (heir.unit.name, heir.share, heir.on) == ("Tỉnh Bắc Ninh", 1, AFTER)
    assert names(row.predecessor for row in origins(heir.unit)) == [
        "Tỉnh Bắc Giang",
        "Tỉnh Bắc Ninh",
    ]


def test_a_unit_of_the_day_is_its_own_successor():
    ha_noi = find_unit("01", BEFORE)
    [heir] = successors_on(ha_noi, AFTER)
    assert (heir.unit, heir.share) == (ha_noi, 1)


def test_the_misprinted_dang_xa_goes_where_its_people_went():
    shares = {
        heir.unit.name: heir.share for heir in successors_on(find_unit("00556", BEFORE), AFTER)
    }
    assert shares == {"Xã Thuận An": Decimal(1), "Xã Phù Đổng": Decimal(0)}


def test_an_unknown_part_stays_unknown():
    parts = successions(find_unit("00016", BEFORE))
    assert len(parts) > 1
    assert {(part.note, part.share) for part in parts} == {("Nhập một phần", None)}


def test_a_district_has_no_successor_but_its_communes_have():
    district = find_unit("277", BEFORE)
    assert successors_on(district, AFTER) == ()
    assert "Xã Xuân Mai" in names(successor_communes(district, AFTER))
    island = find_unit("318", BEFORE)
    assert names(successor_communes(island, AFTER)) == ["Đặc khu Bạch Long Vĩ"]


def test_a_merged_province_leads_to_its_part_of_the_new_one():
    bac_giang = find_unit("24", BEFORE)
    assert len(successor_communes(bac_giang, AFTER)) == 58
    assert len(successor_communes(find_unit("24", AFTER), AFTER)) == 99


@pytest.mark.parametrize(
    ("code", "total", "split", "lost"), [("01", 526, 199, 0), ("24", 195, 0, 3), ("27", 121, 0, 0)]
)
def test_how_many_old_communes_are_split(code, total, split, lost):
    counted = split_count(communes_before(find_unit(code, BEFORE)))
    assert (counted.total, counted.split, counted.lost) == (total, split, lost)


def found(text, day=AFTER, **more):
    return [hit.line.name for hit in search_units(text, day, **more).hits]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("xuan mai", "Xã Xuân Mai"),
        ("Xuân Mai", "Xã Xuân Mai"),
        ("ha noi", "Thành phố Hà Nội"),
        ("TP Hà Nội", "Thành phố Hà Nội"),
        ("P. Kim Lien", "Phường Kim Liên"),
        ("kim liê", "Phường Kim Liên"),
        ("00070", "Phường Hoàn Kiếm"),
        ("24", "Tỉnh Bắc Ninh"),
        ("tinh bac n", "Tỉnh Bắc Ninh"),
        ("cẩm giàng", "Xã Cẩm Giàng"),
        ("ô chợ dừa", "Phường Ô Chợ Dừa"),
        ("hoàn kiếm, hà nội", "Phường Hoàn Kiếm"),
    ],
)
def test_search_as_people_type(text, first):
    assert found(text)[0] == first


def test_tones_that_were_typed_are_respected_first():
    cam = found("xã cẩm giàng")
    assert cam.index("Xã Cẩm Giàng") < cam.index("Xã Cẩm Giang")
    cam = found("xã cẩm giang")
    assert cam.index("Xã Cẩm Giang") < cam.index("Xã Cẩm Giàng")


def test_an_old_name_leads_to_its_successors():
    [town] = [hit for hit in search_units("TT. Xuân Mai", AFTER).hits if not hit.holds]
    assert town.line.parents == ("Huyện Chương Mỹ", "Thành phố Hà Nội")
    assert town.successors == ("Xã Xuân Mai",)
    district = search_units("huyện chương mỹ", AFTER).hits[0]
    assert "Xã Xuân Mai" in district.successors
    [here] = [hit for hit in search_units("TT. Xuân Mai", BEFORE).hits if hit.holds]
    assert here.successors == ()


def test_search_says_when_there_is_more():
    result = search_units("tân", AFTER, limit=5)
    assert len(result.hits) == 5
    assert result.more


@pytest.mark.parametrize("text", ["", "   ", "'", "& | !", "%_", "zzzz", "a:* & b", "\\"])
def test_search_finds_nothing_without_falling(text):
    assert search_units(text, AFTER).hits == () or text == "a:* & b"


@pytest.mark.parametrize("text", ["tan", "xuan mai"])
def test_search_asks_as_often_for_one_hit_as_for_many(text, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        search_units(text, AFTER)


def test_a_kind_can_be_asked_for():
    assert set(found("hà nội", kind="province")) == {"Thành phố Hà Nội"}


def test_the_tiles_of_a_province():
    ids = [unit.id for unit in children(find_unit("01", AFTER), TREE, AFTER)]
    grid = unit_tiles(ids)
    assert (grid.rows, grid.columns) == (14, 14)
    assert set(grid.cells) == set(ids)
