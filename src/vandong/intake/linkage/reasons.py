"""Why a person is thought of: the outcome of each comparison, those that say most first, as codes.

Stored with the candidates as [{"code", "values", "speaks"}]: `speaks` for, against, or neither.
"""

import polars as pl

from vandong.intake.linkage.ground import Ground
from vandong.intake.linkage.model import COMPARISONS, Comparison

SAYS_LITTLE = 1.0
"""Bits below which an outcome speaks neither for nor against."""


def reasoned(pairs: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    """The pairs with `reasons`, JSON text. An equal name tells how many people have it."""
    bearers = ground.counts["name_fold"].rename({"value": "name_fold", "count": "bearers"})
    names = ground.people.select(person_id="unique_id", name_fold="name_fold").unique("person_id")
    told = pairs.join(names, on="person_id", how="left", maintain_order="left").join(
        bearers, on="name_fold", how="left", maintain_order="left"
    )
    parts = pl.concat_list(_part(one) for one in COMPARISONS)
    ordered = parts.list.drop_nulls().list.sort(descending=True)
    # The weight leads each text so that they sort by it; it goes again.
    texts = ordered.list.eval(pl.element().str.slice(8))
    return told.with_columns(reasons=pl.lit("[") + texts.list.join(", ") + pl.lit("]")).drop(
        "name_fold", "bearers"
    )


def _part(comparison: Comparison) -> pl.Expr:
    weight, gamma = pl.col(f"mw_{comparison.name}"), pl.col(f"gamma_{comparison.name}")
    last = len(comparison.levels) - 1
    codes = {last - place: level.code for place, level in enumerate(comparison.levels)}
    code = gamma.replace_strict(codes, default=None, return_dtype=pl.String)
    speaks = (
        pl.when(weight >= SAYS_LITTLE)
        .then(pl.lit("for"))
        .when(weight <= -SAYS_LITTLE)
        .then(pl.lit("against"))
        .otherwise(pl.lit("neither"))
    )
    values = pl.lit("{}")
    if comparison.name == "name":
        counted = gamma.is_in(
            [gamma for gamma, one in codes.items() if one in {"exact", "bare", "marks"}]
        )
        count = pl.col("bearers").fill_null(0).cast(pl.String)
        values = (
            pl.when(counted & (pl.col("bearers") > 0))
            .then(pl.lit('{"count": ') + count + pl.lit("}"))
            .otherwise(values)
        )
    head = (
        (weight.abs() * 100).round().clip(0, 99_999_999).cast(pl.Int64).cast(pl.String).str.zfill(8)
    )
    return (
        head
        + pl.lit(f'{{"code": "link_{comparison.name}_')
        + code
        + pl.lit('", "values": ')
        + values
        + pl.lit(', "speaks": "')
        + speaks
        + pl.lit('"}')
    )
