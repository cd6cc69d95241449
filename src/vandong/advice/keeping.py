"""Advice that a collector gives and keeps: what was asked, what was worked out, by which law, what was told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import parse_qs

from django.db import transaction

from vandong.accounts.models import Member
from vandong.accounts.queries.scope import Actor, NotVisible, Right, require
from vandong.accounts.queries.users import own_user
from vandong.administration.audit_trail import record, snapshot
from vandong.administration.refusals import Refused, check_version, problem
from vandong.advice.asking import AskedWrongly
from vandong.advice.citizen import (
    MUST_SAY,
    CitizenAdvice,
    Offer,
    answers_query,
    citizen_advice,
    read_answers,
    traces_of,
)
from vandong.advice.editions import book_of_edition, keep_edition
from vandong.advice.plain import plain
from vandong.contacts.models import Advice
from vandong.contacts.queries.advice import own_advice
from vandong.documents.queries.local_supports import law_book_of
from vandong.kernel.names import clean, fold
from vandong.law import LawBook, law_book
from vandong.places.models import Unit

LONGEST_LABEL = 200


@dataclass(frozen=True, slots=True)
class AdviceShown:
    """A kept advice worked out again: `is_same` says that nothing differs from what was kept; `book` is the
    very law it was made by. `found` is None when that law, or the way to read the answers, is gone."""

    row: Advice
    found: CitizenAdvice | None
    is_same: bool


def law_for(unit: Unit, on: date) -> LawBook:
    """The law that applies in a unit on a day, with the resolutions of its province."""
    return law_book_of(law_book(), unit, on)


@transaction.atomic
def keep_advice(
    *,
    actor: Actor,
    unit: Unit,
    given: Mapping[str, Sequence[str]],
    at: datetime,
    on: date,
    label: str = "",
) -> Advice:
    """Keeps an advice for somebody in `unit`: `given` are the texts of the questionnaire, `on` today.

    Raises NotAllowed without ACT_ON_PEOPLE there; AskedWrongly with every problem of the answers; Refused
    `advice_label_too_long`.
    """
    require(actor, Right.ACT_ON_PEOPLE, unit=unit)
    name = clean(label)
    if len(name) > LONGEST_LABEL:
        raise Refused(problem("advice_label_too_long", "label", most=LONGEST_LABEL))
    maker, book = own_user(actor), law_for(unit, on)
    answers = read_answers(book, given, today=on)
    found = citizen_advice(book, answers)
    row = Advice.objects.create(
        label=name,
        label_fold=fold(name),
        unit=unit,
        member=Member.objects.filter(user=maker).order_by("id").first(),
        made_by=maker,
        made_at=at,
        on=answers.on,
        inputs={"query": answers_query(answers)},
        result=result_of(found),
        edition=keep_edition(book, at),
    )
    record(actor, "advice.kept", row, None, {"on": row.on, "law": book.fingerprint}, at)
    return row


@transaction.atomic
def tell_advice(
    *, actor: Actor, advice_id: int, version: int, told: Sequence[str], at: datetime
) -> Advice:
    """Keeps which of the things that must be said were said ("đã nói"). The last ticks count.

    Raises NotVisible, NotAllowed, StaleVersion; Refused `advice_told_unknown`.
    """
    row = own_advice(actor).select_for_update(of=("self",)).filter(pk=advice_id).first()
    row = _found(row)
    require(actor, Right.ACT_ON_PEOPLE, unit=row.unit)
    check_version(str(row), row.version, version)
    unknown = set(told) - set(MUST_SAY)
    if unknown:
        raise Refused(problem("advice_told_unknown", "told", text=", ".join(sorted(unknown))))
    before = snapshot(row, "told")
    row.told = [code for code in MUST_SAY if code in told]
    row.told_at = at
    row.version += 1
    row.save(update_fields=["told", "told_at", "version"])
    record(actor, "advice.told", row, before, snapshot(row, "told"), at)
    return row


def shown_advice(actor: Actor, advice_id: int) -> AdviceShown:
    """A kept advice, worked out again by the law it was made by. Raises NotVisible."""
    row = _found(own_advice(actor).filter(pk=advice_id).first())
    book = book_of_edition(row.edition_id)
    if book is None:
        return AdviceShown(row, None, is_same=False)
    try:
        answers = read_answers(book, parse_qs(row.inputs["query"]), today=row.on)
    except AskedWrongly:
        return AdviceShown(row, None, is_same=False)
    found = citizen_advice(book, answers)
    return AdviceShown(row, found, is_same=result_of(found) == row.result)


def result_of(found: CitizenAdvice) -> dict[str, object]:
    """What is kept of an advice: every part as plain values, the values of the law used, and the headline."""
    facts = sorted({fact.parameter for trace in traces_of(found) for fact in trace.facts})
    offer = found.offer if isinstance(found.offer, Offer) else None
    return {
        "pay_amount": offer.paying.pay_amount if offer else None,
        "advice": plain(found),
        "facts": facts,
    }


def _found(row: Advice | None) -> Advice:
    if row is None:
        raise NotVisible
    return row
