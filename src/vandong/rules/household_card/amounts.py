"""What the members of a household pay for health insurance, in their order of joining in the year."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from vandong.kernel.findings import Finding
from vandong.kernel.money import round_dong
from vandong.law import Fact, LawBook
from vandong.rules.household_card.support import (
    HOUSEHOLD,
    CardForm,
    FormVerdict,
    ask_other_groups,
    card_form,
)
from vandong.rules.household_card.validity import (
    CardValidity,
    PreviousCard,
    ask_previous_card,
    card_validity,
    last_day,
)
from vandong.rules.problems import RuleProblem
from vandong.rules.reference_level import BASE_SALARY
from vandong.rules.trace import Step, Trace

MOST_MEMBERS = 100
"""Above any household: a larger number is a slip of the hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRequest:
    """One payment for `members` people who pay together on the day `on`.

    `already` members of the household joined in the household form earlier in the same financial year: they
    stand before these in the order. People insured in another group count nowhere. `group` is `household` or
    the group of all of these members. The province pays `local_rate` of each one's contribution (a fraction)
    and `local_amount` đồng a month, on top of the State; `local_facts` cite its resolution, without them the
    support counts as told at the door. `previous` tells of the card before; None leaves validity open.
    """

    members: int
    months: int
    on: date
    group: str = HOUSEHOLD
    already: int = 0
    local_rate: Fraction = Fraction(0)
    local_amount: int = 0
    local_facts: tuple[Fact, ...] = ()
    previous: PreviousCard | None = None
    other_groups_asked: bool = False
    """Whether somebody asked if another group pays; if not, the quote says that it must be asked."""


@dataclass(frozen=True, slots=True)
class MemberAmount:
    """What one member pays: `amount` is left after the support of State and province. Whole đồng."""

    order: int
    gross_amount: int
    state_support_amount: int
    local_support_amount: int
    amount: int


@dataclass(frozen=True, slots=True)
class CardQuote:
    """The quote. Each member's own amount is rounded once, half up; the total is the sum of what is paid.

    `household_total_amount`: the same people in the household form, where a supported group may choose it.
    """

    months: int
    group: str
    members: tuple[MemberAmount, ...]
    trace: Trace
    validity: CardValidity | None = None
    household_total_amount: int | None = None

    @property
    def total_amount(self) -> int:
        """What the household pays now."""
        return sum(one.amount for one in self.members)

    @property
    def gross_total_amount(self) -> int:
        """The contribution before support."""
        return sum(one.gross_amount for one in self.members)


def household_card_quote(book: LawBook, asked: CardRequest) -> CardQuote:
    """What these members pay on this day, and from when to when the card is valid.

    4,5 % of the base salary of the day of payment (Decree 188/2025/NĐ-CP, art 6); the second member pays 70 %
    of the first, then 60, 50 and 40 % (Law 51/2024/QH15, art 13.6). Supported groups pay the full contribution
    less the support, without the order (art 6.6). Raises RuleProblem, ParameterMissing.
    """
    _check(book, asked)
    form = card_form(book, (asked.group,), asked.on)
    if form.verdict is FormVerdict.PAID_BY_OTHERS:
        raise RuleProblem("card_paid_by_others", field="base_group", group=form.group)
    monthly, base_step = _first_member(book, asked.on)
    if form.support is None:
        shares, steps = _order_shares(book, asked, monthly)
    else:
        shares, steps = [Fraction(1)] * asked.members, form.trace.steps
    members = tuple(
        _member(asked, form, asked.already + place, monthly * asked.months * share)
        for place, share in enumerate(shares, start=1)
    )
    validity = (
        card_validity(book, asked.previous, asked.on, asked.months) if asked.previous else None
    )
    trace = (
        _asked_first(book, asked)
        + Trace((base_step, *steps), form.trace.notes)
        + _local(asked)
        + _paid_period(book, asked, validity)
    )
    trace += validity.trace if validity else Trace((), (ask_previous_card(book, asked.on),))
    return CardQuote(
        asked.months, form.group, members, trace, validity, _household_total(book, asked, form)
    )


def _check(book: LawBook, asked: CardRequest) -> None:
    if not 1 <= asked.members <= MOST_MEMBERS:
        raise RuleProblem(
            "card_members_out_of_range", field="members", members=asked.members, most=MOST_MEMBERS
        )
    if not 0 <= asked.already <= MOST_MEMBERS - asked.members:
        raise RuleProblem(
            "card_already_out_of_range", field="already", already=asked.already, most=MOST_MEMBERS
        )
    if not 0 <= asked.local_rate <= 1:
        raise RuleProblem("card_local_rate_out_of_range", field="local_rate", rate=asked.local_rate)
    if asked.local_amount < 0:
        raise RuleProblem(
            "card_local_amount_negative", field="local_amount", amount=asked.local_amount
        )
    allowed = _periods(book, asked.on)
    if asked.months not in allowed:
        known = ", ".join(str(months) for months in sorted(allowed))
        raise RuleProblem(
            "card_months_not_allowed", field="months", months=asked.months, known=known
        )


