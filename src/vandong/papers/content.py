"""What a report says, independent of the paper it is written on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

ORDINAL = "STT"
Cell = str | int | Fraction | date | None


class Look(StrEnum):
    """How the cells of a column are written. Counts are whole people or đồng, shares are fractions."""

    TEXT = "text"
    COUNT = "count"
    CHANGE = "change"
    SHARE = "share"
    PACE = "pace"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. `group` is the merged head above it; `share_decimals` only for shares."""

    label: str
    look: Look = Look.TEXT
    group: str = ""
    share_decimals: int = 2

    @property
    def full_label(self) -> str:
        """The label with its merged head, for layouts that have one row of heads."""
        return f"{self.group}: {self.label}" if self.group else self.label

    @property
    def weight(self) -> float:
        """Its share of the width of a page, against 1 for a column of numbers."""
        if self.label == ORDINAL:
            return 0.7
        return 2.2 if self.look is Look.TEXT else 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Each row has one cell a column; `total` stands last, set off."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None

    def __post_init__(self) -> None:
        for row in (*self.rows, *([self.total] if self.total else [])):
            if len(row) != len(self.columns):
                raise ValueError(f"{len(row)} cells under {len(self.columns)} columns")

    @property
    def is_grouped(self) -> bool:
        """Whether any column stands under a merged head."""
        return any(column.group for column in self.columns)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `notes` are the numbers of its footnotes, in reading order."""

    text: str
    notes: tuple[int, ...] = ()
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The parts of Decree 30/2020, annex I, that stand around the text."""

    superior: str
    issuer: str
    number: str
    place_and_day: str
    signer_title: str
    signer_name: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A stock (people) on a day."""

    on: date
    value: int


@dataclass(frozen=True, slots=True)
class Trend:
    """A stock over time with its plan: from `plan_from` straight to `plan_until`, when there is one.

    `lang` (vi or en) decides how its numbers are written.
    """

    points: tuple[TrendPoint, ...]
    label: str
    plan_label: str = ""
    plan_from: TrendPoint | None = None
    plan_until: TrendPoint | None = None
    note: str = ""
    lang: str = "vi"


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. `sample_note` is not empty when any figure is made up: it stands on every page."""

    letterhead: Letterhead
    title: str
    subject: str
    paragraphs: tuple[Paragraph, ...]
    footnotes: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    trend: Trend | None = None
    sample_note: str = ""


def column_groups(columns: Sequence[Column]) -> list[tuple[str, int]]:
    """The merged heads from left to right, each with the number of columns below it."""
    groups: list[tuple[str, int]] = []
    for column in columns:
        if groups and column.group and groups[-1][0] == column.group:
            groups[-1] = (column.group, groups[-1][1] + 1)
        else:
            groups.append((column.group, 1))
    return groups
