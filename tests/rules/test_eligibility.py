"""Who may join: the golden cases, and what holds whatever is answered."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vandong.advice.documents.eligibility import eligibility_document
from vandong.kernel.periods import Month
from vandong.kernel.yaml_texts import read_once
from vandong.law import ParameterMissing, law_book
from vandong.phrases import sentence
from vandong.rules.eligibility import (
    Answer,
    Contract,
    EligibilityQuestions,
    Official,
    Paying,
    TaxMethod,
    Verdict,
    eligibility,
    require_eligible,
)
from vandong.rules.problems import RuleProblem

FILE = Path(__file__).parents[1] / "cases" / "law" / "eligibility.yaml"
CASES: list[dict[str, Any]] = read_once(FILE.read_text(encoding="utf-8"))
ON = date(2026, 11, 22)
FARMER = EligibilityQuestions(
    on=ON,
    birth=date(1985, 3, 10),
    is_citizen=Answer.YES,
    has_pension=Answer.NO,
    pays=Paying.NOTHING,
    contract=Contract.NONE,
    is_domestic_worker=Answer.NO,
    is_in_public_service=Answer.NO,
    business=TaxMethod.NONE,
    is_unpaid_manager=Answer.NO,
    official=Official.NONE,
    is_part_time_above_floor=Answer.NO,
    is_standing_militia=Answer.NO,
)
ANSWERS = st.sampled_from(Answer)
QUESTIONS = st.builds(
    EligibilityQuestions,
    on=st.dates(date(2016, 1, 1), date(2030, 12, 31)),
    birth=st.none() | st.dates(date(1950, 1, 1), date(2016, 1, 1)),
    is_citizen=ANSWERS,
    has_pension=ANSWERS,
    pays=st.sampled_from(Paying),
    contract=st.sampled_from(Contract),
    is_domestic_worker=ANSWERS,
    is_in_public_service=ANSWERS,
    business=st.sampled_from(TaxMethod),
    is_unpaid_manager=ANSWERS,
    official=st.sampled_from(Official),
    is_part_time_above_floor=ANSWERS,
    is_standing_militia=ANSWERS,
)


def asked(given: dict[str, Any]) -> EligibilityQuestions:
    kinds = {"pays": Paying, "contract": Contract, "business": TaxMethod, "official": Official}
    read: dict[str, Any] = {"on": given["on"]}
    for field, answer in given.items():
        if field == "birth":
            read[field] = birth(answer)
        elif field != "on":
            read[field] = kinds.get(field, Answer)(answer)
    return replace(FARMER, **read)


def birth(answer: object) -> date | Month | None:
    if isinstance(answer, date) or answer == "unknown":
        return answer if isinstance(answer, date) else None
    year, month = str(answer).split("-")
    return Month(int(year), int(month))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_eligibility_case(case: dict[str, Any]) -> None:
    expected = case["expected"]
    if "problem" in expected:
        with pytest.raises((RuleProblem, ParameterMissing)) as caught:
            eligibility(law_book(), asked(case["given"]))
        assert getattr(caught.value, "code", None) == expected["problem"]
        return
    found = eligibility(law_book(), asked(case["given"]))
    assert found.verdict.value == expected["verdict"]
    assert list(found.open_questions) == expected.get("open", [])
    if "says" in expected:
        assert expected["says"] in {fact.parameter for fact in found.trace.facts}


def test_every_case_has_its_own_name() -> None:
    names = [case["id"] for case in CASES]
    assert sorted(names) == sorted(set(names))


def test_nothing_answered_is_unclear_and_asks_everything_that_matters() -> None:
    found = eligibility(law_book(), EligibilityQuestions(on=ON))
    assert found.verdict is Verdict.UNCLEAR
    assert set(found.open_questions) == {
        "birth",
        "is_citizen",
        "has_pension",
        "pays",
        "contract",
        "business",
        "official",
        "is_in_public_service",
        "is_unpaid_manager",
        "is_part_time_above_floor",
        "is_standing_militia",
    }


@pytest.mark.parametrize("verdict", Verdict)
def test_only_two_verdicts_allow_a_quote(verdict: Verdict) -> None:
    found = replace(eligibility(law_book(), FARMER), verdict=verdict)
    if verdict in {Verdict.MAY_JOIN, Verdict.ALREADY_IN}:
        require_eligible(found)
        return
    with pytest.raises(RuleProblem, match=f"eligibility_refused_{verdict.value}") as caught:
        require_eligible(found)
    assert sentence(caught.value.code, caught.value.values)


@given(QUESTIONS)
def test_a_quote_is_allowed_only_when_nothing_is_open(questions: EligibilityQuestions) -> None:
    found = eligibility(law_book(), questions)
    assert (found.verdict is Verdict.UNCLEAR) == bool(found.open_questions)
    if found.may_be_quoted:
        assert questions.has_pension is Answer.NO
        assert questions.is_citizen is Answer.YES
        assert questions.birth is not None
        assert questions.pays in {Paying.NOTHING, Paying.VOLUNTARY}
        assert questions.is_in_public_service is Answer.NO
    assert found.trace.steps
    assert found.trace.facts or found.verdict is Verdict.UNCLEAR


@given(QUESTIONS)
def test_forgetting_an_answer_never_opens_the_way_to_a_quote(
    questions: EligibilityQuestions,
) -> None:
    if eligibility(law_book(), questions).verdict is not Verdict.COMPULSORY:
        return
    for field in ("has_pension", "is_citizen", "is_in_public_service", "is_standing_militia"):
        less = replace(questions, **{field: Answer.UNKNOWN})
        assert not eligibility(law_book(), less).may_be_quoted


@given(QUESTIONS, st.sampled_from(["vi", "en"]))
def test_every_verdict_is_told_in_both_languages(
    questions: EligibilityQuestions, lang: str
) -> None:
    told = eligibility_document(eligibility(law_book(), questions), lang)
    questions_told, open_fields = told["questions"], told["open_questions"]
    assert isinstance(questions_told, list)
    assert isinstance(open_fields, list)
    assert len(questions_told) == len(open_fields)
    assert told["reasons"]
    assert told["verdict_text"]
