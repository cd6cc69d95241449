"""What a pension depends on besides the incomes, worked out once by the scalar rule's own parts."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vandong.law import Fact, LawBook, ParameterMissing
from vandong.rules.counted_years import counted_years
from vandong.rules.pension.extra_years import extra_years
from vandong.rules.pension.rate import pension_rate
from vandong.rules.pension.start import NEEDED
from vandong.rules.people import Sex
from vandong.rules.problems import RuleProblem
from vandong.rules.reference_level import reference_level
from vandong.rules.retirement_age import Birth, retirement_age

NOTHING = Fraction(0)
_OLD_MONTHS, _OLD_AGE = "old_entrant_months", "old_entrant_age"
_LEAST_MONTHS, _LEAST_LEVELS = "pension_minimum_compulsory_months", "pension_minimum_levels"


@dataclass(frozen=True, slots=True)
class AgeTerms:
    """The normal retirement age in months."""

    months: int = 0
    is_verified: bool = True
    problem: str = ""


@dataclass(frozen=True, slots=True)
class RateTerms:
    """Years counted, rate, and the averages paid for extra years when all of them lie before the age."""

    years: Fraction = NOTHING
    rate: Fraction = NOTHING
    averages: Fraction = NOTHING
    has_extra: bool = False
    is_verified: bool = True
    problem: str = ""


@dataclass(frozen=True, slots=True)
class NeededTerms:
    """Months needed for a pension; `until` is the day on which another number begins."""

    months: int = 0
    until: date | None = None
    most_missing: int | None = None
    is_verified: bool = True
    problem: str = ""


@dataclass(frozen=True, slots=True)
class WorthTerms:
    """What holds on the day whose money a pension is in: weight of missing time, whether the coefficients
    are verified, compulsory months for a lowest pension (None: there is none), the level it is counted by."""

    missing_weight: Fraction | None
    coefficients_verified: bool
    missing_verified: bool
    least_months: int | None
    level: Fraction | None
    least_verified: bool
    card_verified: bool
    problem: str = ""


def age_terms(book: LawBook, sex: Sex, born: date, on: date) -> AgeTerms:
    """Labour Code 45/2019/QH14, art 169.2; Decree 135/2020/NĐ-CP."""
    try:
        found = retirement_age(book, sex, Birth(born), on)
    except (ParameterMissing, RuleProblem) as problem:
        return AgeTerms(problem=problem.code)
    return AgeTerms(found.age_months, found.trace.confidence.is_verified)


def old_entrant_needed(book: LawBook, on: date) -> Fact | None:
    """Voluntary months that keep the former age (Law 41/2024/QH15, art 141.9)."""
    return book.fact(_OLD_MONTHS, on) if book.has(_OLD_MONTHS, on) else None


def old_entrant_ages(book: LawBook, sex: Sex, joined_on: date) -> Fact | None:
    """The former age of those who joined in the span that begins on a day."""
    known = book.has(_OLD_AGE, joined_on, sex.value)
    return book.fact(_OLD_AGE, joined_on, sex.value) if known else None


def needed_terms(book: LawBook, on: date) -> NeededTerms:
    """Law 41/2024/QH15, art 98.1; missing time art 36.2 e."""
    if not book.has(NEEDED, on):
        return NeededTerms(problem=ParameterMissing.code)
    fact = book.fact(NEEDED, on)
    has_most = book.has("missing_months", on, "most")
    most = book.fact("missing_months", on, "most").whole if has_most else None
    return NeededTerms(fact.whole, fact.valid_until, most, fact.confidence.is_verified)


def rate_terms(book: LawBook, sex: Sex, months: int, on: date) -> RateTerms:
    """Years, rate and extra years by the law of a day (Law 41/2024/QH15, art 5.6, 99 and 100)."""
    try:
        counted = counted_years(book, months, on)
        rate = pension_rate(book, sex, counted.years, on)
        extra = extra_years(book, sex, months=months, months_after_age=0, on=on)
    except (ParameterMissing, RuleProblem) as problem:
        return RateTerms(problem=problem.code)
    facts = [fact for step in (counted.step, rate.step, *extra.steps) for fact in step.facts]
    verified = all(fact.confidence.is_verified for fact in facts)
    has_extra = bool(extra.steps)
    return RateTerms(counted.years, rate.rate, extra.averages, has_extra, verified)


def extra_averages(book: LawBook, sex: Sex, months: int, after: int, on: date) -> Fraction:
    """Averages paid for extra years, some of them after the retirement age (Law 41/2024/QH15, art 100)."""
    found = extra_years(book, sex, months=months, months_after_age=after, on=on)
    return found.averages


def worth_terms(book: LawBook, on: date) -> WorthTerms:
    """Coefficients, lowest pension and health card of a day (Decree 159/2025/NĐ-CP, art 10 and 11)."""
    coefficient = "income_coefficient_voluntary"
    keys = book.keys(coefficient, on) if _is_known(book, coefficient, on) else ()
    missing = _fact(book, "missing_time_coefficient", on)
    least, card = _fact(book, _LEAST_MONTHS, on), _fact(book, "pension_health_card_rate", on)
    level = reference_level(book, on) if book.has("base_salary", on) else None
    return WorthTerms(
        missing_weight=missing.value if missing else None,
        coefficients_verified=_verified(book.fact(coefficient, on, keys[0]) if keys else None),
        missing_verified=_verified(missing),
        least_months=least.whole if least else None,
        level=level.value if level else None,
        least_verified=_verified(least) and _verified(level),
        card_verified=_verified(card),
        problem="" if card else ParameterMissing.code,
    )


def least_levels(book: LawBook, joined_on: date) -> Fact | None:
    """How many reference levels the lowest pension is, for who joined in this span (art 11.3)."""
    return _fact(book, _LEAST_LEVELS, joined_on)


def _fact(book: LawBook, parameter: str, on: date) -> Fact | None:
    return book.fact(parameter, on) if book.has(parameter, on) else None


def _is_known(book: LawBook, parameter: str, on: date) -> bool:
    try:
        return bool(book.keys(parameter, on))
    except ParameterMissing:
        return False


def _verified(fact: Fact | None) -> bool:
    return fact is None or fact.confidence.is_verified
