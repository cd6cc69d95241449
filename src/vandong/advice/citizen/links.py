"""Answers as the query of a link: the same answers always give the same text."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from urllib.parse import urlencode

from vandong.advice.citizen.answers import ASK_FIRST, Answers, Means, OldCard
from vandong.advice.citizen.assumptions import Assumed
from vandong.advice.citizen.reading import DAY, GROUPS, LAW, ONE_FAMILY, PAYS, SEXES
from vandong.kernel.numbers import decimal_text
from vandong.kernel.periods import Month
from vandong.rules.household_card import HOUSEHOLD
from vandong.rules.retirement_age import Known


def answers_query(answers: Answers, fingerprint: str = "") -> str:
    """Everything needed to work the result out again: answers, assumptions, day, and the law by its
    fingerprint. No personal data."""
    return urlencode([*_pairs(answers), *([(LAW, fingerprint)] if fingerprint else [])])


def _pairs(answers: Answers) -> Iterator[tuple[str, str]]:
    yield "dang-dong", _word(PAYS, answers.pays)
    for situation in answers.situations:
        yield "viec", situation.value
    yield "gioi", _word(SEXES, answers.sex)
    if answers.birth.known is Known.MONTH:
        yield "thang-sinh", str(answers.birth.on.month)
    yield "nam-sinh", str(answers.birth.on.year)
    yield "muc", answers.means.value
    if answers.means is not Means.LOWEST:
        yield "tien", str(answers.amount)
    yield from _paid(answers)
    for group in answers.groups:
        yield "nhom", _word(GROUPS, group)
    if answers.province:
        yield "tinh", answers.province
    yield from _household(answers)
    yield from _assumed(answers.assumed)
    yield "dung-sau", str(answers.stop_after_years)
    yield DAY, answers.on.isoformat()


def _paid(answers: Answers) -> Iterator[tuple[str, str]]:
    paid = answers.paid
    for kind, months, income_name, income in (
        ("tn", paid.voluntary_months, "tn-muc", paid.voluntary_income),
        ("bb", paid.compulsory_months, "bb-luong", paid.compulsory_income),
    ):
        if months:
            yield f"{kind}-nam", str(months // 12)
            yield f"{kind}-thang", str(months % 12)
            yield income_name, str(income)
    if paid.paid_until is not None:
        yield "dong-den", _month(paid.paid_until)
    if paid.joined is not None:
        yield "bat-dau", _month(paid.joined)
    if answers.months_supported is not None:
        yield "da-ho-tro", str(answers.months_supported)


def _month(month: Month) -> str:
    return f"{month.year:04d}-{month.month:02d}"


def _household(answers: Answers) -> Iterator[tuple[str, str]]:
    family = answers.household
    if not family.members:
        return
    yield "nguoi", str(family.members)
    if family.group != ASK_FIRST:
        yield "nhom-the", ONE_FAMILY if family.group == HOUSEHOLD else family.group
    if family.old_card is not OldCard.UNKNOWN:
        yield "the", family.old_card.value
    if family.last_valid_on is not None:
        yield "the-het", family.last_valid_on.isoformat()


def _assumed(assumed: Assumed) -> Iterator[tuple[str, str]]:
    yield "lai", _percent(assumed.savings_rate)
    yield "tang-thu-nhap", _percent(assumed.income_growth)
    yield "tang-gia", _percent(assumed.price_growth)


def _percent(rate: Fraction) -> str:
    """5 or 5,25: as it is typed, exact."""
    return decimal_text(rate * 100).replace(".", ",")


def _word(words: Mapping[str, object], wanted: object) -> str:
    return next(word for word, meant in words.items() if meant == wanted)
