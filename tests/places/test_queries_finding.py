"""From what people write to the unit of the day, on both sides of 01/07/2025."""

from datetime import date

import pytest

from vandong.phrases.places import finding_sentence
from vandong.places.models import Succession, Unit
from vandong.places.queries import UnitProblem, UnitResolver, find_unit, unit_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("official_units")]
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)

FOUND = [
    ("01", date(2021, 11, 1), "", "Thành phố Hà Nội"),
    ("01", date(2026, 9, 30), "", "Thành phố Hà Nội"),
    ("277", date(2021, 11, 1), "", "Huyện Chương Mỹ"),
    ("01:277", date(2021, 11, 1), "", "Huyện Chương Mỹ"),
    ("Thị trấn Xuân Mai", date(2021, 11, 1), "Huyện Chương Mỹ", "Thị trấn Xuân Mai"),
    ("Huyện Sóc Sơn", date(2021, 11, 1), "01", "Huyện Sóc Sơn"),
    ("Xã Phú Cường", date(2021, 11, 1), "Huyện Sóc Sơn", "Xã Phú Cường"),
    ("Xã Phú Cường, Huyện Sóc Sơn, Thành phố Hà Nội", date(2021, 11, 1), "", "Xã Phú Cường"),
    ("24", date(2023, 5, 31), "", "Tỉnh Bắc Giang"),
    ("24", BEFORE, "", "Tỉnh Bắc Giang"),
    ("24", AFTER, "", "Tỉnh Bắc Ninh"),
    ("31", date(2019, 12, 31), "", "Thành phố Hải Phòng"),
    ("31", AFTER, "", "Thành phố Hải Phòng"),
    ("00070", BEFORE, "", "Phường Hàng Trống"),
    ("00070", AFTER, "", "Phường Hoàn Kiếm"),
    ("Tỉnh Thanh Hóa", AFTER, "", "Tỉnh Thanh Hoá"),
    ("  tỉnh  bắc ninh ", AFTER, "", "Tỉnh Bắc Ninh"),
    ("Xã Cẩm Giang", AFTER, "31", "Xã Cẩm Giang"),
    ("Xã Cẩm Giàng", AFTER, "31", "Xã Cẩm Giàng"),
    ("VN", AFTER, "", "Việt Nam"),
    ("1", AFTER, "", "Thành phố Hà Nội"),
]


@pytest.mark.parametrize(("text", "day", "parent", "name"), FOUND)
def test_one_look_up_and_the_resolver_agree(text, day, parent, name):
    unit = find_unit(text, day, parent)
    assert unit.name == name
    resolver = UnitResolver()
    assert resolver.resolve(text, day, parent) == unit.id
    assert resolver.name(unit.id) == name


def test_zeros_lost_by_a_spreadsheet_come_back_by_the_kind():
    assert find_unit("70", AFTER, kind="commune").code == "00070"
    assert find_unit("70", BEFORE).kind == "province"


def test_a_unit_is_found_by_kind_code_and_day():
    assert unit_at("province", "24", BEFORE).name == "Tỉnh Bắc Giang"
    assert unit_at("province", "24", AFTER).name == "Tỉnh Bắc Ninh"
    assert unit_at(None, "277", AFTER) is None


def refused(text, day, parent=""):
    with pytest.raises(UnitProblem) as single:
        find_unit(text, day, parent)
    with pytest.raises(UnitProblem) as bulk:
        UnitResolver().resolve(text, day, parent)
    assert single.value.finding == bulk.value.finding
    return single.value


def test_a_name_of_several_units_shows_them():
    problem = refused("Xã Phú Cường", date(2021, 11, 1))
    assert problem.code == "ambiguous_unit"
    assert problem.finding.values["count"] == 8
    assert "Xã Phú Cường, Huyện Sóc Sơn, Thành phố Hà Nội (00442)" in str(
        problem.finding.values["candidates"]
    )


@pytest.mark.parametrize(
    ("text", "day", "parent", "suggested"),
    [
        ("Chuong My", BEFORE, "", "Huyện Chương Mỹ, Thành phố Hà Nội (277)"),
        ("Phường Kim Lien", AFTER, "01", "Phường Kim Liên, Thành phố Hà Nội (00229)"),
        ("Phường Kim Liênn", AFTER, "01", "Phường Kim Liên, Thành phố Hà Nội (00229)"),
        ("99999", AFTER, "", "—"),
        ("Xã Xuân Mai", AFTER, "24", "Xã Xuân Mai, Thành phố Hà Nội ("),
    ],
)
def test_an_unknown_unit_is_met_with_its_likes(text, day, parent, suggested):
    problem = refused(text, day, parent)
    assert problem.code == "unknown_unit"
    assert suggested in str(problem.finding.values["suggestions"])


@pytest.mark.parametrize(
    ("text", "day", "name", "span", "heir"),
    [
        ("Tỉnh Bắc Giang", AFTER, "Tỉnh Bắc Giang", "– 30/06/2025", "Tỉnh Bắc Ninh (24)"),
        (
            "277",
            AFTER,
            "Huyện Chương Mỹ",
            "– 30/06/2025",
            "Phường Chương Mỹ, Thành phố Hà Nội (10015)",
        ),
        ("318", AFTER, "Huyện Bạch Long Vĩ", "– 30/06/2025", "Đặc khu Bạch Long Vĩ"),
        ("Phường Hoàn Kiếm", BEFORE, "Phường Hoàn Kiếm", "01/07/2025 –", "—"),
    ],
)
def test_a_unit_of_another_day_names_its_span_and_successors(text, day, name, span, heir):
    problem = refused(text, day)
    values = problem.finding.values
    assert (problem.code, values["name"], values["span"]) == ("unit_of_another_day", name, span)
    assert heir in str(values["successors"])
    assert name in finding_sentence(problem.finding, "vi")
    assert name in finding_sentence(problem.finding, "en")


def test_the_resolver_asks_the_database_once_for_any_number_of_rows(django_assert_num_queries):
    resolver = UnitResolver()
    codes = list(
        Unit.objects.filter(kind="commune", valid_until=None).values_list("code", flat=True)
    )
    with django_assert_num_queries(0):
        found = {resolver.resolve(code, AFTER) for code in codes * 3}
    assert len(found) == 3321


def test_the_resolver_tells_the_days_apart():
    resolver = UnitResolver()
    before, after = resolver.resolve("24", BEFORE), resolver.resolve("24", AFTER)
    assert Succession.objects.filter(predecessor_id=before, successor_id=after, share=1).exists()


def test_a_refusal_remembered_speaks_of_the_day_that_was_asked():
    resolver = UnitResolver()
    for day in (date(2025, 7, 1), date(2026, 2, 3)):
        with pytest.raises(UnitProblem) as problem:
            resolver.resolve("277", day)
        assert problem.value.finding.values["on"] == day
