"""What the State, the province and others pay of a contribution (Decree 159/2025/NĐ-CP, art 5;
Decree 134/2015/NĐ-CP, art 14 until 30/6/2025)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vandong.law import Fact, LawBook
from vandong.rules.people import SupportGroup
from vandong.rules.problems import RuleProblem

RATE, CAP, EARLIER = "state_support_rate", "support_months_cap", "earlier_support_counts"


@dataclass(frozen=True, slots=True)
class TopUp:
    """What a province or another payer adds each month: a share of the contribution on the poverty line,
    or whole đồng, or both. `facts` is the resolution it rests on, where known."""

    rate: Fraction = Fraction(0)
    amount: int = 0
    facts: tuple[Fact, ...] = ()

    def monthly(self, base: Fraction) -> Fraction:
        """Its amount for one month; `base` is the contribution on the poverty line."""
        return self.rate * base + self.amount

    def check(self, field: str) -> None:
        """Raises RuleProblem top_up_not_allowed for a share outside 0–100 % or a negative amount."""
        if not 0 <= self.rate <= 1 or self.amount < 0:
            raise RuleProblem("top_up_not_allowed", field=field)


NO_TOP_UP = TopUp()


@dataclass(frozen=True, slots=True)
class StateSupport:
    """State support of one payer on a day: `base` is the contribution on the poverty line (22 % × CN),
    `monthly` the support of one month, `months_left` how many months may still be supported."""

    group: SupportGroup
    base: Fraction
    monthly: Fraction
    months_left: int
    facts: tuple[Fact, ...]
    cap_facts: tuple[Fact, ...]


def parse_group(text: str) -> SupportGroup:
    """The support group of that name. Raises RuleProblem unknown_group."""
    name = text.strip().lower()
    if name not in tuple(SupportGroup):
        known = ", ".join(SupportGroup)
        raise RuleProblem("unknown_group", field="group", text=text, known=known)
    return SupportGroup(name)


def state_support(
    book: LawBook, groups: Sequence[SupportGroup], months_supported: int, on: date
) -> StateSupport:
    """The support at a day of payment: the highest of several groups (Decree 159/2025, art 5.1), never on
    the chosen income, at most 120 months (art 5.2). No group given is "other".

    Raises RuleProblem supported_months_not_allowed, ParameterMissing.
    """
    rate = best_rate(book, groups, on)
    line, share = book.fact("poverty_line_rural", on), book.fact("contribution_rate", on)
    cap = book.fact(CAP, on)
    if not 0 <= months_supported <= cap.whole:
        raise RuleProblem("supported_months_not_allowed", field="months_supported", most=cap.whole)
    earlier = months_supported > 0 and book.has(EARLIER, on)
    base = share.value * line.value
    return StateSupport(
        group=SupportGroup(rate.key),
        base=base,
        monthly=rate.value * base,
        months_left=cap.whole - months_supported,
        facts=(rate, share, line),
        cap_facts=(cap, book.fact(EARLIER, on)) if earlier else (cap,),
    )


def best_rate(book: LawBook, groups: Sequence[SupportGroup], on: date) -> Fact:
    """The highest support rate of the groups a person belongs to; of equal ones the first given.
    Raises ParameterMissing."""
    rates = [book.fact(RATE, on, group.value) for group in groups or (SupportGroup.OTHER,)]
    return max(rates, key=lambda rate: rate.value)
