"""Rows that an earlier list of the kind said word for word, of people whom nothing has touched since.

They say nothing new. A long list that comes every month is laid beside the register only where it differs from
the one taken over before; what is spared is what laying it all beside the register would find unchanged.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from types import MappingProxyType
from uuid import UUID

import polars as pl
from django.db import connection

from vandong.documents.models import Batch, BatchState
from vandong.intake.kept_lists import keep_said, kept_said
from vandong.intake.kept_plans import OFFICES
from vandong.intake.kinds import KINDS, ListKind
from vandong.intake.staging import COLUMNS, LONG, whole_frame
from vandong.registry.models import PendingRow

_BASES, _SMALLEST_BASE = 3, 10
"""Earlier lists asked, and how many times shorter than this one they may be at most."""
_EXAMPLES = 5
"""Rows that are laid beside the register all the same: the page shows some that bring nothing."""
_ROUNDS = 8
_CHUNK = 1 << 16
_FOUND: Mapping[str, type[pl.DataType]] = MappingProxyType({"row": pl.Int64, "person_id": pl.Int64})
_SAID = [name for name in COLUMNS if name != "row"]
_NUMBERS = ("personal_id", "si_number", "card_number")
_TOGETHER = (*_NUMBERS, "household_code", "household_ref")
"""Rows that share one of these are judged together."""

# A deed that commits later with an earlier number is counted.
_GROUND = f"SELECT (SELECT count(*) FROM registry_change WHERE id <= %s), {OFFICES}"
_WRITTEN = """
SELECT judged.row, written.id FROM incoming_match judged JOIN written_person written USING (who)
WHERE judged.certainty <> 'ambiguous'
"""
_TOUCHED = """
WITH household AS (
    SELECT id FROM registry_household WHERE change_id > {since}
    UNION SELECT id FROM registry_householdpast WHERE ended_change_id > {since}
), touched AS (
    SELECT id FROM registry_person WHERE change_id > {since}
    UNION SELECT id FROM registry_personpast WHERE ended_change_id > {since}
    UNION SELECT id FROM registry_person WHERE household_id IN (SELECT id FROM household)
    {of_people}
)
SELECT id, personal_id, si_number, card_number FROM registry_person JOIN touched USING (id)
UNION SELECT id, personal_id, si_number, card_number FROM registry_personpast JOIN touched USING (id)
"""
_OF_PEOPLE = """
    UNION SELECT person_id FROM registry_{name} WHERE change_id > {since}
    UNION SELECT person_id FROM registry_{name}past WHERE ended_change_id > {since}
"""
_TABLES = ("participation", "listing", "personphone", "receipt")


def fingerprints(frame: pl.DataFrame) -> pl.DataFrame:
    """Each row's number, and 128 bits of all that it says: columns row, low, high."""
    parts = []
    for part in frame.iter_slices(_CHUNK):
        said = whole_frame(part)
        told = said.select(_SAID)
        parts.append(said.select("row", low=told.hash_rows(seed=1), high=told.hash_rows(seed=2)))
    schema = {"row": pl.Int64, "low": pl.UInt64, "high": pl.UInt64}
    return pl.concat(parts) if parts else pl.DataFrame(schema=schema)


