"""Whose payment changes on a day to come: both amounts, what of the law makes it so, how sure it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from vandong.law import Fact, LawBook
from vandong.rules.bulk import contributions
from vandong.rules.bulk.contribution_terms import group_sets
from vandong.rules.contribution import income_limits, state_support
from vandong.rules.people import SupportGroup
from vandong.rules.trace import Step, Trace

INTEREST = "monthly_interest_rate"
LAW = (
    "poverty_line_rural",
    "base_salary",
    "income_cap_multiple",
    "contribution_rate",
    "state_support_rate",
    "support_months_cap",
    INTEREST,
)
"""What the amounts of a payment are made of."""

_SUMMED = ("before_amount", "after_amount", "difference_amount")


@dataclass(frozen=True, slots=True)
class LawChange:
    """One value of the law on both days; None where nothing is known on that day."""

    before: Fact | None
    after: Fact | None

    @property
    def known(self) -> Fact:
        """The later value, else the earlier one: for its name and unit."""
        fact = self.after or self.before
        if fact is None:
            raise ValueError("a value known on neither day is no change")
        return fact


def payment_changes(book: LawBook, people: pl.DataFrame, before: date, after: date) -> pl.DataFrame:
    """Everyone whose next payment is another on the later day, in the order of `people`.

    `people` as for `contributions`, each paying the same way on both days with the months of support given.
    Added columns: `row` (from 0), `before_amount`, `after_income` (the income, or the new floor where the
    income lies below it), `must_choose` (it does: the person has to choose a higher income), `after_amount`,
    `difference_amount`, `is_unverified` (law of the later day that is not read in official texts enters),
    `before_problem` and `after_problem` (codes; the amount is empty then). Nothing is worked out anew inside a
    period that is paid already (Decree 159/2025/NĐ-CP, art 5.5). Raises ParameterMissing when the incomes
    allowed are not known on the later day.
    """
    floor = income_limits(book, after).floor_amount
    now = contributions(book, people.drop("on", strict=False), before)
    raised = people.with_columns(after_income=pl.col("income").clip(lower_bound=floor))
    asked = raised.with_columns(income=pl.col("after_income")).drop("on", strict=False)
    then = contributions(book, asked, after)
    made = raised.with_row_index("row").with_columns(
        before_amount=now["pay_amount"],
        must_choose=pl.col("income") < floor,
        after_amount=then["pay_amount"],
        difference_amount=then["pay_amount"] - now["pay_amount"],
        is_unverified=~then["is_verified"],
        before_problem=now["problem"],
        after_problem=then["problem"],
    )
    changed = pl.col("must_choose") | (pl.col("difference_amount") != 0)
    unclear = pl.col("before_problem").is_not_null() | pl.col("after_problem").is_not_null()
    return made.filter(changed.fill_null(False) | unclear)


def change_summary(changes: pl.DataFrame) -> pl.DataFrame:
    """The changes by group and way of paying: people, how many must choose a higher income, how many cannot
    be worked out, and the sums of those that can; no sum where none can."""
    able = pl.col("difference_amount").is_not_null()
    return (
        changes.group_by("group", "method")
        .agg(
            pl.len().cast(pl.Int64).alias("people"),
            pl.col("must_choose").sum().cast(pl.Int64),
            (~able).sum().cast(pl.Int64).alias("not_computable"),
            *(pl.when(able.any()).then(pl.col(name).filter(able).sum()) for name in _SUMMED),
        )
        .sort("group", "method")
    )


def law_changes(book: LawBook, before: date, after: date) -> tuple[LawChange, ...]:
    """The values of the law behind a payment that are others on the later day, or known on one day only."""
    return tuple(
        one
        for parameter in LAW
        for key in _keys(book, parameter, before, after)
        for one in _change(book, parameter, key, before, after)
    )


def unverified_law(book: LawBook, people: pl.DataFrame, on: date) -> Trace:
    """The law of a day that enters the payments of these people and is not verified, for its sentences."""
    facts = list(income_limits(book, on).facts)
    before = "months_supported" in people.columns and (people["months_supported"] > 0).any()
    for groups in _groups(people):
        found = state_support(book, groups, int(before), on)
        facts += [*found.facts, *found.cap_facts]
    unsure = tuple(fact for fact in dict.fromkeys(facts) if not fact.confidence.is_verified)
    return Trace((Step("changes_law", {}, unsure),))


def _groups(people: pl.DataFrame) -> list[tuple[SupportGroup, ...]]:
    texts = (
        people["group"].fill_null("").unique().sort().to_list()
        if "group" in people.columns
        else [""]
    )
    return [one for one in group_sets(texts) if one is not None]


def _keys(book: LawBook, parameter: str, *days: date) -> list[str]:
    """The rows of a parameter on these days; one empty key for a plain value."""
    entries = [book.parameters[parameter].entry_at(day) for day in days]
    return list(dict.fromkeys(key for found in entries if found for key in found[0].rows))


def _change(
    book: LawBook, parameter: str, key: str, before: date, after: date
) -> Iterator[LawChange]:
    facts = [
        book.fact(parameter, day, key) if book.has(parameter, day, key) else None
        for day in (before, after)
    ]
    values = [fact.value if fact else None for fact in facts]
    if values[0] != values[1]:
        yield LawChange(*facts)
