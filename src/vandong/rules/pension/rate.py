"""Which share of the average income the pension is."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vandong.law import LawBook
from vandong.rules.people import Sex
from vandong.rules.problems import RuleProblem
from vandong.rules.trace import Step


@dataclass(frozen=True, slots=True)
class PensionRate:
    """The rate as a fraction of 1."""

    rate: Fraction
    step: Step


def pension_rate(book: LawBook, sex: Sex, years: Fraction, on: date) -> PensionRate:
    """The rate for so many counted years by the law of `on`.

    Law 41/2024/QH15, art 99: women 45% at 15 years, men 45% at 20, 2% for each further year, at most 75%; men
    with 15 to under 20 years 40% and 1% for each year over 15. Until 30/6/2025 Law 58/2014/QH13, art 74.
    Half a year brings half a step. Raises RuleProblem pension_years_short, ParameterMissing.
    """
    row = sex.value
    least = book.fact("pension_rate_start_years", on, row)
    names = ("pension_rate_start", "pension_rate_step")
    if years < least.value:
        if not book.has("pension_rate_short_years", on, row):
            raise RuleProblem("pension_years_short", "years", years=years, needed=least.value)
        least = book.fact("pension_rate_short_years", on, row)
        names = ("pension_rate_short_start", "pension_rate_short_step")
    if years < least.value:
        raise RuleProblem("pension_years_short", "years", years=years, needed=least.value)
    start, step = (book.fact(name, on, row) for name in names)
    cap = book.fact("pension_rate_cap", on)
    reached = start.value + step.value * (years - least.value)
    rate = min(reached, cap.value)
    values = {
        "start": start.value,
        "least": least.value,
        "step": step.value,
        "years": years,
        "rate": rate,
    }
    code = "pension_rate_capped" if reached > cap.value else "pension_rate"
    return PensionRate(rate, Step(code, values, (start, least, step, cap)))
