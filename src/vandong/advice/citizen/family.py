"""Household health insurance for the person's family: another group first, then the order of the members."""

from dataclasses import dataclass
from datetime import date

from vandong.advice.citizen.answers import ASK_FIRST, Answers, OldCard
from vandong.advice.citizen.assumptions import assumed_count
from vandong.advice.citizen.outcome import Outcome, worked
from vandong.law import LawBook
from vandong.rules.household_card import (
    HOUSEHOLD,
    CardForm,
    CardQuote,
    CardRequest,
    FormVerdict,
    PreviousCard,
    card_form,
    household_card_quote,
)
from vandong.rules.local_support import LocalShare, local_share
from vandong.rules.reference_level import BASE_SALARY

SCHEME = "bhyt_hgd"


@dataclass(frozen=True, slots=True)
class FamilyCard:
    """`form` says whether there is anything to pay; `quote` is None where another group pays or must be asked
    about first."""

    members: int
    form: CardForm
    quote: Outcome[CardQuote | None]


def family_card(book: LawBook, answers: Answers) -> FamilyCard | None:
    """A year of cards for the members told; None when none were told. Raises RuleProblem, ParameterMissing."""
    family = answers.household
    if not family.members:
        return None
    groups = None if family.group == ASK_FIRST else (family.group,)
    form = card_form(book, groups, answers.on)

    def quote() -> CardQuote | None:
        if form.verdict in {FormVerdict.ASK_FIRST, FormVerdict.PAID_BY_OTHERS}:
            return None
        return household_card_quote(book, _asked(book, answers))

    return FamilyCard(family.members, form, worked(quote))


def _asked(book: LawBook, answers: Answers) -> CardRequest:
    family, local = answers.household, _local(book, answers, answers.on)
    return CardRequest(
        members=family.members,
        months=assumed_count("card_months"),
        on=answers.on,
        group=family.group,
        local_rate=local.rate,
        local_amount=local.amount,
        local_facts=local.facts,
        previous=_previous(answers),
        other_groups_asked=True,
    )


def _previous(answers: Answers) -> PreviousCard | None:
    family = answers.household
    if family.old_card is OldCard.FIRST:
        return PreviousCard()
    if family.last_valid_on is not None:
        return PreviousCard(last_valid_on=family.last_valid_on)
    return None


def _local(book: LawBook, answers: Answers, on: date) -> LocalShare:
    """What the province adds for each card by its resolution; nothing where none is known."""
    if not answers.province:
        return LocalShare()
    group = answers.household.group
    return local_share(
        book,
        province_code=answers.province,
        scheme=SCHEME,
        groups=() if group == HOUSEHOLD else (group,),
        base=book.fact("card_rate", on).value * book.fact(BASE_SALARY, on).value,
        on=on,
    )
