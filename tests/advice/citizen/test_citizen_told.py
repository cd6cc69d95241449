"""The advice in words: nothing that must be said is left out, nothing uncertain is hidden."""

import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from tests.advice.citizen.conftest import ON

from vandong.advice.citizen import MUST_SAY, CitizenAdvice, citizen_advice, read_answers
from vandong.advice.documents.citizen import Section, citizen_document, sheet_of, told
from vandong.law import Citation, Confidence, law_book
from vandong.law.book import Dated, Parameter

Advised = Callable[..., CitizenAdvice]
LANGUAGES = ["vi", "en"]
WORD = {"vi": "Chưa xác minh", "en": "Not verified"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_five_things_stand_in_the_document(advised: Advised, lang: str) -> None:
    document = citizen_document(advised(), lang)
    said = document["must_say"]
    assert isinstance(said, tuple)
    assert tuple(one["code"] for one in said) == MUST_SAY
    assert all(one["text"] for one in said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_uncertain_is_said_in_the_document(advised: Advised, lang: str) -> None:
    made = told(advised(), lang)
    text = json.dumps(citizen_document(advised(), lang), ensure_ascii=False)
    for value in ("0,31%", "2.200.000", "540.000") if lang == "vi" else ("0.31%", "2,200,000"):
        assert any(value in doubt for doubt in made.doubts)
        assert value in text
    assert all(doubt.startswith(WORD[lang]) for doubt in made.doubts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_doubtful_value_marks_every_amount_it_enters(advised: Advised, lang: str) -> None:
    made = told(advised(), lang)
    ways = made.section("ways")
    assert ways is not None
    assert [row.is_doubtful for row in ways.rows] == [False] * 4 + [True] * 4
    change = made.section("change")
    assert change is not None
    assert WORD[lang] in " ".join(change.amber)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_amount_says_how_it_came_about(advised: Advised, lang: str) -> None:
    made = told(advised(nguoi="2", nhom_the="ho-gia-dinh"), lang)
    arithmetic = {"balance", "needed", "draw"}  # on amounts explained beside, no law
    without = [
        (section.code, row.code)
        for section in made.sections
        for row in section.rows
        if row.amount is not None
        and (row.why is None or not row.why.steps or not (row.why.law or row.code in arithmetic))
    ]
    assert without == []


def test_both_languages_tell_the_same_amounts(advised: Advised) -> None:
    made = [
        told(advised(tn_nam="3", tn_muc="2000000", bat_dau="05/2021"), one) for one in LANGUAGES
    ]
    amounts = [[row.amount for part in one.sections for row in part.rows] for one in made]
    assert amounts[0] == amounts[1]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"viec": "ho-kd"},
        {"viec": "hop-dong"},
        {"viec": "luong-huu"},
        {"viec": "nuoc-ngoai"},
        {"nam_sinh": "2015"},
        {"ngay": "2027-03-01"},
        {"ngay": "2027-03-01", "tn_nam": "2", "tn_muc": "1500000", "bat_dau": "2024-01"},
        {"viec": "khong-ro"},
        {"viec": ["hop-dong", "tam-hoan"]},
        {"nam_sinh": "2011", "thang_sinh": "11"},
        {"dong_den": "12/2027", "tn_nam": "2", "tn_muc": "1500000", "bat_dau": "01/2026"},
        {
            "gioi": "nam",
            "nam_sinh": "1962",
            "tn_nam": "4",
            "tn_muc": "700000",
            "bat_dau": "2019-01",
        },
        {"nam_sinh": "1948"},
        {"nguoi": "4"},
        {"nguoi": "2", "nhom_the": "student", "the": "da-co", "the_het": "2026-10-01"},
        {"nguoi": "1", "nhom_the": "pension"},
        {"bb_nam": "20", "bb_luong": "6000000", "bat_dau": "2002-01", "dung_sau": "1"},
        {"lai": "20", "tang_gia": "0"},
        {"da_ho_tro": "110"},
        {"thang_sinh": ""},
        {"nhom": ["ho-ngheo", "dan-toc"]},
    ],
)
def test_every_case_can_be_told(
    advised: Advised, changed: dict[str, str | list[str]], lang: str
) -> None:
    made = told(advised(**changed), lang)
    assert made.headline
    assert made.sections
    assert all(_says_something(section) for section in made.sections)
    json.dumps(citizen_document(advised(**changed), lang))


def _says_something(section: Section) -> bool:
    return bool(section.title and (section.rows or section.says or section.refusal or section.lead))


def test_a_free_card_is_promised_only_with_the_pension(advised: Advised) -> None:
    text = json.dumps(citizen_document(advised(), "vi"), ensure_ascii=False)
    for place in range(len(text)):
        if text.startswith("thẻ BHYT miễn phí", place):
            around = text[max(0, place - 60) : place + 80].lower()
            assert "khi đã hưởng lương hưu" in around


def test_an_offer_longer_than_the_support_tells_both_amounts(advised: Advised) -> None:
    ways = told(advised(da_ho_tro="110"), "vi").section("ways")
    assert ways is not None
    yearly = ways.rows[3]
    assert "264.000" in yearly.note
    assert "330.000" in yearly.note


