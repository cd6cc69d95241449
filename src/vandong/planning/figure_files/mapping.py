"""How the columns of an office's wide table (one row a unit) become figures: what a mapping says."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from vandong.kernel.names import fold
from vandong.sheets import Column


class Role(StrEnum):
    """What a column holds."""

    SKIP = "skip"
    UNIT = "unit"
    CODE = "code"
    PARENT = "parent"
    FIGURE = "figure"


class SpanStart(StrEnum):
    """From when a flow counts, up to the table's day."""

    NONE = ""
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    def day(self, as_of: date) -> date | None:
        """The first day of the month, quarter or year of `as_of`; None for a stock."""
        match self:
            case SpanStart.MONTH:
                return as_of.replace(day=1)
            case SpanStart.QUARTER:
                return as_of.replace(month=as_of.month - (as_of.month - 1) % 3, day=1)
            case SpanStart.YEAR:
                return as_of.replace(month=1, day=1)
            case _:
                return None


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column: its head as the table writes it, its role, and for a figure which one it is."""

    head: str
    role: Role = Role.SKIP
    scheme: str = ""
    measure: str = ""
    channel: str = ""
    denominator: str = ""
    span: SpanStart = SpanStart.NONE


@dataclass(frozen=True, slots=True)
class FigureMapping:
    """A mapping under the name by which an office knows it. `signature` is that of the table's heads."""

    name: str
    signature: str
    columns: tuple[MappedColumn, ...]

    def fitted(self, header: Sequence[Column]) -> "FigureMapping":
        """The mapping for a table with these heads: known heads keep their meaning, others are skipped."""
        known = {fold(column.head): column for column in self.columns}
        columns = tuple(
            replace(known.get(fold(column.name), MappedColumn(column.name)), head=column.name)
            for column in header
        )
        return replace(self, signature=signature_of(header), columns=columns)

    def stored(self) -> dict[str, Any]:
        """As an office setting keeps it."""
        return {
            "signature": self.signature,
            "columns": [
                {
                    "head": column.head,
                    "role": column.role.value,
                    "scheme": column.scheme,
                    "measure": column.measure,
                    "channel": column.channel,
                    "denominator": column.denominator,
                    "span": column.span.value,
                }
                for column in self.columns
            ],
        }


def read_mapping(name: str, stored: Mapping[str, Any]) -> FigureMapping:
    """A mapping as it was before `stored`."""
    columns = tuple(
        MappedColumn(
            **{
                **column,
                "role": Role(column["role"]),
                "span": SpanStart(column["span"]),
            }
        )
        for column in stored["columns"]
    )
    return FigureMapping(name, stored["signature"], columns)


def signature_of(header: Sequence[Column]) -> str:
    """Equal for tables with the same heads in the same order, but for case and diacritics."""
    heads = "\n".join(fold(column.name) for column in header)
    return hashlib.sha256(heads.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class WideChoice:
    """A table read through a mapping on a day. `whole`: the unit that the table is about, under which its rows
    are found and whose figures the total row holds; may be empty."""

    mapping: FigureMapping
    as_of: date
    whole: str = ""
