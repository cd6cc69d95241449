"""The advice in words: nothing that must be said is left out, nothing uncertain is hidden."""

import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from vandong.advice.citizen import MUST_SAY, CitizenAdvice, citizen_advice, read_answers
from vandong.advice.documents.citizen import Section, citizen_document, told
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
