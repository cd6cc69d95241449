"""Pensions worked out for a list at once are those worked out one by one: amounts, days and problems."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.bulk.law_books import ON, SHIPPED

from vandong.kernel.numbers import decimal_text
from vandong.kernel.periods import Month
from vandong.law import LawBook, ParameterMissing
from vandong.rules.average_income import Growth
from vandong.rules.bulk import constant_segments, pensions
from vandong.rules.bulk.pensions import CHUNK
from vandong.rules.pension import PensionRequest, pension, projected_pension
from vandong.rules.people import Sex
from vandong.rules.problems import RuleProblem
from vandong.rules.retirement_age import Birth
from vandong.rules.segments import Kind, Segment

GROWTH = Growth(Fraction("0.07"), Fraction("0.035"))
STEEP = Growth(Fraction("0.12"), Fraction("0.005"))
EQUAL = Growth(Fraction("0.04"), Fraction("0.04"))


@dataclass(frozen=True)
class Case:
    """A person: what the scalar rule is asked."""

    sex: Sex
    birth: date
    segments: tuple[Segment, ...]
    retire_on: date | None = None
    missing_paid_on: date | None = None


def framed(cases: Sequence[Case]) -> tuple[pl.DataFrame, pl.DataFrame]:
    people = pl.DataFrame(
        {
            "sex": [case.sex.value for case in cases],
            "birth": [case.birth for case in cases],
            "retire_on": pl.Series([case.retire_on for case in cases], dtype=pl.Date),
            "missing_paid_on": pl.Series([case.missing_paid_on for case in cases], dtype=pl.Date),
        }
    )
    rows = [
        (
            at,
            one.kind.value,
            one.first.first_day if one.first else None,
            one.months,
            one.income_amount,
        )
        for at, case in enumerate(cases)
        for one in case.segments
    ]
    schema = {
        "person": pl.Int64,
        "kind": pl.String,
        "first": pl.Date,
        "months": pl.Int64,
        "income": pl.Int64,
    }
    return people, pl.DataFrame(rows, schema=schema, orient="row")


def singly(book: LawBook, case: Case, on: date, growth: Growth | None) -> dict[str, object]:
    asked = PensionRequest(
        case.sex, Birth(case.birth), case.segments, on, case.retire_on, case.missing_paid_on
    )
    try:
        found = projected_pension(book, asked, growth) if growth else pension(book, asked)
    except (RuleProblem, ParameterMissing) as problem:
        return {"problem": problem.code}
    assert found.retirement_age is not None
    return {
        "retirement_age_months": found.retirement_age.age_months,
        "pension_from": found.pension_from,
        "worth_on": found.worth_on,
        "paid_months": found.paid_months,
        "counted_years": decimal_text(found.counted_years),
        "rate": decimal_text(found.rate),
        "average_income": found.average_income,
        "monthly_amount": found.monthly_amount,
        "extra_amount": found.extra_amount,
        "is_verified": found.trace.confidence.is_verified,
        "problem": None,
    }


def expect_equal(
    cases: Sequence[Case], growth: Growth | None, on: date = ON, book: LawBook = SHIPPED
) -> list[dict[str, object]]:
    found = pensions(book, *framed(cases), on=on, growth=growth).to_dicts()
    for case, made in zip(cases, found, strict=True):
        wanted = singly(book, case, on, growth)
        assert {name: made[name] for name in wanted} == wanted, case
        if wanted["problem"]:
            assert made["monthly_amount"] is None
    return found


def voluntary(year: int, month: int, months: int, income: int) -> Segment:
    return Segment(Kind.VOLUNTARY, Month(year, month), months, income)


MONTHS = st.builds(Month, st.integers(2006, 2045), st.integers(1, 12))
INCOMES = st.integers(700_000, 40_000_000)
SEGMENTS = st.one_of(
    st.builds(
        Segment,
        st.sampled_from([Kind.VOLUNTARY, Kind.VOLUNTARY, Kind.COMPULSORY]),
        MONTHS,
        st.integers(-1, 260),
        st.one_of(INCOMES, st.sampled_from([0, -4, 10**9, 60_000_000])),
    ),
    st.builds(Segment, st.just(Kind.MISSING), st.none(), st.integers(0, 70), INCOMES),
)
BIRTHS = st.dates(date(1945, 1, 1), date(2027, 1, 1))
DAYS = st.one_of(st.none(), st.dates(date(2014, 1, 1), date(2032, 1, 1)))
ANY_CASES = st.builds(
    Case,
    st.sampled_from(Sex),
    BIRTHS,
    st.lists(SEGMENTS, max_size=4).map(tuple),
    DAYS,
    DAYS,
)


@st.composite
def histories(draw: st.DrawFn) -> Case:
    """Somebody who mostly has a right: stretches one after another, sometimes missing time at the end."""
    at = draw(st.integers(2008 * 12, 2028 * 12))
    segments: list[Segment] = []
    compulsory = draw(st.booleans())
    for number in range(draw(st.integers(1, 6))):
        months = draw(st.integers(1, 300 if number == 0 else 60))
        kind = Kind.COMPULSORY if compulsory and number == 0 else Kind.VOLUNTARY
        income = draw(st.integers(1_500_000, 26_000_000))
        segments.append(Segment(kind, Month(at // 12, at % 12 + 1), months, income))
        at += months + draw(st.sampled_from([0, 0, 5]))
    paid = sum(one.months for one in segments)
    if 120 <= paid < 180 and draw(st.booleans()):
        segments.append(Segment(Kind.MISSING, None, 180 - paid, draw(INCOMES)))
    born = draw(st.dates(date(1950, 1, 1), date(1993, 12, 31)))
    return Case(draw(st.sampled_from(Sex)), born, tuple(segments), draw(DAYS), draw(DAYS))


@given(st.lists(ANY_CASES, min_size=1, max_size=25), st.sampled_from([None, GROWTH, EQUAL]))
@settings(max_examples=40, deadline=None)
def test_bulk_is_the_scalar_rule_for_anything(cases: list[Case], growth: Growth | None) -> None:
    expect_equal(cases, growth)


@given(
    st.lists(histories(), min_size=1, max_size=20),
    st.sampled_from([None, GROWTH, EQUAL, Growth(Fraction(0), Fraction("0.1")), STEEP]),
    st.sampled_from([ON, date(2025, 6, 30), date(2025, 7, 1), date(2026, 1, 1), date(2027, 3, 1)]),
)
@settings(max_examples=60, deadline=None)
def test_bulk_is_the_scalar_rule_for_histories(
    cases: list[Case], growth: Growth | None, on: date
) -> None:
    expect_equal(cases, growth, on)


def test_a_half_dong_goes_up() -> None:
    """20 years at 10.000.010 đồng of the same money: 55 % of it is 5.500.005,5."""
    half = Case(Sex.FEMALE, date(1980, 5, 2), (voluntary(2026, 1, 240, 10_000_010),))
    less = Case(Sex.FEMALE, date(1980, 5, 2), (voluntary(2026, 1, 240, 10_000_009),))
    found = expect_equal([half, less], EQUAL)
    assert [one["monthly_amount"] for one in found] == [5_500_006, 5_500_005]
    assert [one["rate"] for one in found] == ["0.55", "0.55"]


def test_extra_years_before_and_after_the_age() -> None:
    long = Case(Sex.FEMALE, date(1966, 1, 15), (voluntary(2008, 1, 32 * 12 + 4, 5_000_000),))
    older = Case(Sex.MALE, date(1961, 1, 15), (voluntary(2008, 1, 38 * 12, 5_000_001),))
    found = expect_equal([long, older], GROWTH)
    assert all(one["extra_amount"] > 0 for one in found)


@pytest.mark.parametrize("after", range(-1, 15))
def test_months_after_the_age_count_from_the_month_after_it(after: int) -> None:
    """Born 1/1980, a woman is 60 in 1/2040; what she pays from 2/2040 on counts twice (art 100)."""
    months = 32 * 12 + 1 + after
    case = Case(Sex.FEMALE, date(1980, 1, 15), (voluntary(2008, 1, months, 5_000_001),))
    (found,) = expect_equal([case], GROWTH)
    assert found["extra_amount"] > 0


def test_the_lowest_pension_and_the_former_age_are_kept() -> None:
    low = Case(
        Sex.FEMALE,
        date(1969, 12, 1),
        (Segment(Kind.COMPULSORY, Month(2005, 1), 250, 1_000_000),),
    )
    old = Case(Sex.FEMALE, date(1970, 3, 1), (voluntary(2008, 1, 240, 2_000_000),))
    found = expect_equal([low, old], GROWTH)
    assert found[0]["monthly_amount"] == 2_530_000
    assert found[1]["retirement_age_months"] == 55 * 12


def test_no_segments_unknown_sex_and_empty_cells_are_problems_of_their_rows() -> None:
    people = pl.DataFrame(
        {
            "sex": ["F", "X", None, "M", "F", "F"],
            "birth": [date(1980, 1, 1)] * 3 + [None, date(1980, 1, 1), date(1980, 1, 1)],
        }
    )
    segments = pl.DataFrame(
        {
            "person": [5, 4],
            "first": [date(2026, 1, 1)] * 2,
            "months": [240, 240],
            "income": [2_000_000, None],
        }
    )
    found = pensions(SHIPPED, people, segments, on=ON, growth=EQUAL)
    assert found["problem"].to_list() == [
        "no_segments",
        "value_unknown",
        "value_missing",
        "value_missing",
        "value_missing",
        None,
    ]
    nobody = pensions(SHIPPED, people.clear(), segments.clear(), on=ON)
    assert nobody.height == 0
    assert nobody.columns == found.columns


def test_numbers_beyond_64_bits_are_problems_not_wrong_amounts() -> None:
    huge = Case(
        Sex.FEMALE, date(1980, 1, 1), (Segment(Kind.COMPULSORY, Month(2005, 1), 200, 10**9 + 1),)
    )
    steep = Case(Sex.FEMALE, date(1990, 1, 1), (voluntary(2026, 1, 400, 2_000_000),))
    frames = framed([huge, steep])
    growth = Growth(Fraction(1), Fraction(0))
    found = pensions(SHIPPED, *frames, on=ON, growth=growth)
    assert found["problem"].to_list() == ["number_too_large"] * 2


@pytest.mark.parametrize("count", [CHUNK + 3])
def test_people_beyond_one_portion_are_worked_out_alike(count: int) -> None:
    people = pl.DataFrame(
        {
            "sex": ["F", "M", "F"] * (count // 3 + 1),
            "birth": [date(1985, 1, 1), date(1986, 2, 3), date(1990, 5, 5)] * (count // 3 + 1),
            "income": [2_000_000, 2_500_000, 3_000_010] * (count // 3 + 1),
            "first": date(2026, 1, 1),
            "years": [20, 16, 31] * (count // 3 + 1),
        }
    )[:count]
    found = pensions(SHIPPED, people, constant_segments(people), on=ON, growth=GROWTH)
    assert found.height == count
    assert found.n_unique() == 3
    assert found[:3].equals(found[CHUNK // 3 * 3 : CHUNK // 3 * 3 + 3])
