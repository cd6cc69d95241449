"""Average, pension and lump sum of many people at once (as `average_income` and `pension`)."""

from datetime import date
from fractions import Fraction

import numpy as np

from vandong.kernel.money import round_dong
from vandong.law import ParameterMissing
from vandong.rules.bulk.coding import flags
from vandong.rules.bulk.exact import Whole
from vandong.rules.bulk.groups import NEVER
from vandong.rules.bulk.paid_columns import COMPULSORY, MISSING, VOLUNTARY, Flags
from vandong.rules.bulk.pension_law import PensionLaw
from vandong.rules.bulk.pension_right import PensionRight
from vandong.rules.bulk.pension_terms import RateTerms, WorthTerms, least_levels
from vandong.rules.bulk.problems import NUMBER_TOO_LARGE, RowProblems
from vandong.rules.bulk.weights import (
    COLUMNS,
    KNOWN,
    TOO_LARGE,
    UNKNOWN,
    WIDTH,
    carried,
    rounded_quotients,
    shards,
)


class PensionAmounts:
    """Whole đồng of each person. `rates` are the terms that occur, `rate` which of them a person has."""

    def __init__(self, law: PensionLaw, right: PensionRight, problems: RowProblems) -> None:
        self.law, self.right, self.problems = law, right, problems
        self._find_worths()
        self.is_verified: Flags = flags(one.card_verified for one in self.worths)[self.worth]
        totals = self._totals()
        self._find_rates()
        months = np.maximum(right.total, 1)
        ones = np.ones_like(months)
        self.average = rounded_quotients(totals, ones, months)
        self.monthly = self._times(totals, [one.rate for one in self.rates], self.rate)
        self.extra = self._extra(totals)
        self._raise_to_least()
        problems.mark_each([one.problem for one in self.worths], self.worth)

    def _find_worths(self) -> None:
        """The distinct days of worth, as far as they differ in law, or in the year that growth starts from."""
        days = self.right.worth.view("datetime64[D]")
        years = days.astype("datetime64[Y]").astype(np.int64)
        eras = self.law.eras.at(days)
        cells = years * len(self.law.eras.days) + eras if self.law.growth is not None else eras
        _, where, rows = np.unique(cells, return_index=True, return_inverse=True)
        self.worth_days: list[date] = [days[at].item() for at in where]
        self.worths: list[WorthTerms] = [self.law.worth(day) for day in self.worth_days]
        self.worth: Whole = rows.astype(np.int64)

    def _totals(self) -> Whole:
        """The sum of adjusted incomes of each person, exact, carried."""
        paid = self.right.paid
        counts = self._weights()
        people = paid.groups.sums(counts[:, KNOWN:])
        self.problems.mark(people[:, UNKNOWN - KNOWN] > 0, ParameterMissing.code)
        self.problems.mark(people[:, TOO_LARGE - KNOWN] > 0, NUMBER_TOO_LARGE)
        sure = flags(one.coefficients_verified for one in self.worths)[self.worth]
        self.is_verified = self.is_verified & (sure | (people[:, 0] == 0))
        missing_sure = flags(one.missing_verified for one in self.worths)[self.worth]
        self.is_verified = self.is_verified & (missing_sure | (paid.count(MISSING) == 0))
        return carried(paid.groups.sums(counts[:, :WIDTH] * paid.income[:, None]))

    def _weights(self) -> Whole:
        """Weights of each segment, all its months together, and its counts of months."""
        paid = self.right.paid
        block = self.worth[paid.groups.of_row]
        made = np.zeros((paid.kind.size, COLUMNS), dtype=np.int64)
        own = np.flatnonzero(paid.dated & (paid.kind == VOLUNTARY))
        if own.size:
            first, months = paid.first[own], paid.months[own]
            span = int(first.min()), int((first + months - 1).max())
            made[own] = self.law.weights(self.worth_days, *span).sums(block[own], first, months)
        made[:, 0] += np.where(paid.kind == COMPULSORY, paid.months, 0)
        at_once = np.flatnonzero(paid.kind == MISSING)
        if at_once.size:
            made[at_once] = self._missing_weights()[block[at_once]] * paid.months[at_once, None]
        return made

    def _missing_weights(self) -> Whole:
        """The weight of a month of missing time for each day of worth (Decree 159/2025/NĐ-CP, art 10.3)."""
        rows = []
        for one in self.worths:
            known = one.missing_weight is not None
            rows.append([*shards(one.missing_weight or Fraction(0)), 0, int(not known), 0])
        return np.array(rows, dtype=np.int64)

    def _find_rates(self) -> None:
        """The rate by sex, months and the law of the first day (Law 41/2024/QH15, art 99)."""
        right, good = self.right, self.problems.fine
        eras, longest = len(self.law.eras.days), int(right.total.max(initial=0)) + 1
        cells = (right.sex * longest + right.total) * eras + right.era
        used, rows = np.unique(np.where(good, cells, -1), return_inverse=True)
        self.rates: list[RateTerms] = [
            self.law.rate(cell // eras // longest, cell // eras % longest, cell % eras)
            if cell >= 0
            else RateTerms()
            for cell in used.tolist()
        ]
        self.rate: Whole = rows.astype(np.int64)
        self.problems.mark_each([one.problem for one in self.rates], self.rate)
        sure = flags(one.is_verified for one in self.rates)
        self.is_verified = self.is_verified & sure[self.rate]

    def _times(self, totals: Whole, factors: list[Fraction], rows: Whole) -> Whole:
        """The average of each person times its factor, rounded once."""
        above = np.array([one.numerator for one in factors], dtype=np.int64)[rows]
        below = np.array([one.denominator for one in factors], dtype=np.int64)[rows]
        return rounded_quotients(totals, above, below * np.maximum(self.right.total, 1))

    def _extra(self, totals: Whole) -> Whole:
        """The lump sum for extra years (Law 41/2024/QH15, art 100)."""
        right = self.right
        factors = [one.averages for one in self.rates]
        rows = self.rate.copy()
        extra = flags(one.has_extra for one in self.rates)[self.rate]
        after = self._months_after_age()
        for person in np.flatnonzero(extra & (after > 0)).tolist():
            key = (right.sex, right.total, right.era, after)
            rows[person] = len(factors)
            factors.append(self.law.averages(*(int(column[person]) for column in key)))
        return self._times(totals, factors, rows)

    def _months_after_age(self) -> Whole:
        """Months paid after the month in which the normal age is reached."""
        paid, right = self.right.paid, self.right
        dated = paid.groups.sums(np.where(paid.dated, paid.months, 0))
        after: Whole = dated - paid.months_before(right.born + right.normal_age + 1)
        return after

    def _raise_to_least(self) -> None:
        """The lowest pension of long compulsory payers (Decree 159/2025/NĐ-CP, art 11.3)."""
        paid = self.right.paid
        needed = [one.least_months for one in self.worths]
        least_months = np.array([NEVER if one is None else one for one in needed], dtype=np.int64)
        first = paid.first_month
        enough = (first != NEVER) & (paid.count(COMPULSORY) >= least_months[self.worth])
        eras = self.law.eras.of_months(np.where(enough, first, 0))
        pairs = np.unique(np.stack([self.worth[enough], eras[enough]], axis=1), axis=0)
        for worth, era in pairs.tolist():
            levels = least_levels(self.law.book, self.law.eras.days[era])
            if levels is None:
                continue
            terms, chosen = self.worths[worth], enough & (self.worth == worth) & (eras == era)
            if terms.level is None:
                self.problems.mark(chosen, ParameterMissing.code)
                continue
            least = round_dong(levels.value * terms.level)
            raised = chosen & (self.monthly <= least)
            self.monthly = np.where(raised, least, self.monthly)
            sure = terms.least_verified and levels.confidence.is_verified
            self.is_verified = self.is_verified & (~raised | sure)
