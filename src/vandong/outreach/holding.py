"""People in hand: given out a few at a time, to one collector each household, until a moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from vandong.accounts.models import Member
from vandong.accounts.queries.scope import Actor, Right, Scope, require, visible_units
from vandong.administration.audit_trail import record
from vandong.administration.refusals import Refused, problem
from vandong.contacts.models import Hold, HoldEnd, Task, Worklist
from vandong.contacts.queries.tasks import (
    LIVE,
    held_tasks,
    member_of,
    pullable_worklists,
    visible_worklist,
)
from vandong.outreach.settings import approach_settings

# Households, best first, that nobody holds. What another worker is just taking is passed over, not waited for.
_NEXT = """
SELECT task.hold_key
FROM contacts_task task
WHERE task.worklist_id = %(worklist)s AND task.state IN ('open', 'waiting')
    AND (task.member_id = %(member)s
        OR (task.member_id IS NULL AND (task.unit_id IS NULL OR task.unit_id = ANY(%(ground)s))))
    AND (task.next_on IS NULL OR task.next_on <= %(on)s)
    AND task.hold_key <> ALL(%(tried)s::text[])
    AND NOT EXISTS (
        SELECT FROM contacts_hold hold WHERE hold.key = task.hold_key AND hold.ended_at IS NULL
    )
ORDER BY task.member_id IS NULL, task.points DESC, task.id
LIMIT %(count)s
FOR UPDATE OF task SKIP LOCKED
"""
# The lock is asked for and never waited for: two workers who want two households cannot block each other.
_TAKE = """
INSERT INTO contacts_hold (key, member_id, worklist_id, held_at, held_until, "end")
SELECT key, %(member)s, %(worklist)s, %(at)s, %(until)s, ''
FROM unnest(%(keys)s::text[]) wanted(key)
WHERE pg_try_advisory_xact_lock(%(lock)s, hashtext(key))
ON CONFLICT (key) WHERE ended_at IS NULL DO NOTHING
RETURNING key
"""
_LOCK = 0x686F6C
"""First half of the advisory lock's key under which a household is taken."""

Values = dict[str, int | str | date | datetime | list[str] | list[int]]


@dataclass(frozen=True, slots=True)
class InHand:
    """The collector's people now: the tasks in order, and how many came with this request."""

    tasks: tuple[Task, ...]
    taken_count: int


@transaction.atomic
def take_next(
    *, actor: Actor, worklist_id: int, on: date, at: datetime, count: int | None = None
) -> InHand:
    """Gives the collector the next people of a list, up to the office's batch in hand at once.

    Who still holds a full batch gets nobody new. A household comes whole, be it one more than asked, and is
    in nobody else's hand. Raises NotAllowed, NotVisible; Refused: worklist_closed.
    """
    worklist = _pullable(actor, worklist_id, on)
    member = member_of(actor, on)
    settings = approach_settings(member.organisation_id)
    end_expired_holds(at=at)
    free = settings.batch_size - held_tasks(member, on, at).count()
    wanted = max(0, min(count or settings.batch_size, free))
    units = visible_units(actor, scope=Scope.ACT, right=Right.ACT_ON_PEOPLE)
    values: Values = {
        "worklist": worklist.pk,
        "member": member.pk,
        "on": on,
        "at": at,
        "until": at + timedelta(minutes=settings.hold_minutes),
        "lock": _LOCK,
        "ground": list(units.values_list("pk", flat=True)),
    }
    taken_count = _take(worklist.pk, values, wanted)
    return InHand(tuple(held_tasks(member, on, at)), taken_count)


def _pullable(actor: Actor, worklist_id: int, on: date) -> Worklist:
    found = pullable_worklists(actor, on).filter(pk=worklist_id).first()
    if found is None:
        closed = visible_worklist(actor, worklist_id)
        raise Refused(problem("worklist_closed", name=closed.name))
    return found


def _take(worklist_id: int, values: Values, wanted: int) -> int:
    """Takes households until `wanted` people are in hand or the list has no more; the number of people."""
    taken: list[str] = []
    tried: set[str] = set()
    count = 0
    while count < wanted:
        keys = _texts(_NEXT, values | {"count": wanted - count, "tried": sorted(tried)})
        if not keys:
            break
        tried |= set(keys)
        taken += _texts(_TAKE, values | {"keys": sorted(set(keys))})
        rows = Task.objects.filter(worklist_id=worklist_id, hold_key__in=taken)
        count = rows.filter(state__in=LIVE).count()
    return count


def _texts(sql: str, values: Values) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def end_expired_holds(*, at: datetime) -> int:
    """Households held too long are free again; the number freed. Rows that somebody is ending are left."""
    expired = Hold.objects.filter(ended_at__isnull=True, held_until__lte=at)
    ids = list(expired.select_for_update(skip_locked=True).values_list("pk", flat=True))
    return Hold.objects.filter(pk__in=ids).update(ended_at=at, end=HoldEnd.EXPIRED)


@transaction.atomic
def give_back(*, actor: Actor, on: date, at: datetime, keys: Sequence[str] | None = None) -> int:
    """Gives households in hand back ("nghỉ, làm tiếp sau"): all of them, or those named. The number freed."""
    member = member_of(actor, on)
    holds = Hold.objects.filter(member=member, ended_at__isnull=True)
    if keys is not None:
        holds = holds.filter(key__in=keys)
    return holds.update(ended_at=at, end=HoldEnd.GIVEN_BACK)


def end_hold(key: str, on: date, at: datetime) -> None:
    """The household leaves the hand when none of its people can be approached on the day any more."""
    still = Q(next_on__isnull=True) | Q(next_on__lte=on)
    if not Task.objects.filter(still, hold_key=key, state__in=LIVE).exists():
        Hold.objects.filter(key=key, ended_at__isnull=True).update(ended_at=at, end=HoldEnd.DONE)


@transaction.atomic
def hand_over(
    *, actor: Actor, from_member_id: int, to_member_id: int, at: datetime, reason: str = ""
) -> int:
    """All people and tasks of a leaver go to a colleague of the office's ground in one act; the number of
    tasks. Contacts and claims stay with who made them.

    Raises NotAllowed; Refused: same_member.
    """
    if from_member_id == to_member_id:
        raise Refused(problem("same_member"))
    members = Member.objects.select_related("organisation").in_bulk([from_member_id, to_member_id])
    leaver, taker = members[from_member_id], members[to_member_id]
    for member in (leaver, taker):
        require(actor, Right.IMPORT_FIGURES, organisation=member.organisation)
    Hold.objects.filter(member=leaver, ended_at__isnull=True).update(
        ended_at=at, end=HoldEnd.HANDED_OVER
    )
    tasks = Task.objects.filter(member=leaver, state__in=LIVE)
    count = tasks.update(member=taker, assigned_at=at)
    after = {"to": taker.full_name, "tasks": count}
    record(actor, "tasks.handed_over", leaver, None, after, at, reason)
    return count
