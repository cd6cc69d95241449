"""Pensions of whole lists: the scalar rule over columns, equal to the đồng.

Right, age, start, rate and coefficients come from the parts of the scalar rule, once for each combination that
occurs; averages and amounts of all people are then exact sums and quotients of whole numbers.
"""

from datetime import date
from fractions import Fraction

import numpy as np
import polars as pl

from vandong.kernel.numbers import decimal_text
from vandong.law import LawBook
from vandong.rules.average_income import Growth
from vandong.rules.bulk.coding import whole_column
from vandong.rules.bulk.exact import Whole
from vandong.rules.bulk.pension_amounts import PensionAmounts
from vandong.rules.bulk.pension_law import PensionLaw
from vandong.rules.bulk.pension_right import PensionRight
from vandong.rules.bulk.problems import RowProblems

CHUNK = 2 * 100 * 100
"""People worked out together: bounds the memory."""


def pensions(
    book: LawBook,
    people: pl.DataFrame,
    segments: pl.DataFrame,
    *,
    on: date,
    growth: Growth | None = None,
) -> pl.DataFrame:
    """One pension a person, people in their order; as `projected_pension` with `growth`, else as `pension`.

    `people`: `sex` (F, M), `birth` (the day that counts), where wanted `retire_on` (not with `growth`) and
    `missing_paid_on`. `segments`: `person` (row in `people` from 0), `first` (a day of the first month; empty
    for missing time), `months`, `income` (đồng a month), where wanted `kind` (voluntary, compulsory, missing).
    `constant_segments` makes them from one income.

    Columns out: `retirement_age_months`, `pension_from`, `worth_on`, `paid_months`, `counted_years` and `rate`
    (exact text), `average_income`, `monthly_amount`, `extra_amount`, `is_verified`, `problem`. Besides the
    codes of the scalar rule: value_missing, value_unknown, and number_too_large for incomes above a milliard,
    more than 1200 months, or growth beyond a hundredfold. Raises TypeError for columns of another kind.
    """
    segments = _sorted(segments)
    owners = whole_column(segments, "person").to_numpy()
    starts = np.arange(0, max(people.height, 1), CHUNK)
    cuts = np.searchsorted(owners, [*starts, people.height])
    law, made = PensionLaw(book, on, growth), []
    for number, start in enumerate(starts.tolist()):
        low, high = int(cuts[number]), int(cuts[number + 1])
        own = segments[low:high].with_columns(pl.col("person").cast(pl.Int64) - start)
        made.append(_chunk(law, people[start : start + CHUNK], own))
    return pl.concat(made)


def constant_segments(people: pl.DataFrame) -> pl.DataFrame:
    """One voluntary segment a person from its columns `income`, `first` and `years` (or `months`)."""
    months = pl.col("months") if "months" in people.columns else pl.col("years") * 12
    return people.select(
        pl.int_range(pl.len()).alias("person"),
        pl.col("first"),
        months.cast(pl.Int64).alias("months"),
        pl.col("income").cast(pl.Int64),
    )


def _sorted(segments: pl.DataFrame) -> pl.DataFrame:
    if segments["person"].is_sorted():
        return segments
    return segments.sort("person", maintain_order=True)


def _chunk(law: PensionLaw, people: pl.DataFrame, segments: pl.DataFrame) -> pl.DataFrame:
    problems = RowProblems(people.height)
    right = PensionRight(law, people, segments, problems)
    amounts = PensionAmounts(law, right, problems)
    shown = pl.DataFrame(
        {
            "retirement_age_months": right.age,
            "pension_from": right.begins.view("datetime64[D]"),
            "worth_on": right.worth.view("datetime64[D]"),
            "paid_months": right.total,
            "counted_years": _texts([one.years for one in amounts.rates], amounts.rate),
            "rate": _texts([one.rate for one in amounts.rates], amounts.rate),
            "average_income": amounts.average,
            "monthly_amount": amounts.monthly,
            "extra_amount": amounts.extra,
            "is_verified": right.is_verified & amounts.is_verified,
        }
    )
    fine = pl.Series("fine", problems.fine)
    kept = shown.select(pl.when(fine).then(pl.all()))
    return kept.with_columns(problems.column().alias("problem"))


def _texts(values: list[Fraction], rows: Whole) -> pl.Series:
    return pl.Series([decimal_text(value) for value in values], dtype=pl.String).gather(rows)
