"""Which column of a list carries what: recognised by its head, or as somebody of the office said."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vandong.intake.heads import field_of
from vandong.intake.kinds import FIELD_TITLES, KINDS, ListField, ListKind, Needed
from vandong.kernel.names import fold


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """`columns`: what is carried where (index of the column), each field once. `signature` is that of the
    heads. `ambiguous`: fields for which further columns were found; the first was taken."""

    kind: ListKind
    columns: tuple[tuple[ListField, int], ...]
    signature: str
    ambiguous: tuple[tuple[ListField, tuple[int, ...]], ...] = ()

    @property
    def missing(self) -> tuple[Needed, ...]:
        """What the kind needs and no column carries; one of the sets of each would do."""
        there = {field for field, _ in self.columns}
        return tuple(
            needed for needed in KINDS[self.kind].needed if not any(one <= there for one in needed)
        )

    def stored(self) -> dict[str, Any]:
        """As an office setting, or a batch, keeps it."""
        return {
            "kind": self.kind.value,
            "signature": self.signature,
            "columns": [[field.value, index] for field, index in self.columns],
        }


def read_column_mapping(stored: Mapping[str, Any]) -> ColumnMapping:
    """A mapping as it was before `stored`."""
    columns = tuple((ListField(field), int(index)) for field, index in stored["columns"])
    return ColumnMapping(ListKind(stored["kind"]), columns, stored["signature"])


def recognised(kind: ListKind, heads: Sequence[str]) -> ColumnMapping:
    """The columns of a list by its heads; see `missing` and `ambiguous` of the result."""
    found: dict[ListField, list[int]] = {}
    ranks: dict[int, int] = {}
    for index, head in enumerate(heads):
        field, rank = field_of(kind, head)
        if field is not None and field is not ListField.SKIP:
            found.setdefault(field, []).append(index)
            ranks[index] = rank
    best = {
        field: sorted(places, key=lambda at: (ranks[at], at)) for field, places in found.items()
    }
    columns = sorted(((field, places[0]) for field, places in best.items()), key=lambda one: one[1])
    doubtful = tuple((field, tuple(places)) for field, places in best.items() if len(places) > 1)
    return ColumnMapping(kind, tuple(columns), list_signature(heads), doubtful)


def list_signature(heads: Sequence[str]) -> str:
    """Equal for lists with the same heads in the same order, but for case and diacritics."""
    return hashlib.sha256("\n".join(fold(head) for head in heads).encode()).hexdigest()[:32]


def needed_words(needed: Needed) -> str:
    """What would do, in words (Vietnamese): “từ tháng và số tháng, hoặc hạn thẻ”."""
    choices = [
        " và ".join(FIELD_TITLES[field].lower() for field in ListField if field in one)
        for one in needed
    ]
    return ", hoặc ".join(choices)
