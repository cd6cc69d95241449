"""One form for both sides of a linkage: what rows and people tell, made comparable. Empty is null."""

import re

import polars as pl

from vandong.intake.linkage.spelling import word_keys
from vandong.kernel.names import fold

SIDE = pl.Schema(
    {
        "unique_id": pl.Int64,
        "name_key": pl.String,
        "name_fold": pl.String,
        "name_core": pl.String,
        "name_bag": pl.String,
        "name_ends": pl.String,
        "given": pl.String,
        "birth_day": pl.String,
        "birth_turned": pl.String,
        "birth_year": pl.Int64,
        "sex": pl.String,
        "unit": pl.Int64,
        "cluster": pl.String,
        "phone": pl.String,
        "phone_shared": pl.Int64,
        "house_phone": pl.String,
    }
)
"""What is compared. `name_key`: with tones, wherever they stand; `name_fold`: without diacritics; `name_core`:
without Thị and Văn in the middle; `name_bag`: its words in alphabetical order; `name_ends`: surname and given
name. `birth_day`: null when only the year is known; `birth_turned`: day and month the other way round.
`phone_shared`: 1 when the number stands with several people; `house_phone`: of somebody else of the household.
"""

_SMALL = ("thi", "van")
_KINDS = (
    *(
        "thôn",
        "thon",
        "xóm",
        "xom",
        "ấp",
        "ap",
        "bản",
        "ban",
        "buôn",
        "buon",
        "bon",
        "làng",
        "lang",
    ),
    *("khu phố", "khu pho", "khu", "tổ dân phố", "to dan pho", "tdp", "tổ", "to", "khóm", "khom"),
    *("tiểu khu", "tieu khu", "phum", "sóc", "soc", "đội", "doi"),
)
_CLUSTER = rf"(?i)(?:^|[,;])\s*((?:{'|'.join(_KINDS)})[\s.]+[^,;]+)"
_CLUSTER_WORDS = re.compile(r"\bso\b|[.]")
_CLUSTER_SHORT = re.compile(r"^(?:tdp|to)\s+(?=\d)")
_ZEROS = re.compile(r"\b0+(?=\d)")


def sided(told: pl.DataFrame) -> pl.DataFrame:
    """Rows or people (columns of `ground.TOLD`) in the form of `SIDE`."""
    names = _names(told["full_name"])
    clusters = _clusters(told["address"])
    born, by_year = pl.col("birth_on"), pl.col("birth_precision") == "year"
    day = pl.when(~by_year).then(born)
    told = told.with_columns(
        pl.col("full_name").replace("", None), pl.col("address").replace("", None)
    )
    return (
        told.join(names, on="full_name", how="left", maintain_order="left")
        .join(clusters, on="address", how="left", maintain_order="left")
        .with_columns(
            pl.col("key").alias("unique_id"),
            day.dt.strftime("%Y-%m-%d").alias("birth_day"),
            pl.when(day.dt.day() <= 12).then(day.dt.strftime("%Y-%d-%m")).alias("birth_turned"),
            born.dt.year().alias("birth_year"),
            pl.col("unit_id").alias("unit"),
            *(pl.col(name).replace("", None) for name in ("sex", "phone", "house_phone")),
        )
        .select(pl.col(name).cast(kind) for name, kind in SIDE.items())
    )


def _names(names: pl.Series) -> pl.DataFrame:
    """The keys of each different name."""
    different = names.filter(names != "").unique()
    lists = (
        different.str.to_lowercase()
        .str.split(" ")
        .list.eval(pl.element().filter(pl.element() != ""))
    )
    words = lists.explode(empty_as_null=True).drop_nulls().unique().to_list()
    keys = [word_keys(word) for word in words]
    frame = pl.DataFrame(
        {
            "full_name": different,
            "keys": _listed(lists, words, [key for key, _ in keys]),
            "folds": _listed(lists, words, [bare for _, bare in keys]),
        }
    )
    folds, last = pl.col("folds"), pl.col("folds").list.len() - 1
    middle = folds.list.slice(1, pl.max_horizontal(last.cast(pl.Int64) - 1, pl.lit(0)))
    ends = pl.concat_list(folds.list.first(), folds.list.last())
    core = pl.concat_list(
        folds.list.first(),
        middle.list.filter(~pl.element().is_in(list(_SMALL))),
        folds.list.slice(1).list.last(),
    ).list.drop_nulls()
    return frame.select(
        "full_name",
        pl.col("keys").list.join(" ").alias("name_key"),
        folds.list.join(" ").alias("name_fold"),
        core.list.join(" ").alias("name_core"),
        folds.list.filter(pl.element() != "thi").list.sort().list.join(" ").alias("name_bag"),
        ends.list.join(" ").alias("name_ends"),
        folds.list.last().alias("given"),
    )


def _listed(lists: pl.Series, words: list[str], made: list[str]) -> pl.Series:
    if not words:
        return lists
    return lists.list.eval(pl.element().replace_strict(words, made, return_dtype=pl.String))


def _clusters(addresses: pl.Series) -> pl.DataFrame:
    """The hamlet or residential group of each different address, in one spelling."""
    different = addresses.filter(addresses != "").unique()
    found = different.str.extract(_CLUSTER)
    texts = found.drop_nulls().unique()
    made = pl.DataFrame(
        {"found": texts, "cluster": pl.Series([_cluster(one) for one in texts], dtype=pl.String)}
    )
    frame = pl.DataFrame({"address": different, "found": found})
    return frame.join(made, on="found", how="left").select("address", "cluster")


def _cluster(text: str) -> str:
    """Tổ dân phố số 07, TDP 7, Tổ 7 → to dan pho 7."""
    plain = " ".join(_CLUSTER_WORDS.sub(" ", fold(text)).split())
    return _CLUSTER_SHORT.sub("to dan pho ", _ZEROS.sub("", plain))
