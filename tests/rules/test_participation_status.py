"""How somebody stands in a scheme on a day: both sides of every day that matters."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vandong.kernel.periods import Month
from vandong.law import law_book
from vandong.rules.contribution.methods import parse_method
from vandong.rules.contribution.windows import payment_standing
from vandong.rules.household_card.validity import CardStart, PreviousCard, card_validity
from vandong.rules.participation import (
    HOUSEHOLD_CARD,
    VOLUNTARY,
    Spell,
    StatusCode,
    next_due_on,
    participation_status,
)

BOOK = law_book()
START, UNTIL = date(2025, 8, 1), date(2026, 2, 1)


def code(scheme: str, spell: Spell, on: date) -> str:
    return participation_status(BOOK, scheme, [spell], on).code.value


@pytest.mark.parametrize(
    ("method", "due_on"),
    [
        ("1", date(2026, 2, 28)),
        ("3", date(2026, 4, 30)),
        ("6", date(2026, 5, 31)),
        ("12", date(2026, 8, 31)),
        ("ahead:2", date(2026, 2, 28)),
        ("", date(2026, 2, 28)),
    ],
)
def test_the_window_of_the_method_decides(method: str, due_on: date) -> None:
    """Law 41/2024/QH15, art 36.3."""
    spell = Spell(START, UNTIL, method)
    assert code(VOLUNTARY, spell, START - timedelta(days=1)) == "never"
    assert code(VOLUNTARY, spell, START) == "active"
    assert code(VOLUNTARY, spell, UNTIL - timedelta(days=1)) == "active"
    assert code(VOLUNTARY, spell, UNTIL) == "due"
    assert code(VOLUNTARY, spell, due_on) == "due"
    assert code(VOLUNTARY, spell, due_on + timedelta(days=1)) == "lapsed"
    assert participation_status(BOOK, VOLUNTARY, [spell], UNTIL).due_on == due_on


def test_who_is_in_the_window_counts_in_voluntary_insurance_and_not_with_a_card() -> None:
    spell = Spell(START, UNTIL, "3")
    assert participation_status(BOOK, VOLUNTARY, [spell], UNTIL).is_counted
    card = participation_status(BOOK, HOUSEHOLD_CARD, [Spell(START, UNTIL)], UNTIL)
    assert (card.code, card.is_counted) == (StatusCode.DUE, False)


def test_missing_time_is_completed_and_owes_nothing() -> None:
    found = participation_status(BOOK, VOLUNTARY, [Spell(START, UNTIL, "missing:7")], UNTIL)
    assert (found.code, found.reason, found.due_on) == (StatusCode.ENDED, "completed", None)


def test_an_event_ends_whatever_was_paid() -> None:
    ended = Spell(START, UNTIL, "6", date(2025, 12, 1), "to_compulsory")
    assert code(VOLUNTARY, ended, date(2025, 11, 30)) == "active"
    found = participation_status(BOOK, VOLUNTARY, [ended], date(2025, 12, 1))
    assert (found.code, found.reason, found.due_on) == (StatusCode.ENDED, "to_compulsory", None)


def test_the_latest_begun_spell_speaks_and_the_next_one_is_told() -> None:
    spells = [Spell(START, UNTIL, "1"), Spell(date(2026, 6, 1), date(2026, 7, 1), "1")]
    between = participation_status(BOOK, VOLUNTARY, spells, date(2026, 4, 1))
    assert (between.code, between.starts_on) == (StatusCode.LAPSED, date(2026, 6, 1))
    assert code(VOLUNTARY, spells[1], date(2026, 6, 1)) == "active"
    assert participation_status(BOOK, VOLUNTARY, spells, date(2026, 6, 1)).starts_on is None


def test_no_day_is_claimed_where_the_law_book_knows_no_window() -> None:
    old = Spell(date(2014, 1, 1), date(2014, 7, 1), "6")
    found = participation_status(BOOK, VOLUNTARY, [old], date(2014, 8, 1))
    assert (found.code, found.due_on) == (StatusCode.LAPSED, None)


def test_open_spells_of_contracts() -> None:
    assert code("bhxh_bb", Spell(START), date(2030, 1, 1)) == "active"


days = st.dates(date(2025, 7, 1), date(2027, 12, 31))


@given(first=days, method=st.sampled_from(["1", "3", "6", "12"]), paid_on=days)
def test_due_means_what_the_rule_of_payment_says(first: date, method: str, paid_on: date) -> None:
    until = Month.of(first).first_day
    spell = Spell(date(2025, 1, 1), until, method)
    standing = payment_standing(BOOK, parse_method(BOOK, method, until), Month.of(until), paid_on)
    assert code(VOLUNTARY, spell, paid_on) == (
        "active" if paid_on < until else "due" if standing.is_in_time else "lapsed"
    )


@given(last_on=days, elapsed=st.integers(1, 200))
def test_a_card_is_due_as_long_as_paying_gives_a_card_at_once(last_on: date, elapsed: int) -> None:
    on = last_on + timedelta(days=elapsed)
    spell = Spell(date(2025, 1, 1), last_on + timedelta(days=1))
    paid = card_validity(BOOK, PreviousCard(last_on), on, 12)
    sure = [period.start for period in paid.periods] == [CardStart.AT_ONCE]
    assert (code(HOUSEHOLD_CARD, spell, on) == "due") == sure


def test_a_card_that_ran_out_before_the_law_is_judged_by_the_law_of_the_last_day() -> None:
    assert next_due_on(BOOK, HOUSEHOLD_CARD, Spell(START, date(2025, 6, 1))) == date(2025, 8, 28)
    assert next_due_on(BOOK, HOUSEHOLD_CARD, Spell(START, date(2025, 3, 1))) is None
