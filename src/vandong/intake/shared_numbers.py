"""Rows of one list that share a number: one person told twice, or two people given one number."""

import polars as pl

SHARED_BY = ("row", "personal_id", "si_number", "card_number")
"""The columns that `shared_rows` looks at."""
_KEY, _ROW_AS_KEY = pl.col("person_key"), pl.col("row").alias("person_key")


def shared_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows that share a personal ID, an SI number or, having neither, a card with another row.

    Columns `row` and `person_key`: the first row of those that the numbers lead together, so that rows of one
    new person have one key. Rows that share nothing are left out: each is its own key.
    """
    whole = frame.select(SHARED_BY).with_columns(_ROW_AS_KEY, pl.lit(False).alias("is_shared"))
    has_id, has_si = pl.col("personal_id") != "", pl.col("si_number") != ""
    only_card = (pl.col("card_number") != "") & ~has_id & ~has_si
    for column, carries in (
        ("personal_id", has_id),
        ("si_number", has_si),
        ("personal_id", has_id),
        ("card_number", only_card),
    ):
        whole = _led_together(whole, column, carries)
    return whole.filter("is_shared").select("row", "person_key")


def _led_together(whole: pl.DataFrame, column: str, carries: pl.Expr) -> pl.DataFrame:
    """Rows that carry the same word in `column` get the least key among them."""
    groups = (
        whole.filter(carries)
        .group_by(column)
        .agg(_KEY.min().alias("least"), pl.len().alias("rows"))
        .filter(pl.col("rows") > 1)
        .with_columns(pl.lit(True).alias("is_found"))
        .drop("rows")
    )
    if groups.is_empty():
        return whole
    found = carries & pl.col("is_found").fill_null(value=False)
    return (
        whole.join(groups, on=column, how="left", maintain_order="left")
        .with_columns(
            pl.when(found).then("least").otherwise("person_key").alias("person_key"),
            (pl.col("is_shared") | found).alias("is_shared"),
        )
        .drop("least", "is_found")
    )
