"""Each kind of damage that lists do to people, one pair each; what is no evidence; one person once."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.linkage.told_people import HOA, OTHERS, answer, ground

from vandong.intake.linkage import Thresholds, linked
from vandong.intake.linkage.backends import DuckDB

ROW = HOA | {"key": 7}
FEW = settings(max_examples=8, deadline=None)


@pytest.mark.parametrize(
    "damage",
    [
        {},
        {"full_name": "Nguyen Thi Thanh Hoa", "address": "so 12, thon 3, xa tam tien"},
        {"full_name": "Nguyễn Thị Thanh Hoà"},
        {"full_name": "NGUYỄN THỊ THANH HÒA"},
        {"full_name": "Nguyển Thị Thanh Hòa"},
        {"full_name": "Nguyeenx Thij Thanh Hoaf"},
        {"full_name": "Nguye6n4 Thi5 Thanh Hoa2"},
        {"full_name": "Nguyễn Thanh Hòa"},
        {"full_name": "Hòa Nguyễn Thị Thanh"},
        {"full_name": "Nguyễn Thị Hòa"},
        {"full_name": "Nguyễn Thị Thanh Hòi"},
        {"birth_on": date(1985, 7, 3)},
        {"birth_on": date(1985, 1, 1), "birth_precision": "year"},
        {"birth_on": None, "birth_precision": "", "phone": "0912345678"},
        {"birth_on": date(1985, 3, 8)},
        {"unit_id": 11, "address": ""},
        {"unit_id": None, "address": ""},
        {"sex": ""},
        {"sex": "M"},
        {"full_name": "Nguyen Thanh Hoa", "birth_on": date(1985, 7, 3)},
    ],
    ids=str,
)
def test_a_damaged_row_finds_its_person(damage: dict[str, Any]) -> None:
    known = HOA | {"phone": damage.get("phone", "")}
    found = answer(ROW | damage, known)
    assert found["person_id"] == HOA["key"], found
    assert found["zone"] in {"same", "review"}, found


@pytest.mark.parametrize(
    "damage",
    [
        {},
        {"full_name": "Nguyen Thi Thanh Hoa"},
        {"full_name": "Nguyễn Thị Thanh Hoà"},
        {"full_name": "Nguyeenx Thij Thanh Hoaf"},
        {"full_name": "Nguyễn Thanh Hòa"},
        {"full_name": "Hòa Nguyễn Thị Thanh"},
        {"birth_on": date(1985, 7, 3)},
        {"unit_id": 11, "address": ""},
    ],
    ids=str,
)
def test_one_fault_alone_asks_nobody(damage: dict[str, Any]) -> None:
    assert answer(ROW | damage, HOA)["zone"] == "same"


@pytest.mark.parametrize(
    "other",
    [
        {"full_name": "Nguyễn Văn Hùng", "birth_on": date(1990, 2, 2), "sex": "M"},
        {"full_name": "Nguyễn Thị Lan", "birth_on": date(1985, 9, 9)},
        {"full_name": "Trần Thị Thanh Hòa", "birth_on": date(1961, 12, 30), "unit_id": 11},
    ],
    ids=str,
)
def test_a_shared_surname_sex_or_commune_is_no_evidence(other: dict[str, Any]) -> None:
    assert answer(ROW | other, HOA)["zone"] == "different"


def test_a_telephone_of_the_household_does_not_make_the_son_his_father() -> None:
    father = HOA | {"full_name": "Nguyễn Văn Thành", "sex": "M", "birth_on": date(1955, 5, 5)}
    father |= {"phone": "0912345678", "phone_shared": 1}
    son = ROW | {"full_name": "Nguyễn Văn Thắng", "sex": "M", "birth_on": date(1985, 5, 5)}
    assert answer(son | {"phone": "0912345678"}, father)["zone"] == "different"


def test_a_common_name_with_a_year_alone_is_asked_a_rare_one_is_found() -> None:
    year = {"birth_on": date(1985, 1, 1), "birth_precision": "year", "address": ""}
    crowd = [
        HOA | {"key": 1000 + at, "full_name": f"Trần Văn {chr(65 + at % 26)}a", "unit_id": 500 + at}
        for at in range(400)
    ]
    common = HOA | {"full_name": "Nguyễn Thị Hoa", "address": ""}
    rare = HOA | {"key": 2, "full_name": "Khuất Mộng Quỳnh Dao", "address": ""}
    found = linked(ground([common | year, rare | year], [common, rare, *crowd]))
    chances = dict(found.filter(found["rank"] == 1).select("row", "probability").iter_rows())
    assert chances[2] > chances[1]


def test_two_people_alike_are_offered_both_and_neither_is_taken() -> None:
    twin = HOA | {"key": 2}
    found = linked(ground([ROW], [HOA, twin]))
    assert found["zone"].to_list() == ["review", "review"]
    assert found["person_id"].to_list() == [1, 2]
    assert found["probability"].sum() <= 1


def test_one_person_goes_to_one_row_the_other_is_asked() -> None:
    sister = ROW | {"key": 8, "full_name": "Nguyễn Thị Thanh Hải"}
    limits = Thresholds(same=0.5, review=0.01)
    found = linked(
        ground([ROW, sister | {"full_name": "Nguyễn Thị Hòa"}], [HOA]), thresholds=limits
    )
    zones = dict(found.filter(found["rank"] == 1).select("row", "zone").iter_rows())
    assert zones == {7: "same", 8: "review"}


def test_somebody_twice_in_one_list_is_the_same_person_twice() -> None:
    again = ROW | {"key": 8, "full_name": "Nguyen Thi Thanh Hoa"}
    found = linked(ground([ROW, again], [HOA]))
    assert found.filter(found["zone"] == "same")["row"].to_list() == [7, 8]


def test_a_divided_commune_is_read_as_each_of_its_heirs() -> None:
    readings = [ROW | {"unit_id": unit} for unit in (30, 10, 31)]
    found = linked(ground(readings, [HOA]))
    assert found.select("row", "person_id", "zone").rows() == [(7, 1, "same")]
    alone = linked(ground([ROW], [HOA]))
    assert found["probability"].to_list() == alone["probability"].to_list()


def test_nobody_to_compare_with_is_nobody_found() -> None:
    found = linked(ground([ROW | {"full_name": "Vi Văn Sơn", "unit_id": 77}], []))
    assert found.select("row", "person_id", "zone").rows() == [(7, None, "different")]


NAMES = st.sampled_from(
    ["Nguyễn Thị Thanh Hòa", "Nguyen Thanh Hoa", "Hòa Nguyễn Thị Thanh", "Nguyễn Thị Hòa", "Lê Hòa"]
)
BIRTHS = st.sampled_from(
    [(date(1985, 3, 7), "day"), (date(1985, 7, 3), "day"), (date(1985, 1, 1), "year"), (None, "")]
)


@given(NAMES, BIRTHS, st.sampled_from(["F", "M", ""]), st.sampled_from([10, 11, None]))
@FEW
def test_likeness_is_the_same_from_both_sides(
    name: str, birth: tuple[date | None, str], sex: str, unit: int | None
) -> None:
    other = HOA | {"full_name": name, "birth_on": birth[0], "birth_precision": birth[1]}
    other |= {"sex": sex, "unit_id": unit}
    weights = []
    for row, person in ((HOA, other), (other, HOA)):
        both = ground([row], [person])
        pairs = DuckDB().scored(both, 1e-3)
        outcomes = [name for name in pairs.columns if name.startswith("gamma_")]
        weights.append(pairs.filter(pairs["person_id"] == 1).select(outcomes).rows())
    assert weights[0] == weights[1]


@given(st.permutations(["Nguyễn", "Thanh", "Hòa"]))
@FEW
def test_words_in_any_order_are_the_same_words(words: list[str]) -> None:
    found = answer(ROW | {"full_name": " ".join(words)}, HOA)
    assert (found["person_id"], found["zone"]) == (1, "same")


@given(st.lists(st.integers(0, 5), min_size=1, max_size=6))
@FEW
def test_every_row_has_one_zone_and_no_person_is_given_to_rows_that_differ(
    choices: list[int],
) -> None:
    people = [HOA, *OTHERS]
    rows = [people[at] | {"key": 50 + place} for place, at in enumerate(choices)]
    found = linked(ground(rows, [HOA]))
    firsts = found.unique("row", keep="first", maintain_order=True)
    assert firsts["row"].to_list() == [row["key"] for row in rows]
    same = firsts.filter(firsts["zone"] == "same")
    for row, person in same.select("row", "person_id").iter_rows():
        assert person == people[choices[row - 50]]["key"]
