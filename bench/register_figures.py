"""The register counts itself: over 1,000,000 spells × 36 months ≤ 60 s, one day ≤ 60 s and its growth; segments
counted by 1,000,000 people.

The register is a made-up province copied straight in (`bench/made_up_register.py`); all four schemes of it are
counted here, so that the spells are a million. Nothing is kept.
"""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from bench.made_up_register import AS_OF, load_register
from vandong.accounts.queries.scope import Actor
from vandong.law import law_book
from vandong.outreach.segments.people import people_count, people_page
from vandong.outreach.segments.ready_made import ready_made
from vandong.places.models import Unit
from vandong.planning.register_figures import Grain, rebuilding
from vandong.registry.models import Participation, Person

PEOPLE = 1_000_000
ALL_SCHEMES = ("bhxh_tn", "bhyt_hgd", "bhxh_bb", "bhyt")
MONTHS_FROM, MOST_SECONDS = date(2023, 11, 1), 60.0
COUNT_MILLISECONDS, RUNS = 500.0, 5
ME = Actor.system("bench")
AT = datetime(2026, 11, 1, tzinfo=UTC)


def bench_figures() -> bool:
    """Prints every figure; whether the rebuilding and the counts of a commune are within their targets."""
    if Person.objects.count() < PEOPLE:
        print(f"figures: copying a made-up province of {PEOPLE:,} people in, once")
        load_register(PEOPLE, settings.ENVIRONMENT.home / "bench" / Path(f"province_{PEOPLE}"))
    met = [_months(), _one_day()]
    return all([*met, _segments()])


def _months() -> bool:
    spells = Participation.objects.count()
    seconds, counts = _rebuilt(MONTHS_FROM, Grain.MONTH)
    print(
        f"figures: {spells:,} spells x {counts.period_count} months, {counts.new_count:,} figures"
        f" in {seconds:.1f} s, {MOST_SECONDS:.0f} s allowed"
    )
    return seconds <= MOST_SECONDS


def _one_day() -> bool:
    seconds, counts = _rebuilt(AS_OF, Grain.DAY)
    print(
        f"figures: one day, {counts.new_count:,} figures in {seconds:.1f} s, {MOST_SECONDS:.0f} s allowed"
    )
    return seconds <= MOST_SECONDS


def _rebuilt(first_on: date, grain: Grain) -> tuple[float, rebuilding.RebuildCounts]:
    """From a state without figures of the register; all is undone."""
    known, rebuilding.COUNTED_SCHEMES = rebuilding.COUNTED_SCHEMES, ALL_SCHEMES
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE figures_observation SET live = false WHERE source_kind = 'register'"
                )
            start = time.perf_counter()
            counts = rebuilding.rebuild_register_figures(
                actor=ME, book=law_book(), first_on=first_on, last_on=AS_OF, at=AT, grain=grain
            )
            seconds = time.perf_counter() - start
            transaction.set_rollback(True)
    finally:
        rebuilding.COUNTED_SCHEMES = known
    return seconds, counts


def _segments() -> bool:
    """Each ready-made segment, of the whole province and of its largest commune."""
    unit = _largest_commune()
    worst = 0.0
    for code, one in ready_made().items():
        whole, found = _median(lambda rule=one.rule: people_count(ME, rule, law_book(), AS_OF))
        own, _ = _median(lambda rule=one.rule: people_count(ME, rule, law_book(), AS_OF, unit))
        page, _ = _median(lambda rule=one.rule: people_page(ME, rule, law_book(), AS_OF, unit=unit))
        worst = max(worst, own)
        print(
            f"figures: segment {code}: {found:,} people in {whole:.0f} ms;"
            f" in {unit.name} {own:.0f} ms, first page {page:.0f} ms"
        )
    print(
        f"figures: slowest count of a commune {worst:.0f} ms, {COUNT_MILLISECONDS:.0f} ms allowed"
    )
    return worst <= COUNT_MILLISECONDS


def _largest_commune() -> Unit:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit_today_id FROM registry_person GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
        )
        return Unit.objects.get(pk=cursor.fetchone()[0])


def _median(work: Callable[[], object]) -> tuple[float, object]:
    spent, made = [], None
    for _ in range(RUNS):
        start = time.perf_counter()
        made = work()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent), made
