"""May this person join: the few plain statements as the questions of the rule."""

from vandong.advice.citizen.answers import Answers, Situation
from vandong.law import LawBook
from vandong.rules.eligibility import (
    Answer,
    Contract,
    Eligibility,
    EligibilityQuestions,
    Official,
    TaxMethod,
    eligibility,
)
from vandong.rules.retirement_age import Known


def standing(book: LawBook, answers: Answers) -> Eligibility:
    """The verdict. Who is unsure of their situation is unclear: the BHXH cơ sở verifies. Raises as
    `eligibility`."""
    return eligibility(book, questions(answers))


def questions(answers: Answers) -> EligibilityQuestions:
    """Every question of the rule: a statement not made is a no, unless the person is unsure."""
    said = frozenset(answers.situations)
    unsure = not said or Situation.UNSURE in said
    told = {
        "is_domestic_worker": _answer(Situation.DOMESTIC in said, unsure),
        "is_in_public_service": _answer(Situation.PUBLIC in said, unsure),
        "is_unpaid_manager": _answer(Situation.MANAGER in said, unsure),
        "is_standing_militia": _answer(Situation.MILITIA in said, unsure),
        "has_pension": _answer(Situation.PENSION in said, unsure),
    }
    part_time = Answer.UNKNOWN if Situation.PART_TIME in said or unsure else Answer.NO
    known_month = answers.birth.known is Known.MONTH
    return EligibilityQuestions(
        on=answers.on,
        birth=answers.birth.month if known_month else answers.birth.on,
        is_citizen=Answer.NO if Situation.FOREIGN in said else _answer(not unsure, unsure),
        pays=answers.pays,
        contract=_contract(said, unsure),
        business=_business(said, unsure),
        official=_official(said, unsure),
        is_part_time_above_floor=part_time,
        **told,
    )


def _answer(is_true: bool, unsure: bool) -> Answer:
    if is_true:
        return Answer.YES
    return Answer.UNKNOWN if unsure else Answer.NO


def _contract(said: frozenset[Situation], unsure: bool) -> Contract:
    """A running contract and a suspended one: it may be one and the same, so the office verifies."""
    if {Situation.CONTRACT, Situation.SUSPENDED} <= said:
        return Contract.UNKNOWN
    if Situation.CONTRACT in said:
        return Contract.RUNNING
    if Situation.SUSPENDED in said:
        return Contract.SUSPENDED
    return Contract.UNKNOWN if unsure else Contract.NONE


def _business(said: frozenset[Situation], unsure: bool) -> TaxMethod:
    if Situation.BUSINESS_DECLARED in said:
        return TaxMethod.DECLARATION
    if Situation.BUSINESS in said:
        return TaxMethod.UNKNOWN
    return TaxMethod.NOT_ASKED if unsure else TaxMethod.NONE


def _official(said: frozenset[Situation], unsure: bool) -> Official:
    if Situation.COMMUNE in said:
        return Official.COMMUNE
    if Situation.HAMLET in said:
        return Official.HAMLET
    return Official.UNKNOWN if unsure else Official.NONE