def test_a_doubt_of_the_province_stands_beside_its_own_line_only() -> None:
    """An unverified resolution touches what the province adds and what is left, not the State's support."""
    on = date(2026, 11, 22)
    doubtful = Dated(
        date(2026, 1, 1),
        {"": Fraction(1, 5)},
        Citation("Nghị quyết 1/NQ-HĐND", "1"),
        Confidence.SECONDARY,
    )
    code = "local_support_rate.01.bhxh_tn.other"
    book = law_book().with_parameters(
        [Parameter(code, "rate", {"vi": "Thử", "en": "Trial"}, (doubtful,))]
    )
    texts = {
        "dang-dong": ["chua"],
        "viec": ["khong"],
        "gioi": ["nu"],
        "thang-sinh": ["5"],
        "nam-sinh": ["1988"],
        "muc": ["thap-nhat"],
        "tinh": ["01"],
    }
    found = told(citizen_advice(book, read_answers(book, texts, today=on)), "vi")
    section = found.section("paying")
    assert section is not None
    marked = {row.code: row.is_doubtful for row in section.rows}
    assert marked == {"gross": False, "state": False, "local": True, "pay": True, "pay_later": True}


def test_a_refusal_says_once_that_it_cannot_be_worked_out(advised: Advised) -> None:
    paid = {"tn_nam": "2", "tn_muc": "1500000", "bat_dau": "2024-01"}
    made = told(advised(ngay="2027-03-01", **paid), "vi")
    refusals = [part.refusal for part in made.sections if part.refusal]
    assert refusals
    assert all(one.count("Không tính được") == 1 for one in refusals)


def test_an_estimate_is_not_said_to_the_dong(advised: Advised) -> None:
    """ "Khoảng 1.352.000 đ", while the line itself tells 1.351.663 đ."""
    paid = {"tn_nam": "12", "tn_thang": "3", "tn_muc": "2000000", "bat_dau": "08/2014"}
    made = told(advised(dang_dong="tu-nguyen", **paid), "vi")
    row = next(row for part in made.sections for row in part.rows if row.code == "pension")
    assert row.amount is not None
    assert row.amount % 1000
    assert f"khoảng {round(row.amount, -3):,}".replace(",", ".") in made.headline


def test_enough_months_are_not_called_missing(advised: Advised) -> None:
    paid = {"tn_nam": "12", "tn_thang": "3", "tn_muc": "2000000", "bat_dau": "08/2014"}
    stop = told(advised(dang_dong="tu-nguyen", **paid), "vi").section("stopping")
    assert stop is not None
    assert "đủ để có lương hưu" in stop.lead
    assert "còn thiếu" not in stop.lead


def test_who_is_old_hears_first_of_what_costs_nothing(advised: Advised) -> None:
    made = told(advised(nam_sinh="1947", thang_sinh="2"), "vi")
    pension, nothing, savings = (made.section(one) for one in ("pension", "nothing", "savings"))
    assert pension is not None
    assert nothing is not None
    assert savings is not None
    assert "540.000" in pension.amber[0]
    assert nothing.lead.startswith("Bạn đã đủ 75 tuổi")
    assert "85 tuổi" in savings.lead
    sheet = sheet_of(made, ON, "http://x")
    assert pension.amber[0] in sheet.warnings


@pytest.mark.parametrize("viec", ["luong-huu", "nuoc-ngoai", "hop-dong"])
def test_doing_nothing_is_no_choice_for_who_may_not_join(advised: Advised, viec: str) -> None:
    made = told(advised(viec=viec), "vi")
    assert made.section("nothing") is None
    said = " ".join((*made.verdict.says, *made.verdict.amber))
    assert "người này" not in said
    assert made.verdict.why is not None
    assert not made.verdict.why.steps


def test_what_is_unclear_is_asked_in_plain_questions(advised: Advised) -> None:
    """A running and a suspended contract may be the same one: the office is asked, nothing is refused."""
    made = told(advised(viec=["hop-dong", "tam-hoan"]), "vi")
    assert made.headline == "Cần BHXH cơ sở xác minh trước khi bạn tham gia"
    assert any("hợp đồng lao động" in one for one in made.verdict.says)
    assert not any("câu chưa trả lời được" in one for one in made.verdict.says)


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({}, "không tính lại; mức mới áp dụng từ lần đóng sau"),
        (
            {
                "dang_dong": "tu-nguyen",
                "tn_nam": "2",
                "tn_muc": "1500000",
                "bat_dau": "01/2026",
                "dong_den": "12/2027",
            },
            "Bạn đã đóng đến hết tháng 12/2027",
        ),
    ],
)
def test_nothing_changes_inside_a_period_paid_for(
    advised: Advised, changed: dict[str, str], wanted: str
) -> None:
    made = told(advised(**changed), "vi")
    change, paying = made.section("change"), made.section("paying")
    assert change is not None
    assert paying is not None
    assert any(wanted in one for one in change.says)
    assert bool(paying.lead) == bool(changed)
