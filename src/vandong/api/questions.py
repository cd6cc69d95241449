"""The questions that can be asked: path, fields, and what answers them. Views and OpenAPI are made from it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from vandong.advice.asking import Reader
from vandong.advice.asking.benefits import lump_sum_answer, pension_answer, retirement_age_answer
from vandong.advice.asking.contribution import contribution_asked
from vandong.advice.asking.household_card import household_card_asked
from vandong.advice.documents.contribution import contribution_document
from vandong.advice.documents.household_card import household_card_document
from vandong.advice.documents.lump_sum import lump_sum_document
from vandong.advice.documents.pension import pension_document
from vandong.advice.documents.retirement_age import retirement_age_document
from vandong.api import fields
from vandong.law import LawBook
from vandong.rules.contribution import voluntary_contribution
from vandong.rules.household_card import card_benefits, household_card_quote

Document = dict[str, object]


@dataclass(frozen=True, slots=True)
class Question:
    """One address; `answer` makes its document. Raises AskedWrongly, RuleProblem, ParameterMissing."""

    name: str
    path: str
    title: str
    meaning: str
    fields: tuple[fields.Field, ...]
    answer: Callable[[LawBook, Reader, str], Document]


def contribution(book: LawBook, reader: Reader, lang: str) -> Document:
    """As `vandong quote bhxh --json`."""
    asked = contribution_asked(book, reader)
    return contribution_document(voluntary_contribution(book, asked), lang)


def household_card(book: LawBook, reader: Reader, lang: str) -> Document:
    """As `vandong quote bhyt --json`."""
    asked = household_card_asked(reader)
    quote = household_card_quote(book, asked)
    return household_card_document(quote, card_benefits(book, asked.on, quote.group), lang)


def pension(book: LawBook, reader: Reader, lang: str) -> Document:
    """As `vandong pension --json`."""
    return pension_document(pension_answer(book, reader), lang)


def lump_sum(book: LawBook, reader: Reader, lang: str) -> Document:
    """As `vandong lump-sum --json`."""
    return lump_sum_document(lump_sum_answer(book, reader), lang)


def retirement_age(book: LawBook, reader: Reader, lang: str) -> Document:
    """As `vandong retirement-age --json`."""
    return retirement_age_document(retirement_age_answer(book, reader, timezone.localdate()), lang)


QUESTIONS: tuple[Question, ...] = (
    Question(
        "quote_bhxh",
        "quote/bhxh",
        "Mức đóng BHXH tự nguyện / Contribution to voluntary social insurance",
        "Một lần đóng, theo luật của ngày. / One payment, by the law of the day.",
        fields.CONTRIBUTION,
        contribution,
    ),
    Question(
        "quote_bhyt",
        "quote/bhyt",
        "Mức đóng BHYT hộ gia đình / Household health insurance",
        "Từng người và cả hộ, thẻ dùng từ ngày nào. / Each member, the household, validity.",
        fields.HOUSEHOLD_CARD,
        household_card,
    ),
    Question(
        "pension",
        "pension",
        "Lương hưu / Pension",
        "Từ các tháng đã đóng, hoặc từ mức bình quân. / From months paid, or from an average.",
        fields.PENSION,
        pension,
    ),
    Question(
        "lump_sum",
        "lump-sum",
        "BHXH một lần / One-time withdrawal",
        "Từ các tháng đã đóng, hoặc từ mức bình quân. / From months paid, or from an average.",
        fields.LUMP_SUM,
        lump_sum,
    ),
    Question(
        "retirement_age",
        "retirement-age",
        "Tuổi nghỉ hưu / Retirement age",
        "Tuổi và tháng hưởng sớm nhất. / The age and the first month of a pension.",
        fields.RETIREMENT_AGE,
        retirement_age,
    ),
)
