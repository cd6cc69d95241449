"""A filled sheet typed in: good rows are recorded at once, the others come back with what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from vandong.accounts.queries.scope import Actor, NotVisible
from vandong.administration.refusals import Refused, problem
from vandong.contacts.models import ContactWay, Task
from vandong.contacts.queries.tasks import LIVE
from vandong.kernel.findings import Finding
from vandong.outreach.door.sheets import answer_numbers
from vandong.outreach.recording import Said, record_contact
from vandong.outreach.worklists import office_worklist
from vandong.registry.queries.ground import person_to_work_with


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row as typed: the printed code, the answer's number, what goes with it. `key` stands once: a sheet
    sent twice changes nothing."""

    key: UUID
    code: int
    answer: str
    reason: str = ""
    next_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TypedIn:
    """How many rows were recorded, and what keeps each of the others back, by its code."""

    recorded: int
    problems: dict[int, tuple[Finding, ...]]


def record_filled_sheet(
    *,
    actor: Actor,
    worklist_id: int,
    rows: Sequence[FilledRow],
    visited_at: datetime,
    on: date,
    at: datetime,
) -> TypedIn:
    """Records each row in a transaction of its own; rows without an answer are left alone.

    Raises NotAllowed, NotVisible (the list).
    """
    worklist = office_worklist(actor, worklist_id)
    answers = {str(number): outcome for number, outcome in answer_numbers(worklist.aim)}
    own = set(
        Task.objects.filter(worklist=worklist, pk__in=[row.code for row in rows]).values_list(
            "pk", flat=True
        )
    )
    recorded = 0
    problems: dict[int, tuple[Finding, ...]] = {}
    for row in rows:
        if not row.answer:
            continue
        if row.answer not in answers:
            problems[row.code] = (problem("door_answer_unknown", "answer", text=row.answer),)
            continue
        try:
            if row.code not in own:
                raise NotVisible
            said = Said(
                key=row.key,
                task_id=row.code,
                way=ContactWay.DOOR,
                outcome=answers[row.answer],
                captured_at=visited_at,
                reason=row.reason,
                note=row.note,
                next_on=row.next_on,
            )
            record_contact(actor=actor, said=said, on=on, at=at)
        except Refused as refused:
            problems[row.code] = refused.findings
        except NotVisible:
            problems[row.code] = (problem("door_row_gone"),)
        else:
            recorded += 1
    return TypedIn(recorded, problems)


@transaction.atomic
def add_met_person(*, actor: Actor, worklist_id: int, person_id: int, at: datetime) -> Task:
    """Puts somebody met at the door on the list, under the list's own aim; already on it: that task.

    Raises NotAllowed, NotVisible; Refused: worklist_closed.
    """
    from_list = office_worklist(actor, worklist_id, lock=True)
    if from_list.closed_at is not None:
        raise Refused(problem("worklist_closed", name=from_list.name))
    person = person_to_work_with(actor, person_id)
    known = Task.objects.filter(worklist=from_list, person_id=person.pk).first()
    if known is not None:
        return _opened(known)
    return Task.objects.create(
        worklist=from_list,
        person=person,
        household_id=person.household_id,
        hold_key=f"h{person.household_id}" if person.household_id else f"p{person.pk}",
        unit_id=person.unit_today_id,
        cluster_id=person.cluster_id,
        reasons=[{"code": "met", "points": 0, "values": {}}],
        assigned_at=at,
    )


def _opened(task: Task) -> Task:
    """A task that was taken back is open again; one that is finished stays so."""
    if task.state not in (*LIVE, "done"):
        task.state = LIVE[0]
        task.version += 1
        task.save(update_fields=["state", "version"])
    return task
