"""What was paid in and what the State added, from the months paid and the law of each month."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from vandong.kernel.money import round_dong
from vandong.kernel.periods import Month
from vandong.law import Fact, LawBook
from vandong.rules.people import SupportGroup
from vandong.rules.segments import Kind, Paid
from vandong.rules.trace import Step

RATE, LINE, SUPPORT = "contribution_rate", "poverty_line_rural", "state_support_rate"


@dataclass(frozen=True, slots=True)
class AmountPaid:
    """An exact sum of đồng over months, with its step."""

    amount: Fraction
    months: int
    step: Step


def amount_paid(book: LawBook, paid: Paid) -> AmountPaid:
    """All contributions: the rate of each month on its income, the State's part included
    (Law 41/2024/QH15, art 36.1). Raises ParameterMissing."""
    total, facts = Fraction(0), dict[Fact, None]()
    for segment in paid.of(Kind.VOLUNTARY, Kind.COMPULSORY):
        for month in segment.each():
            rate = book.fact(RATE, month.first_day)
            facts[rate] = None
            total += rate.value * segment.income_amount
    months = sum(one.months for one in paid.segments if one.first)
    values = {"months": months, "amount": round_dong(total)}
    return AmountPaid(total, months, Step("amount_paid", values, tuple(facts)))


def state_support(book: LawBook, paid: Paid, group: SupportGroup) -> AmountPaid:
    """The support that goes back to the budget: 22% of the rural poverty line times the rate of the group,
    month by month, for the first 120 months (Decree 159/2025/NĐ-CP, art 5 and 9; before 1/7/2025
    Decree 134/2015/NĐ-CP, art 14). Months before 1/2018 had none. Raises ParameterMissing."""
    total, months, facts = Fraction(0), 0, dict[Fact, None]()
    for month in _voluntary_months(paid):
        rate = book.fact(SUPPORT, month.first_day, group.value)
        if not rate.value:
            continue
        if months >= book.fact("support_months_cap", month.first_day).value:
            break
        share, line = (book.fact(name, month.first_day) for name in (RATE, LINE))
        total += rate.value * share.value * line.value
        months += 1
        facts.update(dict.fromkeys((rate, share, line)))
    values = {"months": months, "amount": round_dong(total)}
    return AmountPaid(total, months, Step("support_received", values, tuple(facts)))


def _voluntary_months(paid: Paid) -> Iterator[Month]:
    for segment in paid.of(Kind.VOLUNTARY):
        yield from segment.each()
