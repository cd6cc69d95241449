"""Saving the same money and doing nothing: worked examples, and what holds for any amounts."""

from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vandong.phrases import finding_sentence, sentence
from vandong.rules.comparison import (
    ComparisonRequest,
    balances,
    break_even_months,
    comparison,
    level_draw,
    months_savings_last,
    real_rate,
    saved_balance,
)
from vandong.rules.problems import RuleProblem

FLOOR = ComparisonRequest(
    payments=(264000,) * 120 + (330000,) * 60,
    months_to_pension=180,
    months_drawn=240,
    pension_amount=675000,
    saving_rate=Fraction(5, 100),
    social_amount=540000,
    months_to_social=300,
)
RATES = st.fractions(Fraction(-1, 10), Fraction(1, 5), max_denominator=1000)
AMOUNTS = st.integers(0, 50_000_000)
PAYMENTS = st.lists(AMOUNTS, min_size=1, max_size=60).map(tuple)
MONTHS = st.integers(1, 400)


def decimal_balance(payments: tuple[int, ...], yearly: str, months: int) -> Decimal:
    """The same month by month in another arithmetic."""
    with localcontext() as context:
        context.prec = 80
        held = Decimal(0)
        for month in range(months):
            held += payments[month] if month < len(payments) else 0
            held *= 1 + Decimal(yearly) / 12
        return held


def test_the_balance_as_a_savings_book_counts_it() -> None:
    assert saved_balance((1_000_000,), Fraction(12, 100), 1) == 1_010_000
    assert saved_balance((1_000_000, 1_000_000), Fraction(12, 100), 2) == 2_030_100
    want = decimal_balance(FLOOR.payments, "0.05", 180)
    assert abs(saved_balance(FLOOR.payments, Fraction(5, 100), 180) - want) <= Decimal("0.5")


def test_without_interest_everything_is_plain_sums() -> None:
    found = comparison(replace(FLOOR, saving_rate=Fraction(0)))
    assert found.paid_amount == found.saved_amount == 264000 * 120 + 330000 * 60
    assert found.needed_amount == 675000 * 240
    assert found.saving_draw_amount == found.saved_amount // 240
    assert found.saving_lasts_months == found.saved_amount // 675000
    assert found.break_even_months == 77


def test_the_social_pension_is_for_who_has_no_other() -> None:
    found = comparison(FLOOR)
    assert found.social_months == 120
    assert found.nothing_total_amount == 120 * 540000
    drawn = found.saving_draw_amount * 240
    assert found.saving_total_amount == drawn + found.nothing_total_amount
    assert found.pension_total_amount == 675000 * 240
    early = comparison(replace(FLOOR, months_to_social=0))
    assert early.social_months == 240


def test_a_lump_sum_comes_back_first() -> None:
    assert break_even_months(1_000_000, 100_000, 250_000) == 8
    assert break_even_months(1_000_000, 0, 1_000_000) == 0
    assert break_even_months(1_000_000, 0) is None
    assert break_even_months(1_000_001, 100_000) == 11


def test_savings_that_feed_themselves_never_end() -> None:
    assert months_savings_last(100_000_000, Fraction(12, 100), 990_000) is None
    assert months_savings_last(100_000_000, Fraction(0), 1_000_000) == 100
    assert months_savings_last(999_999, Fraction(0), 1_000_000) == 0
    assert months_savings_last(1, Fraction(5, 100), 0) is None


def test_a_rate_above_prices() -> None:
    assert real_rate(Fraction(5, 100), Fraction(5, 100)) == 0
    assert real_rate(Fraction(5, 100), Fraction(3, 100)) == Fraction(2, 103)


@given(payments=PAYMENTS, rate=RATES, more=RATES, wait=st.integers(0, 120))
def test_a_higher_rate_never_brings_less(
    payments: tuple[int, ...], rate: Fraction, more: Fraction, wait: int
) -> None:
    low, high = sorted((rate, more))
    months = len(payments) + wait
    assert saved_balance(payments, low, months) <= saved_balance(payments, high, months)


@given(payments=PAYMENTS, rate=RATES, place=st.integers(0, 59), extra=AMOUNTS)
def test_paying_more_never_brings_less(
    payments: tuple[int, ...], rate: Fraction, place: int, extra: int
) -> None:
    place %= len(payments)
    more = (*payments[:place], payments[place] + extra, *payments[place + 1 :])
    months = len(payments)
    assert saved_balance(payments, rate, months) <= saved_balance(more, rate, months)


