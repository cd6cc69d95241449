"""Targets of units in force on a day.

A plan counts from its first day. After its deadline it stays until the year ends, unless the same owner
has an open one of the same kind and channel. A target that supersedes another takes its place from the
day its document was signed (from its plan's first day when that is unknown); until then the older one
stands. Rows replaced by a correction are not live and never count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from vandong.figures.models import Target
from vandong.kernel.exactness import Exactness
from vandong.measures.quantity import Quantity, exact, stated


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One owner's target for a unit: people, đồng, or per cent for a coverage plan."""

    target_id: int
    unit_id: int
    value: Decimal
    exactness: str
    supersedes_id: int | None
    source_kind: str
    source_text: str
    batch_id: UUID | None
    batch_row: int | None
    plan_id: int
    owner: str
    scheme: str
    kind: str
    denominator: str
    channel: str
    period_from: date
    deadline: date
    commitment: str
    document: str
    signed_on: date | None
    file_name: str

    @property
    def quantity(self) -> Quantity:
        """The value with what its word allows."""
        if self.exactness == Exactness.EXACT or self.value != int(self.value):
            return exact(Fraction(self.value))
        return stated(int(self.value), self.exactness)

    @property
    def takes_over_on(self) -> date:
        """From when it takes the place of the target that it supersedes."""
        return self.signed_on or self.period_from


_FIELDS = (
    "id",
    "unit_id",
    "value",
    "exactness",
    "supersedes_id",
    "source_kind",
    "source_text",
    "batch_id",
    "batch_row",
    "plan_id",
    "plan__owner_name",
    "plan__scheme",
    "plan__kind",
    "plan__denominator",
    "plan__channel",
    "plan__period_from",
    "plan__deadline",
    "plan__commitment",
    "plan__document__number",
    "plan__document__signed_on",
    "batch__source_file__name",
)


def targets_in_force(
    unit_ids: Sequence[int], scheme: str, on: date
) -> Mapping[int, tuple[TargetRow, ...]]:
    """Targets of each unit on a day, whole units only (not of organisations or members). One query."""
    rows = Target.objects.filter(
        live=True,
        unit_id__in=unit_ids,
        organisation=None,
        member=None,
        plan__scheme=scheme,
        plan__period_from__lte=on,
        plan__deadline__gte=on.replace(month=1, day=1),
    ).values_list(*_FIELDS)
    by_unit: dict[int, list[TargetRow]] = {unit_id: [] for unit_id in unit_ids}
    for row in rows:
        target = _target_row(row)
        by_unit[target.unit_id].append(target)
    return {unit_id: _in_force(targets, on) for unit_id, targets in by_unit.items()}


def _target_row(row: Sequence[Any]) -> TargetRow:
    values = list(row)
    values[-3] = values[-3] or ""
    values[-1] = values[-1] or ""
    return TargetRow(*values)


def _in_force(targets: Sequence[TargetRow], on: date) -> tuple[TargetRow, ...]:
    known = [one for one in targets if one.supersedes_id is None or one.takes_over_on <= on]
    replaced = {one.supersedes_id for one in known}
    standing = [one for one in known if one.target_id not in replaced]
    open_lines = {_line(one) for one in standing if one.deadline >= on}
    kept = [one for one in standing if one.deadline >= on or _line(one) not in open_lines]
    return tuple(sorted(kept, key=_leading))


def _line(target: TargetRow) -> tuple[str, str, str, str]:
    return target.owner, target.kind, target.channel, target.denominator


def _leading(target: TargetRow) -> tuple[object, ...]:
    """Whole scope first, stock plans first, assigned before striving, then the earlier deadline and the
    owner."""
    return (
        target.channel != "",
        target.kind != "stock",
        target.commitment != "assigned",
        target.deadline,
        target.owner,
        target.target_id,
    )
