"""The law that a call of `pensions` uses: looked up once, kept for all its parts."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property

import numpy as np

from vandong.law import LawBook
from vandong.rules.average_income import Growth
from vandong.rules.bulk.eras import Eras
from vandong.rules.bulk.exact import Whole
from vandong.rules.bulk.groups import NEVER
from vandong.rules.bulk.pension_terms import (
    AgeTerms,
    NeededTerms,
    RateTerms,
    WorthTerms,
    age_terms,
    extra_averages,
    needed_terms,
    rate_terms,
    worth_terms,
)
from vandong.rules.bulk.weights import WeightTable, year_of, year_row
from vandong.rules.people import Sex

SEXES = tuple(Sex)


class PensionLaw:
    """A book on a day, with growth or without. Every answer is remembered."""

    def __init__(self, book: LawBook, on: date, growth: Growth | None) -> None:
        self.book, self.on, self.growth = book, on, growth
        self.eras = Eras.of(book)
        self._ages: dict[tuple[int, int], AgeTerms] = {}
        self._rates: dict[tuple[int, int, int], RateTerms] = {}
        self._extras: dict[tuple[int, int, int, int], Fraction] = {}
        self._worths: dict[date, WorthTerms] = {}
        self._years: dict[tuple[date, int], list[int]] = {}

    @cached_property
    def needed(self) -> list[NeededTerms]:
        """The months needed in each span of the law."""
        return [needed_terms(self.book, day) for day in self.eras.days]

    @cached_property
    def needed_until(self) -> Whole:
        """The day on which that changes, as a number; NEVER without one."""
        found = [one.until for one in self.needed]
        days = [NEVER if day is None else int(np.datetime64(day).astype(int)) for day in found]
        return np.array(days, dtype=np.int64)

    def age(self, sex: int, birth_month: int) -> AgeTerms:
        """The normal age of a sex born in a month, by its number."""
        key = sex, birth_month
        if key not in self._ages:
            born = np.datetime64(birth_month, "M").astype("datetime64[D]").item()
            self._ages[key] = age_terms(self.book, SEXES[sex], born, self.on)
        return self._ages[key]

    def rate(self, sex: int, months: int, era: int) -> RateTerms:
        """Years, rate and extra years of so many months."""
        key = sex, months, era
        if key not in self._rates:
            self._rates[key] = rate_terms(self.book, SEXES[sex], months, self.eras.days[era])
        return self._rates[key]

    def averages(self, sex: int, months: int, era: int, after: int) -> Fraction:
        """Averages for extra years, `after` months of them paid after the age."""
        key = sex, months, era, after
        if key not in self._extras:
            day = self.eras.days[era]
            self._extras[key] = extra_averages(self.book, SEXES[sex], months, after, day)
        return self._extras[key]

    def worth(self, on: date) -> WorthTerms:
        """What holds on a day of worth."""
        if on not in self._worths:
            self._worths[on] = worth_terms(self.book, on)
        return self._worths[on]

    def weights(self, worth_days: Sequence[date], first: int, last: int) -> WeightTable:
        """The weights of all months between two, for each of these days of worth."""
        years = range(year_of(first), year_of(last) + 1)
        blocks = [[self._year(on, year) for year in years] for on in worth_days]
        return WeightTable.of(first // 12 * 12, blocks)

    def _year(self, on: date, year: int) -> list[int]:
        key = on, year
        if key not in self._years:
            self._years[key] = year_row(self.book, on, year, self.growth)
        return self._years[key]
