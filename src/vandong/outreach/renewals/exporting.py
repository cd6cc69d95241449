"""The people of a band as a spreadsheet, under the limits and marks of every export of people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from vandong.accounts.models import Member
from vandong.accounts.queries.scope import Actor, Right, require
from vandong.administration.audit_trail import Subject, record
from vandong.kernel.days import format_day
from vandong.kernel.names import clean
from vandong.kernel.numbers import format_count
from vandong.law import LawBook
from vandong.outreach.renewals.amounts import next_payments
from vandong.outreach.renewals.people import Asked, DueRow, due_rows
from vandong.outreach.segments.band_codes import band_code
from vandong.outreach.segments.bands import Band
from vandong.outreach.segments.exporting import ACTION, Exported, export_mark, refuse_export
from vandong.papers.returned_sheet import ReturnedSheet, returned_sheet
from vandong.phrases import sentence
from vandong.registry.models import Person
from vandong.registry.queries.masking import masked_birth, masked_number, masked_phone

_HEADS = (
    *("number", "name", "birth", "unit", "si_number", "phones", "member"),
    *("paid_until", "due_on", "months", "amount", "amount_note"),
)


@dataclass(frozen=True, slots=True)
class RenewalExport:
    """`title`: the band in the reader's words. `is_whole`: numbers in clear."""

    asked: Asked
    band: Band
    title: str
    reason: str
    is_whole: bool


@transaction.atomic
def export_renewals(
    *, actor: Actor, wanted: RenewalExport, book: LawBook, lang: str, at: datetime
) -> Exported:
    """An xlsx file of a band with the exact amounts, recorded before it exists.

    Raises NotAllowed, NotVisible; Refused as `export_segment`.
    """
    require(actor, Right.EXPORT_PEOPLE)
    reason = clean(wanted.reason)
    rows = due_rows(actor, book, wanted.asked, [wanted.band])
    refuse_export(actor, reason, len(rows), at)
    on = wanted.asked.on
    kept = {"count": len(rows), "is_whole": wanted.is_whole, "on": on}
    code = band_code(wanted.asked.scheme, wanted.band)
    event = record(actor, ACTION, Subject("segment", code, wanted.title), None, kept, at, reason)
    place = wanted.asked.unit.name if wanted.asked.unit else "–"
    mark = export_mark(actor, event, at, lang)
    sheet = ReturnedSheet(
        heads=[[sentence(f"export_head_{head}", {}, lang)] for head in _HEADS],
        rows=_rows(book, wanted, rows, lang),
        titles=(
            wanted.title,
            sentence("export_about", {"count": len(rows), "on": on, "place": place}, lang),
            sentence("export_reason", {"reason": reason}, lang),
            mark,
            sentence("export_duty", {}, lang),
        ),
        name=sentence("export_sheet", {}, lang),
        footer=mark,
    )
    return Exported(returned_sheet(sheet), event.pk, len(rows))


def _rows(
    book: LawBook, wanted: RenewalExport, rows: list[DueRow], lang: str
) -> Iterator[tuple[str, ...]]:
    people = (
        Person.objects.select_related("unit_today")
        .prefetch_related("phones")
        .in_bulk([row.due.person_id for row in rows])
    )
    members = Member.objects.in_bulk({row.member_id for row in rows if row.member_id})
    payments = next_payments(book, [row.due for row in rows], wanted.asked.on)
    for number, row in enumerate(rows, 1):
        person = people[row.due.person_id]
        payment = payments[person.pk, wanted.asked.scheme]
        phones = [one.number for one in sorted(person.phones.all(), key=lambda one: one.rank)]
        member = members.get(row.member_id or 0)
        yield (
            str(number),
            person.full_name,
            masked_birth(person.birth_on),
            person.unit_today.name if person.unit_today else "",
            person.si_number if wanted.is_whole else masked_number(person.si_number),
            ", ".join(phones if wanted.is_whole else map(masked_phone, phones)),
            member.full_name if member else "",
            format_day(row.paid_until),
            format_day(row.due_on) if row.due_on else "",
            str(payment.months or ""),
            "" if payment.amount is None else format_count(payment.amount),
            sentence(f"renewal_why_{payment.problem}", {}, lang) if payment.problem else "",
        )
