"""The people of a list as its office sees them: masked, in order, each with why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from vandong.accounts.queries.scope import Actor
from vandong.contacts.models import Task
from vandong.kernel.findings import Finding, Severity
from vandong.outreach.worklists import office_worklist
from vandong.registry.models import Person
from vandong.registry.queries.search import PersonLine, person_line


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A task of a list, masked. `line` is None for staff of an organisation, who have `name` alone."""

    task: Task
    name: str
    line: PersonLine | None
    reasons: tuple[Finding, ...]


def listed_tasks(actor: Actor, worklist_id: int) -> QuerySet[Task]:
    """The tasks of a list, the ones with most points first. Raises NotAllowed, NotVisible."""
    worklist = office_worklist(actor, worklist_id)
    rows = Task.objects.filter(worklist=worklist).select_related("member", "staff", "unit")
    return rows.order_by("-points", "id")


def listed_people(tasks: list[Task]) -> tuple[ListedPerson, ...]:
    """These tasks with their people. Two queries."""
    people = (
        Person.objects.select_related("unit_today")
        .prefetch_related("phones")
        .in_bulk([task.person_id for task in tasks if task.person_id])
    )
    found = []
    for task in tasks:
        person = people.get(task.person_id or 0)
        line = person_line(person, is_own=True) if person else None
        name = line.full_name if line else (task.staff.full_name if task.staff else "")
        found.append(ListedPerson(task, name, line, points_told(task.reasons)))
    return tuple(found)


def points_told(
    reasons: list[Mapping[str, Any]] | tuple[Mapping[str, Any], ...],
) -> tuple[Finding, ...]:
    """Stored reasons as codes with values: days are days again; the points stand beside."""
    return tuple(
        Finding(
            f"priority_{one['code']}",
            {name: _value(name, value) for name, value in one.get("values", {}).items()}
            | {"points": one["points"]},
            severity=Severity.INFO,
        )
        for one in reasons
    )


def _value(name: str, value: object) -> object:
    return date.fromisoformat(str(value)) if name.endswith("_on") else value
