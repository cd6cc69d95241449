"""Where the sums are done: DuckDB in this process, or Spark for lists of a nation. Both give the same pairs.

splink and its databases are imported when a list is linked, not before: the site and the command line start
without them.
"""

import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from vandong.intake.linkage.frequencies import frequencies
from vandong.intake.linkage.ground import Ground
from vandong.intake.linkage.model import COMPARISONS, PEOPLE, ROWS, settings

LEAST_PROBABILITY = 0.001
"""Pairs less likely than this by themselves are not looked at further."""
MEMORY = "1GB"
"""What DuckDB may take; beyond it works in its folder on disk."""
_ALONE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
"""DuckDB fetches nothing from anywhere."""
PAIRS = (
    "row",
    "person_id",
    "weight",
    *(f"{part}_{one.name}" for one in COMPARISONS for part in ("gamma", "mw")),
)
_CHOSEN = ", ".join(
    [
        "unique_id_l AS row",
        "unique_id_r AS person_id",
        "match_weight AS weight",
        *(
            f"gamma_{one.name}, "
            + f"mw_{one.name}"
            + (f" + mw_tf_adj_{one.name}" if any(level.frequency for level in one.levels) else "")
            + f" AS mw_{one.name}"
            for one in COMPARISONS
        ),
    ]
)


class Backend(Protocol):
    """Scores the pairs of two sides."""

    def scored(self, ground: Ground, prior: float) -> pl.DataFrame:
        """Columns of `PAIRS`: `weight` in bits (log2 of the odds, prior included), of each comparison its
        outcome (`gamma_`, as splink numbers it) and what it adds (`mw_`)."""


class DuckDB:
    """In this process, within `memory`; what is more goes to a folder that is removed."""

    def __init__(self, memory: str = MEMORY, folder: Path | None = None) -> None:
        self.memory, self.folder = memory, folder

    def scored(self, ground: Ground, prior: float) -> pl.DataFrame:
        """See `Backend`."""
        import duckdb  # noqa: PLC0415 - heavy
        from splink import DuckDBAPI  # noqa: PLC0415 - heavy

        with (
            tempfile.TemporaryDirectory(prefix="vandong-linkage-", dir=self.folder) as folder,
            closing(duckdb.connect(config=_ALONE)) as connection,
        ):
            connection.execute(f"SET memory_limit = '{self.memory}'")
            connection.execute("SET temp_directory = $1", [folder])
            connection.execute("SET preserve_insertion_order = false")
            found = _predicted(DuckDBAPI(connection), ground, prior, pl.DataFrame.to_arrow)
            relation = connection.sql(f"SELECT {_CHOSEN} FROM {found}")
            return _ordered(relation.pl())


class Spark:
    """On the Spark session given: a cluster, or a local one. Needs the packages of its lock."""

    def __init__(self, session: Any, folder: Path) -> None:
        self.session, self.folder = session, folder
        session.sparkContext.setCheckpointDir(str(folder / "checkpoints"))

    def scored(self, ground: Ground, prior: float) -> pl.DataFrame:
        """See `Backend`. Frames travel as parquet files in the folder, which every worker must reach."""
        from splink import SparkAPI  # noqa: PLC0415 - heavy

        api: Any = SparkAPI  # its constructor is untyped
        api = api(spark_session=self.session, register_udfs_automatically=False)
        with tempfile.TemporaryDirectory(prefix="linkage-", dir=self.folder) as folder:

            def given(frame: pl.DataFrame) -> Any:
                path = Path(folder) / f"{id(frame)}.parquet"
                frame.write_parquet(path)
                return self.session.read.parquet(str(path))

            found = _predicted(api, ground, prior, given)
            out = Path(folder) / "pairs"
            self.session.sql(f"SELECT {_CHOSEN} FROM {found}").write.parquet(str(out))
            return _ordered(pl.read_parquet(out / "*.parquet"))


def _predicted(api: Any, ground: Ground, prior: float, given: Any) -> str:
    """Has splink score the pairs; the name of its table."""
    from splink import Linker  # noqa: PLC0415 - heavy

    sides = [
        api.register(given(side), dataset_display_name=name)
        for side, name in ((ground.rows, ROWS), (ground.people, PEOPLE))
    ]
    linker = Linker(sides, settings(prior), log_level=None)
    for column, table in frequencies(ground).items():
        known = api.register(given(table), table_name=f"frequency_{column}")
        linker.table_management.register_term_frequency_lookup(known, column)
    predicted = linker.inference.predict(
        threshold_match_probability=LEAST_PROBABILITY, warning_mode="never"
    )
    name: str = predicted.physical_name
    return name


def _ordered(pairs: pl.DataFrame) -> pl.DataFrame:
    kinds = {"row": pl.Int64, "person_id": pl.Int64, "weight": pl.Float64}
    return (
        pairs.select(PAIRS)
        .with_columns(pl.col(name).cast(kind) for name, kind in kinds.items())
        .with_columns(pl.col("^gamma_.*$").cast(pl.Int32))
        .sort("row", "person_id")
    )
