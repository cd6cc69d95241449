"""The offer for somebody on a list: the questionnaire's answers as far as the register knows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vandong.advice.asking import AskedWrongly
from vandong.advice.citizen import CitizenAdvice, answers_query, citizen_advice, read_answers
from vandong.advice.keeping import law_for
from vandong.law import LawBook
from vandong.outreach.renewals.amounts import Due, NextPayment, next_payments, paid_until_of
from vandong.outreach.renewals.people import AIM_OF
from vandong.registry.models import BirthPrecision, ListedGroup, Participation, Person
from vandong.rules.participation import VOLUNTARY, Spell, next_due_on
from vandong.rules.people import Sex

_GROUPS = {ListedGroup.POOR: "ho-ngheo", ListedGroup.NEAR_POOR: "can-ngheo"}


@dataclass(frozen=True, slots=True)
class PersonOffer:
    """The advice, the answers it rests on, and the same as the query of a link (no personal data but year and
    sex). `advice` None: the register knows too little; the questionnaire asks the rest."""

    advice: CitizenAdvice | None
    given: Mapping[str, Sequence[str]]
    query: str


def person_offer(person: Person, book: LawBook, on: date) -> PersonOffer:
    """What the person would pay and receive, by the law of the place and day. Lowest income; months on record
    are reckoned with."""
    law = law_for(person.unit_today, on) if person.unit_today else book
    given = _given(person, on)
    try:
        answers = read_answers(law, given, today=on)
    except AskedWrongly:
        return PersonOffer(None, given, "")
    return PersonOffer(citizen_advice(law, answers), given, answers_query(answers))


def _given(person: Person, on: date) -> dict[str, list[str]]:
    given = {"dang-dong": ["chua"], "viec": ["khong"], "muc": ["thap-nhat"]}
    if person.sex:
        given["gioi"] = ["nu" if person.sex == Sex.FEMALE else "nam"]
    if person.birth_on:
        given["nam-sinh"] = [str(person.birth_on.year)]
        if person.birth_precision == BirthPrecision.DAY:
            given["thang-sinh"] = [str(person.birth_on.month)]
    listed = person.listings.filter(group__in=list(_GROUPS), listed_from__lte=on)
    groups = [
        _GROUPS[ListedGroup(one.group)]
        for one in listed
        if one.listed_until is None or one.listed_until > on
    ]
    return given | ({"nhom": sorted(set(groups))} if groups else {}) | _paid(person, on)


def _paid(person: Person, on: date) -> dict[str, list[str]]:
    """Voluntary months on record, and the income chosen last."""
    spells = [
        one
        for one in person.participations.filter(scheme=VOLUNTARY, covered_from__lte=on)
        if one.covered_until is not None
    ]
    if not spells:
        return {}
    spells.sort(key=lambda one: one.covered_from)
    months = sum(_months(one, on) for one in spells)
    income = next((one.income_amount for one in reversed(spells) if one.income_amount), None)
    if not months or income is None:
        return {}
    first = spells[0].covered_from
    return {
        "dang-dong": ["tu-nguyen"],
        "tn-nam": [str(months // 12)],
        "tn-thang": [str(months % 12)],
        "tn-muc": [str(income)],
        "bat-dau": [f"{first.year:04d}-{first.month:02d}"],
    }


def _months(spell: Participation, on: date) -> int:
    until = min(spell.covered_until or on, on)
    first = spell.covered_from
    return max(0, (until.year - first.year) * 12 + until.month - first.month)


@dataclass(frozen=True, slots=True)
class PersonRenewal:
    """What goes on: `paid_until` is the last day paid for, `due_on` the last day in time (None: not known)."""

    scheme: str
    paid_until: date
    due_on: date | None
    payment: NextPayment


def person_renewal(person: Person, aim: str, book: LawBook, on: date) -> PersonRenewal | None:
    """The exact next payment of somebody who is approached to pay on: the same way once more, paid on the day.

    None for aims of joining, and for who has no spell of that scheme that still goes on or has just run out.
    """
    scheme = next((one for one, known in AIM_OF.items() if known == aim), "")
    if not scheme:
        return None
    begun = person.participations.filter(scheme=scheme, covered_from__lte=on)
    spell = begun.order_by("-covered_from").first()
    if spell is None or spell.covered_until is None or spell.ended_on is not None:
        return None
    due = Due(
        person.pk,
        scheme,
        spell.covered_until,
        spell.method,
        spell.income_amount,
        spell.support_group,
    )
    terms = Spell(spell.covered_from, spell.covered_until, spell.method)
    return PersonRenewal(
        scheme=scheme,
        paid_until=paid_until_of(spell.covered_until),
        due_on=next_due_on(book, scheme, terms),
        payment=next_payments(book, [due], on)[person.pk, scheme],
    )
