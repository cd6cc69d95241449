"""Printed percentages of a unit, kept only to check what is recomputed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from vandong.figures.models import PrintedFigure
from vandong.measures.printed import PrintedRate, printed_rate


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A percentage as printed on a day. `denominator` names a denominator, a plan's owner, or nothing."""

    scheme: str
    kind: str
    denominator: str
    as_of: date
    printed: PrintedRate
    source_text: str
    batch_id: UUID | None
    batch_row: int | None
    file_name: str


def printed_figures(unit_id: int, days: Sequence[date]) -> tuple[PrintedRow, ...]:
    """The live printed percentages of a unit on some days, of all schemes. One query."""
    rows = (
        PrintedFigure.objects.filter(live=True, unit_id=unit_id, as_of__in=days)
        .select_related("batch__source_file")
        .order_by("kind", "denominator", "id")
    )
    return tuple(_printed_row(row) for row in rows)


def _printed_row(row: PrintedFigure) -> PrintedRow:
    source_file = row.batch.source_file if row.batch else None
    return PrintedRow(
        scheme=row.scheme,
        kind=row.kind,
        denominator=row.denominator,
        as_of=row.as_of,
        printed=printed_rate(Fraction(row.value), row.decimals),
        source_text=row.source_text,
        batch_id=row.batch_id,
        batch_row=row.batch_row,
        file_name=source_file.name if source_file else "",
    )
