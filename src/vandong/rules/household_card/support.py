"""Which form of health insurance a person belongs to: asked before the household form is quoted.

Groups are the rows of `card_paid_in_full_groups` and `card_support_rate` of the day, so that a new group is a
line of the law and no change here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vandong.kernel.findings import Finding
from vandong.law import Fact, LawBook, ParameterMissing
from vandong.rules.problems import RuleProblem
from vandong.rules.trace import Step, Trace

HOUSEHOLD = "household"
_AGES = "card_paid_in_full_age_years"


class FormVerdict(StrEnum):
    """What is to be done before money is taken."""

    HOUSEHOLD = "household"
    SUPPORTED = "supported"
    """A supported group: the State pays a part, and the person may choose the household form instead."""
    PAID_BY_OTHERS = "paid_by_others"
    """A fund or the budget pays the card: nothing to quote."""
    ASK_FIRST = "ask_first"
    """Nobody has asked yet whether another group pays."""


@dataclass(frozen=True, slots=True)
class CardForm:
    """The verdict for one person. `group` is the group that decides: of several supports the highest."""

    verdict: FormVerdict
    trace: Trace
    group: str = ""
    support: Fact | None = None


def groups_paid_in_full(book: LawBook, on: date) -> tuple[str, ...]:
    """Groups whose card a fund or the budget pays (Law 51/2024/QH15, art 12). Raises ParameterMissing."""
    return book.keys("card_paid_in_full_groups", on)


def groups_supported(book: LawBook, on: date) -> tuple[str, ...]:
    """Groups for whom the State pays a part (Decree 188/2025, art 6.6); none before the first decree known."""
    try:
        return book.keys("card_support_rate", on)
    except ParameterMissing as missing:
        if missing.reason == "before_first":
            return ()
        raise


def card_form(book: LawBook, groups: Collection[str] | None, on: date) -> CardForm:
    """The form for a person of these groups on a day; None = not asked yet, empty = none of them.

    Another group pays first (Law 51/2024/QH15, art 12, 13.5); of several supports the highest holds, and the
    supported may choose the household form (art 13.5 e, g, h). Raises RuleProblem `card_group_unknown`,
    ParameterMissing.
    """
    if groups is None:
        return CardForm(FormVerdict.ASK_FIRST, Trace((), (ask_other_groups(book, on),)))
    paid, supported = groups_paid_in_full(book, on), groups_supported(book, on)
    for group in groups:
        if group not in {HOUSEHOLD, *paid, *supported}:
            known = ", ".join((HOUSEHOLD, *supported, *paid))
            raise RuleProblem("card_group_unknown", field="base_group", group=group, known=known)
    first_paid = next((group for group in paid if group in groups), None)
    if first_paid is not None:
        fact = book.fact("card_paid_in_full_groups", on, first_paid)
        trace = Trace((Step("card_paid_by_others", {"group": first_paid}, (fact,)),))
        return CardForm(FormVerdict.PAID_BY_OTHERS, trace, first_paid)
    rates = [book.fact("card_support_rate", on, one) for one in supported if one in groups]
    if not rates:
        return CardForm(FormVerdict.HOUSEHOLD, Trace(), HOUSEHOLD)
    return _supported(book, max(rates, key=lambda fact: fact.value), len(rates), on)


def ask_other_groups(book: LawBook, on: date) -> Finding:
    """The question to ask before the household form, with the ages of the day (Law 51/2024/QH15, art 12)."""
    ages = {row: book.fact(_AGES, on, row).whole for row in book.keys(_AGES, on)}
    return Finding("card_ask_other_group", {"below": ages["below"], "from": ages["from"]})


def _supported(book: LawBook, best: Fact, count: int, on: date) -> CardForm:
    facts = (best, book.fact("card_support_highest", on)) if count > 1 else (best,)
    steps = [Step("card_state_support", {"group": best.key, "rate": best.value}, facts)]
    notes = [Finding("card_support_at_least")]
    if _limited(book, best.key, on):
        months = book.fact("card_support_months", on, best.key)
        steps.append(Step("card_support_limit", {"months": months.whole}, (months,)))
    if book.has("card_supported_may_choose", on):
        choice = book.fact("card_supported_may_choose", on)
        steps.append(Step("card_may_choose_household", {}, (choice,)))
    return CardForm(FormVerdict.SUPPORTED, Trace(tuple(steps), tuple(notes)), best.key, best)


def _limited(book: LawBook, group: str, on: date) -> bool:
    return book.has("card_support_months", on, group)
