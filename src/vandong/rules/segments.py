"""What was paid, as stretches of months: the ground of pension, withdrawal, survivors and maternity."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from vandong.kernel.periods import Month
from vandong.law import LawBook
from vandong.rules.contribution.incomes import income_limits
from vandong.rules.problems import RuleProblem


class Kind(StrEnum):
    """How the months were paid."""

    VOLUNTARY = "voluntary"
    COMPULSORY = "compulsory"
    MISSING = "missing"
    """One payment for the time missing to the least years (Law 41/2024/QH15, art 36.2 e)."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of months at one income.

    `income_amount` is the chosen monthly income in đồng; for compulsory months it is their own average, already
    adjusted. Missing time has no calendar months: `first` is None.
    """

    kind: Kind
    first: Month | None
    months: int
    income_amount: int

    @property
    def last(self) -> Month | None:
        """The last month; None for missing time."""
        return self.first.shifted(self.months - 1) if self.first else None

    def each(self) -> Iterator[Month]:
        """Its months in order; none for missing time."""
        if self.first:
            for number in range(self.months):
                yield self.first.shifted(number)

    def years(self) -> Iterator[tuple[int, int]]:
        """Calendar years with the number of its months in each."""
        if self.first is None or self.last is None:
            return
        for year in range(self.first.year, self.last.year + 1):
            starts = self.first.month if year == self.first.year else 1
            ends = self.last.month if year == self.last.year else 12
            yield year, ends - starts + 1

    def months_before(self, limit: Month) -> int:
        """How many of its months lie before the month `limit`."""
        return min(self.months, max(0, month_count(self.first, limit))) if self.first else 0

    def __str__(self) -> str:
        if self.first is None or self.last is None:
            return f"missing:{self.months}"
        return f"{month_text(self.first)}..{month_text(self.last)}"


@dataclass(frozen=True, slots=True)
class Paid:
    """All segments of a person, checked and in order; missing time last."""

    segments: tuple[Segment, ...]

    def of(self, *kinds: Kind) -> tuple[Segment, ...]:
        """The segments of these kinds."""
        return tuple(one for one in self.segments if one.kind in kinds)

    def count(self, *kinds: Kind) -> int:
        """Months of these kinds; of all kinds when none is named."""
        return sum(one.months for one in self.segments if not kinds or one.kind in kinds)

    @property
    def first(self) -> Month | None:
        """The first calendar month paid for."""
        return min((one.first for one in self.segments if one.first), default=None)

    @property
    def last(self) -> Month | None:
        """The last calendar month paid for."""
        return max((one.last for one in self.segments if one.last), default=None)

    @property
    def first_voluntary(self) -> Month | None:
        """The first month of voluntary insurance."""
        return min((one.first for one in self.of(Kind.VOLUNTARY) if one.first), default=None)

    @property
    def is_mixed(self) -> bool:
        """Whether there are both compulsory and voluntary months."""
        compulsory = self.count(Kind.COMPULSORY)
        return 0 < compulsory < self.count()

    def months_before(self, limit: Month) -> int:
        """Months that lie before the month `limit`."""
        return sum(one.months_before(limit) for one in self.segments)


def month_count(earlier: Month | None, later: Month) -> int:
    """Months from one month to another; negative backwards."""
    if earlier is None:
        return 0
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def month_text(month: Month) -> str:
    """2016-01."""
    return f"{month.year:04d}-{month.month:02d}"


def paid_time(
    book: LawBook,
    segments: Sequence[Segment],
    *,
    until: date | None = None,
    missing_allowed: bool = True,
) -> Paid:
    """The segments as one history. `until`: the last day whose month may be paid for.

    Raises RuleProblem: no_segments, segment_months_wrong, segment_income_wrong, segment_income_above_cap,
    segment_income_below_floor, segments_overlap, segment_after_day, missing_time_twice, missing_time_not_here.
    """
    if not segments:
        raise RuleProblem("no_segments", "segments")
    for one in segments:
        _check(book, one, until)
    dated = sorted((one for one in segments if one.first), key=lambda one: one.first or Month(0, 1))
    for before, after in pairwise(dated):
        if before.last and after.first and after.first <= before.last:
            raise RuleProblem("segments_overlap", "segments", one=str(before), other=str(after))
    missing = [one for one in segments if one.first is None]
    if missing and not missing_allowed:
        raise RuleProblem("missing_time_not_here", "segments", months=missing[0].months)
    if len(missing) > 1:
        raise RuleProblem("missing_time_twice", "segments")
    return Paid((*dated, *missing))


def _check(book: LawBook, one: Segment, until: date | None) -> None:
    if one.months < 1 or (one.first is None) != (one.kind is Kind.MISSING):
        raise RuleProblem("segment_months_wrong", "segments", segment=str(one))
    if one.income_amount < 1:
        raise RuleProblem("segment_income_wrong", "segments", segment=str(one))
    if one.first is None or one.last is None or one.kind is not Kind.VOLUNTARY:
        return
    if until is not None and one.last > Month.of(until):
        raise RuleProblem("segment_after_day", "segments", segment=str(one), on=until)
    _check_income(book, one, one.first, one.last.last_day)


def _check_income(book: LawBook, one: Segment, first: Month, last_day: date) -> None:
    """An income above the cap of the last month was never allowed; nor one below the floor of the first month
    and below that of the earliest day on which the month could have been paid ahead."""
    if not book.has("base_salary", first.first_day):
        return
    cap = income_limits(book, last_day).cap_amount
    if one.income_amount > cap:
        raise RuleProblem(
            "segment_income_above_cap", "segments", segment=str(one), cap=cap, on=last_day
        )
    days = [first.first_day]
    if book.has("years_ahead", days[0], "most"):
        days.append(first.shifted(-12 * book.fact("years_ahead", days[0], "most").whole).first_day)
    floor = min(income_limits(book, day).floor_amount for day in days)
    if one.income_amount < floor:
        raise RuleProblem(
            "segment_income_below_floor", "segments", segment=str(one), floor=floor, on=days[0]
        )
