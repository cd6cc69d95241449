"""The verb that counts the register and keeps the counts as observations beside the official ones.

Rows are only added: what comes out otherwise than before supersedes what stood, what comes out the same stays,
what is no longer so is taken out of use. Official figures are another kind of source and are never touched.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import localdate

from vandong.accounts.queries.scope import Actor, NotAllowed, Right, is_everywhere, require
from vandong.administration.audit_trail import record
from vandong.documents.models import Batch, BatchState
from vandong.figures.models import Scheme
from vandong.jobs.models import Job, JobState
from vandong.jobs.queue import enqueue
from vandong.law import LawBook
from vandong.places.models import Tree, Unit
from vandong.places.queries.units import subtree
from vandong.planning.register_figures import statements
from vandong.planning.register_figures.periods import (
    Grain,
    Period,
    first_day_kept,
    periods_between,
)
from vandong.registry.queries.counted import counted_spans

REGISTER_TASK = "figures.register"
BATCH_KIND = "register_figures"
SOURCE = "Dữ liệu quản lý"
COUNTED_SCHEMES: tuple[str, ...] = (Scheme.BHXH_TN, Scheme.BHYT_HGD)
"""The two schemes whose people the drives keep whole. Of the others the register knows some: no stock."""

_LOCK = 0x696D70
"""First half of the key of the advisory lock of figures; the second tells the register's from imports."""
_WORK_MEMORY = "256MB"


@dataclass(frozen=True, slots=True)
class RebuildCounts:
    """Observations by what became of them; `first_on` to `last_on` is the span in the end counted."""

    first_on: date
    last_on: date
    period_count: int
    new_count: int
    changed_count: int
    gone_count: int
    unchanged_count: int


@transaction.atomic
def rebuild_register_figures(
    *,
    actor: Actor,
    book: LawBook,
    first_on: date,
    last_on: date,
    at: datetime,
    grain: Grain = Grain.DAY,
    unit: Unit | None = None,
) -> RebuildCounts:
    """Counts the register from `first_on` to `last_on`, both included; `unit`: for it and what is below only.

    The span grows where it cuts a month that was counted whole. Raises NotAllowed; ValueError when the days
    are reversed.
    """
    _authorise(actor, unit)
    if first_on > last_on:
        raise ValueError("days reversed")
    _run("SELECT pg_advisory_xact_lock(%s, 1)", [_LOCK])
    _run(f"SET LOCAL work_mem = '{_WORK_MEMORY}'")
    values = _scope(unit, at) | {"first_on": first_on, "last_on": last_on}
    periods = _whole_periods(values, grain)
    _make(book, values | _of(periods))
    counts = _compare(periods, values | _of(periods))
    if counts.new_count or counts.changed_count or counts.gone_count:
        _keep(actor, counts, unit, at, values | _of(periods))
    return counts


def _authorise(actor: Actor, unit: Unit | None) -> None:
    require(actor, Right.IMPORT_FIGURES, unit)
    if unit is None and not is_everywhere(actor, Right.IMPORT_FIGURES):
        raise NotAllowed("no_right", {"right": Right.IMPORT_FIGURES.value})


def _scope(unit: Unit | None, at: datetime) -> dict[str, Any]:
    today = localdate(at)
    units = None
    if unit is not None:
        units = [unit.pk, *subtree(unit, Tree.ADMINISTRATIVE, today).values_list("pk", flat=True)]
    return {
        "schemes": list(COUNTED_SCHEMES),
        "units": units,
        "today": today,
        "zone": settings.TIME_ZONE,
        "left_by": json.dumps(statements.LEFT_BY),
        "always": list(statements.ALWAYS_WRITTEN),
    }


def _whole_periods(values: Mapping[str, Any], grain: Grain) -> tuple[Period, ...]:
    """The periods of the span, widened until no row that stays in use lies across its ends."""
    first_on, last_on = values["first_on"], values["last_on"]
    while True:
        periods = periods_between(first_on, last_on, grain)
        asked = {**values, "first_on": periods[0].first_on, "last_on": periods[-1].last_on}
        [(touched_from, touched_on)] = _rows(statements.TOUCHED, asked)
        first_on = min(touched_from or asked["first_on"], asked["first_on"])
        last_on = max(touched_on or asked["last_on"], asked["last_on"])
        if (first_on, last_on) == (asked["first_on"], asked["last_on"]):
            return periods


def _of(periods: Sequence[Period]) -> dict[str, Any]:
    return {
        "first_on": periods[0].first_on,
        "last_on": periods[-1].last_on,
        "starts": [period.first_on for period in periods],
        "ends": [period.last_on for period in periods],
    }


