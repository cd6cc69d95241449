"""What the card pays: the share of costs, small costs and the ceiling of the own part after five years."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vandong.kernel.findings import Finding
from vandong.kernel.money import round_dong
from vandong.law import LawBook
from vandong.rules.household_card.support import HOUSEHOLD
from vandong.rules.reference_level import BASE_SALARY
from vandong.rules.trace import Step, Trace

_RATE_NEAR_POOR = "card_benefit_rate_near_poor"
_NEAR_POOR = ("near_poor", "near_poor_listed_commune")


@dataclass(frozen=True, slots=True)
class CardBenefits:
    """What a card pays on a day. `rate` of the costs; all of a visit that costs less than
    `full_below_amount`; all, once the own part of a year is above `copay_ceiling_amount` after
    `continuous_years` of insurance."""

    rate: Fraction
    full_below_amount: int
    copay_ceiling_amount: int
    continuous_years: int
    trace: Trace


def card_benefits(book: LawBook, on: date, group: str = HOUSEHOLD) -> CardBenefits:
    """The benefit level of a group on a day (Law 51/2024/QH15, art 22; near-poor: Resolution 261/2025/QH15
    from 1/1/2026). 15 % and 6 times are of the base salary of that day. Raises ParameterMissing."""
    parameter = _RATE_NEAR_POOR if group in _NEAR_POOR else "card_benefit_rate"
    rate, base = book.fact(parameter, on), book.fact(BASE_SALARY, on)
    small = book.fact("card_full_below_base_salaries", on)
    ceiling = book.fact("card_copay_base_salaries", on)
    years = book.fact("card_continuity_years", on)
    commune = book.fact("card_full_at_commune", on)
    full_below = round_dong(small.value * base.value)
    copay = round_dong(ceiling.value * base.value)
    steps = (
        Step("card_benefit_rate", {"rate": rate.value}, (rate,)),
        Step("card_full_at_commune", {}, (commune,)),
        Step("card_full_below", {"amount": full_below}, (small, base)),
        Step("card_copay_ceiling", {"amount": copay, "years": years.whole}, (ceiling, base, years)),
    )
    notes = (Finding("card_benefit_of_the_day"),)
    return CardBenefits(rate.value, full_below, copay, years.whole, Trace(steps, notes))
