"""The same list on DuckDB and on a local Spark: the same people, zones and reasons."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from polars.testing import assert_frame_equal
from tests.intake.linkage.told_people import HOA, OTHERS, ground

from vandong.intake.linkage import linked
from vandong.intake.linkage.backends import Spark

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Any]:
    """A Spark of this machine; skipped where there is none."""
    sql = pytest.importorskip(
        "pyspark.sql", reason="pyspark is not installed: pip install -r requirements-spark.lock"
    )
    if shutil.which("java") is None:
        pytest.skip("Spark needs a Java runtime (17), and there is none on this machine")
    builder = sql.SparkSession.builder.master("local[1]").appName("vandong")
    for name, value in (
        ("spark.ui.enabled", "false"),
        ("spark.driver.bindAddress", "127.0.0.1"),
        ("spark.driver.host", "127.0.0.1"),
        ("spark.sql.shuffle.partitions", "2"),
        ("spark.default.parallelism", "2"),
        ("spark.sql.warehouse.dir", str(tmp_path / "warehouse")),
    ):
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    yield made
    made.stop()


def test_spark_answers_as_duckdb_does(session: Any, tmp_path: Path) -> None:
    rows = [
        HOA | {"key": 11, "full_name": "Nguyen Thanh Hoa"},
        HOA | {"key": 12, "full_name": "Hòa Nguyễn Thị Thanh", "unit_id": 11},
        OTHERS[1] | {"key": 13, "full_name": "Leef Thij Hoa"},
        HOA | {"key": 14, "full_name": "Vi Văn Sơn", "sex": "M", "birth_on": None},
    ]
    both = ground(rows, [HOA, HOA | {"key": 2, "unit_id": 11}])
    assert_frame_equal(linked(both, backend=Spark(session, tmp_path)), linked(both))
