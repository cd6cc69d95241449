"""What was paid, for many people at once: the segments of all, checked as `paid_time` checks those of one."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from vandong.law import LawBook, ParameterMissing
from vandong.rules.bulk.coding import day_column, flags, text_column, whole_column
from vandong.rules.bulk.contribution_terms import LimitTerms, limit_terms
from vandong.rules.bulk.eras import Eras, month_numbers
from vandong.rules.bulk.exact import LIMB, Whole
from vandong.rules.bulk.groups import NEVER, Groups
from vandong.rules.bulk.problems import NUMBER_TOO_LARGE, VALUE_MISSING, RowProblems
from vandong.rules.segments import Kind

Flags = NDArray[np.bool_]
KINDS = tuple(Kind)
VOLUNTARY, COMPULSORY, MISSING = (
    KINDS.index(kind) for kind in (Kind.VOLUNTARY, Kind.COMPULSORY, Kind.MISSING)
)
_LARGEST_MONTHS = 1200


@dataclass(frozen=True, slots=True)
class PaidColumns:
    """Segments sorted by person. `first` is a month number, 0 where `dated` is false."""

    groups: Groups
    kind: Whole
    first: Whole
    months: Whole
    income: Whole
    dated: Flags

    def count(self, *kinds: int) -> Whole:
        """Months of each person, of these kinds or of all."""
        wanted = np.isin(self.kind, kinds) if kinds else np.ones(self.kind.size, dtype=np.bool_)
        return self.groups.sums(np.where(wanted, self.months, 0))

    @property
    def first_month(self) -> Whole:
        """The first calendar month of each person; NEVER without one."""
        return self.groups.least(self.first, self.dated)

    @property
    def last_month(self) -> Whole:
        """The last calendar month of each person; −NEVER without one."""
        return self.groups.greatest(self.first + self.months - 1, self.dated)

    @property
    def first_voluntary(self) -> Whole:
        """The first month of voluntary insurance; NEVER without one."""
        return self.groups.least(self.first, self.dated & (self.kind == VOLUNTARY))

    def months_before(self, limit: Whole) -> Whole:
        """Months of each person before his month `limit`."""
        ahead = np.clip(limit[self.groups.of_row] - self.first, 0, self.months)
        return self.groups.sums(np.where(self.dated, ahead, 0))

    def only(self, good: Flags) -> "PaidColumns":
        """The same with nothing left of people who have a problem."""
        kept = good[self.groups.of_row]
        return PaidColumns(
            self.groups,
            self.kind,
            np.where(kept, self.first, 0),
            np.where(kept, self.months, 0),
            np.where(kept, self.income, 0),
            self.dated & kept,
        )


def read_segments(frame: pl.DataFrame, count: int) -> tuple[PaidColumns, Flags]:
    """The segments of `count` people, and which rows lack a value or name no kind."""
    person = whole_column(frame, "person").to_numpy()
    if person.size and (np.diff(person) < 0).any():
        order = np.argsort(person, kind="stable")
        frame, person = frame[order], person[order]
    names = text_column(frame, "kind", Kind.VOLUNTARY.value)
    enum = pl.Enum([kind.value for kind in KINDS])
    kinds = names.cast(enum, strict=False).to_physical().cast(pl.Int64)
    first = day_column(frame, "first")
    months, income = (whole_column(frame, name) for name in ("months", "income"))
    lacking = (kinds.is_null() | months.is_null() | income.is_null()).to_numpy()
    dated = ~np.isnat(first)
    numbers = month_numbers(np.where(dated, first, np.datetime64(0, "D")))
    made = PaidColumns(
        Groups.of(person, count),
        kinds.fill_null(MISSING).to_numpy(),
        numbers,
        months.fill_null(0).to_numpy(),
        income.fill_null(0).to_numpy(),
        dated,
    )
    return made, lacking


class SegmentCheck:
    """The checks of `paid_time`: what is wrong is the first problem of the person's first bad segment."""

    def __init__(self, book: LawBook, eras: Eras, paid: PaidColumns, lacking: Flags) -> None:
        self.book, self.eras, self.paid = book, eras, paid
        self.rows = RowProblems(paid.kind.size)
        self.rows.mark(lacking, VALUE_MISSING)

    def mark(self, people: RowProblems, until: Whole) -> None:
        """Gives people their problems. `until` is the last month that may be paid for; NEVER is no limit."""
        paid, rows = self.paid, self.rows
        lacking_first = ~paid.dated
        people.mark(np.diff(paid.groups.bounds) == 0, "no_segments")
        odd = (paid.months < 1) | (lacking_first != (paid.kind == MISSING))
        rows.mark(odd, "segment_months_wrong")
        rows.mark(paid.income < 1, "segment_income_wrong")
        voluntary = paid.dated & (paid.kind == VOLUNTARY)
        last = paid.first + np.minimum(paid.months, _LARGEST_MONTHS) - 1
        rows.mark(voluntary & (last > until[paid.groups.of_row]), "segment_after_day")
        self._check_incomes(voluntary, last)
        too_many = (paid.months > _LARGEST_MONTHS) | (paid.income > LIMB)
        rows.mark(too_many, NUMBER_TOO_LARGE)
        rows.spread(people, paid.groups)
        people.mark(self._overlapping(last), "segments_overlap")
        twice = paid.groups.sums((paid.kind == MISSING).astype(np.int64)) > 1
        people.mark(twice, "missing_time_twice")
        people.mark(paid.count() > _LARGEST_MONTHS, NUMBER_TOO_LARGE)

    def _check_incomes(self, voluntary: Flags, last: Whole) -> None:
        """Above the cap of the last month, or below the floor of the first and of the earliest payment."""
        paid, limits = self.paid, [limit_terms(self.book, day) for day in self.eras.days]
        starts = self.eras.of_months(paid.first)
        salaried = self._flags("base_salary")[starts] & voluntary
        ends = self.eras.at((last + 1).view("datetime64[M]").astype("datetime64[D]") - 1)
        unknown = flags(bool(one.problem) for one in limits)
        self.rows.mark(salaried & unknown[ends], ParameterMissing.code)
        caps = _column(limits, "cap")
        self.rows.mark(salaried & (paid.income > caps[ends]), "segment_income_above_cap")
        ahead = self._years_ahead()
        early = self.eras.of_months(paid.first - 12 * ahead[starts])
        self.rows.mark(salaried & (unknown[starts] | unknown[early]), ParameterMissing.code)
        floors = _column(limits, "floor")
        floor = np.minimum(floors[starts], floors[early])
        self.rows.mark(salaried & (paid.income < floor), "segment_income_below_floor")

    def _flags(self, parameter: str) -> Flags:
        return flags(self.book.has(parameter, day) for day in self.eras.days)

    def _years_ahead(self) -> Whole:
        name, row = "years_ahead", "most"
        found = [
            self.book.fact(name, day, row).whole if self.book.has(name, day, row) else 0
            for day in self.eras.days
        ]
        return np.array(found, dtype=np.int64)

    def _overlapping(self, last: Whole) -> Flags:
        """People with two dated segments that share a month."""
        paid = self.paid
        rows = np.flatnonzero(paid.dated)
        person, first, last = paid.groups.of_row[rows], paid.first[rows], last[rows]
        if ((first[1:] < first[:-1]) & (person[1:] == person[:-1])).any():
            order = np.lexsort((first, person))
            person, first, last = person[order], first[order], last[order]
        clash = (person[1:] == person[:-1]) & (first[1:] <= last[:-1])
        found = np.zeros(paid.groups.bounds.size - 1, dtype=np.bool_)
        found[person[1:][clash]] = True
        return found


def _column(limits: list[LimitTerms], name: str) -> Whole:
    return np.array([getattr(one, name) for one in limits], dtype=np.int64)


__all__ = [
    "COMPULSORY",
    "MISSING",
    "NEVER",
    "VOLUNTARY",
    "PaidColumns",
    "SegmentCheck",
    "read_segments",
]
