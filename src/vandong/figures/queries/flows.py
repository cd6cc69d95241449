"""Sums of flows over a span, for many units in one statement.

Rows that do not overlap are summed by the database. Where they overlap (a month and the running total of
the year) or carry a word such as "hơn", the rows themselves are read (a second statement, for all such
wants together) and `measures.flows` picks the spans that cover most days.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from vandong.figures.queries.readings import COLUMNS, FILE, PRECEDENCE, Reading
from vandong.measures.flows import FlowSpan, flow_sum
from vandong.measures.quantity import Quantity, exact


@dataclass(frozen=True, slots=True)
class FlowWant:
    """One flow asked for: its sum over rows that lie inside `start` to `end`, both included."""

    unit_id: int
    scheme: str
    measure: str
    start: date
    end: date
    channel: str = ""


@dataclass(frozen=True, slots=True)
class FlowTotal:
    """A sum (people, đồng), the first and last day it covers, how many rows and days it rests on, and
    its last row."""

    want: FlowWant
    amount: Quantity
    first_on: date
    until: date
    row_count: int
    missing_days: int
    last: Reading


_WANTED = """unnest(%s::int[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::date[], %s::date[])
    as w(n, unit_id, scheme, measure, channel, first_day, last_day)"""
_ROWS_OF_WANT = """x.live and x.unit_id = w.unit_id and x.scheme = w.scheme and x.measure = w.measure
      and x.channel = w.channel and x.as_of between w.first_day and w.last_day
      and x.period_from >= w.first_day and x.organisation_id is null"""
_SUMS = f"""
with s as (
  select w.n, o.source_kind, count(*) as row_count, sum(o.value) as amount, min(o.period_from) as first_on,
    max(o.as_of) as until, sum(o.as_of - o.period_from + 1) as days, bool_or(o.tangled) as tangled,
    max(o.id) filter (where o.is_last) as last_id
  from {_WANTED}
  cross join lateral (
    select x.id, x.source_kind, x.value, x.period_from, x.as_of,
      x.exactness <> 'exact' or coalesce(x.period_from <= max(x.as_of) over earlier, false) as tangled,
      row_number() over (partition by x.source_kind order by x.as_of desc, x.period_from desc) = 1 as is_last
    from figures_observation x
    where {_ROWS_OF_WANT}
    window earlier as (partition by x.source_kind order by x.as_of, x.period_from
      rows between unbounded preceding and 1 preceding)) o
  group by w.n, o.source_kind)
select s.n, s.row_count, s.amount, s.first_on, s.until, s.days, s.tangled, {COLUMNS}
from s join figures_observation o on o.id = s.last_id {FILE}
"""
_TANGLED = f"""
select w.n, {COLUMNS}
from {_WANTED}
cross join lateral (select x.* from figures_observation x where {_ROWS_OF_WANT}) o
{FILE}
"""


def flow_totals(wants: Sequence[FlowWant]) -> Mapping[FlowWant, tuple[FlowTotal, ...]]:
    """For each want the sum in every source kind that has rows, strongest first. One or two queries."""
    if not wants:
        return {}
    sums: dict[tuple[FlowWant, str], FlowTotal] = {}
    tangled: set[tuple[FlowWant, str]] = set()
    for row in _answers(_SUMS, wants):
        want, last = wants[row[0]], Reading(*row[7:])
        sums[want, last.source_kind] = _summed(want, row, last)
        if row[6]:
            tangled.add((want, last.source_kind))
    sums.update(_untangled(tangled))
    return {
        want: tuple(sums[want, kind] for kind in PRECEDENCE if (want, kind) in sums)
        for want in wants
    }


def _summed(want: FlowWant, row: tuple[Any, ...], last: Reading) -> FlowTotal:
    _, row_count, amount, first_on, until, days, *_ = row
    asked = (want.end - want.start).days + 1
    return FlowTotal(
        want=want,
        amount=exact(int(amount)),
        first_on=first_on,
        until=until,
        row_count=row_count,
        missing_days=max(0, asked - int(days)),
        last=last,
    )


def _untangled(keys: Iterable[tuple[FlowWant, str]]) -> Mapping[tuple[FlowWant, str], FlowTotal]:
    wants = sorted({want for want, _ in keys}, key=lambda want: (want.unit_id, want.measure))
    if not wants:
        return {}
    rows: dict[tuple[FlowWant, str], list[Reading]] = {key: [] for key in keys}
    for row in _answers(_TANGLED, wants):
        reading = Reading(*row[1:])
        key = (wants[row[0]], reading.source_kind)
        if key in rows:
            rows[key].append(reading)
    return {key: _covered(key[0], readings) for key, readings in rows.items()}


def _covered(want: FlowWant, readings: Sequence[Reading]) -> FlowTotal:
    best = flow_sum((_span(one) for one in readings), want.start, want.end)
    last_span = best.spans[-1]
    last = next(one for one in readings if _span(one) == last_span)
    return FlowTotal(
        want=want,
        amount=best.total,
        first_on=best.spans[0].period_from,
        until=last_span.until,
        row_count=len(best.spans),
        missing_days=best.missing_days,
        last=last,
    )


def _span(reading: Reading) -> FlowSpan:
    return FlowSpan(reading.period_from or reading.as_of, reading.as_of, reading.quantity)


def _answers(statement: str, wants: Sequence[FlowWant]) -> list[tuple[Any, ...]]:
    arrays: list[Any] = [
        list(range(len(wants))),
        [want.unit_id for want in wants],
        [want.scheme for want in wants],
        [want.measure for want in wants],
        [want.channel for want in wants],
        [want.start for want in wants],
        [want.end for want in wants],
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, arrays)
        answers: list[tuple[Any, ...]] = cursor.fetchall()
        return answers
