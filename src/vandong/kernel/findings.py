"""What a check or a calculation has to say: a code, its place, its values. Wording lives in `phrases`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Severity(StrEnum):
    """How much a finding matters to the reader."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a file a finding lies. `row` counts from 1 with the header, as a spreadsheet shows it."""

    row: int | None = None
    column: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `code` is stable and scripted against; `values` fill the sentence of `phrases`."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    spot: Spot | None = None
    severity: Severity = Severity.WARNING

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))
