"""What a contribution depends on besides the income: worked out once by the scalar rule's own parts.

Each kind of terms holds for one span of the law. What is missing or not allowed is kept as a code, so that the
rows concerned can say it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vandong.law import Fact, LawBook, ParameterMissing
from vandong.rules.contribution.amounts import INTEREST, RATE, gross_sum
from vandong.rules.contribution.incomes import income_limits
from vandong.rules.contribution.methods import MethodKind, method_months, parse_method
from vandong.rules.contribution.support import parse_group, state_support
from vandong.rules.people import SupportGroup
from vandong.rules.problems import RuleProblem

WINDOW = "payment_window_months"
KINDS = tuple(MethodKind)
NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class LimitTerms:
    """The lowest and highest income in đồng, and whether that law and the rate are verified."""

    floor: int = 0
    cap: int = 0
    is_verified: bool = True
    problem: str = ""


@dataclass(frozen=True, slots=True)
class MethodTerms:
    """A way of paying: its place in KINDS, its months, the contribution as a multiple of the income.
    `late_problem` is one that the scalar rule meets last: the interest is not known."""

    kind: int = 0
    months: int = 0
    factor: Fraction = NOTHING
    is_verified: bool = True
    problem: str = ""
    late_problem: str = ""


@dataclass(frozen=True, slots=True)
class SupportTerms:
    """State support of a set of groups: đồng a month, what a top-up's share is taken of, the most months.
    `is_verified_later` is for those who were supported before."""

    monthly: Fraction = NOTHING
    base: Fraction = NOTHING
    most: int = 0
    is_verified: bool = True
    is_verified_later: bool = True
    problem: str = ""


def limit_terms(book: LawBook, on: date) -> LimitTerms:
    """The incomes allowed in the span that begins on a day (Law 41/2024/QH15, art 31.2)."""
    try:
        found = income_limits(book, on)
    except ParameterMissing as missing:
        return LimitTerms(problem=missing.code)
    facts = (*found.facts, *([book.fact(RATE, on)] if book.has(RATE, on) else []))
    return LimitTerms(found.floor_amount, found.cap_amount, _verified(facts))


def method_terms(book: LawBook, text: str, on: date) -> MethodTerms:
    """A way of paying as `parse_method` reads it (Law 41/2024/QH15, art 36.2)."""
    try:
        method = parse_method(book, text, on)
        months, facts = method_months(book, method, on)
    except (RuleProblem, ParameterMissing) as problem:
        return MethodTerms(problem=problem.code)
    kind = KINDS.index(method.kind)
    if not book.has(RATE, on):
        return MethodTerms(kind, months, late_problem=ParameterMissing.code)
    rate, interest = book.fact(RATE, on).value, None
    if method.is_at_once:
        if not book.has(INTEREST, on):
            return MethodTerms(kind, months, late_problem=ParameterMissing.code)
        fact = book.fact(INTEREST, on)
        interest, facts = fact.value, (*facts, fact)
    factor = gross_sum(method.kind, rate, months, interest)
    return MethodTerms(kind, months, factor, _verified(facts))


def group_sets(texts: Iterable[str]) -> list[tuple[SupportGroup, ...] | None]:
    """Groups of each text such as "poor" or "poor,island"; nothing written is no group, None is unknown."""
    return [_groups(text) for text in texts]


def support_terms(book: LawBook, groups: tuple[SupportGroup, ...], on: date) -> SupportTerms:
    """State support in the span that begins on a day (Decree 159/2025/NĐ-CP, art 5.1 and 5.2)."""
    try:
        found = state_support(book, groups, 0, on)
        later = state_support(book, groups, 1, on)
    except ParameterMissing as missing:
        return SupportTerms(problem=missing.code)
    return SupportTerms(
        monthly=found.monthly,
        base=found.base,
        most=found.months_left,
        is_verified=_verified((*found.facts, *found.cap_facts)),
        is_verified_later=_verified((*later.facts, *later.cap_facts)),
    )


def window_months(book: LawBook, kind: MethodKind, on: date) -> int | None:
    """Months in which a period beginning in this span is in time; None when the law is not known.
    What is paid at registration has the first month only (Law 41/2024/QH15, art 36.3)."""
    if kind in (MethodKind.AHEAD, MethodKind.MISSING):
        return 1
    return book.fact(WINDOW, on, kind.value).whole if book.has(WINDOW, on, kind.value) else None


def _groups(text: str) -> tuple[SupportGroup, ...] | None:
    try:
        return tuple(parse_group(part) for part in text.split(",") if part.strip())
    except RuleProblem:
        return None


def _verified(facts: Iterable[Fact]) -> bool:
    return all(fact.confidence.is_verified for fact in facts)
