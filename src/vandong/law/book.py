"""The law book: every parameter with its dated values, looked up by day."""

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from vandong.law.facts import Check, Citation, Confidence, Fact, ParameterMissing

FINGERPRINT_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Dated:
    """One entry of a parameter: its rows from a day on. No rows = ended, repealed or never published."""

    valid_from: date
    rows: Mapping[str, Fraction]
    citation: Citation
    confidence: Confidence
    check: Check | None = None
    note: str = ""
    ended: str = ""
    """Why there is no value: `repealed` or `never_published`; empty for a value."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its names, unit and entries in the order of their days.

    `is_yearly`: published anew each year, so that no value reaches into the next one.
    """

    code: str
    unit: str
    names: Mapping[str, str]
    entries: tuple[Dated, ...]
    is_yearly: bool = False

    def entry_at(self, on: date) -> tuple[Dated, date | None] | None:
        """The entry in force on `on`, and the day the next one begins; None before the first."""
        index = bisect_right(self.entries, on, key=lambda one: one.valid_from)
        return (self.entries[index - 1], self.until(index - 1)) if index else None

    def until(self, index: int) -> date | None:
        """The day on which the entry with this index gives way to the next (exclusive); None for the last."""
        return self.entries[index + 1].valid_from if index + 1 < len(self.entries) else None


@dataclass(frozen=True)
class LawBook:
    """All parameters. Two books with the same content have the same `fingerprint`."""

    parameters: Mapping[str, Parameter] = field(hash=False)

    def fact(self, parameter: str, on: date, key: str = "") -> Fact:
        """The value in force on `on`. Raises ParameterMissing, never gives a default."""
        entry, until = self._entry(parameter, on, key)
        if key not in entry.rows:
            raise ParameterMissing(parameter, on, key, "unknown_row")
        return self._fact(self.parameters[parameter], entry, until, key)

    def banded(self, parameter: str, on: date, at: str) -> Fact:
        """The row with the greatest key not after `at` (birth months: "1966-04"). Raises ParameterMissing."""
        entry, until = self._entry(parameter, on, at)
        keys = [key for key in sorted(entry.rows) if key <= at]
        if not keys:
            raise ParameterMissing(parameter, on, at, "unknown_row")
        return self._fact(self.parameters[parameter], entry, until, keys[-1])

    def keys(self, parameter: str, on: date) -> tuple[str, ...]:
        """The rows of a table on a day, in the order they are written. Raises ParameterMissing."""
        return tuple(self._entry(parameter, on, "")[0].rows)

    def has(self, parameter: str, on: date, key: str = "") -> bool:
        """Whether a value is known for that day."""
        try:
            self.fact(parameter, on, key)
        except ParameterMissing:
            return False
        return True

    def with_parameters(self, more: Iterable[Parameter]) -> "LawBook":
        """This book with parameters added or replaced (a province's resolutions). A new book."""
        return replace(self, parameters={**self.parameters, **{one.code: one for one in more}})

    @cached_property
    def fingerprint(self) -> str:
        """Hex digits over every value, day, citation and certainty: which law a stored result rests on.

        Names, notes and who checks are not law: wording them better changes no fingerprint. The order of
        files and parameters does not matter either.
        """
        said = [_content(self.parameters[code]) for code in sorted(self.parameters)]
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:FINGERPRINT_DIGITS]

    def _entry(self, parameter: str, on: date, key: str) -> tuple[Dated, date | None]:
        if parameter not in self.parameters:
            raise ParameterMissing(parameter, on, key, "unknown_parameter")
        found = self.parameters[parameter].entry_at(on)
        if found is None:
            raise ParameterMissing(parameter, on, key, "before_first")
        if found[0].ended:
            reason = "never_published" if found[0].ended == "never_published" else "ended"
            raise ParameterMissing(parameter, on, key, reason)
        return found

    @staticmethod
    def _fact(parameter: Parameter, entry: Dated, until: date | None, key: str) -> Fact:
        return Fact(
            parameter=parameter.code,
            key=key,
            value=entry.rows[key],
            unit=parameter.unit,
            valid_from=entry.valid_from,
            valid_until=until,
            citation=entry.citation,
            confidence=entry.confidence,
            check=entry.check,
            note=entry.note,
        )


def _content(parameter: Parameter) -> list[object]:
    """What of a parameter is law, as plain lists and texts: the same on every machine and Python."""
    return [parameter.code, parameter.unit, [_entry_content(one) for one in parameter.entries]]


def _entry_content(entry: Dated) -> list[object]:
    cited = entry.citation
    signed_on = cited.signed_on.isoformat() if cited.signed_on else ""
    return [
        entry.valid_from.isoformat(),
        [[key, str(value)] for key, value in entry.rows.items()],
        [cited.document, cited.article, cited.clause, signed_on],
        entry.confidence.value,
        entry.ended,
    ]
