"""What the verbs over lists take and answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from vandong.intake.kinds import ListKind


@dataclass(frozen=True, slots=True)
class ListUpload:
    """A list as it was sent: where its bytes lie for now, its name, the commune it is of when rows name none
    (`unit_id`), and the day on which it was true (`as_of`)."""

    kind: ListKind
    path: Path
    name: str
    as_of: date
    source_text: str = ""
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class ListCounts:
    """Rows of a list: people nobody knew, people of whom something changes, those known just so, those whose
    person is not certain, those with a fault. They add up to `rows`."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    ambiguous: int = 0
    refused: int = 0

    def stored(self) -> dict[str, int]:
        """As a batch keeps them."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Example:
    """One row as the preview shows it: what the list says, what is known, what will be. Numbers masked."""

    row: int
    outcome: str
    name: str
    said: Mapping[str, str]
    known: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CheckedBatch:
    """What a check found: counts, examples, problems and notes by code; `batch_id` of the waiting list."""

    batch_id: UUID
    counts: ListCounts
    examples: tuple[Example, ...]
    problems_by_code: Mapping[str, int]
    notes_by_code: Mapping[str, int]


Stored = dict[str, Any]
