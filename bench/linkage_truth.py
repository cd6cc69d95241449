"""Whom the rows of a made-up list really mean, and of how many that can be known at all.

The ceiling: the share of true pairs of which no other person of the register has the same values in everything
that the row tells, as exactly as it tells it (a name without diacritics, a year alone, Thị left out). It asks
nothing of the linkage and knows the faults from the truth.
"""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from vandong.intake.linkage.ground import TOLD
from vandong.intake.linkage.sides import sided
from vandong.registry.models import Person

_UNMARKED = ("no_diacritics", "wrong_mark", "d_for_đ", "telex", "vni")
_LIKE_FAULTS = (("name_order", "name_bag"), ("thi_dropped", "name_core"))


@dataclass(frozen=True, slots=True)
class Judged:
    """Of what was found alone: how much is right; of the true pairs: how many were found."""

    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Truth:
    """`pairs`: row, person_id, faults, identified, surname_share of each true pair. `rows`: every row with its
    surname_share."""

    pairs: pl.DataFrame
    rows: pl.DataFrame

    @property
    def ceiling(self) -> float:
        """The share of true pairs that can be known."""
        return float(self.pairs["identified"].mean() or 0)  # type: ignore[arg-type]

    def within(self, least: float, most: float) -> "Truth":
        """Of the rows whose surname has such a share of the people."""
        band = (pl.col("surname_share") >= least) & (pl.col("surname_share") < most)
        return Truth(self.pairs.filter(band), self.rows.filter(band))

    def judged(self, found: pl.DataFrame) -> Judged:
        """`found`: row, person_id of what was settled without a person's eye (null elsewhere)."""
        settled = found.drop_nulls("person_id").join(self.rows, on="row", how="semi")
        right = settled.join(self.pairs, on=["row", "person_id"], how="semi").height
        return Judged(right / max(settled.height, 1), right / max(self.pairs.height, 1))

    def by_fault(self, found: pl.DataFrame) -> list[tuple[str, int, float]]:
        """For each fault its rows and the share that was found rightly."""
        right = found.select("row", settled="person_id")
        told = self.pairs.join(right, on="row", how="left").with_columns(
            hit=(pl.col("settled") == pl.col("person_id")).fill_null(False),
            fault=pl.col("faults").str.split(" "),
        )
        parts = told.explode("fault").group_by("fault").agg(pl.len(), pl.col("hit").mean())
        return [(fault or "", count, share) for fault, count, share in parts.sort("fault").rows()]


def read_truth(folder: Path, frame: pl.DataFrame, *, is_poor: bool = False) -> Truth:
    """Of the list of business households in the folder of a made-up province, checked as `frame`. `is_poor`:
    rows tell no more than name, year of birth, sex and commune."""
    people = pl.read_csv(folder / "persons.csv", infer_schema=False).fill_null("")
    raw = pl.read_csv(folder / "lists" / "business_households.csv", infer_schema=False)
    listed = raw.select(
        pl.int_range(2, pl.len() + 2).cast(pl.Int64).alias("row"),
        person="truth_person",
        faults=pl.col("truth_faults").fill_null(""),
        has_phone=pl.col("Điện thoại").fill_null("") != "",
    )
    first = _first_id(people)
    sides = sides_of(people).with_columns(shares=pl.len().over("surname") / pl.len())
    pairs = listed.drop_nulls("person").with_columns(
        key=pl.col("person").str.slice(3).cast(pl.Int64) - 1
    )
    identified = pairs.join(_identified(pairs, sides, is_poor=is_poor), on="row", how="left")
    known = identified.join(
        sides.select(key="unique_id", surname_share="shares"), on="key", how="left"
    ).select("row", "faults", "identified", "surname_share", person_id=pl.col("key") + first)
    shares = sides.select("surname", surname_share="shares").unique("surname")
    rows = (
        frame.select("row", surname=pl.col("name_fold").str.split(" ").list.first())
        .join(shares, on="surname", how="left")
        .select("row", pl.col("surname_share").fill_null(0.0))
    )
    rows = rows.join(known.select("row", "surname_share"), on="row", how="left").select(
        "row", surname_share=pl.coalesce("surname_share_right", "surname_share")
    )
    return Truth(known, rows)


def _first_id(people: pl.DataFrame) -> int:
    """The id in the register of the first person of the province."""
    at, number = next(
        (at, one) for at, one in enumerate(people["personal_id"].to_list()) if len(one) == 12
    )
    return Person.objects.get(personal_id=number, merged_into__isnull=True).pk - at


def sides_of(people: pl.DataFrame) -> pl.DataFrame:
    """People of a made-up province (`persons.csv`) in the form of a side, and their surnames."""
    units = {code: at for at, code in enumerate(people["unit"].unique().sort().to_list())}
    told = people.with_row_index("key").with_columns(
        birth_on=pl.col("birth_on").str.to_date(),
        birth_precision=pl.lit("day"),
        unit_id=pl.col("unit").replace_strict(units, return_dtype=pl.Int64),
        phone_shared=pl.lit(0),
        house_phone=pl.lit(""),
    )
    made = sided(told.select(pl.col(name).cast(kind) for name, kind in TOLD.items()))
    return made.with_columns(surname=pl.col("name_fold").str.split(" ").list.first())


def _identified(pairs: pl.DataFrame, sides: pl.DataFrame, *, is_poor: bool) -> pl.DataFrame:
    """`row`, `identified`, for every combination of what rows tell and how exactly."""
    name = pl.lit("name_key")
    for fault in _UNMARKED:
        name = (
            pl.when(pl.col("faults").str.contains(fault)).then(pl.lit("name_fold")).otherwise(name)
        )
    for fault, column in _LIKE_FAULTS[::-1]:
        name = pl.when(pl.col("faults").str.contains(fault)).then(pl.lit(column)).otherwise(name)
    birth = (
        pl.when(pl.col("faults").str.contains("year_only"))
        .then(pl.lit("birth_year"))
        .otherwise(pl.lit("birth_day"))
    )
    told = pairs.with_columns(name=name, birth=birth)
    parts = []
    for (by_name, by_birth, has_phone), group in told.group_by("name", "birth", "has_phone"):
        values = [str(by_name), "birth_year" if is_poor else str(by_birth), "sex", "unit"]
        values += [] if is_poor else ["cluster", "phone"] if has_phone else ["cluster"]
        own = group.select("row", unique_id="key").join(
            sides.select("unique_id", *values), on="unique_id"
        )
        rivals = sides.select(values).join(
            own.select(values).unique(), on=values, how="semi", nulls_equal=True
        )
        counts = rivals.group_by(values).agg(people=pl.len())
        parts.append(
            own.join(counts, on=values, how="left", nulls_equal=True).select(
                "row", identified=pl.col("people") == 1
            )
        )
    return pl.concat(parts)
