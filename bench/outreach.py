"""Worklists over 1,000,000 people, who is due, and a collector's pages under 50 users.

The people are those of `bench/people.py`. The list that is measured is undone at the end; a small one for the
demo's collector stays, so that the site has pages to serve.
"""

import os
from collections.abc import Callable

import httpx
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bench.effort import effort
from bench.load import steady_load
from bench.made_up_register import AS_OF, PROVINCE, load_register
from bench.outreach_next import press_next
from bench.site import running_site
from vandong.accounts.models import Member, User
from vandong.accounts.queries.scope import Actor, actor_for
from vandong.contacts.models import Aim, Task, Way, Worklist
from vandong.law import law_book
from vandong.outreach.assigning import assign_tasks
from vandong.outreach.segments.due import due_items
from vandong.outreach.worklists import Wanted, make_worklist
from vandong.places.models import Unit, UnitKind
from vandong.places.queries.units import units_on
from vandong.registry.models import Person

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "1000000"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "40"))
USERS, COLLECTOR, NAME, SEGMENT = 50, "nhanvienthu", "bench", "household_card"
LIST_SECONDS, DUE_SECONDS, PAGE_MS = 10, 2, 100
DUE_DAYS = 30
_ACTOR = Actor.system("bench")


def bench_outreach() -> bool:
    """Prints seconds and latencies; whether all are within what is allowed."""
    if Person.objects.count() < PEOPLE:
        print(f"outreach: copying a made-up province of {PEOPLE:,} people in, once", flush=True)
        load_register(PEOPLE, settings.ENVIRONMENT.home / "bench" / f"province_{PEOPLE}")
    return all([_list(), _due(), _next(), _pages()])


def _next() -> bool:
    _own_tasks()
    worklist = Worklist.objects.get(name=NAME, closed_at__isnull=True)
    members = list(Task.objects.filter(worklist=worklist).values_list("pk", "member_id"))
    passed = press_next(worklist)
    for member in {member for _, member in members}:
        ids = [pk for pk, one in members if one == member]
        Task.objects.filter(pk__in=ids).update(member=member)
    return passed


def _list() -> bool:
    province = units_on(AS_OF).get(kind=UnitKind.PROVINCE, code=PROVINCE)
    with transaction.atomic(), effort() as spent:
        made = _made(_ACTOR, province, "bench, whole province")
        count = made.tasks.count()
        transaction.set_rollback(True)
    print(
        f"outreach: a list of {count:,} out of {Person.objects.count():,} people, with points and"
        f" reasons: {spent.clock:.1f} s by the clock, {LIST_SECONDS} s allowed",
        flush=True,
    )
    return spent.clock <= LIST_SECONDS


def _made(actor: Actor, unit: Unit, name: str) -> Worklist:
    wanted = Wanted(SEGMENT, Aim.JOIN_SI, Way.PHONE, unit.pk, name)
    now = timezone.now()
    return make_worklist(actor=actor, wanted=wanted, book=law_book(), on=AS_OF, at=now)


def _due() -> bool:
    with effort() as spent:
        found = due_items(_ACTOR, law_book(), AS_OF, DUE_DAYS)
    print(
        f"outreach: due within {DUE_DAYS} days: {len(found):,} people and schemes, with reasons:"
        f" {spent.clock:.1f} s by the clock, {DUE_SECONDS} s allowed",
        flush=True,
    )
    return spent.clock <= DUE_SECONDS


def _pages() -> bool:
    tasks = _own_tasks()
    with running_site(COLLECTOR) as open_client:
        day = _measured(open_client, "the collector's day", ["/van-dong/hom-nay"])
        call = _measured(open_client, "a call", [f"/van-dong/goi/{task}" for task in tasks])
    return day and call


def _own_tasks() -> list[int]:
    """People whom the demo's collector has by name, on a list that stays."""
    user = User.objects.get(username=COLLECTOR)
    member = Member.objects.get(user=user)
    unit = actor_for(user, timezone.localdate()).grants[0].unit_id
    worklist = Worklist.objects.filter(name=NAME, closed_at__isnull=True).first()
    if worklist is None:
        worklist = _made(_ACTOR, Unit.objects.get(pk=unit), NAME)
        assign_tasks(
            actor=_ACTOR,
            worklist_id=worklist.pk,
            member_ids=[member.pk],
            on=timezone.localdate(),
            at=timezone.now(),
        )
    rows = Task.objects.filter(worklist=worklist, member=member).order_by("-points", "pk")
    return list(rows.values_list("pk", flat=True)[:200])


def _measured(open_client: Callable[[], httpx.Client], title: str, paths: list[str]) -> bool:
    with open_client() as client:
        for path in paths[:12]:
            client.get(path).raise_for_status()
    timings = steady_load(open_client, paths, users=USERS, seconds=SECONDS)
    worst = timings.at(0.95)
    print(
        f"outreach: {title}: {USERS} users, {len(timings.seconds)} requests over {len(paths):,} addresses,"
        f" p50 {timings.at(0.5):.0f} ms, p95 {worst:.0f} ms of {PAGE_MS} allowed,"
        f" max {timings.at(1):.0f} ms, {timings.errors} errors",
        flush=True,
    )
    return timings.errors == 0 and worst <= PAGE_MS