def _periods(book: LawBook, on: date) -> frozenset[int]:
    """Months that may be paid at once (Law 51/2024/QH15, art 15.6)."""
    rows = book.keys("card_period_months", on)
    return frozenset(book.fact("card_period_months", on, row).whole for row in rows)


def _first_member(book: LawBook, on: date) -> tuple[Fraction, Step]:
    """The monthly contribution of the first member (Decree 188/2025/NĐ-CP, art 6)."""
    rate, base = book.fact("card_rate", on), book.fact(BASE_SALARY, on)
    values = {
        "rate": rate.value,
        "base": base.whole,
        "amount": round_dong(rate.value * base.value),
    }
    return rate.value * base.value, Step("card_first_member", values, (rate, base))


def _order_shares(
    book: LawBook, asked: CardRequest, monthly: Fraction
) -> tuple[list[Fraction], tuple[Step, ...]]:
    """The share each member pays of the first one's contribution; the last row holds for all after it."""
    facts = order_facts(book, asked.on)
    orders = [min(asked.already + place, len(facts)) for place in range(1, asked.members + 1)]
    outside = book.fact("card_others_outside_order", asked.on)
    values = {"first": asked.already + 1, "last": asked.already + asked.members}
    told = [
        _share_step(facts[order - 1], order, monthly, asked.months)
        for order in dict.fromkeys(orders)
    ]
    shares = [facts[order - 1].value for order in orders]
    return shares, (Step("card_order", values, (outside,)), *told)


def _share_step(fact: Fact, order: int, monthly: Fraction, months: int) -> Step:
    values = {
        "order": order,
        "rate": fact.value,
        "amount": round_dong(monthly),
        "months": months,
        "total": round_dong(monthly * fact.value * months),
    }
    return Step("card_member_share", values, (fact,))


def order_facts(book: LawBook, on: date) -> tuple[Fact, ...]:
    """The shares of the first, second, … member (Law 51/2024/QH15, art 13.6). Raises ParameterMissing."""
    rows = sorted(book.keys("card_order_rate", on), key=int)
    if any(int(after) - int(before) != 1 for before, after in pairwise(rows)) or int(rows[0]) != 1:
        raise ValueError(f"card_order_rate on {on}: rows do not count 1, 2, 3 …")
    return tuple(book.fact("card_order_rate", on, row) for row in rows)


def _member(asked: CardRequest, form: CardForm, order: int, gross: Fraction) -> MemberAmount:
    """One member. Support never exceeds the contribution; the own part is what is rounded, as it is paid."""
    state_rate = form.support.value if form.support else Fraction(0)
    local = gross * asked.local_rate + asked.local_amount * asked.months
    own = round_dong(max(gross * (1 - state_rate) - local, Fraction(0)))
    gross_amount = round_dong(gross)
    state = min(round_dong(gross * state_rate), gross_amount - own)
    return MemberAmount(order, gross_amount, state, gross_amount - own - state, own)


def _asked_first(book: LawBook, asked: CardRequest) -> Trace:
    """Another group may pay the card: to be asked before the household form is quoted (art 12, 13.5)."""
    if asked.group != HOUSEHOLD or asked.other_groups_asked:
        return Trace()
    return Trace((), (ask_other_groups(book, asked.on),))


def _local(asked: CardRequest) -> Trace:
    """The province's support: by its resolution, or told by whoever asks and then said to be not verified."""
    steps = []
    if asked.local_rate:
        steps.append(Step("card_local_support", {"rate": asked.local_rate}, asked.local_facts))
    if asked.local_amount:
        values = {"amount": asked.local_amount}
        steps.append(Step("card_local_support_amount", values, asked.local_facts))
    if not steps:
        return Trace((), (Finding("card_ask_local_support"),))
    notes = () if asked.local_facts else (Finding("card_local_support_given"),)
    return Trace(tuple(steps), notes)


def _paid_period(book: LawBook, asked: CardRequest, validity: CardValidity | None) -> Trace:
    """A change of base salary or rate inside the paid period: no top-up, no refund (Decree 188, art 8.3 b)."""
    if not book.has("card_no_top_up", asked.on):
        return Trace()
    rule = book.fact("card_no_top_up", asked.on)
    now = book.fact(BASE_SALARY, asked.on)
    periods = validity.periods if validity else ()
    last = max((one.valid_until for one in periods), default=last_day(asked.on, asked.months))
    if now.valid_until is None or now.valid_until > last:
        return Trace((Step("card_no_top_up", {}, (rule,)),))
    changed = book.fact(BASE_SALARY, now.valid_until)
    values = {"on": changed.valid_from, "base": changed.whole}
    return Trace((Step("card_no_top_up_change", values, (rule, changed)),))


def _household_total(book: LawBook, asked: CardRequest, form: CardForm) -> int | None:
    """The same people in the household form, to compare with before choosing (art 13.5 e, g, h)."""
    if form.support is None or not book.has("card_supported_may_choose", asked.on):
        return None
    monthly, _ = _first_member(book, asked.on)
    shares, _ = _order_shares(book, asked, monthly)
    return sum(round_dong(monthly * asked.months * share) for share in shares)
