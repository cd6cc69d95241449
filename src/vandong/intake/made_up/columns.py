"""Columns of the files: words by index, ids, units of the day; and tables cut into parts that fit in memory."""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from vandong.intake.made_up.draws import Days, Flags, Ints
from vandong.intake.made_up.province import Province
from vandong.places.official import CHANGE_DAY

PART_ROWS = 200_000
TN, HGD, BB, CARD = "bhxh_tn", "bhyt_hgd", "bhxh_bb", "bhyt"
SCHEMES = (TN, HGD, BB, CARD)
SPELL_MARKS = ("T", "C", "B", "K")
MADE_UP = pl.lit("1").alias("made_up")


def texts(words: Sequence[str], indexes: Ints | Flags) -> pl.Series:
    """Words by their indexes; an empty word is no value."""
    filled = pl.Series([word or None for word in words], dtype=pl.String)
    return filled.gather(indexes.astype(np.int64))


def without(values: Ints, nothing: Flags) -> pl.Series:
    """Whole numbers; no value where `nothing` says so."""
    return pl.Series(values).set(pl.Series(nothing), None)


def parts_of(count: int) -> Iterator[Ints]:
    """The indexes of so many rows, part by part; one empty part for no row."""
    for start in range(0, max(count, 1), PART_ROWS):
        yield np.arange(start, min(start + PART_ROWS, count))


def spell_ids(province: Province, scheme: Ints, who: Ints, spell: Ints) -> pl.Series:
    """The scheme's letter, the person, and which unbroken time of this person it is."""
    person = province.person_ids(who).str.slice(1)
    return texts(SPELL_MARKS, scheme) + person + "-" + pl.Series(spell).cast(pl.String)


def units_of_day(province: Province, who: Ints, on: Days) -> pl.Series:
    """The commune of people as it was called on a day."""
    old = province.old_unit_codes.gather(province.cluster[who])
    now = province.unit_codes.gather(province.commune[who])
    return now.zip_with(pl.Series(on >= np.datetime64(CHANGE_DAY)), old)
