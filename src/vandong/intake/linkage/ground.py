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
    how many of all `people_count` people have each value that a row has (columns `value`, `count`).

    A row that may be read in several ways (a former commune that was divided) has a line for each: `lines` says
    which line (`unique_id`) is of which row."""

    rows: pl.DataFrame
    lines: pl.DataFrame
    people: pl.DataFrame
    people_count: int
    counts: Mapping[str, pl.DataFrame]

    @property
    def by_row(self) -> pl.DataFrame:
        """The side of the rows with one line each, `unique_id` the row."""
        first = self.lines.unique("row", keep="first", maintain_order=True)
        return self.rows.join(first, on="unique_id").with_columns(unique_id="row").drop("row")


def gathered(rows: pl.DataFrame, people: Iterable[pl.DataFrame]) -> Ground:
    """Reads the people part by part (frames of `TOLD`): never more than a part and the candidates in memory.
    Of `rows` several may have one key: readings of one row."""
    lines = rows.select(
        pl.int_range(pl.len(), dtype=pl.Int64).alias("unique_id"), pl.col("key").alias("row")
    )
    own = sided(rows.with_columns(key=lines["unique_id"]))
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
    return Ground(own, lines, pl.concat(kept), total, summed)


def _none(name: str) -> pl.DataFrame:
    return pl.DataFrame(schema={"value": SIDE[name], "count": pl.Int64})
