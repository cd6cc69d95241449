"""What lists do to people: names, days, numbers, communes damaged at known rates, each fault written down."""

from dataclasses import dataclass, field
from functools import cache

import numpy as np
import polars as pl

from vandong.intake.made_up import rates
from vandong.intake.made_up.draws import Days, Flags, Ints, Rng, chosen, drawn
from vandong.intake.made_up.names import THI, Stock, joined, name_stock
from vandong.intake.made_up.spellings import ONE_WORD, SPELLINGS, WHOLE_NAME, without_diacritics
from vandong.kernel.identifiers import PREFIXES_OF_2018

SURNAME, MIDDLE, GIVEN = 0, 1, 3
AGED = 60
SHEET_DAY_ZERO = np.datetime64("1899-12-30")
KINDS = list(SPELLINGS)
OLD_PREFIXES = {new: old for old, new in PREFIXES_OF_2018.items()}


@cache
def _spelled() -> tuple[pl.Series, Ints]:
    """All words in all spellings one after the other; and which words (columns) a spelling (row) changes."""
    words = name_stock().words
    told = [[change(word) for word in words] for change in SPELLINGS.values()]
    changed = [[made != word for made, word in zip(row, words, strict=True)] for row in told]
    return pl.Series([word for row in told for word in row]), np.array(changed, dtype=np.int64)


@dataclass(slots=True)
class Damage:
    """Rows of a list on their way to being damaged: `flags` says which fault fell on which row."""

    rng: Rng
    count: int
    flags: dict[str, Flags] = field(default_factory=dict)

    def fall(self, fault: str, possible: Flags, rate: float | None = None) -> Flags:
        """The rows on which a fault falls, among those where it can be seen; they are noted."""
        rows = chosen(self.rng, possible, rates.FAULTS[fault] if rate is None else rate)
        self.flags[fault] = rows
        return rows

    def codes(self) -> pl.Series:
        """The faults of each row, parted by spaces; no value for a clean one."""
        parts = [
            pl.Series(fault, [None, fault]).gather(flags.astype(np.int64))
            for fault, flags in self.flags.items()
        ]
        told = pl.concat_str(pl.all(), separator=" ", ignore_nulls=True)
        codes = pl.DataFrame(parts).select(told.alias("codes")).to_series()
        return codes.set(codes == "", None)

    def names(self, words: Ints) -> pl.Series:
        """Names with their faults; at most one fault of spelling in a name."""
        stock, words = name_stock(), words.copy()
        dropped = self.fall("thi_dropped", words[:, MIDDLE] == stock.index(THI))
        words[dropped, MIDDLE] = 0
        spelling = np.zeros_like(words)
        self._spell(stock, words, spelling)
        turned = self.fall("name_order", np.ones(self.count, dtype=np.bool_))
        columns = words + spelling * len(stock.words)
        columns[turned] = columns[turned][:, [3, 0, 1, 2]]
        return joined(_spelled()[0], columns)

    def _spell(self, stock: Stock, words: Ints, spelling: Ints) -> None:
        free = np.ones(self.count, dtype=np.bool_)
        changes = _spelled()[1]
        for fault in WHOLE_NAME:
            seen = changes[KINDS.index(fault)][words].any(axis=1)
            rows = self.fall(fault, free & seen)
            spelling[rows] = KINDS.index(fault)
            free &= ~rows
        for fault in ONE_WORD:
            seen = changes[KINDS.index(fault)][words].astype(np.bool_)
            where = np.where(seen[:, GIVEN], GIVEN, SURNAME)
            rows = self.fall(fault, free & (seen[:, GIVEN] | seen[:, SURNAME]))
            spelling[rows, where[rows]] = KINDS.index(fault)
            free &= ~rows

    def births(self, born: Days, age: Ints) -> pl.Series:
        """Days of birth as offices write them; a year alone, day and month swapped."""
        frame = pl.DataFrame({"on": born}).select(
            day=pl.col("on").dt.day(), month=pl.col("on").dt.month()
        )
        day, month = (frame[name].to_numpy().astype(np.int64) for name in ("day", "month"))
        old = age >= AGED
        year_only = self.fall(
            "year_only", old, rates.FAULTS["year_only"] * float(old.mean() if len(old) else 0)
        )
        swapped = self.fall("day_month_swapped", (day <= 12) & (day != month) & ~year_only)
        wrong = np.where(swapped, _swapped(born, day, month), born)
        told = self.days(wrong)
        return told.zip_with(pl.Series(~year_only), pl.Series(born).dt.strftime("%Y"))

    def days(self, days: Days) -> pl.Series:
        """Days in the forms that stand in lists; empty where there is none."""
        form = drawn(self.rng, rates.DAY_FORMS, self.count)
        column = pl.Series(days).cast(pl.Date)
        told = column.dt.strftime("%d/%m/%Y")
        dashed = column.dt.strftime("%-d-%-m-%Y")
        serial = (column - SHEET_DAY_ZERO.item()).dt.total_days().cast(pl.String)
        for kind, other in enumerate((dashed, column.dt.strftime("%Y-%m-%d"), serial), start=1):
            told = told.zip_with(pl.Series(form != kind), other)
        return told

    def numbers(self, columns: dict[str, pl.Series]) -> dict[str, pl.Series]:
        """Numbers of a sheet that took them for amounts: all that begin with 0 in the row have lost it."""
        starting = [column.str.starts_with("0").fill_null(False) for column in columns.values()]
        possible = np.logical_or.reduce([one.to_numpy() for one in starting])
        lost = pl.Series(self.fall("zero_lost", possible))
        return {
            name: column.str.strip_chars_start("0").zip_with(lost, column)
            for name, column in columns.items()
        }

    def phones(self, phones: pl.Series) -> pl.Series:
        """Some still stand with the eleven digits they had until 2018."""
        prefix = phones.str.slice(0, 3)
        known = prefix.is_in(list(OLD_PREFIXES)).fill_null(False).to_numpy()
        old = pl.Series(self.fall("phone_of_2018", known))
        turned = prefix.replace(OLD_PREFIXES) + phones.str.slice(3)
        return turned.zip_with(old, phones)


def _swapped(born: Days, day: Ints, month: Ints) -> Days:
    """05/03 → 03/05: the month as the day and the day as the month, in the same year."""
    year = born.astype("datetime64[Y]")
    months = year.astype("datetime64[M]") + (np.minimum(day, 12) - 1)
    found: Days = months.astype("datetime64[D]") + (month - 1)
    return found


def bare(texts: pl.Series) -> pl.Series:
    """Whole texts without diacritics, each different one made once."""
    unique = texts.unique().drop_nulls()
    return texts.replace_strict(
        unique, pl.Series([without_diacritics(one) for one in unique]), default=None
    )
