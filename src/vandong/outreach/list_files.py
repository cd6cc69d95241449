"""A list as a spreadsheet: masked as on the page, and recorded."""

from datetime import datetime

from django.db import transaction

from vandong.accounts.queries.scope import Actor
from vandong.administration.audit_trail import record
from vandong.contacts.models import Outcome, TaskState
from vandong.kernel.days import format_day
from vandong.outreach.list_people import ListedPerson, listed_people, listed_tasks
from vandong.outreach.worklists import office_worklist
from vandong.papers.returned_sheet import ReturnedSheet, returned_sheet
from vandong.phrases import finding_sentence, sentence

MOST_ROWS = 20_000
_STEP = 2_000
_HEADS = (
    "number",
    "name",
    "birth",
    "unit",
    "phone",
    "points",
    "reasons",
    "member",
    "state",
    "outcome",
)


@transaction.atomic
def worklist_file(*, actor: Actor, worklist_id: int, lang: str, at: datetime) -> bytes:
    """An xlsx file of the first `MOST_ROWS` people, numbers covered. Raises NotAllowed, NotVisible."""
    worklist = office_worklist(actor, worklist_id)
    tasks = list(listed_tasks(actor, worklist_id)[:MOST_ROWS])
    rows: list[tuple[str, ...]] = []
    for start in range(0, len(tasks), _STEP):
        for one in listed_people(tasks[start : start + _STEP]):
            rows.append((str(len(rows) + 1), *_row(one, lang)))
    record(actor, "worklist.exported.viewed", worklist, None, {"tasks": len(rows)}, at)
    return returned_sheet(
        ReturnedSheet(
            heads=[[sentence(f"list_head_{head}", {}, lang)] for head in _HEADS],
            rows=rows,
            titles=(worklist.name, format_day(worklist.on)),
            name=sentence("list_sheet", {}, lang),
        )
    )


def _row(one: ListedPerson, lang: str) -> tuple[str, ...]:
    task, line = one.task, one.line
    said = sentence(f"outcome_{Outcome(task.outcome).value}", {}, lang) if task.outcome else ""
    return (
        one.name,
        line.birth_year if line else "",
        line.unit if line else "",
        line.phone if line else "",
        str(task.points),
        "; ".join(finding_sentence(reason, lang) for reason in one.reasons),
        task.member.full_name if task.member else "",
        sentence(f"task_{TaskState(task.state).value}", {}, lang),
        said,
    )
