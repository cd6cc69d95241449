"""From pairs and their weights to one answer for each row: the same, a person must look, different.

The people a row may mean are rivals: their probabilities and that of nobody add up to one. A person is given to
one row, or to several that tell of the same person; rows that do not are for a person's eye.
"""

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

OFFERED = 5
"""So many people are kept for a row."""

LINKED = pl.Schema(
    {
        "row": pl.Int64,
        "person_id": pl.Int64,
        "zone": pl.String,
        "probability": pl.Float64,
        "rank": pl.Int64,
        "reasons": pl.String,
    }
)
"""One line for each row and person it may mean, the likeliest first (`rank` 1); `zone` is of the row. A row of
zone `different` that nobody resembles has one line without a person. `reasons`: JSON, see `reasons`."""


SPEAKS_AGAINST = -1.0
"""Bits: what weighs no more than this says that two records are of two people."""
_DOUBTED = pl.any_horizontal(
    (pl.col(f"mw_{name}") <= SPEAKS_AGAINST).fill_null(value=False)
    for name in ("name", "birth", "sex")
).alias("is_doubted")


class Zone(StrEnum):
    """What becomes of a row."""

    SAME = "same"
    REVIEW = "review"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From `same` on a row is given to its person; from `review` on somebody is asked."""

    same: float = 0.95
    review: float = 0.05


def weighed(pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs with `probability` and `rank` among the rivals of their row, the likeliest few; `is_doubted`
    where name, birth or sex speak against the pair."""
    odds = (pl.col("weight").clip(-60, 60) * 0.6931471805599453).exp()
    return (
        pairs.with_columns(_DOUBTED, odds=odds)
        .with_columns(probability=pl.col("odds") / (1 + pl.col("odds").sum().over("row")))
        .sort("row", pl.col("probability"), "person_id", descending=[False, True, False])
        .with_columns(rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("row"))
        .filter(pl.col("rank") <= OFFERED)
        .drop("odds")
    )


def zoned(pairs: pl.DataFrame, rows: pl.DataFrame, thresholds: Thresholds) -> pl.DataFrame:
    """`row`, `zone` of every row of `rows` (a side, see `sides.SIDE`).

    Whoever else may be meant: where name, birth or sex speak against it, a person is asked.
    """
    best = pairs.filter(pl.col("rank") == 1).select("row", "person_id", "probability", "is_doubted")
    contested = _contested(best.filter(pl.col("probability") >= thresholds.same), rows)
    doubted = best.filter("is_doubted")["row"]
    asked = pl.concat([contested, doubted]).implode()
    zone = (
        pl.when(pl.col("row").is_in(asked) & (pl.col("probability") >= thresholds.same))
        .then(pl.lit(Zone.REVIEW.value))
        .when(pl.col("probability") >= thresholds.same)
        .then(pl.lit(Zone.SAME.value))
        .when(pl.col("probability") >= thresholds.review)
        .then(pl.lit(Zone.REVIEW.value))
        .otherwise(pl.lit(Zone.DIFFERENT.value))
    )
    own = rows.select(row="unique_id")
    return own.join(best, on="row", how="left", maintain_order="left").select("row", zone=zone)


def _contested(claims: pl.DataFrame, rows: pl.DataFrame) -> pl.Series:
    """Rows that claim a person whom a likelier row has, and do not tell of the same person as that row."""
    told = rows.select("unique_id", "name_bag", "birth_year", "sex").rename({"unique_id": "row"})
    several = claims.filter(pl.len().over("person_id") > 1).join(told, on="row")
    first = several.sort("probability", "row", descending=[True, False]).unique(
        "person_id", keep="first", maintain_order=True
    )
    beside = several.join(first, on="person_id", suffix="_first")
    agree = pl.all_horizontal(
        (pl.col(name) == pl.col(f"{name}_first")).fill_null(True)
        for name in ("name_bag", "birth_year", "sex")
    )
    return beside.filter(~agree)["row"]
