"""What must hold of every withdrawal, survivor payment and allowance."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.benefit_cases import missing, stretch

from vandong.law import Confidence, law_book
from vandong.rules.amount_paid import state_support
from vandong.rules.lump_sum import Case, LumpSumRequest, lump_sum, lump_sum_of_average
from vandong.rules.maternity import MaternityRequest, maternity
from vandong.rules.monthly_allowance import (
    AllowanceRequest,
    allowance_left_to_heirs,
    monthly_allowance,
)
from vandong.rules.people import SupportGroup
from vandong.rules.problems import RuleProblem
from vandong.rules.retirement_age import Birth
from vandong.rules.segments import Kind, paid_time
from vandong.rules.social_pension import SocialPensionRequest, social_pension
from vandong.rules.survivors import survivors
from vandong.rules.year_multiples import year_multiples

BOOK = law_book()
ON = date(2026, 11, 1)
GROUPS = st.sampled_from(list(SupportGroup))


@given(st.integers(1, 95), st.integers(1_500_000, 20_000_000), GROUPS, st.sampled_from(list(Case)))
def test_a_withdrawal_is_never_negative_and_adds_up(
    months: int, income: int, group: SupportGroup, case: Case
) -> None:
    segments = (stretch("2016-01", months, income),)
    found = lump_sum(BOOK, LumpSumRequest(segments, ON, case, group))
    assert found.pay_amount == max(0, found.gross_amount - found.support_deducted_amount)
    assert (found.support_deducted_amount == 0) or case not in {Case.ILLNESS, Case.DISABILITY}


@given(st.integers(0, 240), st.integers(0, 240))
def test_a_month_more_never_lowers_the_multiple(before: int, after: int) -> None:
    def averages(one: int, other: int) -> Fraction:
        return year_multiples(
            BOOK, "lump_sum_multiple", months_before=one, months_from=other, on=ON
        ).averages

    assert averages(before, after) <= averages(before, after + 1)


def test_support_stops_after_120_months() -> None:
    paid = paid_time(BOOK, [stretch("2016-01", 132, 2_000_000)])
    found = state_support(BOOK, paid, SupportGroup.OTHER)
    # From 1/2018: 48 months at 15.400, 42 at 33.000 until 6/2025, 18 at 66.000 until 12/2026.
    assert (found.months, found.amount) == (108, 48 * 15_400 + 42 * 33_000 + 18 * 66_000)
    longer = paid_time(BOOK, [stretch("2016-01", 150, 2_000_000)])
    more = state_support(BOOK, longer, SupportGroup.OTHER)
    assert (more.months, more.amount - found.amount) == (120, 12 * 96_800)


def test_missing_time_is_no_part_of_a_withdrawal() -> None:
    with pytest.raises(RuleProblem) as caught:
        lump_sum(
            BOOK,
            LumpSumRequest(
                (stretch("2022-01", 12, 2_000_000), missing(60, 1)), ON, Case.RETIREMENT_AGE
            ),
        )
    assert caught.value.code == "missing_time_not_here"


def test_months_after_the_day_are_said_to_be_a_plan() -> None:
    found = lump_sum(
        BOOK, LumpSumRequest((stretch("2026-01", 12, 1_500_000),), ON, Case.RETIREMENT_AGE)
    )
    assert "months_after_day" in {note.code for note in found.trace.notes}


def test_a_bare_formula_under_a_year_is_refused() -> None:
    with pytest.raises(RuleProblem) as caught:
        lump_sum_of_average(BOOK, 1_000_000, months_before=0, months_from=11, on=ON)
    assert caught.value.code == "lump_sum_short_needs_segments"


def test_survivors_of_59_months_receive_what_was_paid_and_of_60_the_formula() -> None:
    short = survivors(BOOK, (stretch("2021-01", 59, 2_000_000),), ON)
    assert short.amount == 59 * 440_000
    enough = survivors(BOOK, (stretch("2021-01", 60, 2_000_000),), ON)
    assert enough.averages == 10
    assert "survivors_may_be_less" in {note.code for note in enough.trace.notes}


def test_mixed_survivors_receive_three_averages_and_may_have_a_monthly_benefit() -> None:
    few = survivors(
        BOOK,
        (stretch("2025-01", 2, 2_000_000, Kind.COMPULSORY), stretch("2025-03", 1, 2_000_000)),
        ON,
    )
    assert few.amount == 3 * 2_000_000
    assert not few.monthly_possible
    long = survivors(
        BOOK,
        (stretch("2005-01", 180, 3_000_000, Kind.COMPULSORY), stretch("2025-03", 1, 2_000_000)),
        ON,
    )
    assert long.monthly_possible
    almost = survivors(
        BOOK,
        (stretch("2005-01", 179, 3_000_000, Kind.COMPULSORY), stretch("2025-03", 1, 2_000_000)),
        ON,
    )
    assert not almost.monthly_possible


@given(st.integers(1_500_000, 20_000_000), st.integers(1, 179), st.integers(1, 240))
def test_the_allowance_is_worth_no_less_than_was_earned(
    average: int, months: int, until: int
) -> None:
    found = monthly_allowance(BOOK, AllowanceRequest(Fraction(average), months, ON, until))
    level = BOOK.fact("social_pension_amount", ON).whole
    assert found.monthly_amount >= level
    assert found.top_up_amount >= 0
    assert (found.top_up_amount == 0) or (found.months_earned < until)
    total = found.monthly_amount * until - found.top_up_amount
    assert abs(total - found.months_earned * level) <= until


def test_heirs_receive_the_months_left() -> None:
    assert allowance_left_to_heirs(540_000, months_left=10) == 5_400_000
    with pytest.raises(RuleProblem):
        allowance_left_to_heirs(540_000, months_left=-1)


def test_uncertain_values_are_visibly_so() -> None:
    """law.md 9 and 10: the maternity amount and the social pension of 7/2026."""
    paid = (stretch("2025-07", 12, 1_500_000),)
    assert maternity(BOOK, MaternityRequest(date(2026, 6, 1), paid)).trace.confidence is (
        Confidence.SECONDARY
    )
    old = SocialPensionRequest(Birth(date(1950, 1, 1)), ON)
    assert social_pension(BOOK, old).trace.confidence is Confidence.SECONDARY
    drawn = SocialPensionRequest(Birth(date(1950, 1, 1)), ON, benefit_amount=400_000)
    assert not social_pension(BOOK, drawn).is_due
