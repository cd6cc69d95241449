"""`vandong progress`: the document of interface.md for Bắc Giang, the table, and what goes wrong."""

import json

import pytest
import typer
from tests.figures.factories import bac_giang, make_unit, observe_size, observe_stock, set_target
from typer.testing import CliRunner, Result

from vandong.console import progress as noun
from vandong.console.app import Door

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    app = typer.Typer(cls=Door)
    noun.register(app)
    app.command("other")(lambda: None)
    return CliRunner().invoke(app, ["progress", *words])


def document(unit: str = "24", on: str = "2023-05-31") -> dict[str, object]:
    result = run("--unit", unit, "--scheme", "bhxh_tn", "--as-of", on, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_bac_giang_as_interface_says() -> None:
    bac_giang()
    told = document()
    assert told["unit"] == {"kind": "province", "code": "24", "name": "Tỉnh Bắc Giang"}
    assert (told["scheme"], told["as_of"]) == ("bhxh_tn", "2023-05-31")
    stock = told["stock"]
    assert isinstance(stock, dict)
    assert (stock["value"], stock["exactness"], stock["source"]) == (
        44134,
        "exact",
        "Báo Bắc Giang 06/2023",
    )


def test_the_plan_of_bac_giang() -> None:
    bac_giang()
    plans = document()["plans"]
    assert isinstance(plans, list)
    wanted = {
        "owner": "UBND tỉnh",
        "document": "2966/UBND-KGVX",
        "kind": "stock",
        "value": 52139,
        "deadline": "2023-10-31",
        "pct_printed": "84,65",
        "remaining": 8005,
        "pace_needed_per_month": "1601",
        "pace_achieved_per_month": "607.2",
        "time_elapsed_pct": "50",
        "net_gain": 3036,
        "net_needed": 11041,
        "light": "needs_help",
    }
    assert {name: plans[0][name] for name in wanted} == wanted
    assert plans[0]["pct"].startswith("84.64680949")


def test_the_growth_of_bac_giang_is_marked_as_derived() -> None:
    bac_giang()
    growth = document()["growth"]
    assert growth == [
        {
            "baseline": "previous_month",
            "on": "2023-04-30",
            "value": 39200,
            "change": 4934,
            "pct": "12.5867346939",
            "pct_printed": "12,59",
            "derived": True,
            "stale": False,
        },
        {
            "baseline": "previous_december",
            "on": "2022-12-31",
            "value": 41098,
            "change": 3036,
            "pct": "7.3872207893",
            "pct_printed": "7,39",
            "derived": True,
            "stale": False,
        },
    ]


def test_the_hidden_decline_is_told() -> None:
    bac_giang()
    findings = document()["findings"]
    assert isinstance(findings, list)
    assert [one["code"] for one in findings] == ["decline_hidden_by_last_month"]
    assert "−1.898" in findings[0]["message"]


def test_coverage_names_its_denominator() -> None:
    unit = make_unit("Thành phố Hà Nội", "01")
    observe_stock(unit, 120, "2023-05-31", exactness="over")
    observe_size(unit, "labour_force", 4000, "2022-12-31")
    set_target(unit, "2.5", kind="coverage", denominator="labour_force")
    told = document("Thành phố Hà Nội")
    coverage, plans = told["coverage"], told["plans"]
    assert isinstance(coverage, list)
    assert isinstance(plans, list)
    assert (coverage[0]["denominator"], coverage[0]["value"], coverage[0]["pct"]) == (
        "labour_force",
        4000,
        "3",
    )
    assert (coverage[0]["pct_low"], coverage[0]["pct_high"]) == ("3", "3.225")
    assert (plans[0]["value"], plans[0]["achieved"]) == ("2.5", 3)


def test_a_unit_without_figures_has_no_stock_and_is_no_problem() -> None:
    make_unit()
    told = document()
    assert (told["stock"], told["plans"], told["growth"]) == (None, [], [])


def test_the_table_for_readers() -> None:
    bac_giang()
    result = run("--unit", "24", "--scheme", "bhxh_tn", "--as-of", "31/05/2023")
    assert result.exit_code == 0
    for part in ("Tỉnh Bắc Giang", "44.134", "84,65%", "8.005", "1.601,0", "39.200", "−1.898"):
        assert part in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--unit", "24", "--scheme", "bhxh", "--as-of", "2023-05-31"), "“bhxh”"),
        (("--unit", "24", "--scheme", "bhxh_tn", "--as-of", "31/02/2023"), "31/02/2023"),
        (("--unit", "99", "--scheme", "bhxh_tn", "--as-of", "2023-05-31"), "99"),
    ],
)
def test_bad_data_is_told_with_exit_code_1(words: tuple[str, ...], said: str) -> None:
    bac_giang()
    result = run(*words)
    assert result.exit_code == 1
    assert said in result.stderr


def test_a_missing_option_is_wrong_usage() -> None:
    assert run("--unit", "24").exit_code == 2