def settled_rows(batch_id: UUID, kind: ListKind, frame: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The rows of a checked list that need not be laid beside the register: columns row, person_id."""
    if frame.height < LONG or not _is_settling(kind):
        return pl.DataFrame(schema=_FOUND)
    own = fingerprints(frame)
    keep_said(batch_id, "fingerprints", own)
    able = frame.lazy().filter(_is_plain()).select("row", *_NUMBERS).collect()
    own, found = own.join(able, on="row"), pl.DataFrame(schema=_FOUND)
    for base in _bases(batch_id, kind, frame.height):
        if base.options["as_of"] != as_of.isoformat():
            own = own.join(frame.filter(_is_dated()).select("row"), on="row", how="semi")
        found = pl.concat([found, _said_before(base, own)])
        own = own.join(found, on="row", how="anti")
    return _alone(frame, found.sort("row").slice(_EXAMPLES))


def keep_settled(batch: Batch, change_id: int, settled: pl.DataFrame) -> None:
    """After a long list is written, in its transaction: whom each of its rows told of."""
    if (batch.row_count or 0) < LONG or not _is_settling(ListKind(batch.kind)):
        return
    people = pl.concat([_asked(_WRITTEN, _FOUND), settled])
    keep_said(batch.pk, "people", people)
    batch.options = batch.options | {"stands": {"change": change_id, "ground": _ground(change_id)}}


def _is_settling(kind: ListKind) -> bool:
    """Whether what such lists say of people is taken over, and stands then."""
    return KINDS[kind].is_of_people and KINDS[kind].tells_people


def _bases(batch_id: UUID, kind: ListKind, rows: int) -> Iterator[Batch]:
    """Lists that stand, and whose ground is as it was but for later changes; the latest first."""
    lists = Batch.objects.filter(kind=kind.value, state=BatchState.COMMITTED).exclude(pk=batch_id)
    lists = lists.filter(
        row_count__gte=max(rows // _SMALLEST_BASE, LONG), options__has_key="stands"
    )
    for base in lists.order_by("-created_at")[:_BASES]:
        stands = base.options["stands"]
        if stands["ground"] == _ground(stands["change"]):
            yield base


def _ground(change_id: int) -> list[object]:
    """What else a plan reads: another value where collectors, offices or earlier changes are others. And the
    reading of fingerprints, which another version may take otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(_GROUND, [change_id])
        return [*cursor.fetchone(), pl.__version__]


def _said_before(base: Batch, own: pl.DataFrame) -> pl.DataFrame:
    """Rows whose words stand in the base, of people (and with numbers) that nothing has touched since."""
    try:
        said, people = kept_said(base.pk, "fingerprints"), kept_said(base.pk, "people")
    except FileNotFoundError:
        return pl.DataFrame(schema=_FOUND)
    doubted = PendingRow.objects.filter(batch=base).values_list("row", flat=True)
    known = (
        said.filter(~pl.col("row").is_in(list(doubted)))
        .join(people, on="row")
        .unique(["low", "high"], keep="first")
        .drop("row")
    )
    touched = _touched_since(base.options["stands"]["change"])
    found = own.join(known, on=["low", "high"])
    found = found.filter(~pl.col("person_id").is_in(touched["person_id"].implode()))
    for name in _NUMBERS:
        others = touched.filter(pl.col(name) != "")[name]
        found = found.filter(~pl.col(name).is_in(others.implode()))
    return found.select(*_FOUND)


def _touched_since(change_id: int) -> pl.DataFrame:
    """People of whom anything was written after a change, with every number they ever had: one row each."""
    tables = "".join(_OF_PEOPLE.format(name=name, since=change_id) for name in _TABLES)
    question = _TOUCHED.format(of_people=tables, since=change_id)
    return _asked(question, {"person_id": pl.Int64, **dict.fromkeys(_NUMBERS, pl.String)})


def _is_plain() -> pl.Expr:
    """Somebody is meant by a number, and nothing but a person and cover is told."""
    numbered = (pl.col("personal_id") != "") | (pl.col("si_number") != "")
    return numbered & (pl.col("est_name") == "") & (pl.col("est_tax_code") == "")


def _is_dated() -> pl.Expr:
    """What is told does not hang on the day of the list."""
    told = pl.col("covered_until").is_null() | pl.col("covered_from").is_not_null()
    return told & ((pl.col("listed_group") == "") | pl.col("listed_from").is_not_null())


def _alone(frame: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Those that share no number and no household with a row that has something to say."""
    shared = frame.lazy().select("row", *_TOGETHER).collect()
    for _ in range(_ROUNDS):
        others = shared.join(found, on="row", how="anti")
        kept = shared.join(found, on="row", how="semi")
        for name in _TOGETHER:
            told = others.filter(pl.col(name) != "")[name]
            kept = kept.filter(~pl.col(name).is_in(told.implode()))
        fewer = found.join(kept, on="row", how="semi")
        if fewer.height == found.height:
            return found
        found = fewer
    return found.clear()


def _asked(question: str, schema: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    """What the database answers, as a frame."""
    out = BytesIO()
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({question}) TO STDOUT (FORMAT csv)") as copy,
    ):
        for part in copy:
            out.write(part)
    out.seek(0)
    if not out.getbuffer().nbytes:
        return pl.DataFrame(schema=schema)
    read = pl.read_csv(out, has_header=False, schema=schema)
    return read.with_columns(pl.col(pl.String).fill_null(""))
