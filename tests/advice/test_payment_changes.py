"""Whose payment changes on 1/1/2027, by the bulk rule, and what of the law makes it so."""

from datetime import date

import polars as pl
import pytest

from vandong.advice.changes import change_summary, law_changes, payment_changes, unverified_law
from vandong.law import law_book
from vandong.rules.contribution import (
    ContributionRequest,
    parse_group,
    parse_method,
    voluntary_contribution,
)

BOOK = law_book()
BEFORE, AFTER = date(2026, 12, 31), date(2027, 1, 1)
ROWS = (
    # income, method, group, months supported before
    (1_500_000, "1", "poor", 0),
    (2_200_000, "12", "other", 30),
    (2_199_999, "6", "near_poor", 119),
    (46_800_000, "3", "poor,island", 120),
    (3_000_000, "ahead:2", "", 0),
)


def people() -> pl.DataFrame:
    columns = ["income", "method", "group", "months_supported"]
    return pl.DataFrame(ROWS, schema=columns, orient="row")


def pay(row: tuple[int, str, str, int], income: int, on: date) -> int:
    groups = tuple(parse_group(one) for one in row[2].split(",") if one)
    method = parse_method(BOOK, row[1], on)
    asked = ContributionRequest(income, method, on, groups, months_supported=row[3])
    return voluntary_contribution(BOOK, asked).pay_amount


def test_both_amounts_are_those_of_the_scalar_rule() -> None:
    found = {row["row"]: row for row in payment_changes(BOOK, people(), BEFORE, AFTER).to_dicts()}
    for index in (0, 1, 2):
        row = ROWS[index]
        income = max(row[0], 2_200_000)
        before, after = pay(row, row[0], BEFORE), pay(row, income, AFTER)
        assert found[index]["before_amount"] == before
        assert found[index]["after_amount"] == after
        assert found[index]["difference_amount"] == after - before
        assert found[index]["is_unverified"]
    # 165.000 đồng at the old floor; 50 % of 484.000 at the new one
    assert found[0]["after_amount"] == 242_000


def test_whoever_lies_below_the_new_floor_must_choose_and_sees_its_amount() -> None:
    found = payment_changes(BOOK, people(), BEFORE, AFTER)
    choosing = found.filter(pl.col("must_choose"))
    assert choosing["row"].to_list() == [0, 2]
    assert choosing["after_income"].to_list() == [2_200_000] * 2
    kept = found.filter(~pl.col("must_choose"))
    assert (kept["after_income"] == kept["income"]).all()


def test_whoever_is_not_touched_is_not_listed() -> None:
    """All support used up and well above the floor: the line does not enter the amount."""
    assert 3 not in payment_changes(BOOK, people(), BEFORE, AFTER)["row"].to_list()
    assert payment_changes(BOOK, people(), date(2026, 12, 30), BEFORE).is_empty()


def test_what_cannot_be_worked_out_is_listed_without_an_amount() -> None:
    found = payment_changes(BOOK, people(), BEFORE, AFTER).filter(pl.col("row") == 4).to_dicts()
    assert found[0]["after_problem"] == "parameter_missing"
    assert found[0]["after_amount"] is None
    assert found[0]["before_amount"] == pay(ROWS[4], 3_000_000, BEFORE)
    late = payment_changes(BOOK, people(), AFTER, date(2027, 7, 1))
    assert set(late["before_problem"].drop_nulls()) == {"income_below_floor", "parameter_missing"}


def test_the_change_of_base_salary_touches_nobody_below_its_cap() -> None:
    june, july = date(2026, 6, 30), date(2026, 7, 1)
    assert payment_changes(BOOK, people(), june, july).is_empty()
    (change,) = law_changes(BOOK, june, july)
    assert change.known.parameter == "base_salary"


def test_the_higher_support_of_2025_lowers_what_is_paid() -> None:
    before, after = date(2025, 6, 30), date(2025, 7, 1)
    found = payment_changes(BOOK, people()[:2], before, after)
    assert found["difference_amount"].to_list() == [-66_000, -396_000]
    # the base salary of 2024 was read in secondary texts only
    assert found["is_unverified"].all()


def test_sums_by_group_and_method() -> None:
    changes = payment_changes(BOOK, pl.concat([people(), people()]), BEFORE, AFTER)
    summary = change_summary(changes).to_dicts()
    poor = next(row for row in summary if row["group"] == "poor")
    assert poor == {
        "group": "poor",
        "method": "1",
        "people": 2,
        "must_choose": 2,
        "not_computable": 0,
        "before_amount": 330_000,
        "after_amount": 484_000,
        "difference_amount": 154_000,
    }
    unknown = next(row for row in summary if row["method"] == "ahead:2")
    assert (unknown["not_computable"], unknown["after_amount"]) == (2, None)
    assert sum(row["people"] for row in summary) == changes.height


def test_the_law_that_changes_and_what_of_it_is_not_verified() -> None:
    found = {one.known.name: one for one in law_changes(BOOK, BEFORE, AFTER)}
    assert set(found) == {"poverty_line_rural", "monthly_interest_rate"}
    line = found["poverty_line_rural"]
    assert line.before is not None
    assert line.after is not None
    assert (line.before.value, line.after.value) == (1_500_000, 2_200_000)
    assert found["monthly_interest_rate"].after is None
    unsure = {fact.parameter for fact in unverified_law(BOOK, people(), AFTER).facts}
    assert unsure == {"poverty_line_rural", "earlier_support_counts"}
    alone = people()[:1]
    assert {fact.parameter for fact in unverified_law(BOOK, alone, AFTER).facts} == {
        "poverty_line_rural"
    }


@pytest.mark.parametrize("columns", [["income", "method"], ["income", "method", "group"]])
def test_only_income_and_method_are_needed(columns: list[str]) -> None:
    found = payment_changes(BOOK, people().select(columns), BEFORE, AFTER)
    assert 0 in found["row"].to_list()
    assert unverified_law(BOOK, people().select(columns), AFTER).facts
