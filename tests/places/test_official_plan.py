"""The official tables made whole: counts on both sides of 01/07/2025, and every faulty row by name."""

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from vandong.places.official import CHANGE_DAY, UnitMark, official_plan

GOLDEN = Path(__file__).parents[1] / "cases" / "places_faults.yaml"
LAST_DAY = date(2025, 6, 30)


@pytest.fixture(scope="module")
def plan():
    return official_plan()


def units_on(plan, day):
    return [
        unit
        for unit in plan.units
        if (unit.mark.valid_from or date.min) <= day < (unit.valid_until or date.max)
    ]


def test_both_sides_of_the_change(plan):
    before = Counter(unit.mark.kind for unit in units_on(plan, LAST_DAY))
    after = Counter(unit.mark.kind for unit in units_on(plan, CHANGE_DAY))
    assert before == {"country": 1, "province": 63, "district": 696, "commune": 10051}
    assert after == {"country": 1, "province": 34, "commune": 3321}


def test_each_unit_of_a_day_has_one_place_on_that_day(plan):
    for day in (LAST_DAY, CHANGE_DAY):
        placed = Counter(
            place.line[-1]
            for place in plan.placements
            if (place.valid_from or date.min) <= day < (place.valid_until or date.max)
        )
        assert placed == Counter(unit.mark for unit in units_on(plan, day))


def test_the_eleven_provinces_that_stayed_are_one_unit_each(plan):
    same = {unit.name for unit in plan.units if unit.mark.kind == "province"} & {
        unit.name
        for unit in plan.units
        if unit.mark.kind == "province"
        and unit.mark.valid_from is None
        and unit.valid_until is None
    }
    assert same == {
        "Thành phố Hà Nội",
        "Thành phố Huế",
        "Tỉnh Cao Bằng",
        "Tỉnh Điện Biên",
        "Tỉnh Hà Tĩnh",
        "Tỉnh Lai Châu",
        "Tỉnh Lạng Sơn",
        "Tỉnh Nghệ An",
        "Tỉnh Quảng Ninh",
        "Tỉnh Sơn La",
        "Tỉnh Thanh Hoá",
    }


@pytest.mark.parametrize(
    ("code", "name"), [("31", "Thành phố Hải Phòng"), ("08", "Tỉnh Tuyên Quang")]
)
def test_a_province_that_grew_is_a_new_unit_under_the_old_name(plan, code, name):
    spans = [
        (unit.mark.valid_from, unit.valid_until)
        for unit in plan.units
        if unit.mark.kind == "province" and unit.mark.code == code
    ]
    assert spans == [(None, CHANGE_DAY), (CHANGE_DAY, None)]
    assert {unit.name for unit in plan.units if unit.mark[:2] == ("province", code)} == {name}


def test_a_commune_kept_as_it_was_is_one_unit_in_two_places(plan):
    mark = UnitMark("commune", "03997", None)  # the sheet's name differs: not surely the same
    kept = [unit for unit in plan.units if unit.mark.kind == "commune" and unit.valid_until is None]
    same = [unit.mark for unit in kept if unit.mark.valid_from is None]
    assert len(same) == 120
    assert mark not in same
    lines = [place.line for place in plan.placements if place.line[-1] == same[0]]
    assert [[part.kind for part in line] for line in lines] == [
        ["country", "province", "district", "commune"],
        ["country", "province", "commune"],
    ]


def test_shares_of_a_unit_never_exceed_all_its_people(plan):
    shares = defaultdict(list)
    for succession in plan.successions:
        shares[succession.old].append(succession.share)
    for parts in shares.values():
        known = sum((share for share in parts if share is not None), Decimal(0))
        assert known == 1 if None not in parts else known == 0


def test_bac_ninh_converts_exactly_and_ha_noi_does_not(plan):
    parents = {place.line[-1]: place.line[1] for place in plan.placements if len(place.line) > 1}
    ways = defaultdict(set)
    for succession in plan.successions:
        if succession.old.kind == "commune":
            ways[succession.old].add(succession.new)
    split = Counter(parents[old].code for old, news in ways.items() if len(news) > 1)
    assert split["24"] == split["27"] == 0
    # 198 as printed; Đặng Xá, printed with Cổ Bi's code, is the 199th
    assert split["01"] == 199


def test_centres_come_from_the_successors(plan):
    centre = {unit.mark: unit.centre for unit in plan.units}
    ba_dinh = centre[UnitMark("commune", "00004", CHANGE_DAY)]
    assert (ba_dinh.lat, ba_dinh.lon, ba_dinh.area_km2) == (21.0386, 105.838, 2.97)
    truc_bach = centre[UnitMark("commune", "00004", None)]
    assert (truc_bach.lat, truc_bach.lon, truc_bach.area_km2) == (21.0386, 105.838, None)
    ha_noi = centre[UnitMark("province", "01", None)]
    assert 20.8 < ha_noi.lat < 21.2
    assert ha_noi.area_km2 == pytest.approx(3359.84, abs=1)
    nowhere = [mark for mark, place in centre.items() if place.lat is None]
    assert len(nowhere) == 23


def test_every_fault_is_in_the_list(plan):
    listed = yaml.safe_load(GOLDEN.read_text(encoding="utf-8"))["faults"]
    met = [
        {
            "fault": fault.code.value,
            "row": fault.row,
            "printed": f"{fault.printed_code} {fault.printed_name}".strip(),
            "listed": fault.listed_name,
            "read": f"{fault.reading.value} {fault.taken}".strip(),
        }
        for fault in plan.faults
    ]
    assert met == listed


def test_the_numbers_of_faults_that_the_sources_admit(plan):
    counted = Counter(fault.code.value for fault in plan.faults)
    unknown = {f.printed_code for f in plan.faults if f.code == "old_code_unknown"}
    assert counted["old_name_differs"] == 112
    assert len(unknown) == 10
    # 28 are absent as printed; 10 of them are found again by their name
    assert counted["old_unit_absent"] == 18
