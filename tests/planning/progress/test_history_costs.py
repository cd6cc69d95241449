"""Progress reads the same rows however long the history is: no figure of a board costs more each year."""

import json
from datetime import date, timedelta
from typing import Any

from django.db import connection
from tests.figures.factories import make_unit, set_target

from vandong.accounts.queries.scope import Actor
from vandong.figures.models import Observation
from vandong.places.models import Unit
from vandong.planning.progress import progress_of_children

LAST = date(2026, 10, 31)
TABLE = Observation._meta.db_table


def observe_days(units: list[Unit], until: date, days: int) -> None:
    """A stock for each unit and day."""
    Observation.objects.bulk_create(
        Observation(
            unit=unit,
            scheme="bhxh_tn",
            measure="stock",
            value=1_000 + number,
            as_of=until - timedelta(number),
            source_kind="official",
        )
        for unit in units
        for number in range(days)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {TABLE}")


def rows_read(province: Unit) -> int:
    """Rows of observations that the statements of one board touch."""
    asked: list[tuple[str, Any]] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        progress_of_children(Actor.system("test"), province, "bhxh_tn", LAST)
    total = 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL enable_seqscan = off"
        )  # tables of a test are too small for an index
        for sql, params in asked:
            if TABLE in sql:
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
                found = cursor.fetchone()[0]
                found = json.loads(found) if isinstance(found, str) else found
                total += _touched(found[0]["Plan"])
    return total


def _touched(node: dict[str, Any]) -> int:
    own = 0
    if node.get("Relation Name") == TABLE:
        read = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
        own = round(read * node["Actual Loops"])
    return own + sum(_touched(below) for below in node.get("Plans", []))


def test_a_board_reads_as_many_rows_when_the_history_doubles(db: None) -> None:
    province = make_unit()
    communes = [
        make_unit(f"Xã {number}", f"0{number:04}", "commune", parent=province)
        for number in range(6)
    ]
    set_target(province, 9_000, period_from="2026-01-01", deadline="2026-12-31")
    observe_days([province, *communes], LAST, 700)
    once = rows_read(province)
    observe_days([province, *communes], LAST - timedelta(700), 700)
    twice = rows_read(province)
    assert once > 0
    assert twice == once
