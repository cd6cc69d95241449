"""`vandong quote bhyt`: the document of interface.md, the table, and what goes wrong."""

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
        return CliRunner().invoke(app, ["quote", "bhyt", *words])


def ask(*words: str, members: str = "3", months: str = "12", on: str = "2026-11-22") -> Result:
    return run("--members", members, "--months", months, "--on", on, *words)


def document(*words: str, **more: str) -> dict[str, Any]:
    result = ask(*words, "--json", **more)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_document_of_the_interface() -> None:
    told = document()
    assert [(one["order"], one["amount"]) for one in told["members"]] == [
        (1, 1366200),
        (2, 956340),
        (3, 819720),
    ]
    assert told["total_amount"] == 3142260
    assert told["months"] == 12
    assert told["validity"] is None
    assert told["household_total_amount"] is None
    base = next(one for one in told["trace"] if one["parameter"] == "base_salary")
    assert (base["value"], base["from"], base["confidence"]) == (
        "2530000",
        "2026-07-01",
        "official",
    )
    assert {"parameter", "value", "from", "document", "article", "confidence"} <= set(base)


def test_members_who_joined_earlier_stand_before() -> None:
    told = document("--already", "3", members="2")
    assert [one["order"] for one in told["members"]] == [4, 5]
    assert told["total_amount"] == 683100 + 546480


def test_a_supported_group_pays_its_own_part_and_sees_the_household_form() -> None:
    told = document("--base-group", "near_poor", members="1")
    assert told["members"][0] == {
        "order": 1,
        "amount": 409860,
        "gross_amount": 1366200,
        "state_support_amount": 956340,
        "local_support_amount": 0,
    }
    assert told["household_total_amount"] == 1366200
    assert told["benefits"]["rate"] == "1"


def test_local_support_is_said_to_be_unverified() -> None:
    told = document("--local-rate", "20%", members="1")
    assert told["total_amount"] == 1092960
    assert told["members"][0]["local_support_amount"] == 273240
    assert any("mức địa phương hỗ trợ do người hỏi ghi" in note for note in told["notes"])


def test_d19_is_marked_unverified() -> None:
    told = document("--first-time")
    assert told["validity"]["periods"] == [
        {
            "start": "after_waiting",
            "valid_from": "2026-12-22",
            "valid_until": "2027-12-21",
            "other_start_on": "2026-12-23",
            "five_years_on": "2031-12-22",
        }
    ]
    assert any("22/12/2026 hay 23/12/2026" in note for note in told["notes"])
    days = [one for one in told["trace"] if one["parameter"] == "card_start_after_waiting_days"]
    assert [one["confidence"] for one in days] == ["unverified"]


def test_exactly_ninety_days_shows_both() -> None:
    told = document("--last-valid-until", "24/08/2026", "--continuous-since", "01/03/2022")
    assert told["validity"]["needs_office"] is True
    starts = [one["start"] for one in told["validity"]["periods"]]
    assert starts == ["at_once", "after_waiting"]


@pytest.mark.parametrize(
    ("on", "total"),
    [
        ("2026-06-30", 1263600),
        ("2026-07-01", 1366200),
        ("2024-06-30", 972000),
        ("2023-06-30", 804600),
    ],
)
def test_both_sides_of_a_change_of_base_salary(on: str, total: int) -> None:
    assert document(on=on, members="1")["total_amount"] == total


@pytest.mark.parametrize(
    ("words", "changed", "code"),
    [
        ((), {"members": "0"}, "card_members_out_of_range"),
        ((), {"members": "1000"}, "card_members_out_of_range"),
        ((), {"members": "-1"}, "negative_count"),
        ((), {"members": "ba"}, "not_a_number"),
        ((), {"members": "99999999999999999999"}, "number_too_large"),
        ((), {"months": "4"}, "card_months_not_allowed"),
        ((), {"on": "2014-12-31"}, "parameter_missing"),
        ((), {"on": "31/02/2026"}, "impossible_day"),
        (("--base-group", "rich"), {}, "card_group_unknown"),
        (("--base-group", "poor"), {}, "card_paid_by_others"),
        (("--local-rate", "1.5"), {}, "card_local_rate_out_of_range"),
        (("--local-rate", "-0.5"), {}, "not_a_number"),
        (("--already", "100"), {}, "card_already_out_of_range"),
        (("--first-time", "--last-valid-until", "2026-01-01"), {}, "card_previous_twice"),
        (("--continuous-since", "2020-01-01"), {}, "card_since_without_card"),
        (("--last-valid-until", "2030-01-01"), {}, "card_last_valid_far"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_code(
    words: tuple[str, ...], changed: dict[str, str], code: str
) -> None:
    result = ask(*words, "--json", **changed)
    assert result.exit_code == 1
    problems = json.loads(result.stdout)["problems"]
    assert [one["code"] for one in problems] == [code]
    assert problems[0]["message"]


def test_wrong_usage_is_exit_2() -> None:
    assert run("--members", "2").exit_code == 2


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("vi", ("Người thứ 1", "Cả hộ phải nộp", "3.142.260", "22/12/2026 đến 21/12/2027")),
        ("en", ("Member 1", "The household pays", "3,142,260", "22/12/2026 to 21/12/2027")),
    ],
)
def test_the_table_for_people(lang: str, words: tuple[str, ...]) -> None:
    result = run(
        "--members", "3", "--months", "12", "--on", "2026-11-22", "--first-time", lang=lang
    )
    assert result.exit_code == 0, result.output
    for word in words:
        assert word in result.output
