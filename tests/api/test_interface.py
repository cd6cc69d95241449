"""The programming interface: the same documents as the command line, clear problems, limits, OpenAPI."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.api.asked import ASKED

from vandong.api.interface import REQUESTS_A_MINUTE
from vandong.api.questions import QUESTIONS

HOST = "/api/v1"


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


def answer(path: str, status: int = 200, **query: str) -> dict[str, Any]:
    found = Client().get(f"{HOST}/{path}", query)
    assert found.status_code == status, found.content.decode()
    document: dict[str, Any] = json.loads(found.content)
    return document


def problems(path: str, **query: str) -> set[tuple[str, str]]:
    told = answer(path, 422, **query)["problems"]
    assert all(one["message"] for one in told)
    return {(one["field"], one["code"]) for one in told}


def test_a_contribution_of_2026() -> None:
    found = answer("quote/bhxh", income="1.500.000", method="12", on="2026-11-22", group="other")
    assert (found["gross_amount"], found["pay_amount"]) == (3_960_000, 3_168_000)
    assert {"parameter", "value", "from", "document", "article", "confidence"} <= set(
        found["trace"][0]
    )


def test_a_household_of_three() -> None:
    found = answer("quote/bhyt", members="3", months="12", on="2026-11-22")
    assert [one["amount"] for one in found["members"]] == [1_366_200, 956_340, 819_720]
    assert found["total_amount"] == 3_142_260


def test_pension_withdrawal_and_age() -> None:
    found = answer("pension", sex="F", average="10000000", years="25", on="2026-11-22")
    assert (found["monthly_amount"], found["rate"]) == (6_500_000, "0.65")
    withdrawn = answer("lump-sum", segments="2022-01..2024-12:2000000", case="dd", on="2026-02-01")
    assert withdrawn["pay_amount"] == 11_652_000
    age = answer("retirement-age", sex="F", birth="1969-05")
    assert age["retirement_age"] == {"years": 57, "months": 0}
    assert age["pension_from"] == "2026-06-01"


def test_all_problems_are_told_at_once_in_the_language_asked_for() -> None:
    wrong = {"income": "abc", "method": "5", "on": "2026-11-22"}
    assert problems("quote/bhxh", **wrong) == {
        ("income", "not_a_number"),
        ("method", "months_not_allowed"),
    }
    vietnamese = answer("quote/bhxh", 422, **wrong)["problems"][0]["message"]
    english = answer("quote/bhxh", 422, lang="en", **wrong)["problems"][0]["message"]
    assert vietnamese != english


def test_what_the_law_refuses_names_its_field() -> None:
    low = problems("quote/bhxh", income="1400000", method="1", on="2026-11-22")
    assert low == {("income", "income_below_floor")}
    assert ("", "parameter_missing") in problems(
        "quote/bhxh", income="1500000", method="ahead:2", on="2023-05-05"
    )
    assert ("birth", "impossible_day") in problems("retirement-age", sex="F", birth="31/02/1970")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.name)
def test_nothing_asked_tells_what_is_needed(question: Any) -> None:
    needed = {(field.name, "answer_missing") for field in question.fields if field.needed}
    assert needed <= problems(question.path)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.name)
def test_examples_of_the_description_are_answered(question: Any) -> None:
    answer(question.path, **ASKED[question.name])


def test_the_description_names_every_question_and_field() -> None:
    described = answer("openapi.json")
    for question in QUESTIONS:
        told = described["paths"][f"{HOST}/{question.path}"]["get"]
        names = {one["name"] for one in told["parameters"]}
        assert names == {field.name for field in question.fields} | {"lang"}


def test_too_many_requests_are_told_to_wait() -> None:
    visitor = Client()
    query = ASKED["retirement_age"]
    for _ in range(REQUESTS_A_MINUTE):
        assert visitor.get(f"{HOST}/retirement-age", query).status_code == 200
    stopped = visitor.get(f"{HOST}/retirement-age", query)
    assert stopped.status_code == 429
    assert int(stopped["Retry-After"]) >= 1
    assert stopped.json()["problems"][0]["code"] == "too_many_requests"


def test_an_address_without_a_question_names_those_there_are() -> None:
    response = Client().get(f"{HOST}/quote/nope")
    (told,) = response.json()["problems"]
    assert (response.status_code, told["code"]) == (404, "no_such_question")
    assert "quote/bhxh" in told["message"]
    assert "Không có câu hỏi “quote/nope”" in response.content.decode()


def test_a_question_longer_than_any_is_refused() -> None:
    assert ("", "question_too_long") in problems("pension", segments="x" * 5000)
