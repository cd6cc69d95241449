"""A list quoted at once is quoted as one by one: amounts, certainty and problems, on halves too."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.bulk.law_books import HALVES, ON, SHIPPED, with_value

from vandong.kernel.periods import Month
from vandong.law import LawBook, ParameterMissing
from vandong.rules.bulk import contributions
from vandong.rules.contribution import (
    ContributionRequest,
    TopUp,
    parse_group,
    parse_method,
    voluntary_contribution,
)
from vandong.rules.problems import RuleProblem

Row = dict[str, object]
SCHEMA = {
    "income": pl.Int64,
    "method": pl.String,
    "group": pl.String,
    "on": pl.Date,
    "months_supported": pl.Int64,
    "covers_from": pl.Date,
    "local_rate": pl.String,
    "local_amount": pl.Int64,
    "other_rate": pl.String,
    "other_amount": pl.Int64,
}
CHANGES = sorted(
    {
        entry.valid_from
        for name in (
            *("base_salary", "poverty_line_rural", "contribution_rate", "method_months"),
            *("state_support_rate", "monthly_interest_rate", "missing_months"),
            *("income_floor_base_salaries", "support_months_cap", "payment_window_months"),
        )
        for entry in SHIPPED.parameters[name].entries
    }
)
METHODS = st.sampled_from(
    [
        *("1", "3", "6", "12", " AHEAD : 3", "ahead:2", "ahead:5", "missing:1", "missing:2"),
        *("missing:60", "missing:61", "missing:120", "ahead:6", "ahead:1", "2", "monthly", ""),
    ]
)
GROUPS = st.sampled_from(
    ["", "poor", "near_poor", "Other", "island,poor", "ethnic_minority, near_poor", "rich"]
)
INCOMES = st.one_of(
    st.integers(300_000, 60_000_000),
    st.integers(30_000, 900_000).map(lambda n: 50 * n + 25),
    st.integers(5_000, 300_000).map(lambda n: 80 * (2 * n + 1)),
    st.sampled_from([-5, 0, 1_499_999, 1_500_000, 50_600_000, 50_600_001, 10**15]),
)
DAYS = st.one_of(
    st.tuples(st.sampled_from(CHANGES), st.integers(-1, 1)).map(
        lambda one: one[0] + timedelta(days=one[1])
    ),
    st.dates(date(2006, 1, 1), date(2030, 12, 31)),
    st.just(ON),
)
RATES = st.sampled_from(
    ["0", "0.2", "0,15", "1", "1.0001", "-0.1", "1/660000", "1/7", "0.0000151515", "x", ""]
)
ADDED = st.sampled_from([0, 0, 1, 33_333, 5_000_000, -1])
ROWS = st.fixed_dictionaries(
    {
        "income": INCOMES,
        "method": METHODS,
        "group": GROUPS,
        "on": DAYS,
        "months_supported": st.one_of(st.integers(0, 120), st.sampled_from([-1, 119, 121])),
        "covers_from": st.one_of(st.none(), st.integers(-14, 14)),
        "local_rate": RATES,
        "local_amount": ADDED,
        "other_rate": RATES,
        "other_amount": ADDED,
    }
).map(lambda row: {**row, "covers_from": _first(row["on"], row["covers_from"])})
GOOD_ROWS = st.fixed_dictionaries(
    {
        "income": st.one_of(
            st.integers(1_500_025, 50_600_000),
            st.integers(30_001, 900_000).map(lambda n: 50 * n + 25),
            st.integers(10_000, 300_000).map(lambda n: 80 * (2 * n + 1)),
        ),
        "method": st.sampled_from(
            ["1", "3", "6", "12", "ahead:2", "ahead:5", "missing:1", "missing:2", "missing:60"]
        ),
        "group": st.sampled_from(["", "poor", "near_poor", "ethnic_minority", "island,other"]),
        "on": st.just(ON),
        "months_supported": st.integers(0, 120),
        "local_rate": st.sampled_from(["0", "0.2", "1/660000", "1/660011", "0.123456789"]),
        "local_amount": st.sampled_from([0, 1]),
    }
)


def _first(on: date, months: int | None) -> date | None:
    return None if months is None else Month.of(on).shifted(months).first_day


def framed(rows: Sequence[Row]) -> pl.DataFrame:
    schema = {name: kind for name, kind in SCHEMA.items() if name in rows[0]}
    return pl.DataFrame([*rows], schema=schema, orient="row")


def asked(book: LawBook, row: Row) -> ContributionRequest:
    """The row read as the command line reads it."""
    on, method = row["on"], str(row["method"])
    if not method.strip():
        raise RuleProblem("value_missing")
    way = parse_method(book, method, on)
    groups = tuple(parse_group(one) for one in str(row["group"]).split(",") if one.strip())
    first = row.get("covers_from")
    return ContributionRequest(
        income=int(row["income"]),
        method=way,
        on=on,
        groups=groups,
        covers_from=Month.of(first) if first else None,
        months_supported=int(row["months_supported"]),
        local=_top_up(row, "local"),
        other=_top_up(row, "other"),
    )


def _top_up(row: Row, payer: str) -> TopUp:
    text = str(row.get(f"{payer}_rate", "0")).replace(",", ".")
    amount = int(row.get(f"{payer}_amount", 0))
    return TopUp(Fraction(-1) if text in {"x", ""} else Fraction(text), amount)


def singly(book: LawBook, row: Row) -> dict[str, object]:
    try:
        quote = voluntary_contribution(book, asked(book, row))
    except (RuleProblem, ParameterMissing) as problem:
        return {"problem": problem.code}
    return {
        "months": quote.months,
        "supported_months": quote.supported_months,
        "gross_amount": quote.gross_amount,
        "state_support_amount": quote.state_support_amount,
        "local_support_amount": quote.local_support_amount,
        "other_amount": quote.other_amount,
        "pay_amount": quote.pay_amount,
        "is_verified": quote.trace.confidence.is_verified,
        "problem": None,
    }


def expect_equal(book: LawBook, rows: Sequence[Row]) -> list[dict[str, object]]:
    found = contributions(book, framed(rows)).to_dicts()
    for row, made in zip(rows, found, strict=True):
        wanted = singly(book, row)
        if wanted["problem"] == "top_up_not_allowed" and made["problem"] == "not_a_number":
            continue
        assert {name: made[name] for name in wanted} == wanted, row
        if wanted["problem"]:
            assert made["pay_amount"] is None
    return found


@given(st.lists(ROWS, min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_bulk_is_the_scalar_rule(rows: list[Row]) -> None:
    expect_equal(SHIPPED, rows)


@given(st.lists(GOOD_ROWS, min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_good_rows_have_no_problem_and_equal_amounts(rows: list[Row]) -> None:
    assert all(made["problem"] is None for made in expect_equal(SHIPPED, rows))


@given(st.lists(GOOD_ROWS, min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_bulk_is_the_scalar_rule_where_interest_and_support_make_halves(rows: list[Row]) -> None:
    expect_equal(HALVES, rows)


def test_the_halves_are_really_met() -> None:
    """Sums that end in exactly half a đồng, in the plain, the interest, the support and the top-up part."""
    rows: list[Row] = [
        {
            "income": income,
            "method": method,
            "group": "poor",
            "on": ON,
            "months_supported": 118,
            "local_rate": rate,
        }
        for income, method, rate in (
            (1_500_025, "1", "0"),
            (1_500_075, "3", "0"),
            (1_600_080, "missing:2", "0"),
            (1_500_050, "12", "1/660011"),
        )
    ]
    found = expect_equal(HALVES, rows)
    assert Fraction(22, 100) * 1_500_025 % 1 == Fraction(1, 2)
    assert Fraction(22, 100) * (Fraction(5, 4) + Fraction(25, 16)) * 1_600_080 % 1 == Fraction(1, 2)
    assert found[0]["gross_amount"] == 330_006
    assert found[2]["gross_amount"] == 990_050
    assert found[3]["local_support_amount"] == 6
    # two months of half the contribution on 1.500.025 đồng: 330.005,5
    assert found[1]["state_support_amount"] == 330_006


def test_the_amounts_of_the_notes_of_law() -> None:
    frame = pl.DataFrame(
        {
            "income": [1_500_000] * 4 + [46_800_000],
            "method": "1",
            "group": ["poor", "near_poor", "ethnic_minority", "other", "other"],
        }
    )
    found = contributions(SHIPPED, frame, ON)
    assert found["pay_amount"].to_list() == [165_000, 198_000, 231_000, 264_000, 10_230_000]
    later = contributions(SHIPPED, frame, date(2027, 1, 1))
    assert later["problem"].to_list() == ["income_below_floor"] * 4 + [None]
    assert later["pay_amount"][4] == 10_296_000 - 96_800
    assert not later["is_verified"][4]


def test_empty_cells_and_unknown_days_are_problems_of_their_rows() -> None:
    frame = pl.DataFrame(
        {
            "income": [None, 2_000_000, 2_000_000, 2_000_000],
            "method": ["1", None, "1", "1"],
            "on": [ON, ON, None, ON],
            "local_amount": [0, 0, 0, 10**10],
        }
    )
    found = contributions(SHIPPED, frame)
    assert found["problem"].to_list() == ["value_missing"] * 3 + ["number_too_large"]
    assert contributions(SHIPPED, frame.clear()).height == 0
    assert contributions(SHIPPED, frame.clear()).columns == found.columns


@pytest.mark.parametrize(
    "column",
    [
        pl.Series("income", [2_000_000.0]),
        pl.Series("local_rate", [0.2]),
        pl.Series("on", ["2026-11-22"]),
    ],
)
def test_columns_of_another_kind_are_refused(column: pl.Series) -> None:
    frame = pl.DataFrame({"income": [2_000_000], "method": ["1"], "on": [ON]})
    with pytest.raises(TypeError):
        contributions(SHIPPED, frame.with_columns(column))


def test_another_law_gives_other_amounts() -> None:
    book = with_value(SHIPPED, "contribution_rate", Fraction(1, 3), ON)
    rows: list[Row] = [
        {
            "income": 1_500_000 + step,
            "method": "1",
            "group": "poor",
            "on": ON,
            "months_supported": 0,
        }
        for step in range(7)
    ]
    expect_equal(book, rows)
