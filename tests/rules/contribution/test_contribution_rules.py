"""What must hold of every contribution, and what must be said with it."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vandong.kernel.periods import Month
from vandong.law import Confidence, law_book
from vandong.rules.contribution import (
    Contribution,
    ContributionRequest,
    Method,
    MethodKind,
    TopUp,
    allowed_methods,
    income_limits,
    method_text,
    parse_group,
    parse_method,
    voluntary_contribution,
)
from vandong.rules.people import SupportGroup
from vandong.rules.problems import RuleProblem

ON = date(2026, 11, 22)
BOOK = law_book()
TEXTS = ("1", "3", "6", "12", *(f"ahead:{n}" for n in range(2, 6)))
INCOMES = st.integers(min_value=1_500_000, max_value=50_600_000)
METHODS = st.sampled_from([*TEXTS, "missing:1", "missing:17", "missing:60"])
GROUPS = st.lists(st.sampled_from(SupportGroup), max_size=3).map(tuple)
SUPPORTED = st.integers(min_value=0, max_value=120)


def quote(
    income: int = 1_500_000, method: str = "1", on: date = ON, **more: object
) -> Contribution:
    asked = ContributionRequest(income, parse_method(BOOK, method, on), on, **more)  # type: ignore[arg-type]
    return voluntary_contribution(BOOK, asked)


def codes(found: Contribution) -> set[str]:
    return {note.code for note in found.trace.notes}


@given(INCOMES, INCOMES, METHODS, GROUPS)
@settings(max_examples=60)
def test_a_higher_income_never_costs_less(
    one: int, other: int, method: str, groups: tuple[SupportGroup, ...]
) -> None:
    low, high = (quote(income, method, groups=groups) for income in sorted((one, other)))
    assert low.gross_amount <= high.gross_amount
    assert low.pay_amount <= high.pay_amount
    assert low.state_support_amount == high.state_support_amount


@given(INCOMES)
@settings(max_examples=30)
def test_more_months_cost_more_and_years_ahead_less_than_their_months(income: int) -> None:
    grosses = [quote(income, method).gross_amount for method in TEXTS]
    assert all(less < more for less, more in pairwise(grosses))
    for years in range(2, 6):
        assert quote(income, f"ahead:{years}").gross_amount < 12 * years * grosses[0]
    assert quote(income, "missing:12").gross_amount > grosses[3]


@given(
    INCOMES, METHODS, GROUPS, SUPPORTED, st.tuples(st.integers(0, 100), st.integers(0, 5_000_000))
)
@settings(max_examples=80)
def test_who_bears_it_adds_up_and_nobody_pays_less_than_nothing(
    income: int,
    method: str,
    groups: tuple[SupportGroup, ...],
    supported: int,
    added: tuple[int, int],
) -> None:
    local, other = added
    found = quote(
        income,
        method,
        groups=groups,
        months_supported=supported,
        local=TopUp(Fraction(local, 100)),
        other=TopUp(amount=other),
    )
    support = found.state_support_amount + found.local_support_amount + found.other_amount
    assert found.pay_amount == max(0, found.gross_amount - support)
    assert ("contribution_support_exceeds" in codes(found)) is (support > found.gross_amount)
    assert found.supported_months == min(found.months, 120 - supported)
    assert sum(stretch.months for stretch in found.schedule) == found.months


@given(INCOMES, GROUPS)
@settings(max_examples=40)
def test_the_highest_group_counts(income: int, groups: tuple[SupportGroup, ...]) -> None:
    alone = [quote(income, groups=(one,)).state_support_amount for one in groups]
    found = quote(income, groups=groups)
    assert found.state_support_amount == max(
        alone or [quote(income, groups=(SupportGroup.OTHER,)).state_support_amount]
    )
    assert not groups or found.group in groups


@given(st.integers(min_value=1_500_000, max_value=3_000_000))
@settings(max_examples=40)
def test_plain_months_are_rounded_once_half_up(income: int) -> None:
    for method, months in (("1", 1), ("3", 3), ("12", 12)):
        assert quote(income, method).gross_amount == (22 * income * months + 50) // 100


def test_half_a_dong_goes_up() -> None:
    assert quote(1_500_025).gross_amount == 330_006  # 330.005,5
    assert quote(1_500_025, "3").gross_amount == 990_017  # 990.016,5


def test_support_that_ends_inside_an_offer_shows_both_amounts() -> None:
    found = quote(method="ahead:5", months_supported=100)
    first, then = found.schedule
    assert (first.months, first.starts, first.month.pay_amount) == (20, Month(2026, 11), 264_000)
    assert (then.months, then.starts, then.month.pay_amount) == (40, Month(2028, 7), 330_000)
    note = next(one for one in found.trace.notes if one.code == "contribution_support_ends_within")
    assert (note.values["amount"], note.values["later"]) == (264_000, 330_000)


def test_earlier_months_that_count_are_marked_uncertain() -> None:
    named = {fact.parameter: fact for fact in quote(months_supported=30).trace.facts}
    assert named["earlier_support_counts"].confidence is Confidence.SECONDARY
    assert "earlier_support_counts" not in {fact.parameter for fact in quote().trace.facts}


def test_a_change_inside_a_paid_period_changes_nothing() -> None:
    across = quote(method="12")
    assert across.gross_amount == 12 * quote().gross_amount
    assert "contribution_line_changes_unverified" in codes(across)
    assert "contribution_line_changes_unverified" not in codes(quote())


def test_a_period_prepaid_before_the_decree_keeps_its_support() -> None:
    before = quote(method="12", on=date(2025, 6, 30))
    assert before.state_support_amount == 12 * 33_000
    assert quote(method="12", on=date(2025, 7, 1)).state_support_amount == 12 * 66_000


def test_an_income_off_the_step_is_a_note_not_an_error() -> None:
    assert "contribution_income_off_step" in codes(quote(1_510_000))
    assert "contribution_income_off_step" not in codes(quote(1_550_000))


def test_the_poverty_line_of_2027_is_marked_uncertain() -> None:
    found = quote(2_200_000, on=date(2027, 1, 1))
    assert found.trace.confidence is not Confidence.OFFICIAL


def test_a_period_may_begin_after_its_payment_with_a_note() -> None:
    found = quote(method="3", covers_from=Month(2027, 1))
    assert (found.covers_from, found.paid_until) == (Month(2027, 1), Month(2027, 3))
    assert "contribution_starts_later" in codes(found)


def test_missing_time_has_no_months_of_the_calendar() -> None:
    found = quote(method="missing:3")
    assert (found.covers_from, found.paid_until, found.deadline_on) == (None, None, None)
    assert {"contribution_missing_when_age_reached", "contribution_support_of_missing"} <= codes(
        found
    )
    with pytest.raises(RuleProblem, match="missing_has_no_month"):
        quote(method="missing:3", covers_from=Month(2026, 11))


def test_before_2016_the_floor_was_the_minimum_wage() -> None:
    assert income_limits(BOOK, date(2015, 12, 31)).floor_amount == 1_150_000
    assert income_limits(BOOK, date(2016, 1, 1)).floor_amount == 700_000


@pytest.mark.parametrize("text", ["0", "7", "ahead", "ahead:1", "ahead:6", "missing:0", "", "x"])
def test_ways_that_are_not_allowed(text: str) -> None:
    with pytest.raises(RuleProblem) as caught:
        parse_method(BOOK, text, ON)
    assert caught.value.code == "months_not_allowed"
    assert caught.value.values["allowed"] == "1, 3, 6, 12, ahead:2..5, missing:1..60"


def test_every_way_is_written_as_it_is_read() -> None:
    for text in TEXTS:
        assert method_text(BOOK, parse_method(BOOK, text, ON), ON) == text
    assert allowed_methods(BOOK, date(2010, 1, 1)) == ("1", "3", "6")
    with pytest.raises(RuleProblem, match="months_not_allowed"):
        method_text(BOOK, Method(MethodKind.YEARLY, 2), ON)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"income": 1_499_999}, "income_below_floor"),
        ({"income": -(10**30)}, "income_below_floor"),
        ({"income": 10**30}, "income_above_cap"),
        ({"months_supported": -1}, "supported_months_not_allowed"),
        ({"months_supported": 121}, "supported_months_not_allowed"),
        ({"local": TopUp(Fraction(-1))}, "top_up_not_allowed"),
        ({"other": TopUp(amount=-1)}, "top_up_not_allowed"),
        ({"covers_from": Month(2026, 10)}, "month_not_payable"),
        ({"covers_from": Month(2027, 12)}, "month_too_far"),
        ({"method": "ahead:2", "covers_from": Month(2026, 10)}, "month_not_payable"),
    ],
)
def test_what_does_not_fit_is_refused(more: dict[str, object], code: str) -> None:
    with pytest.raises(RuleProblem) as caught:
        quote(**more)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert caught.value.field


def test_an_unknown_group_is_refused_with_the_known_ones() -> None:
    assert parse_group(" Poor ") is SupportGroup.POOR
    with pytest.raises(RuleProblem, match="unknown_group"):
        parse_group("rich")
