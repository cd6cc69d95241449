"""50 workers press "next people" on one list at once for 60 s: no household twice, no lock left, throughput."""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, connections, transaction
from django.utils import timezone

from vandong.accounts.models import Grant, Member, Organisation, Role, User
from vandong.accounts.queries.scope import actor_for
from vandong.contacts.models import Hold, Task, Worklist
from vandong.outreach.holding import give_back, take_next

WORKERS = 50
SECONDS = float(os.environ.get("BENCH_SECONDS_NEXT", "60"))


class _Hands:
    """Who was told to have which household: from the answer until just before it is given back."""

    def __init__(self) -> None:
        self._lock, self._held = threading.Lock(), dict[str, int]()
        self.doubles = 0

    def take(self, keys: set[str], number: int) -> None:
        with self._lock:
            self.doubles += sum(key in self._held for key in keys)
            self._held |= dict.fromkeys(keys, number)

    def leave(self, keys: set[str]) -> None:
        with self._lock:
            for key in keys:
                self._held.pop(key, None)


def press_next(worklist: Worklist) -> bool:
    """Prints how many presses were answered a second; whether a household was in two hands or a lock is left.


    Every worker takes twenty people, gives them back, and takes the next: the hardest case for the list.
    """
    users = _workers(worklist)
    until = time.monotonic() + SECONDS
    gate, hands = threading.Barrier(WORKERS), _Hands()

    def press(number: int) -> int:
        actor = actor_for(users[number], timezone.localdate())
        gate.wait()
        count = 0
        while time.monotonic() < until:
            at = timezone.now()
            found = take_next(actor=actor, worklist_id=worklist.pk, on=at.date(), at=at)
            count += 1
            keys = {task.hold_key for task in found.tasks}
            hands.take(keys, number)
            hands.leave(keys)
            give_back(actor=actor, on=at.date(), at=timezone.now())
        connections.close_all()
        return count

    with ThreadPoolExecutor(WORKERS) as pool:
        counts = list(pool.map(press, range(WORKERS)))
    locks = _locks()
    print(
        f"outreach: {WORKERS} workers pressed next for {SECONDS:.0f} s on a list of"
        f" {worklist.tasks.count():,}: {sum(counts) / SECONDS:.0f} presses a second,"
        f" {min(counts)} to {max(counts)} each, {hands.doubles} households in two hands, {locks} locks left",
        flush=True,
    )
    _clear(users)
    return not hands.doubles and not locks


def _workers(worklist: Worklist) -> list[User]:
    office = Organisation.objects.order_by("pk")[0]
    found = []
    with transaction.atomic():
        for number in range(WORKERS):
            user, _ = User.objects.get_or_create(username=f"bench-next-{number}")
            Grant.objects.get_or_create(
                user=user,
                role=Role.COLLECTOR,
                unit=worklist.unit,
                defaults={"granted_at": timezone.now()},
            )
            Member.objects.get_or_create(
                organisation=office, staff_code=f"bench-{number}", defaults={"user": user}
            )
            found.append(user)
        Task.objects.filter(worklist=worklist).update(member=None)
    return found


def _locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database
            WHERE locktype = 'advisory' AND datname = current_database()"""
        )
        return int(cursor.fetchone()[0])


def _clear(users: list[User]) -> None:
    with transaction.atomic():
        Hold.objects.filter(member__user__in=users).delete()
        Member.objects.filter(user__in=users).delete()
        Grant.objects.filter(user__in=users).delete()
        User.objects.filter(pk__in=[user.pk for user in users]).delete()
