"""A list of 50,000 damaged rows without numbers against a register of 1,000,000 people.

The people are a made-up province copied straight in, as for `figures`; the list is its business households,
with the faults of `domain.md` 3.1, some owners twice and some who live elsewhere. Measured twice: as a list
goes in (names that settle it first, then likeness), and likeness alone on every row; then, to be known, a list
that tells no more than name, year of birth, sex and commune. Everything is undone at the end.
Other sizes for a quick look: `BENCH_PEOPLE=100000` (the list has a twentieth of it).
"""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from django.conf import settings
from django.db import connection, transaction

from bench.effort import Effort, effort
from bench.linkage_truth import Truth, read_truth
from bench.made_up_register import AS_OF, PROVINCE, load_register
from vandong.accounts.queries.scope import Actor
from vandong.intake.checking import CheckContext, check_list
from vandong.intake.divided_units import placed
from vandong.intake.kinds import ListKind
from vandong.intake.linking import link_rows
from vandong.intake.list_units import unit_finder
from vandong.intake.mapping import recognised
from vandong.intake.matching import match_people
from vandong.intake.reading import read_list
from vandong.intake.staging import stage
from vandong.law import law_book
from vandong.places.queries.finding import find_unit
from vandong.registry.models import Person

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "1000000"))
MOST_SECONDS, LEAST_PRECISION, LEAST_OF_CEILING = 60.0, 0.995, 0.97
_BANDS = (
    (0.1, "surname of 10 % and more"),
    (0.03, "3 to 10 %"),
    (0.01, "1 to 3 %"),
    (0.0, "rarer"),
)
_ACTOR = Actor.system("bench")
_AT = datetime(2026, 11, 1, tzinfo=UTC)
_MATCHED = """
SELECT row, certainty AS zone, CASE WHEN certainty = 'same' THEN person_id END AS person_id
FROM incoming_match ORDER BY row
"""
_LINKED = """
SELECT staged.row, coalesce(link.zone, 'different') AS zone,
    CASE WHEN link.zone = 'same' THEN link.person_id END AS person_id
FROM incoming staged LEFT JOIN incoming_link link ON link.row = staged.row AND link.rank = 1
ORDER BY staged.row
"""
# As if numbers and names had found nobody.
_NOBODY_FOUND = """
CREATE TEMPORARY TABLE incoming_hit (row bigint, person_id bigint, via text) ON COMMIT DROP;
CREATE TEMPORARY TABLE incoming_judged ON COMMIT DROP AS
SELECT row, NULL::bigint AS person_id, ''::text AS reason FROM incoming;
"""


def bench_linkage() -> bool:
    """Prints seconds, precision, recall and its ceiling; whether all are within what is asked."""
    folder = settings.ENVIRONMENT.home / "bench" / f"province_{PEOPLE}"
    if Person.objects.count() < PEOPLE:
        print(f"linkage: copying a made-up province of {PEOPLE:,} people in, once", flush=True)
        load_register(PEOPLE, folder)
    frame = _checked(folder / "lists" / "business_households.csv")
    truth, poorer = read_truth(folder, frame), read_truth(folder, frame, is_poor=True)
    print(
        f"linkage: {frame.height:,} rows, {truth.pairs.height:,} of people who are known;"
        f" {truth.ceiling:.5f} of them are identified by what the rows tell (the ceiling)"
    )
    whole = _measured("as a list goes in", frame, truth, alone=False)
    alone = _measured("likeness alone", frame, truth, alone=True)
    print(
        f"linkage: without day, telephone, hamlet the ceiling is {poorer.ceiling:.4f}; not judged:"
    )
    _measured("a poor list", _poor(frame), poorer, alone=True)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"linkage: memory of this process at most {peak_mb:,.0f} MB")
    return whole and alone


def _checked(path: Path) -> pl.DataFrame:
    kind = ListKind.BUSINESS_HOUSEHOLDS
    raw = read_list(path, path.name)
    finder = unit_finder(_ACTOR, AS_OF, _AT.date(), find_unit(PROVINCE, AS_OF))
    context = CheckContext(kind, AS_OF, None, law_book(), finder)
    checked = placed(check_list(raw, recognised(kind, raw.heads), context))
    refused = checked.problems["row"].n_unique()
    if refused:
        print(f"linkage: {refused:,} rows are refused by the checks and count as not found")
    return checked.frame


def _poor(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(
        birth_on=pl.col("birth_on").dt.truncate("1y"),
        birth_precision=pl.lit("year"),
        phone=pl.lit(""),
        address=pl.lit(""),
    )


def _measured(name: str, frame: pl.DataFrame, truth: Truth, *, alone: bool) -> bool:
    with _found(frame, alone=alone) as (spent, found):
        pass
    zones = dict(found["zone"].value_counts().iter_rows())
    asked = zones.get("review", 0) + zones.get("ambiguous", 0)
    judged = truth.judged(found)
    told = (
        f"{asked:,} rows for a person's eye ({asked / found.height:.2%}),"
        f" {zones.get('new', 0) + zones.get('different', 0):,} of nobody known"
    )
    print(
        f"linkage, {name}: {spent.clock:.1f} s by the clock, {MOST_SECONDS:.0f} s allowed; precision"
        f" {judged.precision:.5f} (at least {LEAST_PRECISION}), recall {judged.recall:.4f}"
        f" (at least {LEAST_OF_CEILING} x {truth.ceiling:.4f} = {LEAST_OF_CEILING * truth.ceiling:.4f}); {told}"
    )
    for least, band in _BANDS:
        most = next((above for above, _ in reversed(_BANDS) if above > least), 2.0)
        part = truth.within(least, most)
        of_band = part.judged(found)
        print(
            f"  {band}: {part.pairs.height:,} pairs, precision {of_band.precision:.5f},"
            f" recall {of_band.recall:.4f} of a ceiling of {part.ceiling:.4f}"
        )
    for fault, count, share in truth.by_fault(found):
        print(f"    {fault or 'without a fault'}: {count:,} rows, {share:.4f} found")
    return (
        spent.clock <= MOST_SECONDS
        and judged.precision >= LEAST_PRECISION
        and judged.recall >= LEAST_OF_CEILING * truth.ceiling
    )


@contextmanager
def _found(frame: pl.DataFrame, *, alone: bool) -> Iterator[tuple[Effort, pl.DataFrame]]:
    """Row, zone, and the person where one was found by the machine itself."""
    with transaction.atomic():
        stage(frame)
        with effort() as spent:
            if alone:
                _run(_NOBODY_FOUND)
                link_rows()
            else:
                match_people()
        with connection.cursor() as cursor:
            cursor.execute(_LINKED if alone else _MATCHED)
            found = pl.DataFrame(
                cursor.fetchall(),
                schema={"row": pl.Int64, "zone": pl.String, "person_id": pl.Int64},
                orient="row",
            )
        transaction.set_rollback(True)
    yield spent, found


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        for statement in sql.split(";\n"):
            if statement.strip():
                cursor.execute(statement)
