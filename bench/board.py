"""The board of 126 communes over three years of days: 20 users, p95 ≤ 100 ms, flat when the data doubles."""

import random
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from bench.load import saturation, steady_load
from bench.site import running_site
from vandong.figures.models import Observation
from vandong.places.models import Tree, UnitKind
from vandong.places.queries.units import children, unit_at
from vandong.planning.demo.province import LAST_ON, PROVINCE_CODE

USERS, SECONDS, LIMIT_MS = 20, 60, 100
DAYS_BACK = 1097
FLAT = 1.25


def bench_board() -> bool:
    """Prints the figures; whether both targets are met."""
    paths = board_paths()
    with running_site() as open_client:
        warm_up(open_client, paths)
        once = measure(open_client, paths, "three years of days")
        with doubled_observations() as count:
            warm_up(open_client, paths)
            twice = measure(open_client, paths, f"with {count:,} observations more")
    ratio = twice / once
    print(f"board: p95 {once:.0f} ms of {LIMIT_MS} allowed; doubled {twice:.0f} ms = {ratio:.2f} x")
    return once <= LIMIT_MS and (ratio <= FLAT or twice <= LIMIT_MS)


def board_paths() -> list[str]:
    """What people open: the province, its orders and filters, communes, explanations."""
    province = unit_at(UnitKind.PROVINCE, PROVINCE_CODE, LAST_ON)
    if province is None:
        raise SystemExit("the demo is not loaded: run ./dev up or ./dev demo first")
    top = f"/tong-quan?don-vi={province.pk}&den={LAST_ON}"
    below = list(children(province, Tree.ADMINISTRATIVE, LAST_ON).values_list("pk", flat=True))
    chosen = random.Random(7).sample(below, 30)
    return (
        [top] * 12
        + [f"{top}&sap-xep={order}" for order in ("ten", "phan-tram", "con-lai", "can-tang")] * 2
        + [
            f"{top}&muc=needs_help",
            f"{top}&tim=xa",
            f"{top}&den=2026-06-30",
            f"{top}&den=2025-12-31",
        ]
        + [f"/tong-quan?don-vi={unit}&den={LAST_ON}" for unit in chosen]
        + [f"/tong-quan/giai-thich?don-vi={unit}&den={LAST_ON}&so=stock" for unit in chosen[:8]]
    )


def warm_up(open_client: object, paths: list[str]) -> None:
    """Each address once: compiled templates, opened connections, filled memory."""
    with open_client() as client:  # type: ignore[operator]
        for path in dict.fromkeys(paths):
            client.get(path).raise_for_status()


def measure(open_client: object, paths: list[str], name: str) -> float:
    """p95 in milliseconds, printed with its neighbours and the saturation rate."""
    timings = steady_load(open_client, paths, users=USERS, seconds=SECONDS)  # type: ignore[arg-type]
    rate = saturation(open_client, paths, clients=8, seconds=10)  # type: ignore[arg-type]
    print(
        f"{name}: {USERS} users, {len(timings.seconds)} requests, p50 {timings.at(0.5):.0f} ms, "
        f"p95 {timings.at(0.95):.0f} ms, max {timings.at(1):.0f} ms, {timings.errors} errors; "
        f"saturation {rate:.0f} requests/s"
    )
    return timings.at(0.95)


@contextmanager
def doubled_observations() -> Iterator[int]:
    """As many observations again, on earlier days of the same units; taken away afterwards."""
    table = Observation._meta.db_table
    fields = [field.column for field in Observation._meta.concrete_fields if not field.primary_key]
    moved = {"as_of": f"as_of - {DAYS_BACK}", "period_from": f"period_from - {DAYS_BACK}"}
    values = ", ".join(moved.get(name, name) for name in fields)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
        last = cursor.fetchone()[0]
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(fields)}) SELECT {values} FROM {table} "
            "WHERE source_kind = 'made_up' AND as_of > date '2023-10-30' AND live"
        )
        count = cursor.rowcount
        cursor.execute(f"ANALYZE {table}")
    try:
        yield count
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE id > %s", [last])