def _make(book: LawBook, values: Mapping[str, Any]) -> None:
    """The rows as they should stand, in temporary tables of this transaction."""
    _run(
        "DROP TABLE IF EXISTS pg_temp.register_home, pg_temp.register_above, pg_temp.register_piece,"
        " pg_temp.register_event, pg_temp.register_sum, pg_temp.register_figure, pg_temp.register_match"
    )
    _run(statements.HOMES, values)
    _run(statements.ABOVE, values)
    _run("ANALYZE register_home, register_above")
    counted = counted_spans(book, values["schemes"])
    last_on = values["last_on"]
    _run(statements.PIECES.format(counted=counted.sql), [*counted.values, last_on, last_on])
    _run("ANALYZE register_piece")
    for statement in (statements.EVENTS, statements.RECEIPTS, statements.APPROACHED):
        _run(statement, values)
    _run("ANALYZE register_event")
    _run(statements.SUMS, values)
    _run(statements.GROSS)
    _run("ANALYZE register_sum")
    _run(statements.FIGURES, values)
    _run("ANALYZE register_figure")


def _compare(periods: Sequence[Period], values: Mapping[str, Any]) -> RebuildCounts:
    _run(statements.MATCHES, values)
    _run("ANALYZE register_match")
    [(made, same, changed, gone)] = _rows(
        "SELECT (SELECT count(*) FROM register_figure), count(*) FILTER (WHERE is_same),"
        " count(*) FILTER (WHERE NOT is_same), count(*) FILTER (WHERE is_same IS NULL) FROM register_match"
    )
    return RebuildCounts(
        first_on=periods[0].first_on,
        last_on=periods[-1].last_on,
        period_count=len(periods),
        new_count=made - same - changed,
        changed_count=changed,
        gone_count=gone,
        unchanged_count=same,
    )


def _keep(
    actor: Actor, counts: RebuildCounts, unit: Unit | None, at: datetime, values: Mapping[str, Any]
) -> None:
    added = counts.new_count + counts.changed_count
    batch = Batch.objects.create(
        kind=BATCH_KIND,
        source_text=SOURCE,
        created_by_id=actor.user_id,
        created_at=at,
        state=BatchState.COMMITTED,
        row_count=added + counts.unchanged_count,
        accepted_count=added,
        unchanged_count=counts.unchanged_count,
        options={"from": counts.first_on.isoformat(), "to": counts.last_on.isoformat()},
    )
    _run(statements.SUPERSEDE, {**values, "batch": batch.pk})
    _run(statements.INSERT, {**values, "batch": batch.pk})
    told: dict[str, object] = {
        "from": counts.first_on.isoformat(),
        "to": counts.last_on.isoformat(),
        "unit": unit.name if unit else "",
        "new": counts.new_count,
        "changed": counts.changed_count,
        "no_longer": counts.gone_count,
    }
    record(actor, "register_figures.rebuilt", batch, None, told, at)


def enqueue_register_figures(actor: Actor, days_from: date, at: datetime) -> Job:
    """After a commit that changes the register from `days_from` on: its figures are counted again from there.

    Call it inside the verb's transaction. A job that still waits takes the earlier day and serves both.
    """
    with transaction.atomic():
        waiting = (
            Job.objects.select_for_update(skip_locked=True)
            .filter(task=REGISTER_TASK, state=JobState.WAITING, cancel_asked_at__isnull=True)
            .first()
        )
        if waiting is None:
            arguments = {"days_from": days_from.isoformat()}
            return enqueue(REGISTER_TASK, arguments, "register_figures", {}, actor, at)
        known = date.fromisoformat(waiting.arguments["days_from"])
        waiting.arguments = {"days_from": min(known, days_from).isoformat()}
        waiting.save(update_fields=["arguments"])
        return waiting


def rebuild_recent(*, book: LawBook, days_from: date, at: datetime) -> RebuildCounts:
    """What the job does: from `days_from`, at most `YEARS_KEPT` years back, to the day of `at`."""
    today = localdate(at)
    first_on = min(max(days_from, first_day_kept(today)), today)
    return rebuild_register_figures(
        actor=Actor.system(REGISTER_TASK),
        book=book,
        first_on=first_on,
        last_on=today,
        at=at,
        grain=Grain.RECENT,
    )


def _run(sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


def _rows(sql: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def count_demo_register(
    *, actor: Actor, book: LawBook, last_on: date, at: datetime
) -> RebuildCounts:
    """The figures of the demo from its people: three years to `last_on`. Again: no change."""
    return rebuild_register_figures(
        actor=actor,
        book=book,
        first_on=first_day_kept(last_on),
        last_on=last_on,
        at=at,
        grain=Grain.RECENT,
    )
