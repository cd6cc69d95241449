"""The people a list is compared with, as far as they can matter, and how frequent their names and days are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from vandong.intake.linkage.blocking import candidates
from vandong.intake.linkage.sides import SIDE, sided

TOLD = pl.Schema(
    {
        "key": pl.Int64,
        "full_name": pl.String,
        "birth_on": pl.Date,
        "birth_precision": pl.String,
        "sex": pl.String,
        "unit_id": pl.Int64,
        "address": pl.String,
        "phone": pl.String,
        "phone_shared": pl.Int64,
        "house_phone": pl.String,
    }
)
"""What rows and people tell. `key`: number of the row, id of the person. `unit_id`: the commune of today;
`phone`, `house_phone`: of a person those that a row of the list has, if any."""

COUNTED = ("name_key", "name_fold", "name_core", "name_bag", "name_ends", "given")
DATED = ("birth_day", "birth_year")


@dataclass(frozen=True, slots=True)
class Ground:
    """`rows`, `people`: the two sides, of people only those that a rule sets beside a row. `counts`: by column,
    how many of all `people_count` people have each value that a row has (columns `value`, `count`)."""

    rows: pl.DataFrame
    people: pl.DataFrame
    people_count: int
    counts: Mapping[str, pl.DataFrame]


def gathered(rows: pl.DataFrame, people: Iterable[pl.DataFrame]) -> Ground:
    """Reads the people part by part (frames of `TOLD`): never more than a part and the candidates in memory."""
    own = sided(rows)
    counted = (*COUNTED, *DATED, "unit")
    wanted = {name: own.select(value=name).unique().drop_nulls() for name in counted}
    kept, counts, total = [SIDE.to_frame()], {name: [_none(name)] for name in counted}, 0
    for part in people:
        side = sided(part)
        total += side.height
        for name in counted:
            values = side.select(value=name).join(wanted[name], on="value", how="semi")
            counts[name].append(values.group_by("value").agg(count=pl.len().cast(pl.Int64)))
        kept.append(candidates(own, side))
    summed = {
        name: pl.concat(parts).group_by("value").agg(pl.col("count").sum())
        for name, parts in counts.items()
    }
    return Ground(own, pl.concat(kept), total, summed)


def _none(name: str) -> pl.DataFrame:
    return pl.DataFrame(schema={"value": SIDE[name], "count": pl.Int64})
