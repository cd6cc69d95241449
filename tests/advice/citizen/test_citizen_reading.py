"""What people type: every problem beside its field, and links that mean what they meant."""

from datetime import date
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from tests.advice.citizen.conftest import ON, given

from vandong.advice.citizen import AskedWrongly, answers_query, read_answers
from vandong.advice.citizen.answers import OldCard
from vandong.kernel.periods import Month
from vandong.law import law_book
from vandong.phrases import finding_sentence

BAD = [
    ({"muc": "thu-nhap", "tien": "1.000.000"}, "tien", "income_below_floor"),
    ({"muc": "thu-nhap", "tien": "60.000.000"}, "tien", "income_above_cap"),
    ({"muc": "thang", "tien": "100.000"}, "tien", "advice_budget_below_lowest"),
    ({"muc": "ngay", "tien": "5.000"}, "tien", "advice_budget_below_lowest"),
    ({"muc": "thang", "tien": "90.000.000"}, "tien", "advice_budget_above_highest"),
    ({"muc": "thang", "tien": "9" * 20}, "tien", "number_too_large"),
    ({"muc": "thang", "tien": "ba trăm"}, "tien", "not_a_number"),
    ({"muc": "thang", "tien": ""}, "tien", "answer_missing"),
    ({"muc": "thang", "tien": "-5"}, "tien", "negative_count"),
    ({"thang_sinh": "31/02/1980"}, "thang-sinh", "impossible_day"),
    ({"thang_sinh": "13"}, "thang-sinh", "advice_birth_month_wrong"),
    ({"thang_sinh": "12", "nam_sinh": "2026"}, "thang-sinh", "advice_birth_in_future"),
    ({"nam_sinh": "2030"}, "nam-sinh", "advice_birth_in_future"),
    ({"nam_sinh": "88"}, "nam-sinh", "advice_birth_year_wrong"),
    ({"nam_sinh": "abc"}, "nam-sinh", "not_a_number"),
    ({"ngay": "31/02/2026"}, "ngay", "impossible_day"),
    ({"ngay": "2040-01-01"}, "ngay", "advice_day_far"),
    ({"tn_nam": "-3"}, "tn-nam", "negative_count"),
    ({"bb_nam": "99999"}, "bb-nam", "advice_years_too_many"),
    ({"tn_thang": "13"}, "tn-thang", "months_not_below_year"),
    ({"tn_nam": "2", "tn_muc": "1500000"}, "bat-dau", "answer_missing"),
    ({"tn_nam": "2", "bat_dau": "2020-01"}, "tn-muc", "answer_missing"),
    ({"tn_nam": "2", "tn_muc": "0", "bat_dau": "2020-01"}, "tn-muc", "advice_income_wrong"),
    (
        {"tn_nam": "10", "tn_muc": "1500000", "bat_dau": "06/2024"},
        "bat-dau",
        "advice_months_do_not_fit",
    ),
    (
        {"tn_nam": "1", "tn_muc": "1500000", "bat_dau": "2027-05"},
        "bat-dau",
        "advice_joined_in_future",
    ),
    (
        {"tn_nam": "1", "tn_muc": "1500000", "bat_dau": "31/02/2020"},
        "bat-dau",
        "impossible_day",
    ),
    (
        {"tn_nam": "2", "tn_muc": "1500000", "bat_dau": "1980-01"},
        "bat-dau",
        "advice_joined_before_birth",
    ),
    ({"da_ho_tro": "130"}, "da-ho-tro", "supported_months_not_allowed"),
    ({"viec": ["khong", "hop-dong"]}, "viec", "advice_none_and_more"),
    ({"viec": "khac-la"}, "viec", "advice_choose_again"),
    ({"gioi": ""}, "gioi", "advice_answer_missing"),
    ({"dang_dong": "x"}, "dang-dong", "advice_choose_again"),
    ({"muc": "nhieu"}, "muc", "advice_choose_again"),
    ({"the": "x"}, "the", "advice_choose_again"),
    ({"lai": "abc"}, "lai", "not_a_number"),
    ({"lai": "90"}, "lai", "advice_rate_too_high"),
    ({"tang_gia": "-2"}, "tang-gia", "negative_count"),
    ({"dung_sau": "0"}, "dung-sau", "advice_stop_years_wrong"),
    ({"nguoi": "500"}, "nguoi", "card_members_out_of_range"),
    ({"the": "da-co", "the_het": "31/02/2026"}, "the-het", "impossible_day"),
    ({"tinh": "hanoi"}, "tinh", "advice_choose_again"),
    ({"muc": "thap-nhat", "tien": "500.000"}, "tien", "advice_amount_and_lowest"),
    ({"muc": "thang", "tien": "1.500k"}, "tien", "ambiguous_number"),
    ({"muc": "thang", "tien": "1,5tr5"}, "tien", "ambiguous_number"),
    ({"the_het": "31/02/2026"}, "the-het", "impossible_day"),
    ({"dong_den": "12/2027"}, "dong-den", "advice_paid_until_alone"),
    ({"dong_den": "13/2027"}, "dong-den", "not_a_month"),
    (
        {"tn_nam": "2", "tn_muc": "1500000", "bat_dau": "01/2024", "dong_den": "12/2031"},
        "dong-den",
        "advice_paid_until_far",
    ),
]


