"""What a list becomes when it is checked: good rows in one typed frame, everything that is wrong beside it.

Rules of the cells: `kernel.identifiers`, `kernel.days`, `kernel.names`, `law.md` 5; faults that lists have:
`domain.md` 3.1. Codes are worded in `phrases/texts/intake_lists.yaml` and those of the kernel.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from vandong.intake.kinds import ListKind
from vandong.law.book import LawBook

FRAME = pl.Schema(
    {
        "row": pl.Int64,
        "full_name": pl.String,
        "name_key": pl.String,
        "name_fold": pl.String,
        "name_back": pl.String,
        "sort_key": pl.String,
        "birth_on": pl.Date,
        "birth_precision": pl.String,
        "sex": pl.String,
        "personal_id": pl.String,
        "si_number": pl.String,
        "card_number": pl.String,
        "phone": pl.String,
        "address": pl.String,
        "cluster": pl.String,
        "ethnicity": pl.String,
        "occupation": pl.String,
        "unit_id": pl.Int64,
        "unit_today_id": pl.Int64,
        "household_code": pl.String,
        "relation": pl.String,
        "household_order": pl.Int16,
        "member_code": pl.String,
        "organisation_code": pl.String,
        "channel": pl.String,
        "scheme": pl.String,
        "covered_from": pl.Date,
        "covered_until": pl.Date,
        "method": pl.String,
        "income_amount": pl.Int64,
        "support_group": pl.String,
        "ended_on": pl.Date,
        "end_reason": pl.String,
        "listed_group": pl.String,
        "listed_from": pl.Date,
        "listed_until": pl.Date,
        "receipt_book": pl.String,
        "receipt_number": pl.String,
        "collected_on": pl.Date,
        "remitted_on": pl.Date,
        "accepted_on": pl.Date,
        "total_amount": pl.Int64,
        "participant_amount": pl.Int64,
        "state_amount": pl.Int64,
        "local_amount": pl.Int64,
        "other_amount": pl.Int64,
        "est_name": pl.String,
        "est_tax_code": pl.String,
        "est_trade": pl.String,
        "est_tax_method": pl.String,
        "est_worker_count": pl.Int64,
        "person_ref": pl.String,
        "household_ref": pl.String,
        "truth": pl.String,
        "returned_on": pl.Date,
        "return_reason": pl.String,
        "repeats": pl.Int64,
    }
)
"""The good rows. Texts are never null ('' = not known), everything else may be; `row` never is.

`covered_until`, `listed_until` exclusive; `ended_on`: the first day no longer in the scheme by an event, always
with `end_reason` (codes of `registry`). For `persons` a death or a move stands there. `repeats`: the row of
this file that this one repeats cell by cell (nothing more is to be done with it).
"""

FINDINGS = pl.Schema({"row": pl.Int64, "column": pl.String, "code": pl.String, "values": pl.String})
"""Problems and notes: `column` is the head as in the file, `values` JSON as `jobs.values.kept` makes it."""

SKIPPED = pl.Schema({"row": pl.Int64, "code": pl.String, "text": pl.String})
"""Rows that are no entries: headings of groups, totals, signatures."""


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """The unit of the list's day, and the one that stands in its place today: None where it was divided."""

    unit_id: int
    today_id: int | None


FindUnits = Callable[[Sequence[str]], Mapping[str, FoundUnit | str]]
"""From the texts of a list (“Phường Trúc Bạch, Quận Ba Đình”, a code, an address) to the unit, or the code of
what is wrong: unit_not_found, unit_ambiguous, …. Called once with the distinct texts; unknown: absent."""


@dataclass(frozen=True, slots=True)
class CheckContext:
    """`as_of`: the day of the list. `unit`: where rows without a unit belong (None: they are refused)."""

    kind: ListKind
    as_of: date
    unit: FoundUnit | None
    book: LawBook | None
    find_units: FindUnits


@dataclass(frozen=True, slots=True)
class CheckedList:
    """`frame`: good rows (`FRAME`). `problems`: why rows were refused; `notes`: what was done to good ones or
    should be known of them (`FINDINGS`). `skipped`: rows that are no entries (`SKIPPED`).

    Every row of the file is in exactly one of: frame, rows with a problem, skipped.
    """

    frame: pl.DataFrame
    problems: pl.DataFrame
    notes: pl.DataFrame
    skipped: pl.DataFrame
