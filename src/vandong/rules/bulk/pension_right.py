"""Who has a right to a pension and from when, for many people at once (as `pension_start`)."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from vandong.law import ParameterMissing
from vandong.rules.bulk.coding import day_column, flags
from vandong.rules.bulk.eras import month_numbers
from vandong.rules.bulk.exact import Whole
from vandong.rules.bulk.groups import NEVER
from vandong.rules.bulk.paid_columns import (
    MISSING,
    VOLUNTARY,
    Flags,
    SegmentCheck,
    read_segments,
)
from vandong.rules.bulk.pension_law import SEXES, PensionLaw
from vandong.rules.bulk.pension_terms import old_entrant_ages, old_entrant_needed
from vandong.rules.bulk.problems import VALUE_MISSING, VALUE_UNKNOWN, RowProblems

Days = NDArray[np.datetime64]


class PensionRight:
    """Age, first day and day of worth of each person; days and months as numbers since 1970.

    Marks every problem of input, age and right; `paid` holds nothing of people who have one.
    """

    def __init__(
        self,
        law: PensionLaw,
        people: pl.DataFrame,
        segments: pl.DataFrame,
        problems: RowProblems,
    ) -> None:
        self.law, self.problems = law, problems
        self._read(people)
        paid, lacking = read_segments(segments, people.height)
        until = np.where(self.retires, self.retire_month - 1, NEVER)
        SegmentCheck(law.book, law.eras, paid, lacking).mark(problems, until)
        born = month_numbers(self.birth)
        problems.mark(paid.first_month < born, "segment_before_birth")
        good = problems.fine
        self.paid, self.born = paid.only(good), np.where(good, born, 0)
        self.total = self.paid.count()
        self._find_age()
        self._find_begin()
        self._check_months()
        self._find_worth()

    def _read(self, people: pl.DataFrame) -> None:
        sexes = people["sex"].cast(pl.String)
        self.problems.mark(sexes.is_null().to_numpy(), VALUE_MISSING)
        known = sexes.cast(pl.Enum([sex.value for sex in SEXES]), strict=False).to_physical()
        self.problems.mark(known.is_null().to_numpy(), VALUE_UNKNOWN)
        self.sex: Whole = known.cast(pl.Int64).fill_null(0).to_numpy()
        birth, on = day_column(people, "birth"), np.datetime64(self.law.on)
        self.problems.mark(np.isnat(birth), VALUE_MISSING)
        self.birth: Days = np.where(np.isnat(birth), on, birth)
        self.problems.mark(self.birth > on, "birth_after_day")
        retire = day_column(people, "retire_on")
        if self.law.growth is not None:
            retire[:] = np.datetime64("NaT")
        self.retires: Flags = ~np.isnat(retire)
        retire = np.where(self.retires, retire, on)
        begun = retire.astype("datetime64[M]").astype("datetime64[D]") != retire
        self.retire_month: Whole = month_numbers(retire) + begun
        paid_on = day_column(people, "missing_paid_on")
        known_day = ~np.isnat(paid_on)
        self.missing_month: Whole = np.where(
            known_day, month_numbers(np.where(known_day, paid_on, on)), -NEVER
        )

    def _find_age(self) -> None:
        """The normal age, or the former one of old entrants (Law 41/2024/QH15, art 141.9)."""
        cells = self.born * len(SEXES) + self.sex
        used, rows = np.unique(cells, return_inverse=True)
        terms = [self.law.age(cell % len(SEXES), cell // len(SEXES)) for cell in used.tolist()]
        self.problems.mark_each([one.problem for one in terms], rows)
        self.age: Whole = np.array([one.months for one in terms], dtype=np.int64)[rows]
        self.is_verified: Flags = flags(one.is_verified for one in terms)[rows]
        self.normal_age = self.age
        self._keep_former_age()

    def _keep_former_age(self) -> None:
        needed = old_entrant_needed(self.law.book, self.law.on)
        if needed is None:
            return
        joined = self.paid.first_voluntary
        enough = (joined != NEVER) & (self.paid.count(VOLUNTARY, MISSING) >= int(needed.value))
        eras = self.law.eras.of_months(np.where(enough, joined, 0))
        for place, sex in enumerate(SEXES):
            for era in np.unique(eras[enough & (self.sex == place)]).tolist():
                former = old_entrant_ages(self.law.book, sex, self.law.eras.days[era])
                if former is None:
                    continue
                of_these = enough & (self.sex == place) & (eras == era)
                younger = of_these & (former.whole < self.normal_age)
                self.age = np.where(younger, former.whole, self.age)
                sure = former.confidence.is_verified and needed.confidence.is_verified
                self.is_verified = np.where(younger, sure, self.is_verified)

    def _find_begin(self) -> None:
        """The latest of age, last month and missing time paid; who lacks months waits for a law that needs
        fewer (Law 41/2024/QH15, art 98)."""
        months = np.maximum(self.born + self.age, self.paid.last_month) + 1
        missing = self.paid.count(MISSING) > 0
        months = np.maximum(months, np.where(missing, self.missing_month + 1, -NEVER))
        months = np.where(self.retires, self.retire_month, months)
        begins = months.view("datetime64[M]").astype("datetime64[D]").view(np.int64)
        needed = np.array([one.months for one in self.law.needed], dtype=np.int64)
        known = flags(not one.problem for one in self.law.needed)
        waits = ~self.retires & self.problems.fine
        while True:
            era = self.law.eras.at(begins.view("datetime64[D]"))
            later = self.law.needed_until[era]
            waiting = waits & known[era] & (self.total < needed[era]) & (later != NEVER)
            if not waiting.any():
                break
            begins = np.where(waiting, later, begins)
        self.begins: Whole = begins
        self.era: Whole = era
        self.problems.mark(~known[era], ParameterMissing.code)
        sure = flags(one.is_verified for one in self.law.needed)
        self.is_verified = self.is_verified & sure[era]

    def _check_months(self) -> None:
        needed = np.array([one.months for one in self.law.needed], dtype=np.int64)[self.era]
        most = np.array(
            [-1 if one.most_missing is None else one.most_missing for one in self.law.needed],
            dtype=np.int64,
        )[self.era]
        missing = self.paid.count(MISSING)
        self.problems.mark((missing > 0) & (most < 0), ParameterMissing.code)
        self.problems.mark((missing > 0) & (missing > most), "missing_months_too_many")
        beyond = (missing > 0) & (self.total > needed)
        self.problems.mark(beyond, "missing_months_beyond_need")
        self.problems.mark(self.total < needed, "pension_months_short")

    def _find_worth(self) -> None:
        """The day whose money it is: the first day, or the day asked when that lies before it."""
        on = int(np.datetime64(self.law.on).astype(np.int64))
        worth = np.where(self.retires, self.begins, np.minimum(self.begins, on))
        self.worth: Whole = np.where(self.problems.fine, worth, on)
