"""How frequent each name, day and commune is: agreement in what many have says little (Nguyễn is no evidence).

A register of few people does not know how frequent a name is: its counts are mixed with those that
`PSEUDO_COUNT` people of the country would give, from the shares of surnames (`domain.md` 3.1) and rough shares
of other words. Sharing a commune is counted in the register alone: its people are those among whom a row may
err.
"""

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from vandong.intake.linkage.ground import COUNTED, DATED, Ground

PSEUDO_COUNT = 20_000
"""People of the country that the register's counts are mixed with."""

SURNAMES: Mapping[str, float] = MappingProxyType(
    {
        **{"nguyen": 0.32, "tran": 0.097, "le": 0.082, "pham": 0.066, "vu": 0.052, "vo": 0.052},
        **{"hoang": 0.048, "huynh": 0.048, "do": 0.03, "bui": 0.026, "phan": 0.022, "dang": 0.021},
    }
)
"""Shares of people (`domain.md` 3.1, South and North together)."""
OTHER_SURNAME, GIVEN, MIDDLE, SMALL_MIDDLE = 0.004, 0.01, 0.1, 0.5
"""Rough shares of one other surname, one given name, one middle word, and of Thị or Văn: guesses."""
BIRTH_DAYS, BIRTH_YEARS, NEW_YEAR_SHARE = 25_000, 70, 10
"""Days and years of birth among which people are spread; 1 January stands for others this many times."""


def frequencies(ground: Ground) -> dict[str, pl.DataFrame]:
    """By column the share of each value that a row has: the columns `x` and `tf_x`."""
    found = {name: _named(ground, name) for name in COUNTED}
    found |= {name: _dated(ground, name) for name in DATED}
    units = ground.counts["unit"]
    found["unit"] = _table("unit", units, pl.col("count") / max(ground.people_count, 1))
    return found


def _named(ground: Ground, name: str) -> pl.DataFrame:
    words = pl.col("name_fold").str.split(" ")
    surname = words.list.first().replace_strict(
        SURNAMES, default=OTHER_SURNAME, return_dtype=pl.Float64
    )
    middle = words.list.slice(1, (words.list.len().cast(pl.Int64) - 2).clip(0))
    small = middle.list.filter(pl.element().is_in(["thi", "van"])).list.len()
    others = middle.list.len() - small
    share = surname * GIVEN
    if name == "given":
        share = pl.lit(GIVEN)
    elif name != "name_ends":
        share = share * pl.lit(MIDDLE).pow(others)
        if name in {"name_key", "name_fold"}:
            share = share * pl.lit(SMALL_MIDDLE).pow(small)
    values = ground.rows.select(pl.col(name).alias("value"), "name_fold").drop_nulls()
    known = values.unique("value", keep="any").select("value", share=share)
    return _table(name, _counted(ground, name, known), _mixed(ground))


def _dated(ground: Ground, name: str) -> pl.DataFrame:
    if name == "birth_day":
        is_first = pl.col("value").str.ends_with("-01-01")
        share = pl.when(is_first).then(NEW_YEAR_SHARE / BIRTH_DAYS).otherwise(1 / BIRTH_DAYS)
    else:
        share = pl.lit(1 / BIRTH_YEARS)
    known = ground.rows.select(value=name).unique().drop_nulls().with_columns(share=share)
    return _table(name, _counted(ground, name, known), _mixed(ground))


def _counted(ground: Ground, name: str, known: pl.DataFrame) -> pl.DataFrame:
    return known.join(ground.counts[name], on="value", how="left").with_columns(
        pl.col("count").fill_null(0)
    )


def _mixed(ground: Ground) -> pl.Expr:
    total = ground.people_count + PSEUDO_COUNT
    return (pl.col("count") + PSEUDO_COUNT * pl.col("share")) / total


def _table(name: str, values: pl.DataFrame, share: pl.Expr) -> pl.DataFrame:
    return values.select(pl.col("value").alias(name), share.cast(pl.Float64).alias(f"tf_{name}"))