@given(payments=PAYMENTS, rate=st.fractions(0, Fraction(1, 5), max_denominator=1000))
def test_savings_with_interest_are_never_less_than_what_was_paid(
    payments: tuple[int, ...], rate: Fraction
) -> None:
    assert saved_balance(payments, rate, len(payments)) >= sum(payments)


@given(balance=st.integers(0, 10**10), rate=RATES, months=MONTHS)
def test_a_balance_pays_its_draw_to_the_end_and_not_a_dong_more(
    balance: int, rate: Fraction, months: int
) -> None:
    draw = level_draw(balance, rate, months)
    lasts = months_savings_last(balance, rate, draw)
    assert draw == 0 or lasts is None or lasts >= months
    over = months_savings_last(balance, rate, draw + 1)
    assert over is not None
    assert over < months


@given(balance=st.integers(0, 10**10), rate=RATES, amount=st.integers(1, 10**8))
def test_drawing_more_never_lasts_longer(balance: int, rate: Fraction, amount: int) -> None:
    less = months_savings_last(balance, rate, amount)
    more = months_savings_last(balance, rate, amount + 1000)
    assert less is None or (more is not None and more <= less)


@given(paid=st.integers(0, 10**10), pension=st.integers(1, 10**8), lump=st.integers(0, 10**9))
def test_break_even_is_the_first_month_that_pays_back(paid: int, pension: int, lump: int) -> None:
    months = break_even_months(paid, pension, lump)
    assert months is not None
    assert lump + months * pension >= paid
    assert months == 0 or lump + (months - 1) * pension < paid


@given(payments=PAYMENTS, rate=RATES, draw=AMOUNTS, wait=st.integers(0, 60))
def test_the_plot_passes_through_the_balance_and_never_goes_below_nothing(
    payments: tuple[int, ...], rate: Fraction, draw: int, wait: int
) -> None:
    plotted = list(balances(payments, rate, draw, len(payments) + wait))
    assert abs(plotted[len(payments) - 1] - saved_balance(payments, rate, len(payments))) <= 1
    assert min(plotted) >= 0


@given(payments=PAYMENTS, rate=RATES, pension=AMOUNTS, drawn=MONTHS, wait=st.integers(0, 60))
def test_income_and_balance_say_the_same(
    payments: tuple[int, ...], rate: Fraction, pension: int, drawn: int, wait: int
) -> None:
    asked = ComparisonRequest(
        payments=payments,
        months_to_pension=len(payments) + wait,
        months_drawn=drawn,
        pension_amount=pension,
        saving_rate=rate,
    )
    found = comparison(asked)
    if found.saved_amount > found.needed_amount:
        assert found.saving_draw_amount >= pension
    if found.saved_amount < found.needed_amount - 1:
        assert found.saving_draw_amount <= pension


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"saving_rate": Fraction(-1)}, "saving_rate_out_of_range"),
        ({"saving_rate": Fraction(101, 100)}, "saving_rate_out_of_range"),
        ({"months_to_pension": 179}, "comparison_months_do_not_fit"),
        ({"months_to_pension": 1201}, "comparison_months_do_not_fit"),
        ({"payments": ()}, "comparison_months_do_not_fit"),
        ({"months_drawn": 0}, "comparison_drawn_out_of_range"),
        ({"pension_amount": -1}, "comparison_amount_negative"),
        ({"payments": (1, -5)}, "comparison_amount_negative"),
    ],
)
def test_what_cannot_be_meant_is_refused(change: dict[str, object], code: str) -> None:
    with pytest.raises(RuleProblem) as caught:
        comparison(replace(FLOOR, **change))  # type: ignore[arg-type]
    assert caught.value.code == code
    assert all(finding_sentence(caught.value.finding, lang) for lang in ("vi", "en"))


def test_price_growth_that_cannot_be_meant_is_refused() -> None:
    with pytest.raises(RuleProblem, match="price_growth_out_of_range"):
        real_rate(Fraction(5, 100), Fraction(-1))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_step_has_its_sentence(lang: str) -> None:
    trace = comparison(FLOOR).trace
    assert all(sentence(step.code, step.values, lang) for step in trace.steps)
    assert [note.code for note in trace.notes] == [
        "comparison_rate_is_yours",
        "comparison_not_counted",
    ]
    assert all(finding_sentence(note, lang) for note in trace.notes)
