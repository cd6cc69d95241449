"""`vandong law`: checked, shown with sources, and what needs eyes; faults and bad names end with 1."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from vandong.console.app import build
from vandong.console.wording import speaking
from vandong.law import law_book
from vandong.law.loading import FaultyLaw


def run(*words: str, lang: str = "vi") -> Any:
    with speaking(lang):
        return CliRunner().invoke(build(), ["law", *words])


def document(*words: str) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_check_counts_by_certainty_and_warns() -> None:
    found = document("check", "--on", "2026-11-22")
    assert found["parameters"] == len(law_book().parameters)
    assert found["verified"] + found["unverified"] == found["values"]
    assert found["fingerprint"] == law_book().fingerprint
    spans = {(one["parameter"], one["from"]) for one in found["warnings"]["not_published"]}
    assert ("monthly_interest_rate", "2027-01-01") in spans
    assert "income_step" in {one["parameter"] for one in found["warnings"]["unverified"]}
    assert found["warnings"]["checks_overdue"] == []
    assert document("check", "--on", "2030-01-01")["warnings"]["checks_overdue"]


def test_check_speaks_to_people_in_both_languages() -> None:
    said = run("check", "--on", "22/11/2026").stdout
    assert "Chưa công bố từ 01/01/2018 đến 31/12/2018: monthly_interest_rate." in said
    english = run("check", "--on", "22/11/2026", lang="en").stdout
    assert "Not published from 01/01/2018 to 31/12/2018: monthly_interest_rate." in english


def test_show_one_parameter_with_all_its_values() -> None:
    (found,) = document("show", "poverty_line_rural", "--on", "2026-12-31")["parameters"]
    by_day = {one["from"]: one for one in found["values"]}
    assert by_day["2022-01-01"]["value"] == 1_500_000
    assert by_day["2022-01-01"]["until"] == "2027-01-01"
    assert by_day["2022-01-01"]["in_force"]
    assert by_day["2027-01-01"]["value"] == 2_200_000
    assert not by_day["2027-01-01"]["in_force"]
    assert by_day["2027-01-01"]["certainty"] == "unverified"
    assert by_day["2027-01-01"]["check"]["by"]
    (later,) = document("show", "poverty_line_rural", "--on", "2027-01-01")["parameters"]
    assert [one["from"] for one in later["values"] if one["in_force"]] == ["2027-01-01"]


def test_rates_are_exact_text() -> None:
    (found,) = document("show", "monthly_interest_rate")["parameters"]
    values = {one["from"]: (one["value"], one["ended"]) for one in found["values"]}
    assert values["2026-01-01"] == ("0.0031", None)
    assert values["2027-01-01"] == (None, "never_published")


def test_show_says_value_span_certainty_and_source() -> None:
    said = run("show", "poverty_line_rural", "--on", "2026-12-31").stdout
    assert "→ từ 01/01/2022 đến 31/12/2026: 1.500.000\u00a0đ" in said
    assert "từ 01/01/2027: 2.200.000\u00a0đ · Chưa xác minh" in said
    table = run("show", "--on", "2026-12-31").stdout
    assert all(code in table for code in law_book().parameters)


@pytest.mark.django_db
def test_expiring_names_what_ends_and_what_is_missing() -> None:
    found = document("expiring", "--on", "2026-11-22", "--within", "2")
    seen = {(one["parameter"], one["concern"], one["day"]) for one in found["parameters"]}
    assert found["until"] == "2027-01-22"
    assert ("monthly_interest_rate", "missing", "2027-01-01") in seen
    assert ("poverty_line_rural", "changing", "2027-01-01") in seen
    nothing = run("expiring", "--on", "2026-11-22", "--within", "0")
    assert nothing.stdout.startswith("Từ 22/11/2026 đến 22/11/2026 không có tham số nào")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "nope"), "law_parameter_unknown"),
        (("expiring", "--within", "-1"), "law_within_out_of_range"),
        (("expiring", "--within", "99999999"), "law_within_out_of_range"),
        (("check", "--on", "31/02/2026"), "impossible_day"),
    ],
)
def test_problems_end_with_one(words: tuple[str, ...], code: str) -> None:
    result = run(*words, "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)["problems"]
    assert [one["code"] for one in told] == [code]


def test_a_faulty_file_is_a_problem_in_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise FaultyLaw("one.yaml: rate from 2014-01-01: write 0.22 in quotes")

    monkeypatch.setattr("vandong.console.law.law_book", broken)
    result = run("check", "--json")
    assert result.exit_code == 1
    (told,) = json.loads(result.stdout)["problems"]
    assert told["code"] == "law_file_faulty"
    assert "one.yaml: rate from 2014-01-01" in told["message"]
