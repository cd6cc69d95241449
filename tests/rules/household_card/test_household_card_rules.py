"""What holds for every household, and what a quote says besides its amounts."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vandong.law import Confidence, law_book
from vandong.phrases import finding_sentence, sentence
from vandong.rules.household_card import (
    CardRequest,
    CardStart,
    Continuity,
    FormVerdict,
    PreviousCard,
    card_benefits,
    card_form,
    card_validity,
    groups_paid_in_full,
    groups_supported,
    household_card_quote,
)
from vandong.rules.household_card.validity import last_day
from vandong.rules.problems import RuleProblem

ON = date(2026, 11, 22)
DAYS = st.dates(date(2019, 1, 1), date(2029, 12, 31))
PERIODS = st.sampled_from([3, 6, 12])
RATES = st.fractions(0, 1, max_denominator=1000)
GROUPS = st.sampled_from(["household", *groups_supported(law_book(), ON)])


def amounts(members: int, months: int, on: date, **more: object) -> list[int]:
    asked = CardRequest(members=members, months=months, on=on, **more)  # type: ignore[arg-type]
    return [one.amount for one in household_card_quote(law_book(), asked).members]


@given(members=st.integers(1, 40), months=PERIODS, on=DAYS)
def test_each_further_member_adds_something_and_never_more_than_the_one_before(
    members: int, months: int, on: date
) -> None:
    found = amounts(members, months, on)
    assert all(after <= before for before, after in pairwise(found))
    assert min(found) > 0
    assert sum(amounts(members + 1, months, on)) > sum(found)


@given(members=st.integers(1, 20), already=st.integers(0, 20), months=PERIODS, on=DAYS)
def test_paying_together_or_one_after_the_other_costs_the_same(
    members: int, already: int, months: int, on: date
) -> None:
    whole = amounts(already + members, months, on)
    assert amounts(members, months, on, already=already) == whole[already:]


@given(members=st.integers(1, 6), months=PERIODS, group=GROUPS, local=RATES)
def test_support_is_never_more_than_the_contribution_and_the_parts_add_up(
    members: int, months: int, group: str, local: Fraction
) -> None:
    asked = CardRequest(members=members, months=months, on=ON, group=group, local_rate=local)
    for one in household_card_quote(law_book(), asked).members:
        parts = (one.amount, one.state_support_amount, one.local_support_amount)
        assert min(parts) >= 0
        assert sum(parts) == one.gross_amount


@given(local=RATES, more=RATES)
def test_more_local_support_never_costs_more(local: Fraction, more: Fraction) -> None:
    less, greater = sorted((local, more))
    assert amounts(2, 12, ON, local_rate=greater) <= amounts(2, 12, ON, local_rate=less)


@given(on=DAYS, members=st.integers(1, 6))
def test_a_year_costs_four_quarters(on: date, members: int) -> None:
    assert sum(amounts(members, 12, on)) == 4 * sum(amounts(members, 3, on))


@given(first=DAYS, months=st.sampled_from([1, 3, 6, 12, 60]))
def test_a_period_ends_the_day_before_the_same_day_or_with_the_month(
    first: date, months: int
) -> None:
    last = last_day(first, months)
    after = last + timedelta(1)
    assert (after.year - first.year) * 12 + after.month - first.month in {months, months + 1}
    assert after.day == first.day or (after.day == 1 and last.day < first.day)


@given(elapsed=st.integers(-300, 900))
@settings(max_examples=200)
def test_validity_never_begins_before_the_payment_and_never_overlaps_the_old_card(
    elapsed: int,
) -> None:
    last = ON - timedelta(elapsed)
    found = card_validity(law_book(), PreviousCard(last), ON, 12)
    for period in found.periods:
        assert period.valid_from >= ON
        assert period.valid_from > last
    assert found.needs_office == (found.continuity is Continuity.ASK_OFFICE)
    starts = {period.start for period in found.periods}
    assert (CardStart.AFTER_WAITING in starts) == (elapsed >= 90)
    assert (Continuity.KEPT is found.continuity) == (elapsed < 90)


def test_support_by_a_resolution_is_cited_and_not_called_told_at_the_door() -> None:
    cited = law_book().fact("card_support_rate", ON, "student")
    asked = CardRequest(members=2, months=3, on=ON, local_amount=20000, local_facts=(cited,))
    quote = household_card_quote(law_book(), asked)
    assert [one.amount for one in quote.members] == [281550, 179085]
    assert [one.local_support_amount for one in quote.members] == [60000, 60000]
    assert cited in quote.trace.facts
    assert "card_local_support_given" not in [note.code for note in quote.trace.notes]
    told = household_card_quote(law_book(), replace(asked, local_facts=()))
    assert "card_local_support_given" in [note.code for note in told.trace.notes]
    with pytest.raises(RuleProblem, match="card_local_amount_negative"):
        household_card_quote(law_book(), replace(asked, local_amount=-1))


def test_the_questions_have_the_numbers_of_the_day() -> None:
    said = [
        finding_sentence(note)
        for note in household_card_quote(
            law_book(), CardRequest(members=1, months=12, on=ON)
        ).trace.notes
    ]
    assert any("dưới 6 tuổi, từ 75 tuổi" in one for one in said)
    assert any("từ 90 ngày thì sau 30 ngày" in one for one in said)
    before = CardRequest(members=1, months=12, on=date(2025, 6, 30))
    said = [finding_sentence(note) for note in household_card_quote(law_book(), before).trace.notes]
    assert any("từ 80 tuổi" in one for one in said)
    assert not any("90 ngày" in one for one in said)


def test_day_30_or_31_is_marked_unverified() -> None:
    found = card_validity(law_book(), PreviousCard(), ON, 12)
    assert found.periods[0].valid_from == date(2026, 12, 22)
    assert found.periods[0].other_start_on == date(2026, 12, 23)
    assert found.trace.confidence is Confidence.UNVERIFIED
    said = [finding_sentence(note) for note in found.trace.notes]
    assert any("Chưa xác minh" in one and "23/12/2026" in one for one in said)


def test_exactly_90_days_is_said_to_be_for_the_office() -> None:
    found = card_validity(law_book(), PreviousCard(date(2026, 8, 24)), ON, 12)
    assert "card_gap_ask_office" in [note.code for note in found.trace.notes]


def test_five_years_are_counted_from_the_first_day_unless_the_gap_is_long() -> None:
    since = date(2022, 3, 1)
    kept = card_validity(law_book(), PreviousCard(date(2026, 10, 31), since), ON, 12)
    assert kept.periods[0].five_years_on == date(2027, 3, 1)
    lost = card_validity(law_book(), PreviousCard(date(2026, 7, 31), since), ON, 12)
    assert lost.periods[0].five_years_on == date(2031, 12, 22)
    either = card_validity(law_book(), PreviousCard(date(2026, 8, 24), since), ON, 12)
    assert [one.five_years_on for one in either.periods] == [date(2027, 3, 1), date(2031, 12, 22)]


def test_nobody_is_quoted_the_household_form_before_other_groups_are_asked() -> None:
    unasked = card_form(law_book(), None, ON)
    assert unasked.verdict is FormVerdict.ASK_FIRST
    quote = household_card_quote(law_book(), CardRequest(members=1, months=12, on=ON))
    assert "card_ask_other_group" in [note.code for note in quote.trace.notes]
    asked = CardRequest(members=1, months=12, on=ON, other_groups_asked=True)
    codes = [note.code for note in household_card_quote(law_book(), asked).trace.notes]
    assert "card_ask_other_group" not in codes


def test_a_group_paid_by_others_comes_before_a_supported_one() -> None:
    found = card_form(law_book(), ["near_poor", "unemployment_benefit"], ON)
    assert (found.verdict, found.group) == (FormVerdict.PAID_BY_OTHERS, "unemployment_benefit")


def test_of_several_supports_the_highest() -> None:
    found = card_form(law_book(), ["farm_average", "student", "near_poor"], ON)
    assert found.verdict is FormVerdict.SUPPORTED
    assert (found.group, found.support and found.support.value) == ("near_poor", Fraction(7, 10))
    assert "card_support_highest" in {fact.parameter for fact in found.trace.facts}


def test_no_other_group_is_the_household_form() -> None:
    assert card_form(law_book(), [], ON).verdict is FormVerdict.HOUSEHOLD


@pytest.mark.parametrize("group", groups_paid_in_full(law_book(), ON))
def test_no_group_paid_by_others_gets_a_quote(group: str) -> None:
    with pytest.raises(RuleProblem, match="card_paid_by_others"):
        household_card_quote(law_book(), CardRequest(members=1, months=12, on=ON, group=group))


def test_a_supported_group_sees_what_the_household_form_would_cost() -> None:
    asked = CardRequest(members=5, months=12, on=ON, group="farm_average")
    quote = household_card_quote(law_book(), asked)
    assert quote.total_amount == 5 * 956340
    assert quote.household_total_amount == 4371840


def test_a_base_salary_that_rises_inside_the_paid_period_is_told() -> None:
    before = household_card_quote(
        law_book(), CardRequest(members=1, months=12, on=date(2026, 6, 30))
    )
    steps = {step.code: step for step in before.trace.steps}
    assert steps["card_no_top_up_change"].values["base"] == 2530000
    short = household_card_quote(law_book(), CardRequest(members=1, months=3, on=date(2026, 3, 31)))
    assert "card_no_top_up" in {step.code for step in short.trace.steps}


@pytest.mark.parametrize(
    ("on", "word"),
    [
        (date(2025, 12, 31), Confidence.OFFICIAL),
        (date(2026, 1, 1), Confidence.SECONDARY),
        (date(2026, 12, 31), Confidence.SECONDARY),
        (date(2027, 1, 1), Confidence.UNVERIFIED),
    ],
)
def test_the_rate_is_uncertain_where_amendments_were_not_read(on: date, word: Confidence) -> None:
    quote = household_card_quote(law_book(), CardRequest(members=1, months=12, on=on))
    facts = {fact.parameter: fact for fact in quote.trace.facts}
    assert facts["card_rate"].confidence is word


@pytest.mark.parametrize(
    ("on", "group", "rate", "small", "ceiling"),
    [
        (date(2026, 6, 30), "household", Fraction(4, 5), 351000, 14040000),
        (date(2026, 7, 1), "household", Fraction(4, 5), 379500, 15180000),
        (date(2025, 12, 31), "near_poor", Fraction(19, 20), 351000, 14040000),
        (date(2026, 1, 1), "near_poor", Fraction(1), 351000, 14040000),
        (date(2026, 1, 1), "student", Fraction(4, 5), 351000, 14040000),
    ],
)
def test_benefits_of_the_day(
    on: date, group: str, rate: Fraction, small: int, ceiling: int
) -> None:
    found = card_benefits(law_book(), on, group)
    assert (found.rate, found.full_below_amount, found.copay_ceiling_amount) == (
        rate,
        small,
        ceiling,
    )
    assert found.continuous_years == 5


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("group", ["household", *groups_supported(law_book(), ON)])
@pytest.mark.parametrize(
    "previous",
    [None, PreviousCard(), *(PreviousCard(ON - timedelta(gap)) for gap in (-10, 30, 90, 400))],
)
def test_every_step_and_note_has_its_sentence(
    lang: str, group: str, previous: PreviousCard | None
) -> None:
    asked = CardRequest(
        members=3,
        months=12,
        on=ON,
        group=group,
        local_rate=Fraction(1, 10),
        previous=previous,
    )
    trace = household_card_quote(law_book(), asked).trace + card_benefits(law_book(), ON).trace
    assert all(sentence(step.code, step.values, lang) for step in trace.steps)
    assert all(finding_sentence(note, lang) for note in trace.notes)
