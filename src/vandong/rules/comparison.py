"""Voluntary insurance against saving the same money, and against doing nothing: like with like.

No law here: arithmetic on amounts that the rules found and a rate that the person sets. All amounts are in the
same money: of today, then `saving_rate` is what savings bring above prices (`real_rate`). Interest is a
twelfth of the yearly rate each month, compounded; factors have thirty decimals (rules/discount.py), every
result is rounded once, half up to whole đồng, except what is drawn from savings: that is rounded down, so that
the balance lasts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain, repeat

from vandong.kernel.money import round_dong
from vandong.kernel.numbers import rounded
from vandong.rules.discount import SCALE, compound_factors, discount_factors
from vandong.rules.notes import note
from vandong.rules.problems import RuleProblem
from vandong.rules.trace import Step, Trace

MOST_MONTHS = 12 * 100
"""A hundred years: longer plans are a slip of the hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRequest:
    """What is compared.

    `payments`: what the person pays, without the support, month by month from the first payment on; 0 in
    months without one; a payment made ahead stands in its month. `months_to_pension`: from the first payment
    to the first pension. `months_drawn`: how long the pension is drawn (a question about life, not of the
    law). `pension_amount`: a month; `lump_amount`: paid once with the first pension. The social pension
    comes only to who has no pension: `social_amount` a month, `months_to_social` after the first payment.
    `saving_rate`: a year, as a fraction, in the money of the amounts.
    """

    payments: tuple[int, ...] = field(repr=False)
    months_to_pension: int
    months_drawn: int
    pension_amount: int
    saving_rate: Fraction
    lump_amount: int = 0
    social_amount: int = 0
    months_to_social: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Three ways, by the same money and the same time.

    Balance with balance, on the day of the first pension: `saved_amount` is what the same payments would have
    become, `needed_amount` what savings would have to be to pay the pension as long as it is drawn.
    Income with income: `saving_draw_amount` a month from the savings over that time, against `pension_amount`.
    """

    paid_amount: int
    saved_amount: int
    needed_amount: int
    pension_amount: int
    saving_draw_amount: int
    saving_lasts_months: int | None
    """How many months savings could pay the pension in full; None when interest alone pays it."""
    break_even_months: int | None
    """How many months of pension pay back what was paid in, without interest; None without a pension."""
    pension_total_amount: int
    saving_total_amount: int
    """What is drawn from the savings, and the social pension, over the same time."""
    nothing_total_amount: int
    """The social pension alone over the same time."""
    social_months: int
    trace: Trace


def comparison(asked: ComparisonRequest) -> Comparison:
    """Insurance, saving and doing nothing, side by side. Raises RuleProblem for months, amounts or a rate that
    cannot be meant."""
    _check(asked)
    monthly = asked.saving_rate / 12
    saved = saved_balance(asked.payments, asked.saving_rate, asked.months_to_pension)
    draw = level_draw(saved, asked.saving_rate, asked.months_drawn)
    paid = sum(asked.payments)
    worth = asked.pension_amount * sum(discount_factors(monthly, asked.months_drawn))
    social_months = _social_months(asked)
    social_total = social_months * asked.social_amount
    made = Comparison(
        paid_amount=paid,
        saved_amount=saved,
        needed_amount=round_dong(Fraction(worth, SCALE)) + asked.lump_amount,
        pension_amount=asked.pension_amount,
        saving_draw_amount=draw,
        saving_lasts_months=months_savings_last(saved, asked.saving_rate, asked.pension_amount),
        break_even_months=break_even_months(paid, asked.pension_amount, asked.lump_amount),
        pension_total_amount=asked.pension_amount * asked.months_drawn + asked.lump_amount,
        saving_total_amount=draw * asked.months_drawn + social_total,
        nothing_total_amount=social_total,
        social_months=social_months,
        trace=Trace(),
    )
    return _traced(asked, made)


def saved_balance(payments: tuple[int, ...], saving_rate: Fraction, months: int) -> int:
    """What payments at the beginning of months become by the end of `months` months, half up to the đồng."""
    factors = compound_factors(saving_rate / 12, months) if months else ()
    whole = sum(
        amount * factors[months - place - 1] for place, amount in enumerate(payments) if amount
    )
    return round_dong(Fraction(whole, SCALE))


def level_draw(balance: int, saving_rate: Fraction, months: int) -> int:
    """The same amount each month, the first at once, that uses up a balance in `months` months; rounded
    down, so that it is there to the end."""
    return balance * SCALE // sum(discount_factors(saving_rate / 12, months))


def months_savings_last(balance: int, saving_rate: Fraction, amount: int) -> int | None:
    """How many months a balance pays an amount in full, the first at once; None when it outlasts a century
    (interest alone pays it, or nothing is drawn)."""
    if not amount:
        return None
    step = _step(saving_rate)
    held, slack = (
        balance * SCALE,
        balance * MOST_MONTHS,
    )  # slack: what thirty decimals can lose on the way
    for months in range(MOST_MONTHS):
        held -= amount * SCALE
        if held + slack < 0:
            return months
        held = held * step // SCALE
    return None


def break_even_months(paid_amount: int, pension_amount: int, lump_amount: int = 0) -> int | None:
    """After how many months of pension as much has come back as was paid in; None without a pension."""
    left = max(paid_amount - lump_amount, 0)
    if not pension_amount:
        return None if left else 0
    return -(-left // pension_amount)


def real_rate(rate: Fraction, price_growth: Fraction) -> Fraction:
    """A yearly rate above the growth of prices: (1 + rate) / (1 + growth) − 1. Raises RuleProblem."""
    _check_rate(rate)
    if not -1 < price_growth <= 1:
        raise RuleProblem("price_growth_out_of_range", field="price_growth", rate=price_growth)
    return (1 + rate) / (1 + price_growth) - 1


def balances(
    payments: tuple[int, ...], saving_rate: Fraction, draw_amount: int, months: int
) -> Iterator[int]:
    """The savings at the end of each month for a plot: payments first, then draws at the beginning of each
    month. Shown month by month, each rounded half up; below 0 is 0."""
    step = _step(saving_rate)
    held = 0
    moves = chain(payments, repeat(-draw_amount))
    for _ in range(months):
        held = max((held + next(moves) * SCALE), 0) * step // SCALE
        yield round_dong(Fraction(held, SCALE))


def _step(saving_rate: Fraction) -> int:
    """What 1 becomes in a month, as a scaled whole number."""
    return rounded((1 + saving_rate / 12) * SCALE)


def _social_months(asked: ComparisonRequest) -> int:
    """Months with the social pension within the time in which the pension would be drawn."""
    end = asked.months_to_pension + asked.months_drawn
    return max(end - max(asked.months_to_social, asked.months_to_pension), 0)


def _check(asked: ComparisonRequest) -> None:
    if not 1 <= len(asked.payments) <= asked.months_to_pension <= MOST_MONTHS:
        raise RuleProblem(
            "comparison_months_do_not_fit",
            field="months_to_pension",
            months=asked.months_to_pension,
        )
    if not 1 <= asked.months_drawn <= MOST_MONTHS:
        raise RuleProblem(
            "comparison_drawn_out_of_range", field="months_drawn", months=asked.months_drawn
        )
    amounts = (*asked.payments, asked.pension_amount, asked.lump_amount, asked.social_amount)
    if min(amounts) < 0:
        raise RuleProblem("comparison_amount_negative", field="payments", amount=min(amounts))
    _check_rate(asked.saving_rate)


def _check_rate(rate: Fraction) -> None:
    if not -1 < rate <= 1:
        raise RuleProblem("saving_rate_out_of_range", field="saving_rate", rate=rate)


def _traced(asked: ComparisonRequest, made: Comparison) -> Comparison:
    steps = [
        Step("comparison_paid", {"amount": made.paid_amount}),
        Step("comparison_saved", {"rate": asked.saving_rate, "amount": made.saved_amount}),
        Step("comparison_needed", {"months": asked.months_drawn, "amount": made.needed_amount}),
        Step(
            "comparison_income",
            {
                "months": asked.months_drawn,
                "pension": made.pension_amount,
                "draw": made.saving_draw_amount,
            },
        ),
    ]
    if made.break_even_months is not None:
        steps.append(Step("comparison_break_even", {"months": made.break_even_months}))
    if asked.social_amount:
        values = {"months": made.social_months, "amount": made.nothing_total_amount}
        steps.append(Step("comparison_nothing", values))
    notes = (note("comparison_rate_is_yours"), note("comparison_not_counted"))
    return replace(made, trace=Trace(tuple(steps), notes))
