"""Estimates `intake/linkage/weights.yaml`: `python -m bench.linkage_weights > weights.yaml`.

From a made-up province that `./dev bench linkage` does not measure (another province and seed): m are the
shares of outcomes among true pairs, u among pairs put together by chance. Outcomes of rows that cannot do
better are counted apart: a row without diacritics agrees, or not, without them; a year alone agrees, or not, as
a year. What the province never does (people who move, change their telephone,
mistype a letter) is set by hand, here.
"""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import polars as pl

from bench.linkage_truth import sides_of
from vandong.intake.checking import CheckContext, FoundUnit, check_list
from vandong.intake.kinds import ListKind
from vandong.intake.linkage.model import COMPARISONS, Comparison
from vandong.intake.linkage.sides import sided
from vandong.intake.made_up.request import DEFAULT_DAY, MadeUpRequest
from vandong.intake.made_up.writing import write_made_up_province
from vandong.intake.mapping import recognised
from vandong.intake.reading import read_list
from vandong.law import law_book

PROVINCE, PEOPLE, SEED = "24", 400_000, 3
ESTIMATED = ("name", "birth")
RARE_M = 0.002
"""m of an outcome that hardly ever came up: offices do what the made-up province does not."""
CONDITIONAL: Mapping[tuple[str, str], float] = {("name", "bare"): 0.95, ("birth", "year"): 0.95}
"""Outcomes of rows that cannot do better: nearly all of them agree so."""
BY_HAND: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "sex": {"same": (0.995, 0.5), "other": (0.005, 0.5)},
    "unit": {"same": (0.93, 0.01), "other": (0.07, 0.99)},
    "cluster": {"same": (0.75, 0.05), "other": (0.25, 0.95)},
    "phone": {"own": (0.5, 0.004), "shared": (0.2, 0.02), "other": (0.3, 0.976)},
}
"""m and u. A telephone is worth 7 bits, a shared one 3, so that a household does not pass for one person."""


def estimated() -> str:
    """The file, as text."""
    with tempfile.TemporaryDirectory() as folder:
        request = MadeUpRequest(PROVINCE, PEOPLE, SEED, DEFAULT_DAY)
        write_made_up_province(request, Path(folder), book=law_book())
        rows, people = _rows(Path(folder)), _people(Path(folder))
    true = rows.join(people, left_on="person", right_on="person_r", how="inner")
    by_chance = pl.concat(
        [
            rows.sample(fraction=20, with_replacement=True, shuffle=True, seed=SEED).drop("person"),
            people.sample(rows.height * 20, with_replacement=True, shuffle=True, seed=SEED + 1),
        ],
        how="horizontal",
    )
    lines = [
        f"# m and u of each outcome. Name and birth: shares among {true.height} true and {by_chance.height}",
        f"# accidental pairs of a made-up province ({PROVINCE}, {PEOPLE} people, seed {SEED}); others are set.",
        "# Made by `python -m bench.linkage_weights`, where it is said how. Where a frequency is known, it",
        "# stands in place of u.",
    ]
    for comparison in COMPARISONS:
        lines.append(f"{comparison.name}:")
        for code, (m, u) in _chances(comparison, true, by_chance).items():
            lines.append(f"  {code}: {{m: {_told(m)}, u: {_told(u)}}}")
    return "\n".join(lines)


def _told(chance: float) -> str:
    """Three figures that count, without an exponent."""
    return f"{float(f'{chance:.3g}'):.7f}".rstrip("0")


def _chances(
    comparison: Comparison, true: pl.DataFrame, by_chance: pl.DataFrame
) -> Mapping[str, tuple[float, float]]:
    if comparison.name not in ESTIMATED:
        return BY_HAND[comparison.name]
    codes = [level.code for level in comparison.levels]
    conditional = [code for code in codes if (comparison.name, code) in CONDITIONAL]
    found = _shares(comparison, true, conditional)
    accidental = _shares(comparison, by_chance, [])
    return {
        code: (
            CONDITIONAL.get((comparison.name, code), max(found.get(code, 0), RARE_M)),
            max(accidental.get(code, 0), 1e-6),
        )
        for code in codes
    }


def _shares(
    comparison: Comparison, pairs: pl.DataFrame, left_out: Sequence[str]
) -> Mapping[str, float]:
    branches = " ".join(
        f"WHEN {level.condition} THEN '{level.code}'" for level in comparison.levels[:-1]
    )
    last = comparison.levels[-1].code
    with duckdb.connect() as connection:
        connection.register("pairs", pairs.to_arrow())
        told = connection.sql(
            f"SELECT CASE WHEN {comparison.unknown} THEN NULL {branches} ELSE '{last}' END AS code FROM pairs"
        ).pl()
    counted = told.drop_nulls().filter(~pl.col("code").is_in(list(left_out)))
    shares = counted.group_by("code").agg(share=pl.len() / counted.height)
    return dict(shares.iter_rows())


def _rows(folder: Path) -> pl.DataFrame:
    path = folder / "lists" / "business_households.csv"
    kind, raw = ListKind.BUSINESS_HOUSEHOLDS, read_list(path, path.name)
    context = CheckContext(
        kind, DEFAULT_DAY, None, law_book(), lambda texts: dict.fromkeys(texts, FoundUnit(1, 1))
    )
    frame = check_list(raw, recognised(kind, raw.heads), context).frame
    told = frame.select(
        pl.col("row").alias("key"),
        *("full_name", "birth_on", "birth_precision", "sex"),
        pl.col("unit_today_id").alias("unit_id"),
        *("address", "phone"),
        phone_shared=pl.lit(0),
        house_phone=pl.lit(""),
    )
    truth = pl.read_csv(path, infer_schema=False).select(
        pl.int_range(2, pl.len() + 2).cast(pl.Int64).alias("unique_id"), person="truth_person"
    )
    side = sided(told).join(truth, on="unique_id")
    return side.rename({name: f"{name}_l" for name in side.columns if name != "person"})


def _people(folder: Path) -> pl.DataFrame:
    people = pl.read_csv(folder / "persons.csv", infer_schema=False).fill_null("")
    side = sides_of(people).drop("surname")
    side = side.with_columns(person=people["person_id"])
    return side.rename({name: f"{name}_r" for name in side.columns})
