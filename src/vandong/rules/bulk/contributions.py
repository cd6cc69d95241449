"""Voluntary contributions of whole lists: the scalar rule over columns, equal to the đồng.

Everything but the income is worked out once for each combination that occurs, by the parts of the scalar rule;
the amounts of all rows are then exact products of whole numbers. A row that cannot be quoted has the code that
the scalar rule would raise, and no amounts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from vandong.law import LawBook, ParameterMissing
from vandong.rules.bulk.coding import (
    coded,
    day_column,
    flags,
    occurring,
    text_column,
    whole_column,
)
from vandong.rules.bulk.contribution_terms import (
    KINDS,
    LimitTerms,
    MethodTerms,
    SupportTerms,
    group_sets,
    limit_terms,
    method_terms,
    support_terms,
    window_months,
)
from vandong.rules.bulk.eras import Eras, month_numbers
from vandong.rules.bulk.exact import LARGEST_VALUE, Whole, rounded_products
from vandong.rules.bulk.problems import NUMBER_TOO_LARGE, VALUE_MISSING, RowProblems
from vandong.rules.contribution.methods import MethodKind

Flags = NDArray[np.bool_]
Terms = TypeVar("Terms")

AMOUNTS = (
    "gross_amount",
    "state_support_amount",
    "local_support_amount",
    "other_amount",
    "pay_amount",
)


def contributions(book: LawBook, frame: pl.DataFrame, on: date | None = None) -> pl.DataFrame:
    """One quote a row, rows in their order.

    Columns in: `income` (đồng a month), `method` (text as `parse_method` reads it), `on` (day of payment,
    unless one day is given for all); where wanted `group` ("poor" or "poor,island"; empty is other),
    `months_supported`, `covers_from` (a day of the first month), `local_rate` and `other_rate` (exact text or
    decimals), `local_amount` and `other_amount` (đồng a month).

    Columns out, equal to `voluntary_contribution`: `months`, `supported_months`, `gross_amount`,
    `state_support_amount`, `local_support_amount`, `other_amount`, `pay_amount`, `is_verified` (the law of
    the row is read in official texts), `problem` (a code, empty where there is none). Besides the codes of the
    scalar rule: value_missing, not_a_number, and number_too_large for top-ups above nine billion đồng.
    Raises TypeError for columns of another kind than said.
    """
    return _Quotes(book, frame, on).result()


@dataclass(frozen=True, slots=True)
class _TopUps:
    """What a payer adds: distinct shares, which of them a row has, and whole đồng a month."""

    shares: Sequence[Fraction | None]
    rows: Whole
    amounts: Whole

    @classmethod
    def of(cls, frame: pl.DataFrame, payer: str) -> "_TopUps":
        texts, rows = coded(text_column(frame, f"{payer}_rate", "0"))
        amounts = whole_column(frame, f"{payer}_amount").fill_null(0).to_numpy()
        return cls([_share(text) for text in texts], rows, amounts)

    def mark(self, problems: RowProblems) -> None:
        """Shares outside 0–100 %, negative amounts, what is no number."""
        unread = flags(share is None for share in self.shares)
        outside = flags(share is not None and not 0 <= share <= 1 for share in self.shares)
        problems.mark(unread[self.rows], "not_a_number")
        problems.mark(outside[self.rows] | (self.amounts < 0), "top_up_not_allowed")
        problems.mark(self.amounts > LARGEST_VALUE, NUMBER_TOO_LARGE)

    def sums(self, months: Whole, places: Whole, bases: Sequence[Fraction], good: Flags) -> Whole:
        """Đồng for the months of each row; `places` tells which of the bases is the row's."""
        total: Whole = months * np.where(good, self.amounts, 0)
        if any(self.shares):
            width = len(self.shares)
            factors = [base * (share or 0) for base in bases for share in self.shares]
            used = np.where(good, places * width + self.rows, 0)
            total = total + rounded_products(months, used, factors)
        return total


def _share(text: str) -> Fraction | None:
    try:
        return Fraction(text.strip().replace(",", "."))
    except (ValueError, ZeroDivisionError):
        return None


