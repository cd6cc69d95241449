"""What was stated of a unit as of a day: the latest live observation on or before it, its own day kept.

Source kinds are never mixed silently. In order of strength: official, register, derived, made_up. The
strongest kind whose latest figure is fresh (35 days; 400 for denominators) speaks; when none is fresh,
the latest figure, the stronger on a tie. Baselines are then read in that same kind. The kind travels
with every reading.

All wants of a call are answered by ONE statement, whatever their number: one descent of the unique index
for each unit, measure, day and kind, so the cost does not grow with the length of the history.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from vandong.figures.models import Measure, SourceKind
from vandong.measures.quantity import Quantity, stated
from vandong.measures.staleness import (
    DENOMINATOR_STALE_AFTER_DAYS,
    STALE_AFTER_DAYS,
    is_stale,
)

PRECEDENCE: tuple[str, ...] = (
    SourceKind.OFFICIAL,
    SourceKind.REGISTER,
    SourceKind.DERIVED,
    SourceKind.MADE_UP,
)
DENOMINATORS: tuple[str, ...] = (
    Measure.POPULATION,
    Measure.LABOUR_FORCE,
    Measure.WORKING_AGE,
    Measure.HOUSEHOLDS,
)


@dataclass(frozen=True, slots=True)
class Want:
    """One figure asked for: the latest on or before `day`. `scheme` is empty for denominators; `channel`
    empty = all. `source_kind` empty = the strongest that is fresh."""

    unit_id: int
    scheme: str
    measure: str
    day: date
    channel: str = ""
    source_kind: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """An observation as read: people, households, or đồng for revenue; `as_of` is its own day."""

    unit_id: int
    measure: str
    as_of: date
    period_from: date | None
    value: int
    exactness: str
    source_kind: str
    source_text: str
    restated: bool
    batch_id: UUID | None
    batch_row: int | None
    file_name: str

    @property
    def quantity(self) -> Quantity:
        """The value with what its word allows."""
        return stated(self.value, self.exactness)


COLUMNS = """o.unit_id, o.measure, o.as_of, o.period_from, o.value, o.exactness, o.source_kind,
    o.source_text, o.restated, o.batch_id, o.batch_row, coalesce(f.name, '')"""
FILE = """left join documents_batch b on b.id = o.batch_id
    left join documents_sourcefile f on f.id = b.source_file_id"""
_LATEST = f"""
select w.n, {COLUMNS}
from unnest(%s::int[], %s::int[], %s::bigint[]) as w(n, q, unit_id)
join unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::date[], %s::text[])
    as q(q, scheme, measure, channel, day, kind) using (q)
join unnest(%s::text[]) as k(kind) on q.kind in ('', k.kind)
cross join lateral (
    select * from figures_observation x
    where x.live and x.unit_id = w.unit_id and x.scheme = q.scheme and x.measure = q.measure
      and x.channel = q.channel and x.source_kind = k.kind and x.as_of <= q.day
      and x.organisation_id is null
    order by x.as_of desc limit 1) o
{FILE}
"""


def stated_readings(wants: Sequence[Want]) -> Mapping[Want, tuple[Reading, ...]]:
    """For each want the latest reading of every source kind that has one, strongest first. One query."""
    found: dict[Want, list[Reading]] = {want: [] for want in wants}
    if not found:
        return {}
    questions: dict[tuple[str, str, str, date, str], int] = {}
    asked = [questions.setdefault(_question(want), len(questions)) for want in wants]
    arrays: list[Any] = [
        list(range(len(wants))),
        asked,
        [want.unit_id for want in wants],
        list(range(len(questions))),
        *(list(column) for column in zip(*questions, strict=True)),
        list(PRECEDENCE),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, arrays)
        for row in cursor.fetchall():
            found[wants[row[0]]].append(Reading(*row[1:]))
    strength = PRECEDENCE.index
    return {
        want: tuple(sorted(readings, key=lambda one: strength(one.source_kind)))
        for want, readings in found.items()
    }


def _question(want: Want) -> tuple[str, str, str, date, str]:
    """What is asked, without of whom: the same few questions are put to every unit."""
    return want.scheme, want.measure, want.channel, want.day, want.source_kind


def chosen(readings: Sequence[Reading], day: date) -> Reading | None:
    """The reading that speaks on `day`: the strongest fresh one, else the latest."""
    if not readings:
        return None
    measure = readings[0].measure
    limit = DENOMINATOR_STALE_AFTER_DAYS if measure in DENOMINATORS else STALE_AFTER_DAYS
    fresh = [one for one in readings if not is_stale(one.as_of, day, limit)]
    if fresh:
        return fresh[0]
    return max(readings, key=lambda one: one.as_of)


def latest_readings(wants: Sequence[Want]) -> Mapping[Want, Reading]:
    """The reading that speaks for each want; wants without any are left out. One query."""
    found = stated_readings(wants)
    speaking = {want: chosen(readings, want.day) for want, readings in found.items()}
    return {want: reading for want, reading in speaking.items() if reading is not None}


_SERIES = f"""
select {COLUMNS} from figures_observation o {FILE}
where o.live and o.unit_id = %s and o.scheme = %s and o.measure = any(%s) and o.channel = ''
  and o.source_kind = any(%s) and o.as_of between %s and %s and o.organisation_id is null
order by o.as_of, o.measure
"""


def series(
    unit_id: int,
    scheme: str,
    measures: Sequence[str],
    *,
    start: date,
    end: date,
    kinds: Sequence[str] = PRECEDENCE,
) -> tuple[Reading, ...]:
    """All readings of some measures from `start` to `end`, oldest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SERIES, [unit_id, scheme, list(measures), list(kinds), start, end])
        return tuple(Reading(*row) for row in cursor.fetchall())


def last_observed_day() -> date | None:
    """The day of the last live observation: the site's default day."""
    with connection.cursor() as cursor:
        cursor.execute("select max(as_of) from figures_observation where live and scheme <> ''")
        row = cursor.fetchone()
    return row[0] if row else None
