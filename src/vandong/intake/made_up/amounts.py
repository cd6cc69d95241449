"""What was paid: the rules themselves, asked once for each different case and spread over all payments."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from vandong.intake.made_up.cards import Payments
from vandong.intake.made_up.draws import Days, Ints
from vandong.intake.made_up.standing import SUPPORT
from vandong.intake.made_up.voluntary import AHEAD, MISSING
from vandong.law import LawBook
from vandong.rules.contribution import (
    ContributionRequest,
    Method,
    MethodKind,
    income_limits,
    voluntary_contribution,
)
from vandong.rules.household_card import CardRequest, household_card_quote
from vandong.rules.people import SupportGroup

PLAIN_KINDS = (
    MethodKind.MONTHLY,
    MethodKind.QUARTERLY,
    MethodKind.HALF_YEARLY,
    MethodKind.YEARLY,
)


@dataclass(frozen=True, slots=True)
class Amounts:
    """Whole đồng over payments. `income`: the chosen monthly income, 0 for household cards."""

    income: Ints
    gross: Ints
    state: Ints
    pay: Ints


def change_days(book: LawBook) -> Days:
    """Every day on which anything in the law book changes: between two of them the law stands still."""
    days = {entry.valid_from for one in book.parameters.values() for entry in one.entries}
    return np.array(sorted(days), dtype="datetime64[D]")


def voluntary_amounts(
    book: LawBook, payments: Payments, method: Ints, steps: Ints, support: Ints
) -> Amounts:
    """By the law of the day of payment (Law 41/2024/QH15, art 36; Decree 159/2025/NĐ-CP)."""

    def amounts(on: date, case: tuple[int, ...]) -> tuple[int, ...]:
        _, way, months, above, group = case
        limits = income_limits(book, on)
        income = min(limits.floor_amount + above * limits.step_amount, limits.cap_amount)
        asked = ContributionRequest(
            income, method_of(way, months), on, (SupportGroup(SUPPORT[group]),)
        )
        found = voluntary_contribution(book, asked)
        return income, found.gross_amount, found.state_support_amount, found.pay_amount

    return _spread(book, payments.paid_on, (method, payments.months, steps, support), amounts)


def card_amounts(book: LawBook, payments: Payments) -> Amounts:
    """By the base salary of the day and the order in the household (Decree 188/2025/NĐ-CP, art 6)."""

    def amounts(on: date, case: tuple[int, ...]) -> tuple[int, ...]:
        _, months, order = case
        found = household_card_quote(book, CardRequest(members=order, months=months, on=on))
        last = found.members[-1]
        return 0, last.gross_amount, last.state_support_amount, last.amount

    return _spread(book, payments.paid_on, (payments.months, payments.order), amounts)


def method_of(way: int, months: int) -> Method:
    """The way of paying of an index and its months."""
    if way == AHEAD:
        return Method(MethodKind.AHEAD, months // 12)
    if way == MISSING:
        return Method(MethodKind.MISSING, months)
    return Method(PLAIN_KINDS[way])


def method_words(method: Ints, months: Ints) -> list[str]:
    """The ways as `vandong quote` takes them, by index and months; other indexes tell their months alone."""
    words = {}
    for way, count in sorted(set(zip(method.tolist(), months.tolist(), strict=True))):
        ahead, missing = f"ahead:{count // 12}", f"missing:{count}"
        words[way, count] = {AHEAD: ahead, MISSING: missing}.get(way, str(count))
    return [words[pair] for pair in zip(method.tolist(), months.tolist(), strict=True)]


def _spread(
    book: LawBook,
    paid_on: Days,
    given: tuple[Ints, ...],
    amounts: Callable[[date, tuple[int, ...]], tuple[int, ...]],
) -> Amounts:
    regime = np.searchsorted(change_days(book), paid_on, side="right")
    columns = (regime, *given)
    key = np.zeros(len(paid_on), dtype=np.int64)
    for column in columns:
        key = key * (int(column.max(initial=0)) + 1) + column
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    found = np.zeros((len(first), 4), dtype=np.int64)
    for place, index in enumerate(first.tolist()):
        case = tuple(int(column[index]) for column in columns)
        found[place] = amounts(paid_on[index].item(), case)
    return Amounts(*(found[inverse].T if len(first) else np.zeros((4, 0), dtype=np.int64)))
