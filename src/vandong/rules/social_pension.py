"""The social pension (trợ cấp hưu trí xã hội): what there is without any contribution."""

from dataclasses import dataclass
from datetime import date

from vandong.kernel.findings import Finding
from vandong.kernel.money import round_dong
from vandong.kernel.periods import Month
from vandong.law import Fact, LawBook
from vandong.rules.notes import note
from vandong.rules.people import SupportGroup
from vandong.rules.problems import RuleProblem
from vandong.rules.retirement_age import Birth
from vandong.rules.trace import Step, Trace

AMOUNT, LOCAL = "social_pension_amount", "social_pension_local_amount"


@dataclass(frozen=True, slots=True)
class SocialPensionRequest:
    """Who asks. `province` is a code of 2025 ("01"); `benefit_amount` a monthly pension or benefit drawn."""

    birth: Birth
    on: date
    group: SupportGroup = SupportGroup.OTHER
    benefit_amount: int = 0
    province: str = ""


@dataclass(frozen=True, slots=True)
class SocialPension:
    """`from_on` is the day the age is reached; `amount` what it is a month by the law of the day asked;
    `is_due` whether it can be drawn on that day as far as is known."""

    age_years: int
    from_on: date
    amount: int
    funeral_amount: int
    is_due: bool
    trace: Trace


def social_pension(book: LawBook, given: SocialPensionRequest) -> SocialPension:
    """From 75, or from 70 for poor and near-poor households, on written request (Law 41/2024/QH15, art 21;
    Decree 176/2025/NĐ-CP; the amount of 1/7/2026 is not confirmed). A province may pay more.

    Raises RuleProblem birth_after_day, ParameterMissing (before 1/7/2025).
    """
    if given.birth.on > given.on:
        raise RuleProblem("birth_after_day", "birth", birth=given.birth.on, on=given.on)
    age = _age(book, given)
    level = _level(book, given)
    levels = book.fact("social_pension_funeral_levels", given.on)
    from_on = _birthday(given.birth.on, age.whole)
    amount = level.whole
    funeral = round_dong(levels.value * book.fact(AMOUNT, given.on).value)
    values = {"age": age.whole, "on": from_on, "amount": amount}
    step = Step("social_pension", values, (age, level))
    due = given.on >= from_on and not given.benefit_amount
    notes: tuple[Finding, ...] = (note("social_pension_on_request"),)
    if given.benefit_amount:
        notes = (*notes, note("social_pension_with_benefit", amount=given.benefit_amount))
    buried = Step("social_pension_funeral", {"amount": funeral}, (levels,))
    return SocialPension(age.whole, from_on, amount, funeral, due, Trace((step, buried), notes))


def _age(book: LawBook, given: SocialPensionRequest) -> Fact:
    rows = book.keys("social_pension_age", given.on)
    row = given.group.value if given.group.value in rows else SupportGroup.OTHER.value
    return book.fact("social_pension_age", given.on, row)


def _level(book: LawBook, given: SocialPensionRequest) -> Fact:
    """The State's amount, or the province's own where it is known and higher."""
    state = book.fact(AMOUNT, given.on)
    if not book.has(LOCAL, given.on, given.province):
        return state
    return max(state, book.fact(LOCAL, given.on, given.province), key=lambda fact: fact.value)


def _birthday(birth: date, years: int) -> date:
    """The day an age is reached; who was born on 29 February reaches it on 1 March of a common year."""
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:
        return Month.of(birth.replace(year=birth.year + years, day=1)).shifted(1).first_day
