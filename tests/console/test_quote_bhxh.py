"""`vandong quote bhxh`: the document of interface.md, the table, and what goes wrong."""

import json
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from vandong.console.advice import quote as noun
from vandong.console.app import Door
from vandong.console.wording import speaking


def run(*words: str, lang: str = "vi") -> Result:
    with speaking(lang):
        app = typer.Typer(cls=Door)
        noun.register(app)
        return CliRunner().invoke(app, ["quote", "bhxh", *words])


def ask(*words: str, on: str = "2026-11-22", income: str = "1500000", method: str = "1") -> Result:
    return run("--income", income, "--method", method, "--on", on, *words)


def document(*words: str, **more: str) -> dict[str, Any]:
    result = ask(*words, "--json", **more)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_document_of_the_interface() -> None:
    told = document("--group", "poor", method="12")
    wanted = {
        "months": 12,
        "gross_amount": 3960000,
        "state_support_amount": 1980000,
        "local_support_amount": 0,
        "pay_amount": 1980000,
        "covers_from": "2026-11",
    }
    assert {key: told[key] for key in wanted} == wanted
    assert {"parameter", "value", "from", "document", "article", "confidence"} <= set(
        told["trace"][0]
    )
    assert all(isinstance(note, str) for note in told["notes"])


def test_without_a_group_it_is_other() -> None:
    assert document()["pay_amount"] == 264000


def test_of_several_groups_the_highest_counts() -> None:
    told = document("--group", "ethnic_minority", "--group", "near_poor")
    assert (told["group"], told["pay_amount"]) == ("near_poor", 198000)


@pytest.mark.parametrize("rate", ["0.20", "0,20", "20%"])
def test_local_support_as_a_rate(rate: str) -> None:
    told = document("--local-rate", rate)
    assert (told["local_support_amount"], told["pay_amount"]) == (66000, 198000)


def test_local_and_other_support_as_amounts() -> None:
    told = document("--local-amount", "50.000", "--other-amount", "10000", "--other-rate", "0.1")
    assert (told["local_support_amount"], told["other_amount"]) == (50000, 43000)
    assert told["pay_amount"] == 330000 - 66000 - 50000 - 43000


def test_months_supported_before() -> None:
    told = document("--months-supported", "100", method="ahead:5")
    assert (told["supported_months"], told["support_months_left"]) == (20, 0)
    assert [one["month"]["pay_amount"] for one in told["schedule"]] == [264000, 330000]


def test_the_first_month_may_be_given() -> None:
    told = document("--from", "2026-09", method="12")
    assert (told["covers_from"], told["paid_until"]) == ("2026-09", "2027-08")
    assert document(method="missing:12")["covers_from"] is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"income": "1499999"}, "income_below_floor"),
        ({"income": "50600001"}, "income_above_cap"),
        ({"income": "-5"}, "negative_count"),
        ({"income": "một triệu"}, "not_a_number"),
        ({"income": "9" * 30}, "number_too_large"),
        ({"method": "7"}, "months_not_allowed"),
        ({"method": "ahead:6"}, "months_not_allowed"),
        ({"method": "missing:61"}, "months_not_allowed"),
        ({"on": "2026-02-31"}, "impossible_day"),
        ({"on": "2025-08-22", "method": "ahead:2"}, "parameter_missing"),
        ({"on": "1999-01-01"}, "parameter_missing"),
    ],
)
def test_what_does_not_fit(words: dict[str, str], code: str) -> None:
    result = ask("--json", **words)
    assert result.exit_code == 1
    problem = json.loads(result.stdout)["problems"][0]
    assert problem["code"] == code
    assert problem["message"] in result.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--group", "rich"), "unknown_group"),
        (("--from", "2026-10"), "month_not_payable"),
        (("--from", "13/2026"), "not_a_month"),
        (("--local-rate", "2"), "top_up_not_allowed"),
        (("--local-rate", "-1"), "not_a_number"),
        (("--months-supported", "121"), "supported_months_not_allowed"),
    ],
)
def test_options_that_do_not_fit(words: tuple[str, ...], code: str) -> None:
    result = ask(*words, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["problems"][0]["code"] == code


def test_a_missing_parameter_names_itself_its_day_and_what_to_do() -> None:
    result = ask("--json", on="2027-03-05", income="2200000", method="ahead:2")
    problem = json.loads(result.stdout)["problems"][0]
    assert (problem["parameter"], problem["on"]) == ("monthly_interest_rate", "2027-03-05")
    assert "Không tính được" in problem["message"]
    assert "05/03/2027" in problem["message"]
    assert "1900 9068" in problem["message"]


def test_missing_options_are_wrong_usage() -> None:
    assert run("--method", "1", "--on", "2026-11-22").exit_code == 2


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("vi", ("Người tham gia đóng", "387.200\u00a0đ", "Căn cứ", "Đã xác minh", "Chưa xác minh")),
        ("en", ("Participant pays", "387,200\u00a0VND", "The law", "Verified", "Not verified")),
    ],
)
def test_the_table_in_both_languages(lang: str, words: tuple[str, ...]) -> None:
    result = run("--income", "2200000", "--method", "1", "--on", "2027-01-01", lang=lang)
    assert result.exit_code == 0
    assert [word for word in words if word not in result.stdout] == []
