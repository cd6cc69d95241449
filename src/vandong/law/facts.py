"""One dated value of the law: what it is, where it stands, how sure we are, who should check it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Confidence(StrEnum):
    """How sure a value is. Readers see two words: official is "Đã xác minh", the others "Chưa xác minh"."""

    OFFICIAL = "official"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"

    @property
    def is_verified(self) -> bool:
        """Whether the value was read in the official text itself."""
        return self is Confidence.OFFICIAL


@dataclass(frozen=True, slots=True)
class Citation:
    """The text a value stands in: "Luật 41/2024/QH15", article "36", clause "1", the day it was signed."""

    document: str
    article: str
    clause: str = ""
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """Who should look at a value again, and on which day at the latest."""

    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Fact:
    """A value in force on the day it was asked for. `valid_until` is exclusive; None is without end.

    `value` is exact: whole đồng, a rate as a fraction of 1, months, years or a plain number (see `unit`).
    `key` names the row of a table (a support group, a year of income, a birth month), else it is empty.
    """

    parameter: str
    key: str
    value: Fraction
    unit: str
    valid_from: date
    valid_until: date | None
    citation: Citation
    confidence: Confidence
    check: Check | None = None
    note: str = ""

    @property
    def whole(self) -> int:
        """The value as a whole number (đồng, months, years). Raises ValueError when it is not whole."""
        if self.value.denominator != 1:
            raise ValueError(f"{self.parameter}: {self.value} is not whole")
        return self.value.numerator

    @property
    def name(self) -> str:
        """Parameter and row as one name: `state_support_rate.poor`."""
        return f"{self.parameter}.{self.key}" if self.key else self.parameter


class ParameterMissing(LookupError):
    """The law book holds no value of this parameter on this day: nothing may be calculated with a guess.

    `reason` is one of `before_first`, `ended`, `never_published`, `unknown_row`, `unknown_parameter`.
    """

    code = "parameter_missing"

    def __init__(self, parameter: str, on: date, key: str = "", reason: str = "") -> None:
        name = f"{parameter}.{key}" if key else parameter
        super().__init__(f"{name} on {on}: {reason}")
        self.parameter, self.on, self.key, self.reason = parameter, on, key, reason

    @property
    def values(self) -> dict[str, object]:
        """What the sentence of `phrases` needs."""
        return {"parameter": self.parameter, "key": self.key, "on": self.on}