class _Quotes:
    """The columns of one call on their way to amounts."""

    def __init__(self, book: LawBook, frame: pl.DataFrame, on: date | None) -> None:
        self.book, self.height = book, frame.height
        self.problems = RowProblems(frame.height)
        self.eras = Eras.of(book)
        self.income = self._given(whole_column(frame, "income"), "income" in frame.columns)
        self.supported_before = whole_column(frame, "months_supported").fill_null(0).to_numpy()
        self.on = day_column(frame, "on", on)
        self.problems.mark(np.isnat(self.on), VALUE_MISSING)
        self.on[np.isnat(self.on)] = np.datetime64(date.min)
        self.covers_from = day_column(frame, "covers_from")
        self.era = self.eras.at(self.on)
        self.local, self.other = (_TopUps.of(frame, payer) for payer in ("local", "other"))
        self._read_methods(text_column(frame, "method", ""))
        self._read_groups(text_column(frame, "group", ""))

    def result(self) -> pl.DataFrame:
        """Checks in the order of the scalar rule, then the amounts."""
        self._check_income()
        self.local.mark(self.problems)
        self.other.mark(self.problems)
        self._check_period()
        self._check_support()
        late = [one.late_problem for one in self.methods]
        self.problems.mark_each(late, self.method)
        return self._amounts()

    def _given(self, column: pl.Series, is_there: bool) -> Whole:
        empty = column.is_null().to_numpy() | (not is_there)
        self.problems.mark(empty, VALUE_MISSING)
        return column.fill_null(0).to_numpy()

    def _read_methods(self, column: pl.Series) -> None:
        texts, rows = coded(column)
        self.problems.mark(flags(not text.strip() for text in texts)[rows], VALUE_MISSING)
        self.methods: list[MethodTerms]
        self.methods, self.method = self._each(
            rows, len(texts), lambda place, on: method_terms(self.book, texts[place], on)
        )
        self.problems.mark_each([one.problem for one in self.methods], self.method)
        self.kind = np.array([one.kind for one in self.methods], dtype=np.int64)[self.method]
        self.months = np.array([one.months for one in self.methods], dtype=np.int64)[self.method]

    def _read_groups(self, column: pl.Series) -> None:
        texts, rows = coded(column)
        sets = group_sets(texts)
        self.problems.mark(flags(one is None for one in sets)[rows], "unknown_group")
        self.supports: list[SupportTerms]
        self.supports, self.support = self._each(
            rows, len(texts), lambda place, on: support_terms(self.book, sets[place] or (), on)
        )

    def _each(
        self, rows: Whole, count: int, terms_of: Callable[[int, date], Terms]
    ) -> tuple[list[Terms], Whole]:
        """The terms of every pair (span, place) that occurs, and which of them a row has."""
        cells = self.era * count + rows
        used, places = occurring(cells, count * len(self.eras.days))
        days = self.eras.days
        return [terms_of(cell % count, days[cell // count]) for cell in used.tolist()], places

    def _check_income(self) -> None:
        none = np.zeros(self.height, dtype=np.int64)
        self.limits: list[LimitTerms]
        self.limits, self.limit = self._each(none, 1, lambda _, on: limit_terms(self.book, on))
        self.problems.mark_each([one.problem for one in self.limits], self.limit)
        floors = np.array([one.floor for one in self.limits], dtype=np.int64)[self.limit]
        caps = np.array([one.cap for one in self.limits], dtype=np.int64)[self.limit]
        self.problems.mark(self.income < floors, "income_below_floor")
        self.problems.mark(self.income > caps, "income_above_cap")

    def _check_period(self) -> None:
        """Missing time covers no calendar months; other ways may be paid until their window closes."""
        given, paid_in = ~np.isnat(self.covers_from), month_numbers(self.on)
        first = (
            month_numbers(np.where(given, self.covers_from, self.on)) if given.any() else paid_in
        )
        missing = self.kind == KINDS.index(MethodKind.MISSING)
        self.problems.mark(missing & given, "missing_has_no_month")
        self.problems.mark(~missing & (first - paid_in > 12), "month_too_far")
        windows, unknown = self._windows(self.eras.of_months(first))
        self.problems.mark(~missing & unknown, ParameterMissing.code)
        self.problems.mark(~missing & (paid_in > first + windows - 1), "month_not_payable")

    def _windows(self, eras: Whole) -> tuple[Whole, Flags]:
        cells = eras * len(KINDS) + self.kind
        days, count = self.eras.days, len(KINDS)
        used, rows = occurring(cells, count * len(days))
        found = [
            window_months(self.book, KINDS[cell % count], days[cell // count])
            for cell in used.tolist()
        ]
        months = np.array([one or 0 for one in found], dtype=np.int64)[rows]
        return months, flags(one is None for one in found)[rows]

    def _check_support(self) -> None:
        self.problems.mark_each([one.problem for one in self.supports], self.support)
        most = np.array([one.most for one in self.supports], dtype=np.int64)[self.support]
        before = self.supported_before
        self.problems.mark((before < 0) | (before > most), "supported_months_not_allowed")
        self.left = most - before

    def _amounts(self) -> pl.DataFrame:
        good = self.problems.fine
        months = np.where(good, self.months, 0)
        supported = np.minimum(months, np.where(good, self.left, 0))
        income = np.where(good, self.income, 0)
        gross = rounded_products(income, self.method, [one.factor for one in self.methods])
        state = rounded_products(supported, self.support, [one.monthly for one in self.supports])
        bases = [one.base for one in self.supports]
        local, other = (
            one.sums(months, self.support, bases, good) for one in (self.local, self.other)
        )
        pay = np.maximum(gross - state - local - other, 0)
        columns = {"months": months, "supported_months": supported}
        columns |= dict(zip(AMOUNTS, (gross, state, local, other, pay), strict=True))
        made = pl.DataFrame(columns | {"is_verified": self._verified()})
        kept = pl.Series("good", good)
        shown = made.select(pl.when(kept).then(pl.all()))
        return shown.with_columns(self.problems.column().alias("problem"))

    def _verified(self) -> Flags:
        before = self.supported_before > 0
        limits = flags(one.is_verified for one in self.limits)[self.limit]
        methods = flags(one.is_verified for one in self.methods)[self.method]
        first = flags(one.is_verified for one in self.supports)[self.support]
        later = flags(one.is_verified_later for one in self.supports)[self.support]
        sure: Flags = limits & methods & np.where(before, later, first)
        return sure
