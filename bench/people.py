"""Looking people up: 50 users search, open persons and count segments over 1,000,000 people.

The people are a made-up province copied straight in (`bench/made_up_register.py`), once for an installation.
`BENCH_PEOPLE=8500000` shows the growth; `BENCH_SECONDS` is how long each load lasts.
"""

import os
import random
from collections.abc import Callable
from pathlib import Path

import httpx
from django.conf import settings
from django.db import connection
from django.utils import timezone

from bench.load import steady_load
from bench.made_up_register import load_register
from bench.site import running_site
from vandong.accounts.models import User
from vandong.accounts.queries.scope import actor_for
from vandong.outreach.segments.ready_made import ready_made
from vandong.registry.models import Person
from vandong.registry.queries.ground import own_reach

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "1000000"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "40"))
USERS, OFFICER = 50, "canbo"
SEARCH_MS, PERSON_MS, COUNT_MS = 150, 100, 500
CHOSEN = 400


def bench_people() -> bool:
    """Prints the latencies; whether all are within what is allowed."""
    if Person.objects.count() < PEOPLE:
        print(f"people: copying a made-up province of {PEOPLE:,} people in, once", flush=True)
        load_register(PEOPLE, settings.ENVIRONMENT.home / "bench" / Path(f"province_{PEOPLE}"))
    people = list(_people())
    with running_site(OFFICER) as open_client:
        return all(
            [
                _measured(open_client, "name and number search", _searches(people), SEARCH_MS),
                _measured(
                    open_client,
                    "person page",
                    [f"/nguoi-dan/{one[0]}" for one in people],
                    PERSON_MS,
                ),
                _measured(open_client, "segment count of a commune", _counts(people), COUNT_MS),
            ]
        )


def _people() -> list[tuple[int, str, str, int]]:
    """Some of the officer's communes, from all over: id, name without diacritics, personal ID, commune."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, name_fold, personal_id, unit_today_id FROM registry_person"
            " WHERE unit_today_id = ANY(%s) AND merged_into_id IS NULL AND id %% 53 = 0",
            [_own_units()],
        )
        found: list[tuple[int, str, str, int]] = cursor.fetchall()
    return random.Random(5).sample(found, min(CHOSEN, len(found)))


def _own_units() -> list[int]:
    user = User.objects.get(username=OFFICER)
    actor = actor_for(user, timezone.localdate())
    return list(own_reach(actor).unit_ids or ())


def _searches(people: list[tuple[int, str, str, int]]) -> list[str]:
    """As people type: beginnings of names, given name and surname, whole names, numbers."""
    typed = []
    for _id, name, personal_id, _unit in people:
        words = name.split()
        typed += [name, " ".join(words[:2]), words[-1], name[: len(name) // 2 + 1]]
        typed += [personal_id] if personal_id else []
    return [str(httpx.URL("/nguoi-dan", params={"tim": text})) for text in typed]


def _counts(people: list[tuple[int, str, str, int]]) -> list[str]:
    units = sorted({unit for *_rest, unit in people})
    return [f"/nguoi-dan/nhom/{code}/dem?don-vi={unit}" for code in ready_made() for unit in units]


def _measured(
    open_client: Callable[[], httpx.Client], title: str, paths: list[str], allowed: int
) -> bool:
    with open_client() as client:
        for path in paths[:12]:
            client.get(path).raise_for_status()
    timings = steady_load(open_client, paths, users=USERS, seconds=SECONDS)
    worst = timings.at(0.95)
    print(
        f"people: {title}: {USERS} users, {len(timings.seconds)} requests over {len(paths):,} addresses,"
        f" p50 {timings.at(0.5):.0f} ms, p95 {worst:.0f} ms of {allowed} allowed,"
        f" max {timings.at(1):.0f} ms, {timings.errors} errors",
        flush=True,
    )
    return timings.errors == 0 and worst <= allowed