def problems_of(**changed: Any) -> list[tuple[str, str]]:
    with pytest.raises(AskedWrongly) as caught:
        read_answers(law_book(), given(**changed), today=ON)
    for one in caught.value.problems:
        for lang in ("vi", "en"):
            assert finding_sentence(one.finding, lang)
    return [(one.field, one.finding.code) for one in caught.value.problems]


@pytest.mark.parametrize(("changed", "field", "code"), BAD)
def test_a_bad_answer_is_told_beside_its_field_and_alone(
    changed: dict[str, Any], field: str, code: str
) -> None:
    assert problems_of(**changed) == [(field, code)]


def test_all_problems_are_told_at_once() -> None:
    found = problems_of(gioi="", nam_sinh="2090", tn_nam="-1", lai="x", ngay="32/01/2026")
    assert {field for field, _ in found} == {"gioi", "nam-sinh", "tn-nam", "lai", "ngay"}


def test_a_wrong_year_does_not_hide_a_wrong_month() -> None:
    found = problems_of(thang_sinh="13", nam_sinh="88")
    assert {field for field, _ in found} == {"thang-sinh", "nam-sinh"}


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("500k", 500_000),
        ("500 nghìn", 500_000),
        ("500 ngàn đồng", 500_000),
        ("1,5 triệu", 1_500_000),
        ("1.5tr", 1_500_000),
        ("1tr5", 1_500_000),
        ("2TR", 2_000_000),
        ("1.500.000 đ", 1_500_000),
        ("1500000", 1_500_000),
    ],
)
def test_amounts_are_read_as_people_say_them(text: str, amount: int) -> None:
    answers = read_answers(law_book(), given(muc="thang", tien=text), today=ON)
    assert answers.amount == amount


def test_a_last_day_tells_that_there_is_a_card() -> None:
    answers = read_answers(law_book(), given(nguoi="2", the_het="31/12/2026"), today=ON)
    assert answers.household.old_card is OldCard.HELD


def test_months_paid_ahead_fit_until_the_last_of_them() -> None:
    paid = {"tn_nam": "2", "tn_muc": "1500000", "bat_dau": "01/2026", "dong_den": "12/2027"}
    answers = read_answers(law_book(), given(**paid), today=ON)
    assert answers.paid.paid_until == Month(2027, 12)
    assert "dong-den=2027-12" in answers_query(answers)
    assert problems_of(**{**paid, "dong_den": ""}) == [("bat-dau", "advice_months_do_not_fit")]


def test_a_period_that_is_over_is_no_period_paid_ahead() -> None:
    paid = {"tn_nam": "1", "tn_muc": "1500000", "bat_dau": "01/2025", "dong_den": "10/2026"}
    assert read_answers(law_book(), given(**paid), today=ON).paid.paid_until is None


def test_nothing_answered_names_what_is_needed() -> None:
    with pytest.raises(AskedWrongly) as caught:
        read_answers(law_book(), {}, today=ON)
    fields = {one.field for one in caught.value.problems}
    assert fields == {"gioi", "nam-sinh", "viec", "dang-dong"}


def test_only_the_year_of_birth_is_enough() -> None:
    answers = read_answers(law_book(), given(thang_sinh=""), today=ON)
    assert answers.birth.on == date(1988, 1, 1)
    assert "thang-sinh" not in answers_query(answers)


def test_a_whole_day_of_birth_is_understood() -> None:
    answers = read_answers(law_book(), given(thang_sinh="12/05/1988", nam_sinh=""), today=ON)
    assert (answers.birth.on.year, answers.birth.on.month) == (1988, 5)


_AMOUNTS = st.sampled_from(["500000", "700.000", "1.000.000"])


@settings(max_examples=40, deadline=None)
@for_all(
    sex=st.sampled_from(["nu", "nam"]),
    year=st.integers(1950, 2008),
    month=st.integers(1, 12),
    means=st.sampled_from(["thap-nhat", "thang"]),
    amount=_AMOUNTS,
    groups=st.lists(st.sampled_from(["ho-ngheo", "can-ngheo", "dan-toc", "xa-dao"]), unique=True),
    voluntary=st.integers(0, 12),
    members=st.integers(0, 6),
    rates=st.tuples(*[st.sampled_from(["0", "2,5", "4.25", "7"])] * 3),
)
def test_a_link_means_the_same_again(**told: Any) -> None:
    changed: dict[str, Any] = {
        "gioi": told["sex"],
        "nam_sinh": str(told["year"]),
        "thang_sinh": str(told["month"]),
        "muc": told["means"],
        "tien": told["amount"] if told["means"] == "thang" else "",
        "nhom": told["groups"],
        "nguoi": str(told["members"]),
        "lai": told["rates"][0],
        "tang_thu_nhap": told["rates"][1],
        "tang_gia": told["rates"][2],
    }
    if told["voluntary"]:
        changed |= {"tn_thang": str(told["voluntary"]), "tn_muc": "1500000", "bat_dau": "03/2022"}
    answers = read_answers(law_book(), given(**changed), today=ON)
    query = answers_query(answers, "abc")
    assert read_answers(law_book(), parse_qs(query), today=date(2029, 1, 1)) == answers
    assert answers_query(read_answers(law_book(), parse_qs(query), today=ON), "abc") == query
