"""The documents of a contribution: the names others script against, every source, every doubt."""

from datetime import date

import pytest

from vandong.advice.documents.contribution import contribution_document, refund_document
from vandong.advice.documents.trace import note_sentences, step_sentences, trace_document
from vandong.law import law_book
from vandong.rules.contribution import (
    ContributionRequest,
    RefundRequest,
    parse_method,
    refund,
    voluntary_contribution,
)

BOOK = law_book()
ON = date(2026, 11, 22)
LANGUAGES = pytest.mark.parametrize("lang", ["vi", "en"])
ASK = {"vi": "BHXH cơ sở xác nhận trước khi nộp tiền", "en": "BHXH cơ sở confirms before"}


def asked(method: str = "12", income: int = 1_500_000, on: date = ON) -> ContributionRequest:
    return ContributionRequest(income, parse_method(BOOK, method, on), on)


@LANGUAGES
def test_the_names_of_the_interface(lang: str) -> None:
    told = contribution_document(voluntary_contribution(BOOK, asked()), lang)
    wanted = {
        "months": 12,
        "gross_amount": 3_960_000,
        "state_support_amount": 792_000,
        "local_support_amount": 0,
        "pay_amount": 3_168_000,
        "covers_from": "2026-11",
        "paid_until": "2027-10",
        "deadline": "2027-05-31",
    }
    assert {key: told[key] for key in wanted} == wanted
    assert told["notes"]


@LANGUAGES
def test_every_value_of_the_law_has_its_source(lang: str) -> None:
    for row in trace_document(voluntary_contribution(BOOK, asked("ahead:3")).trace, lang):
        assert {"parameter", "value", "from", "document", "article", "confidence"} <= set(row)
        assert row["document"]
        assert row["article"]
        assert row["confidence"] in {"official", "secondary", "unverified"}


def test_interest_is_exact_text() -> None:
    rows = trace_document(voluntary_contribution(BOOK, asked("ahead:3")).trace, "vi")
    interest = next(row for row in rows if row["parameter"] == "monthly_interest_rate")
    assert (interest["value"], interest["value_printed"]) == ("0.0031", "0,31%")
    assert interest["confidence"] == "secondary"


@LANGUAGES
def test_every_uncertain_value_is_named_with_its_text_and_who_confirms(lang: str) -> None:
    trace = voluntary_contribution(BOOK, asked("ahead:3", 2_200_000)).trace
    uncertain = [fact for fact in trace.facts if not fact.confidence.is_verified]
    assert uncertain
    notes = note_sentences(trace, lang)
    for fact in uncertain:
        assert any(fact.citation.document in note and ASK[lang] in note for note in notes)


@LANGUAGES
@pytest.mark.parametrize("method", ["1", "3", "6", "12", "ahead:2", "missing:5"])
def test_every_step_and_note_can_be_said(method: str, lang: str) -> None:
    trace = voluntary_contribution(BOOK, asked(method)).trace
    for said in step_sentences(trace, lang) + note_sentences(trace, lang):
        assert said.strip()
        assert "!" not in said


@LANGUAGES
def test_a_refund_says_its_doubt(lang: str) -> None:
    told = refund_document(refund(BOOK, RefundRequest(asked("ahead:2"), 6)), lang)
    assert (told["gross_amount"], told["refund_amount"]) == (1_858_294, 1_462_294)
    assert any("159/2025" in str(note) for note in told["notes"])  # type: ignore[attr-defined]
