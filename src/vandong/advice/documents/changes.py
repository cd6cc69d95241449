"""Whose payment changes on a day to come, as a document for machines and as sentences for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from vandong.advice.changes import (
    LawChange,
    change_summary,
    law_changes,
    payment_changes,
    unverified_law,
)
from vandong.advice.documents.trace import (
    Document,
    fact_document,
    fact_name,
    uncertain_sentences,
)
from vandong.law import Fact, LawBook
from vandong.phrases import sentence
from vandong.phrases.law_words import citation_words, value_words
from vandong.rules.contribution import income_limits

SUMS = ("before_amount", "after_amount", "difference_amount")


@dataclass(frozen=True)
class ChangeReport:
    """Payers of a list on two days. `lines_read` are the rows of the file, also those with problems."""

    book: LawBook
    payers: pl.DataFrame
    before: date
    after: date
    lines_read: int

    @cached_property
    def changes(self) -> pl.DataFrame:
        """Everyone whose next payment is another (`payment_changes`)."""
        return payment_changes(self.book, self.payers, self.before, self.after)

    @cached_property
    def summary(self) -> pl.DataFrame:
        """The changes by group and way of paying."""
        return change_summary(self.changes)

    @cached_property
    def law(self) -> tuple[LawChange, ...]:
        """What of the law is another on the later day; the interest only where somebody pays at once."""
        found = law_changes(self.book, self.before, self.after)
        at_once = self.payers["method"].str.contains(":").any()
        return tuple(
            one for one in found if at_once or one.known.parameter != "monthly_interest_rate"
        )

    @property
    def floor_amount(self) -> int:
        """The lowest income of the later day."""
        return income_limits(self.book, self.after).floor_amount

    @property
    def counts(self) -> dict[str, int]:
        """People on the list, and how they fare."""
        unclear = int(self.changes["after_problem"].is_not_null().sum())
        moved = self.changes["difference_amount"].fill_null(0) != 0
        return {
            "read": self.lines_read,
            "kept": self.payers.height,
            "changed": int(moved.sum()),
            "choose": int(self.changes["must_choose"].sum()),
            "unclear": unclear,
            "same": self.payers.height - self.changes.height,
        }


def changes_document(report: ChangeReport, lang: str) -> Document:
    """The whole report. Amounts are whole đồng; `unverified` says that law of the later day which enters an
    amount was not read in an official text; null amounts have a `problem`."""
    counts = report.counts
    return {
        "before": report.before,
        "after": report.after,
        "fingerprint": report.book.fingerprint,
        "rows_read": counts["read"],
        "people": counts["kept"],
        "changed": counts["changed"],
        "must_choose": counts["choose"],
        "not_computable": counts["unclear"],
        "unchanged": counts["same"],
        "floor_amount": report.floor_amount,
        "law": [_law_document(one, lang) for one in report.law],
        "groups": report.summary.to_dicts(),
        "changes": [_person_document(row) for row in report.changes.iter_rows(named=True)],
        "notes": note_sentences(report, lang),
    }


def note_sentences(report: ChangeReport, lang: str) -> list[str]:
    """What must be said with the list: what is not verified comes first."""
    counts, said = report.counts, []
    if report.changes.height:
        trace = unverified_law(report.book, report.payers, report.after)
        said += uncertain_sentences(trace, lang)
    said.append(sentence("changes_note_prepaid", {"after": report.after}, lang))
    if counts["choose"]:
        said.append(sentence("changes_note_choose", {"floor": report.floor_amount}, lang))
    if counts["unclear"]:
        values = {"count": counts["unclear"], "after": report.after}
        said.append(sentence("changes_note_unclear", values, lang))
    said.append(sentence("changes_note_months", {}, lang))
    return said


def law_lines(report: ChangeReport, lang: str) -> list[str]:
    """Each value of the law that is another, with its source and the word of its certainty."""
    return [sentence("changes_law_line", _law_values(one, lang), lang) for one in report.law]


def certainty_code(row: Mapping[str, object]) -> str:
    """Which of the three words an amount of the later day carries."""
    if row["after_problem"]:
        return "certainty_unknown"
    return "certainty_unverified" if row["is_unverified"] else "certainty_verified"


def _law_values(one: LawChange, lang: str) -> dict[str, str]:
    if one.after is None:
        certainty = "certainty_unknown"
    else:
        verified = one.after.confidence.is_verified
        certainty = "certainty_verified" if verified else "certainty_unverified"
    return {
        "name": fact_name(one.known, lang),
        "before": _value(one.before, lang),
        "after": _value(one.after, lang),
        "source": citation_words(one.known.citation, lang),
        "certainty": sentence(certainty, {}, lang),
    }


def _value(fact: Fact | None, lang: str) -> str:
    return (
        value_words(fact.value, fact.unit, lang)
        if fact
        else sentence("changes_law_unknown", {}, lang)
    )


def _law_document(one: LawChange, lang: str) -> Document:
    return {
        "parameter": one.known.name,
        "before": fact_document(one.before, lang) if one.before else None,
        "after": fact_document(one.after, lang) if one.after else None,
    }


def _person_document(row: Mapping[str, object]) -> Document:
    return {
        "row": row["line"],
        "id": row["id"],
        "name": row["name"],
        "group": row["group"],
        "method": row["method"],
        "income_amount": row["income"],
        "before_amount": row["before_amount"],
        "after_income_amount": row["after_income"],
        "after_amount": row["after_amount"],
        "difference_amount": row["difference_amount"],
        "must_choose": row["must_choose"],
        "unverified": row["is_unverified"],
        "problem": row["after_problem"],
    }
