"""How lists go: people by state and outcome, by collector, by commune; what is left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from vandong.accounts.queries.scope import Actor, Right, require
from vandong.contacts.models import Contact, Hold, Outcome, Task, TaskState, Worklist
from vandong.contacts.queries.tasks import LIVE, visible_worklists
from vandong.outreach.consequences import REACHED
from vandong.outreach.worklists import office_worklist

AGREED = (Outcome.AGREED_JOIN, Outcome.AGREED_RENEW)
_LEFT = Q(state__in=LIVE)
_TRIED = Q(attempt_count__gt=0)
_REACHED = Q(outcome__in=sorted(REACHED)) & _TRIED
_AGREED = Q(outcome__in=AGREED)


@dataclass(frozen=True, slots=True)
class Counts:
    """People of a list, or of a part of it. `approached`: tried once at least (denominator of F7). `reached`:
    spoken to, by the latest word. `left`: still to be approached, now or later."""

    total: int
    approached: int
    reached: int
    agreed: int
    left: int

    @property
    def done(self) -> int:
        """Nobody needs to come back to these."""
        return self.total - self.left


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list among others."""

    worklist: Worklist
    counts: Counts


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a list under its name; empty: without one. `key`: of the collector or the commune."""

    key: int | None
    name: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class WorkDone:
    """What one collector did on the list: attempts, people spoken to, people who agreed."""

    name: str
    attempts: int
    reached: int
    agreed: int


@dataclass(frozen=True, slots=True)
class ListProgress:
    """One list on a day. `later`: to be approached again after the day; `held`: in hand now."""

    worklist: Worklist
    counts: Counts
    outcomes: Mapping[str, int]
    later: int
    held: int
    unassigned: int
    collectors: tuple[Part, ...]
    communes: tuple[Part, ...]
    work: tuple[WorkDone, ...]


def list_lines(actor: Actor) -> tuple[ListLine, ...]:
    """The lists of the office's ground, open ones first. Two queries. Raises NotAllowed."""
    require(actor, Right.IMPORT_PEOPLE)
    lists = list(visible_worklists(actor).select_related("unit", "made_by")[:200])
    lists.sort(key=lambda one: one.closed_at is not None)
    found = {
        row["worklist"]: row
        for row in _counted(Task.objects.filter(worklist__in=lists).values("worklist"))
    }
    return tuple(ListLine(one, _counts(found.get(one.pk, {}))) for one in lists)


def list_progress(actor: Actor, worklist_id: int, on: date, at: datetime) -> ListProgress:
    """Everything of one list's page. The number of queries does not grow with the people.

    Raises NotAllowed, NotVisible.
    """
    worklist = office_worklist(actor, worklist_id)
    tasks = Task.objects.filter(worklist=worklist).order_by()
    outcomes = tasks.filter(attempt_count__gt=0).values_list("outcome").annotate(Count("pk"))
    held = Hold.objects.filter(worklist=worklist, ended_at__isnull=True, held_until__gt=at)
    return ListProgress(
        worklist=worklist,
        counts=_counts(next(iter(_counted(tasks.values("worklist"))), {})),
        outcomes=dict(outcomes),
        later=tasks.filter(state=TaskState.WAITING, next_on__gt=on).count(),
        held=tasks.filter(_LEFT, hold_key__in=held.values("key")).count(),
        unassigned=tasks.filter(_LEFT, member__isnull=True).count(),
        collectors=_parts(tasks, "member", "member__full_name"),
        communes=_parts(tasks, "unit", "unit__name"),
        work=_work(worklist),
    )


def _counted(rows: object) -> list[dict[str, int]]:
    return list(
        rows.annotate(  # type: ignore[attr-defined]
            total=Count("pk"),
            approached=Count("pk", filter=_TRIED),
            reached=Count("pk", filter=_REACHED),
            agreed=Count("pk", filter=_AGREED),
            left=Count("pk", filter=_LEFT),
        )
    )


def _counts(row: Mapping[str, int]) -> Counts:
    names = ("total", "approached", "reached", "agreed", "left")
    return Counts(**{name: row.get(name, 0) for name in names})


def _parts(tasks: object, key: str, name: str) -> tuple[Part, ...]:
    rows = _counted(tasks.values(key, name))  # type: ignore[attr-defined]
    parts = [Part(row[key], str(row[name] or ""), _counts(row)) for row in rows]
    return tuple(sorted(parts, key=lambda one: (-one.counts.left, one.name)))


def _work(worklist: Worklist) -> tuple[WorkDone, ...]:
    """In the order of names: nobody is ranked (domain.md 3.3, 002)."""
    rows = Contact.objects.filter(task__worklist=worklist, undone_at__isnull=True)
    found = (
        rows.values("member", "member__full_name")
        .annotate(
            attempts=Count("pk"),
            reached=Count("task", filter=Q(outcome__in=sorted(REACHED)), distinct=True),
            agreed=Count("task", filter=_AGREED, distinct=True),
        )
        .order_by("member__full_name", "member")
    )
    return tuple(
        WorkDone(row["member__full_name"] or "", row["attempts"], row["reached"], row["agreed"])
        for row in found
    )
