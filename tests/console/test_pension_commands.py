"""`vandong pension`, `lump-sum`, `retirement-age`: the documents of interface.md, and what goes wrong."""

import json
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from vandong.console.advice import lump_sum, pension
from vandong.console.app import Door
from vandong.console.wording import speaking

D5 = "2016-01..2025-12:3000000,missing:60:5000000"
ON = ("--on", "2026-11-22")


def run(*words: str, lang: str = "vi") -> Result:
    with speaking(lang):
        app = typer.Typer(cls=Door)
        pension.register(app)
        lump_sum.register(app)
        return CliRunner().invoke(app, words)


def document(*words: str) -> dict[str, Any]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def code(*words: str) -> str:
    result = run(*words, "--json")
    assert result.exit_code == 1, result.output
    problems = json.loads(result.stdout)["problems"]
    assert problems[0]["message"]
    return str(problems[0]["code"])


def test_the_pension_of_the_interface() -> None:
    told = document("pension", "--sex", "F", "--birth", "1971-05", "--segments", D5, *ON)
    wanted = {
        "retirement_age": {"years": 58, "months": 0},
        "pension_from": "2029-06-01",
        "paid_months": 180,
        "counted_years": "15.0",
        "average_income": 3974667,
        "rate": "0.45",
        "monthly_amount": 1788600,
    }
    assert {key: told[key] for key in wanted} == wanted
    assert {"parameter", "value", "from", "document", "article", "confidence"} <= set(
        told["trace"][0]
    )
    assert any("Chưa xác minh" in note for note in told["notes"])


def test_the_bare_formula_of_a_pension() -> None:
    told = document(
        "pension", "--sex", "M", "--average", "10000000", "--years", "17", "--months", "0", *ON
    )
    assert (told["rate"], told["monthly_amount"]) == ("0.42", 4200000)
    assert told["retirement_age"] is None
    extra = document(
        "pension", "--sex", "M", "--average", "10000000", "--years", "37", "--months", "6", *ON
    )
    assert (extra["counted_years"], extra["extra_years_amount"]) == ("37.5", 12500000)


def test_retire_on_and_projection() -> None:
    words = ("pension", "--sex", "F", "--birth", "1980-02", "--segments")
    planned = (*words, "2020-01..2039-12:3000000", *ON)
    assert code(*planned) == "parameter_missing"
    told = document(*planned, "--income-growth", "5%", "--price-growth", "0.05")
    assert told["monthly_amount"] > 0
    assert any("giả định" in note for note in told["notes"])
    moved = document(
        "pension",
        "--sex",
        "F",
        "--birth",
        "1971-05",
        "--segments",
        D5,
        *ON,
        "--retire-on",
        "2026-12-01",
    )
    assert moved["pension_from"] == "2026-12-01"


def test_mixed_time_is_read() -> None:
    told = document(
        "pension",
        "--sex",
        "F",
        "--birth",
        "1969-05",
        "--segments",
        "compulsory:2005-01..2009-12:4000000, 2016-01..2025-12:3.000.000",
        *ON,
    )
    assert told["average_income"] == 3641333


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--birth", "1971-02-31", "--segments", D5), "impossible_day"),
        (("--birth", "31/02/1971", "--segments", D5), "impossible_day"),
        (("--birth", "2030-01", "--segments", D5), "birth_after_day"),
        (("--birth", "1971-13", "--segments", D5), "not_a_month"),
        (("--birth", "1971-05", "--segments", "2016-01..2025-12:abc"), "not_a_number"),
        (("--birth", "1971-05", "--segments", "2016-01..2025-12"), "segment_not_read"),
        (("--birth", "1971-05", "--segments", "2016-13..2025-12:3000000"), "not_a_month"),
        (("--birth", "1971-05", "--segments", "2025-12..2016-01:3000000"), "segment_backwards"),
        (("--birth", "1971-05", "--segments", "missing:-6:3000000"), "negative_time"),
        (("--birth", "1971-05", "--segments", "missing:6.5:3000000"), "years_not_whole"),
        (("--birth", "1971-05", "--segments", f"{D5},2020-01:3000000"), "segments_overlap"),
        (("--birth", "1971-05", "--segments", "2016-01..2025-12:-1"), "negative_count"),
        (("--birth", "1971-05", "--segments", "2016-01..2025-12:9" + "0" * 30), "number_too_large"),
        (
            ("--birth", "1971-05", "--segments", "2016-01..2025-12:90000000"),
            "segment_income_above_cap",
        ),
        (("--birth", "1971-05", "--segments", "2016-01..2025-12:3000000"), "pension_months_short"),
        (("--birth", "1971-05"), "no_segments"),
        (("--segments", D5), "pension_forms_mixed"),
        (("--average", "1000000", "--segments", D5), "pension_forms_mixed"),
        (("--average", "10000000", "--years", "-3"), "negative_time"),
        (("--average", "10000000", "--years", "17.7"), "years_not_whole"),
        (("--average", "10000000", "--years", "17,7"), "years_not_whole"),
        (("--average", "10000000", "--years", "17", "--months", "12"), "months_not_below_year"),
        (("--average", "mười", "--years", "17"), "not_a_number"),
        (("--average", "0", "--years", "17"), "average_wrong"),
    ],
)
def test_a_pension_that_cannot_be(words: tuple[str, ...], expected: str) -> None:
    assert code("pension", "--sex", "F", *words, *ON) == expected


