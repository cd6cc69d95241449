"""200,000 observations in: within twice the limit, which is reading the file plus COPY of its rows.

The limit is measured in the same run, into a table with the same columns, rows and indexes, without rules.
"""

import random
import tempfile
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from django.db import connection, transaction
from django.utils import timezone

from bench.board import PROVINCE_CODE
from bench.effort import Effort, effort
from vandong.accounts.queries.scope import Actor
from vandong.figures.models import Observation
from vandong.places.models import Tree, UnitKind
from vandong.places.queries.units import children, unit_at
from vandong.sheets import open_table

ROWS, ALLOWED = 200_000, 2.0
FIRST_ON, COMMUNES_ON = date(2030, 1, 1), date(2026, 10, 31)
HEADER = "unit,kind,parent,as_of,scheme,measure,channel,value,exactness"
RUNS = 3


def bench_imports() -> bool:
    """Prints the median ratio of three runs; whether it is within what is allowed."""
    from vandong.planning.figure_files.importing import import_figures  # noqa: PLC0415
    from vandong.planning.figure_files.options import ImportOptions  # noqa: PLC0415

    costs = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "observations.csv"
        units = _write(path)
        for run in range(RUNS):
            limit = _limit(path, units)
            with transaction.atomic():
                with effort() as spent:
                    result = import_figures(
                        actor=Actor.system("bench"),
                        path=path,
                        name=path.name,
                        at=timezone.now(),
                        options=ImportOptions(source_text="bench"),
                    )
                    _check_keys()
                transaction.set_rollback(True)
            if result.new_count != ROWS:
                raise SystemExit(f"{result.new_count} of {ROWS} came in: {result.problems[:3]}")
            costs.append(_told(run + 1, spent, limit))
    middle = sorted(costs)[RUNS // 2]
    print(f"imports: {ROWS:,} observations in {middle:.2f} x their limit, {ALLOWED} x allowed")
    return middle <= ALLOWED


def _check_keys() -> None:
    """Foreign keys are checked at the commit: it is undone here, so they are asked for."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _told(run: int, spent: Effort, limit: Effort) -> float:
    """Prints a run. Its ratio: of processor time where that is known, else of the clock."""
    clock = spent.clock / limit.clock
    print(f"run {run}: clock {spent.clock:.1f} s, limit {limit.clock:.1f} s, {clock:.2f} x", end="")
    if spent.processor is None or limit.processor is None:
        print()
        return clock
    ratio = spent.processor / limit.processor
    print(f"; processor {spent.processor:.1f} s, limit {limit.processor:.1f} s, {ratio:.2f} x")
    return ratio


def _write(path: Path) -> dict[str, int]:
    """A file as an office would send it; the units' keys by their codes."""
    province = unit_at(UnitKind.PROVINCE, PROVINCE_CODE, COMMUNES_ON)
    if province is None:
        raise SystemExit("the official units are not loaded: run ./dev up or ./dev demo first")
    below = children(province, Tree.ADMINISTRATIVE, COMMUNES_ON)
    below = below.filter(kind=UnitKind.COMMUNE)
    units = dict(below.order_by("code").values_list("code", "pk"))
    codes, chosen = list(units), random.Random(3)
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{HEADER}\n")
        for number in range(ROWS):
            day, place = divmod(number, len(codes))
            on = FIRST_ON + timedelta(day)
            value = chosen.randint(100, 9999)
            file.write(f"{codes[place]},commune,,{on},bhxh_tn,stock,,{value},exact\n")
    return units


def _limit(path: Path, units: dict[str, int]) -> Effort:
    """What it takes to read the file and COPY its rows into a twin that holds what the table holds already."""
    table = Observation._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_twin (LIKE {table} INCLUDING ALL)")
        every = [
            field.column for field in Observation._meta.concrete_fields if not field.primary_key
        ]
        known = ", ".join(every)
        cursor.execute(f"INSERT INTO bench_twin ({known}) SELECT {known} FROM {table}")
        batch = uuid4()
        columns = "unit_id, scheme, measure, channel, as_of, value, exactness, source_kind"
        fixed = "source_text, restated, live, batch_id, batch_row"
        with (
            effort() as spent,
            cursor.copy(f"COPY bench_twin ({columns}, {fixed}) FROM STDIN") as copy,
        ):
            for row in open_table(path, path.name).rows():
                code, _, _, on, scheme, measure, channel, value, word = row.cells
                key = units[str(code)]
                head = (key, scheme, measure, channel or "", on, value, word, "official")
                copy.write_row((*head, "bench", False, True, batch, row.number))
        transaction.set_rollback(True)
    return spent
