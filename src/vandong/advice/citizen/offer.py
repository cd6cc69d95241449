"""A citizen's advice: answers and the law of a day give everything to be said, each part with its trace.

    advice = citizen_advice(book, answers)

Nobody who may not join, or of whom that is not clear, gets a quote. A part that cannot be worked out says so
and the rest stands. `must_say` are the five things every offer says.
"""

from dataclasses import dataclass
from typing import Any

from vandong.advice.citizen.answers import Answers
from vandong.advice.citizen.assumptions import assumed_count
from vandong.advice.citizen.case import Case, case_of
from vandong.advice.citizen.family import FamilyCard, family_card
from vandong.advice.citizen.history import History, Plan
from vandong.advice.citizen.leaving import (
    BecomingCompulsory,
    Death,
    Withdrawal,
    deaths,
    refunds,
    withdrawal,
)
from vandong.advice.citizen.old_age import (
    OldAge,
    Stopping,
    old_age,
    pension_of_income,
    stopping,
)
from vandong.advice.citizen.outcome import NotWorkedOut, Outcome, worked
from vandong.advice.citizen.paying import Change, Paying
from vandong.advice.citizen.savings import Savings, savings
from vandong.advice.citizen.standing import standing
from vandong.kernel.findings import Finding
from vandong.law import Confidence, Fact, LawBook
from vandong.rules.eligibility import Eligibility
from vandong.rules.pension import Pension
from vandong.rules.social_pension import SocialPension, SocialPensionRequest, social_pension
from vandong.rules.trace import Trace

SUPPORT_ENDS = "must_say_support_ends"
WITHDRAWAL = "must_say_withdrawal"
NO_CARD = "must_say_no_card"
SURVIVORS = "must_say_survivors"
STOPPING = "must_say_stopping"

MUST_SAY = (SUPPORT_ENDS, WITHDRAWAL, NO_CARD, SURVIVORS, STOPPING)
"""What every offer says and a collector ticks "đã nói" (law notes, section 10)."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What someone who may join pays and receives. Each outcome stands for itself."""

    history: History
    plan: Plan
    paying: Paying
    old_age: Outcome[OldAge]
    pension_after_change: Outcome[Pension | None]
    stopping: Outcome[Stopping | None]
    withdrawal: Outcome[Withdrawal | None]
    deaths: Outcome[tuple[Death, ...]]
    refunds: tuple[BecomingCompulsory, ...]
    savings: Outcome[Savings | None]
    must_say: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class CitizenAdvice:
    """`offer` is None unless the person may join for certain. `nothing` is what there is without paying.
    `fingerprint` names the law book used."""

    answers: Answers
    fingerprint: str
    standing: Outcome[Eligibility]
    offer: Outcome[Offer | None]
    nothing: Outcome[SocialPension]
    family: Outcome[FamilyCard | None]

    @property
    def uncertain_facts(self) -> tuple[Fact, ...]:
        """Every value of the law in it that is not verified, each once."""
        traces = traces_of(self)
        facts = dict.fromkeys(fact for trace in traces for fact in trace.facts)
        return tuple(fact for fact in facts if fact.confidence is not Confidence.OFFICIAL)


def citizen_advice(book: LawBook, answers: Answers) -> CitizenAdvice:
    """Everything to be said to a person of these answers by this law. Raises nothing that the law or the
    answers cause: what cannot be worked out is a NotWorkedOut in its place."""
    found = worked(lambda: standing(book, answers))
    nothing = worked(lambda: _nothing(book, answers))
    quotable = isinstance(found, Eligibility) and found.may_be_quoted
    return CitizenAdvice(
        answers=answers,
        fingerprint=book.fingerprint,
        standing=found,
        offer=worked(lambda: _offer(book, answers, nothing)) if quotable else None,
        nothing=nothing,
        family=worked(lambda: family_card(book, answers)),
    )


def _offer(book: LawBook, answers: Answers, nothing: Outcome[SocialPension]) -> Offer:
    """Raises RuleProblem, ParameterMissing when not even a month's contribution can be worked out."""
    case = case_of(book, answers)
    old = worked(lambda: old_age(case))
    out = worked(lambda: withdrawal(case))
    drawn = assumed_count("pension_drawn_years") * 12
    return Offer(
        history=case.before,
        plan=case.plan,
        paying=case.paying,
        old_age=old,
        pension_after_change=worked(lambda: _changed(case)),
        stopping=worked(lambda: stopping(case, nothing)),
        withdrawal=out,
        deaths=worked(lambda: deaths(case, old, drawn)),
        refunds=tuple(refunds(case)),
        savings=_savings(case, old, nothing),
        must_say=_must_say(case, out),
    )


def _savings(
    case: Case, old: Outcome[OldAge], nothing: Outcome[SocialPension]
) -> Outcome[Savings | None]:
    if isinstance(old, NotWorkedOut):
        return old
    return worked(lambda: savings(case, old, nothing))


def _nothing(book: LawBook, answers: Answers) -> SocialPension:
    group = answers.groups[0] if answers.groups else None
    asked = SocialPensionRequest(birth=answers.birth, on=answers.on, province=answers.province)
    if group is not None:
        asked = SocialPensionRequest(answers.birth, answers.on, group, province=answers.province)
    return social_pension(book, asked)


def _changed(case: Case) -> Pension | None:
    """The pension at the new floor, when the income chosen lies below it."""
    change = case.paying.change
    if not isinstance(change, Change) or change.income == case.paying.income:
        return None
    return pension_of_income(case, change.income)


def _must_say(case: Case, out: Outcome[Withdrawal | None]) -> tuple[Finding, ...]:
    book, on, paid = case.book, case.answers.on, case.paying
    cap = book.fact("support_months_cap", on).whole
    most = book.fact("missing_months", on, "most").whole
    support = {"most": cap, "amount": paid.pay_amount, "later": paid.later_amount}
    waiting = isinstance(out, Withdrawal) and out.by_waiting
    return (
        Finding(SUPPORT_ENDS, support),
        Finding(f"{WITHDRAWAL}_waiting" if waiting else WITHDRAWAL),
        Finding(NO_CARD),
        Finding(SURVIVORS),
        Finding(STOPPING, {"needed": case.plan.needed, "most": most}),
    )


def traces_of(found: Any) -> tuple[Trace, ...]:
    """Every trace inside a result, in its order."""
    if isinstance(found, Trace):
        return (found,)
    if isinstance(found, tuple):
        return tuple(trace for one in found for trace in traces_of(one))
    if isinstance(found, (Answers, Finding, Fact)) or not hasattr(found, "__dataclass_fields__"):
        return ()
    values = (getattr(found, name) for name in found.__dataclass_fields__)
    return tuple(trace for value in values for trace in traces_of(value))
