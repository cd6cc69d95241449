"""A household list of a million rows in, again, and out; one of 200,000 rows as xlsx.

The limit, measured in the same run: reading the file, and COPY of the rows that it brought, with those of their
history, into twins of the tables with the same indexes, without triggers. Everything happens in one transaction
that is undone at the end. Fewer rows for a quick look: `BENCH_ROWS=100000`.
"""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from bench.effort import Effort, effort
from vandong.accounts.queries.scope import Actor
from vandong.intake.kinds import ListKind
from vandong.intake.lists import check_received, commit_list, receive_list, undo_list
from vandong.intake.made_up.request import DEFAULT_DAY
from vandong.intake.reading import read_list
from vandong.intake.shapes import ListCounts, ListUpload
from vandong.law import law_book
from vandong.registry.models import PASTS, RECORDED, Change

ROWS = int(os.environ.get("BENCH_ROWS", "1000000"))
SHEET_ROWS = max(ROWS // 5, 1)
ALLOWED_IN, ALLOWED_AGAIN, ALLOWED_OUT, ALLOWED_SHEET = 3.0, 1.0, 1.0, 2.0
ALLOWED_MEMORY_MB = 1536
_ACTOR = Actor.system("bench")


@dataclass
class Costs:
    """What each part of one run took, in seconds."""

    parts: dict[str, Effort] = field(default_factory=dict)

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        with effort() as spent:
            yield
        self.parts[name] = spent

    def total(self, *names: str) -> Effort:
        chosen = [self.parts[name] for name in names]
        used = [one.processor for one in chosen]
        known = None if None in used else sum(one for one in used if one is not None)
        return Effort(sum(one.clock for one in chosen), known)


def bench_register() -> bool:
    """Prints ratios and seconds; whether all are within what is allowed."""
    results = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "household_list.csv"
        _make(ROWS, path)
        results += _measure_list(path)
        _clear_away()
        sheet = Path(folder) / "household_list.xlsx"
        _make(SHEET_ROWS, sheet)
        results += _measure_sheet(sheet)
    return all(results)


def _make(rows: int, path: Path) -> None:
    print(f"making {path.name}: {rows:,} rows", flush=True)
    subprocess.run([sys.executable, "-m", "bench.household_list", str(rows), str(path)], check=True)


def _measure_list(path: Path) -> list[bool]:
    costs = Costs()
    with transaction.atomic():
        batch_id, counts = _take_in(path, costs)
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        _measure_limit(path, batch_id, costs)
        _check_again(path, counts, costs)
        with costs.of("undo"):
            undone = undo_list(actor=_ACTOR, batch_id=batch_id, at=timezone.now())
            _settle()
        if undone.left:
            raise SystemExit(f"rows were left: {undone.left}")
        transaction.set_rollback(True)
    print(f"{counts.stored()}; memory of this process at most {peak_mb:,.0f} MB")
    return [
        _told("in: read, check, match, commit", costs, ("check", "commit"), ALLOWED_IN),
        _told("again: nothing new", costs, ("again",), ALLOWED_AGAIN),
        _told("out: undo", costs, ("undo",), ALLOWED_OUT),
        peak_mb <= ALLOWED_MEMORY_MB,
    ]


def _clear_away() -> None:
    """The rows of the transaction that was undone: the second list meets tables as the first one met them."""
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"VACUUM ANALYZE {table}")


def _measure_sheet(path: Path) -> list[bool]:
    costs = Costs()
    with transaction.atomic():
        batch_id, counts = _take_in(path, costs)
        _measure_limit(path, batch_id, costs)
        transaction.set_rollback(True)
    print(f"xlsx: {counts.stored()}")
    return [_told("xlsx: read, check, match, commit", costs, ("check", "commit"), ALLOWED_SHEET)]