def test_a_day_without_a_table_names_parameter_and_day() -> None:
    words = (
        "pension",
        "--sex",
        "F",
        "--birth",
        "1969-05",
        "--segments",
        "2011-01..2025-12:2000000",
    )
    result = run(*words, "--retire-on", "2027-01-01", *ON, "--json")
    assert result.exit_code == 1
    problem = json.loads(result.stdout)["problems"][0]
    assert problem["code"] == "parameter_missing"
    assert "01/01/2027" in problem["message"]
    assert "điều chỉnh" in problem["message"]


def test_the_withdrawal_of_the_interface() -> None:
    told = document(
        "lump-sum",
        "--segments",
        "2022-01..2024-12:2000000",
        *ON,
        "--case",
        "dd",
        "--group",
        "other",
    )
    wanted = {
        "months_of_average": "6",
        "gross_amount": 12840000,
        "support_deducted_amount": 1188000,
        "pay_amount": 11652000,
    }
    assert {key: told[key] for key in wanted} == wanted
    assert told["trace"]


def test_the_bare_formula_of_a_withdrawal() -> None:
    told = document(
        "lump-sum",
        *("--average", "4000000", "--years-before-2014", "10", "--months-before-2014", "2"),
        *("--years-after", "6", "--months-after", "2"),
        *ON,
    )
    assert (told["months_of_average"], told["gross_amount"]) == ("28", 112000000)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--segments", "2025-07..2025-09:1500000", "--case", "dd"), "lump_sum_dd_joined_late"),
        (("--segments", "2022-01..2026-01:1500000", "--case", "đ"), "lump_sum_dd_wait"),
        (("--segments", "2022-01..2024-12:1500000", "--case", "e"), "case_unknown"),
        (("--segments", "2022-01..2024-12:1500000"), "lump_sum_forms_mixed"),
        (
            ("--segments", "2022-01..2024-12:1500000", "--case", "a", "--group", "rich"),
            "unknown_group",
        ),
        (("--average", "4000000", "--years-after", "6.5"), "years_not_whole"),
        (("--average", "4000000", "--months-after", "13"), "months_not_below_year"),
        (("--average", "4000000", "--years-after", "-1"), "negative_time"),
        ((), "lump_sum_forms_mixed"),
    ],
)
def test_a_withdrawal_that_cannot_be(words: tuple[str, ...], expected: str) -> None:
    assert code("lump-sum", *words, *ON) == expected


def test_the_retirement_age_of_the_interface() -> None:
    told = document("retirement-age", "--sex", "F", "--birth", "1969-05")
    assert told["retirement_age"] == {"years": 57, "months": 0}
    assert told["pension_from"] == "2026-06-01"
    year = document("retirement-age", "--sex", "F", "--birth", "1961", *ON)
    assert year["pension_from"] == "2016-02-01"


def test_a_wrong_sex_or_birth_is_refused() -> None:
    assert code("retirement-age", "--sex", "X", "--birth", "1969-05") == "sex_unknown"
    assert code("retirement-age", "--sex", "F", "--birth", "31/02/1969") == "impossible_day"
    assert code("retirement-age", "--sex", "F", "--birth", "2040-05", *ON) == "birth_after_day"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_people_read_figures_steps_law_and_notes(lang: str) -> None:
    result = run("pension", "--sex", "F", "--birth", "1971-05", "--segments", D5, *ON, lang=lang)
    assert result.exit_code == 0, result.output
    amount = "1.788.600 đ" if lang == "vi" else "1,788,600 VND"
    assert amount in result.stdout.replace("\u00a0", " ")
    withdrawn = run(
        "lump-sum", "--segments", "2022-01..2024-12:2000000", *ON, "--case", "dd", lang=lang
    )
    assert withdrawn.exit_code == 0, withdrawn.output
    age = run("retirement-age", "--sex", "M", "--birth", "1961-01", lang=lang)
    assert age.exit_code == 0, age.output
