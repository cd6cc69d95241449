"""A list without numbers, linked."""

import polars as pl

from vandong.intake.linkage.assigning import LINKED, Thresholds, Zone, weighed, zoned
from vandong.intake.linkage.backends import Backend, DuckDB
from vandong.intake.linkage.ground import Ground
from vandong.intake.linkage.reasons import reasoned

EXPECTED_SHARE = 0.5
"""The part of a list's people that the register is expected to know: as good as nothing is assumed."""
LEAST_OFFERED = 0.01
"""People less likely than this are not offered beside a likelier one."""


def linked(
    ground: Ground, *, backend: Backend | None = None, thresholds: Thresholds | None = None
) -> pl.DataFrame:
    """Whom each row means, with how likely that is and why: frame of `LINKED`, in the order of the rows."""
    limits = thresholds or Thresholds()
    if not ground.rows.height or not ground.people.height:
        nobody = pl.DataFrame(schema={**LINKED, "is_doubted": pl.Boolean}).drop("zone")
        return _answered(ground, nobody, limits)
    prior = EXPECTED_SHARE / max(ground.people_count, 2)
    pairs = weighed(_best_readings((backend or DuckDB()).scored(ground, prior), ground))
    return _answered(ground, reasoned(pairs, ground), limits)


def _best_readings(scored: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    """Of the readings of a row the one that fits each person best."""
    return (
        scored.rename({"row": "unique_id"})
        .join(ground.lines, on="unique_id", how="left")
        .drop("unique_id")
        .sort("row", "person_id", "weight", descending=[False, False, True])
        .unique(["row", "person_id"], keep="first", maintain_order=True)
    )


def _answered(ground: Ground, pairs: pl.DataFrame, limits: Thresholds) -> pl.DataFrame:
    zones = zoned(pairs, ground.by_row, limits)
    offered = pairs.filter((pl.col("probability") >= LEAST_OFFERED) | (pl.col("rank") == 1))
    beside = zones.join(offered, on="row", how="left", maintain_order="left_right")
    told = pl.col("zone") != Zone.DIFFERENT.value
    return beside.filter(told | pl.col("rank").fill_null(1).eq(1)).select(
        pl.col(name).cast(kind) for name, kind in LINKED.items()
    )