def _take_in(path: Path, costs: Costs) -> tuple[UUID, ListCounts]:
    batch_id = _receive(path)
    with costs.of("check"):
        counts = _check(batch_id)
    if counts.new < counts.rows * 0.9:
        raise SystemExit(f"the register knows these people already: {counts}")
    with costs.of("commit"):
        commit_list(actor=_ACTOR, batch_id=batch_id, at=timezone.now())
        _settle()
    with connection.cursor() as cursor:
        for model in RECORDED:
            cursor.execute(f"ANALYZE {model._meta.db_table}")
    return batch_id, counts


def _settle() -> None:
    """What the end of the transaction would check."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _receive(path: Path) -> UUID:
    upload = ListUpload(ListKind.BHYT_HGD, path, path.name, DEFAULT_DAY)
    batch = receive_list(actor=_ACTOR, upload=upload, at=timezone.now(), enqueues=False)
    return batch.pk


def _check(batch_id: UUID) -> ListCounts:
    return check_received(actor=_ACTOR, batch_id=batch_id, book=law_book(), at=timezone.now())


def _check_again(path: Path, first: ListCounts, costs: Costs) -> None:
    """The same rows in another file: one with the same fingerprint would not even be read."""
    copy = path.with_name(f"again-{path.name}")
    copy.write_bytes(path.read_bytes() + b"\n")
    batch_id = _receive(copy)
    with costs.of("again"):
        counts = _check(batch_id)
    if counts.new or counts.changed or counts.rows != first.rows:
        raise SystemExit(f"the same list brings something the second time: {counts}")


def _measure_limit(path: Path, batch_id: UUID, costs: Costs) -> None:
    change = Change.objects.filter(batch_id=batch_id).latest("pk")
    with costs.of("reading"):
        read_list(path, path.name)
    with tempfile.TemporaryDirectory() as folder:
        files = _written(change.pk, Path(folder))
        _make_twins()
        with costs.of("copying"), connection.cursor() as cursor:
            for table, file in files.items():
                with (
                    cursor.copy(f"COPY twin_{table} FROM STDIN (FORMAT binary)") as copy,
                    file.open("rb") as source,
                ):
                    while part := source.read(1 << 20):
                        copy.write(part)
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"DROP TABLE twin_{table}")


def _tables() -> list[str]:
    return [
        table for model in RECORDED for table in (model._meta.db_table, PASTS[model]._meta.db_table)
    ]


def _make_twins() -> None:
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"CREATE TABLE twin_{table} (LIKE {table} INCLUDING ALL)")


def _written(change_id: int, folder: Path) -> dict[str, Path]:
    """What the change wrote, table by table, as COPY takes it; and the past that it ended."""
    files = {}
    with connection.cursor() as cursor:
        for model in RECORDED:
            table, past = model._meta.db_table, PASTS[model]._meta.db_table
            for name, column in ((table, "change_id"), (past, "ended_change_id")):
                files[name] = folder / name
                question = f"SELECT * FROM {name} WHERE {column} = {change_id}"
                with (
                    cursor.copy(f"COPY ({question}) TO STDOUT (FORMAT binary)") as copy,
                    files[name].open("wb") as target,
                ):
                    for part in copy:
                        target.write(part)
    return files


def _told(title: str, costs: Costs, names: tuple[str, ...], allowed: float) -> bool:
    """Prints a line. The ratio: of processor time where that is known, else of the clock."""
    spent, limit = costs.total(*names), costs.total("reading", "copying")
    clock = spent.clock / limit.clock
    ratio, used = clock, ""
    if spent.processor is not None and limit.processor:
        ratio = spent.processor / limit.processor
        used = f"; processor {spent.processor:.1f} s, limit {limit.processor:.1f} s, {ratio:.2f} x"
    parts = ", ".join(f"{name} {costs.parts[name].clock:.1f} s" for name in names)
    print(
        f"{title}: clock {spent.clock:.1f} s ({parts}), limit {limit.clock:.1f} s"
        f" (reading {costs.parts['reading'].clock:.1f} s), {clock:.2f} x{used}; {allowed} x allowed",
        flush=True,
    )
    return ratio <= allowed
