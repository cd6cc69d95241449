"""The monthly allowance for those of retirement age with neither pension nor social pension yet."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from vandong.kernel.money import round_dong
from vandong.law import LawBook
from vandong.rules.counted_years import allowance_years
from vandong.rules.notes import note
from vandong.rules.problems import RuleProblem
from vandong.rules.trace import Step, Trace


@dataclass(frozen=True, slots=True)
class AllowanceRequest:
    """Average income (exact), months paid, the day, and the months left until the social pension."""

    average: Fraction
    paid_months: int
    on: date
    months_until_social: int


@dataclass(frozen=True, slots=True)
class MonthlyAllowance:
    """`months_earned` is what the time paid is worth at the social pension's amount. With less than the months
    to fill, `top_up_amount` may be paid to fill them; with more, `monthly_amount` is higher for all of them.
    `months` is how long it is drawn without a top-up."""

    months_earned: int
    months: int
    monthly_amount: int
    top_up_amount: int
    trace: Trace


def monthly_allowance(book: LawBook, given: AllowanceRequest) -> MonthlyAllowance:
    """Decree 159/2025/NĐ-CP, art 14: Ttt = Mbq·2·N/TC, rounded up to whole months; TC is the social pension,
    Tdt the months until it. Top-up (Tdt−Ttt)·TC; if Ttt > Tdt, TC + (Ttt−Tdt)·TC/Tdt a month.

    Raises RuleProblem average_wrong, negative_time, ParameterMissing.
    """
    if given.average <= 0:
        raise RuleProblem("average_wrong", "average", amount=round_dong(given.average))
    if given.paid_months < 1 or given.months_until_social < 1:
        raise RuleProblem("negative_time", "months")
    level = book.fact("social_pension_amount", given.on)
    multiple = book.fact("allowance_multiple", given.on)
    counted = allowance_years(book, given.paid_months, given.on)
    earned = ceil(given.average * multiple.value * counted.years / level.value)
    due = given.months_until_social
    more = Fraction(max(0, earned - due), due)
    monthly = round_dong(level.value * (1 + more))
    top_up = round_dong(max(0, due - earned) * level.value)
    values = {
        "earned": earned,
        "due": due,
        "monthly": monthly,
        "top_up": top_up,
        "level": level.whole,
    }
    code = "allowance_top_up" if top_up else "allowance"
    steps = (counted.step, Step(code, values, (level, multiple)))
    notes = (note("allowance_conditions"), note("allowance_health_card"))
    return MonthlyAllowance(earned, min(earned, due), monthly, top_up, Trace(steps, notes))


def allowance_left_to_heirs(monthly_amount: int, *, months_left: int) -> int:
    """What heirs receive when the person dies: the months left times the allowance (Decree 159/2025/NĐ-CP,
    art 15), in đồng. Raises RuleProblem negative_time."""
    if months_left < 0 or monthly_amount < 0:
        raise RuleProblem("negative_time", "months_left")
    return monthly_amount * months_left
