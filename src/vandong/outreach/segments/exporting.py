"""The people of a segment as a spreadsheet: for a reason, counted, limited, marked with whose file it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from vandong.accounts.queries.organisations import own_office
from vandong.accounts.queries.scope import Actor, Right, require
from vandong.administration.audit_trail import Subject, record
from vandong.administration.refusals import problem, refuse_all
from vandong.audit.models import AuditEvent
from vandong.kernel.names import clean
from vandong.law import LawBook
from vandong.outreach.segments.people import people_ids
from vandong.outreach.segments.saved import chosen_segment
from vandong.outreach.settings import approach_settings
from vandong.papers.returned_sheet import ReturnedSheet, returned_sheet
from vandong.phrases import sentence
from vandong.places.models import Unit
from vandong.registry.models import Person
from vandong.registry.queries.masking import (
    masked_address,
    masked_birth,
    masked_number,
    masked_phone,
)

ACTION = "people.exported.viewed"
LEAST_REASON, LONGEST_REASON = 10, 300
_DAY = timedelta(days=1)
_STEP = 1_000
_HEADS = (
    *("number", "name", "birth", "sex", "unit", "address", "personal_id", "si_number", "phones"),
    "member",
)


@dataclass(frozen=True, slots=True)
class ExportWanted:
    """`code`: of the segment. `unit`: that place and below only. `is_whole`: numbers, address and day of birth
    in clear. `title`: the segment in the reader's words."""

    code: str
    title: str
    on: date
    unit: Unit | None
    reason: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Exported:
    """The file, under which number it stands in the audit trail, and how many people it holds."""

    content: bytes
    number: int
    count: int


@transaction.atomic
def export_segment(
    *, actor: Actor, wanted: ExportWanted, book: LawBook, lang: str, at: datetime
) -> Exported:
    """An xlsx file of the segment's people of the actor's own, recorded before it exists.

    Raises NotAllowed, NotVisible; Refused: export_reason_missing, export_reason_too_long, export_nobody,
    export_too_many, export_day_full.
    """
    require(actor, Right.EXPORT_PEOPLE)
    reason = clean(wanted.reason)
    rule = chosen_segment(actor, wanted.code).rule
    ids = people_ids(actor, rule, book, wanted.on, wanted.unit)
    refuse_export(actor, reason, len(ids), at)
    kept = {"count": len(ids), "is_whole": wanted.is_whole, "on": wanted.on}
    subject = Subject("segment", wanted.code[:80], wanted.title)
    event = record(actor, ACTION, subject, None, kept, at, reason)
    sheet = ReturnedSheet(
        heads=[[sentence(f"export_head_{head}", {}, lang)] for head in _HEADS],
        rows=_rows(ids, is_whole=wanted.is_whole, lang=lang),
        titles=_titles(actor, wanted, event, len(ids), lang),
        name=sentence("export_sheet", {}, lang),
        footer=export_mark(actor, event, at, lang),
    )
    return Exported(returned_sheet(sheet), event.pk, len(ids))


def exported_today(actor: Actor, at: datetime) -> int:
    """People in the files that the actor has taken within the last 24 hours."""
    events = AuditEvent.objects.filter(actor_id=actor.user_id, action=ACTION, at__gt=at - _DAY)
    return sum(
        int((after or {}).get("count", 0)) for after in events.values_list("after", flat=True)
    )


def refuse_export(actor: Actor, reason: str, count: int, at: datetime) -> None:
    """Whether the actor may take so many people now, for that reason. Raises Refused with every problem."""
    office = own_office(actor)
    limits = approach_settings(office.pk if office else None)
    problems = []
    if len(reason) < LEAST_REASON:
        problems.append(problem("export_reason_missing", "reason", limit=LEAST_REASON))
    if len(reason) > LONGEST_REASON:
        problems.append(problem("export_reason_too_long", "reason", limit=LONGEST_REASON))
    if not count:
        problems.append(problem("export_nobody"))
    if count > limits.export_limit:
        problems.append(problem("export_too_many", found=count, limit=limits.export_limit))
    elif (before := exported_today(actor, at)) + count > limits.export_day_limit:
        problems.append(problem("export_day_full", before=before, limit=limits.export_day_limit))
    refuse_all(problems)


def _titles(
    actor: Actor, wanted: ExportWanted, event: AuditEvent, count: int, lang: str
) -> tuple[str, ...]:
    about = {"count": count, "on": wanted.on, "place": wanted.unit.name if wanted.unit else "–"}
    return (
        wanted.title,
        sentence("export_about", about, lang),
        sentence("export_reason", {"reason": event.reason}, lang),
        export_mark(actor, event, event.at, lang),
        sentence("export_duty", {}, lang),
    )


def export_mark(actor: Actor, event: AuditEvent, at: datetime, lang: str) -> str:
    """Whose file it is and under which number it stands in the audit trail."""
    return sentence("export_mark", {"name": actor.name, "number": event.pk, "on": at.date()}, lang)


def _rows(ids: list[int], *, is_whole: bool, lang: str) -> Iterator[tuple[str, ...]]:
    sexes = {code: sentence(f"export_sex_{code}", {}, lang) for code in ("F", "M")}
    rows = Person.objects.select_related("unit_today", "member").prefetch_related("phones")
    for start in range(0, len(ids), _STEP):
        people = rows.in_bulk(ids[start : start + _STEP])
        for number, person_id in enumerate(ids[start : start + _STEP], start + 1):
            person = people[person_id]
            yield (
                str(number),
                person.full_name,
                _birth(person) if is_whole else masked_birth(person.birth_on),
                sexes.get(person.sex, ""),
                person.unit_today.name if person.unit_today else "",
                person.address if is_whole else masked_address(person.address),
                person.personal_id if is_whole else masked_number(person.personal_id),
                person.si_number if is_whole else masked_number(person.si_number),
                _phones(person, is_whole=is_whole),
                person.member.full_name if person.member else "",
            )


def _phones(person: Person, *, is_whole: bool) -> str:
    numbers = [one.number for one in sorted(person.phones.all(), key=lambda one: one.rank)]
    return ", ".join(numbers if is_whole else map(masked_phone, numbers))


def _birth(person: Person) -> str:
    if person.birth_on is None or person.birth_precision == "year":
        return masked_birth(person.birth_on)
    return person.birth_on.strftime("%d/%m/%Y")
