"""Wanted targets against the live ones: which stand already, which correct one, which amend one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vandong.figures.models import SourceKind, Target
from vandong.planning.plan_files.parsing import PlanKey, WantedTarget

Place = tuple[object, int]
"""A plan (or its line without the document) and a unit."""


@dataclass(slots=True)
class TargetChange:
    """What one wanted target means.

    `corrects`: the live target of the same plan, whose value was wrong and which goes. `amends`: the live
    target of an earlier document of the same owner, which stays until the new one is in force.
    `amends_change`: the same when that earlier document stands in this file.
    """

    wanted: WantedTarget
    unit_id: int
    corrects: Target | None = None
    amends: Target | None = None
    amends_change: "TargetChange | None" = None
    target: Target | None = None


@dataclass(slots=True)
class Comparison:
    """Changes in the order of the file, and how many lines stand already."""

    changes: list[TargetChange] = field(default_factory=list)
    unchanged_count: int = 0

    @property
    def changed_count(self) -> int:
        """Lines that correct a target."""
        return sum(one.corrects is not None for one in self.changes)

    @property
    def new_count(self) -> int:
        """Lines that bring a target, amendments too."""
        return len(self.changes) - self.changed_count


def compared(wanted: Sequence[tuple[WantedTarget, int]]) -> Comparison:
    """Compares (target, unit) pairs with the live official targets of these units. One query."""
    by_plan, by_line = _live({unit_id for _, unit_id in wanted})
    found = Comparison()
    in_file: dict[Place, TargetChange] = {}
    for one, unit_id in wanted:
        live = by_plan.get((one.key, unit_id))
        if live and (live.value, live.exactness) == (one.value, one.exactness):
            found.unchanged_count += 1
            continue
        change = TargetChange(one, unit_id, corrects=live)
        if live is None and one.key.document:
            line = (one.key.line, unit_id)
            change.amends_change = in_file.get(line)
            change.amends = None if change.amends_change else by_line.get(line)
            in_file[line] = change
        found.changes.append(change)
    return found


def _live(unit_ids: Iterable[int]) -> tuple[dict[Place, Target], dict[Place, Target]]:
    """Live targets by plan and unit; by line and unit the last of each chain of amendments."""
    rows = Target.objects.filter(
        live=True,
        unit_id__in=list(unit_ids),
        organisation=None,
        member=None,
        source_kind=SourceKind.OFFICIAL,
    ).select_related("plan__document")
    by_plan: dict[Place, Target] = {}
    by_line: dict[Place, Target] = {}
    targets = list(rows.order_by("id"))
    amended = {one.supersedes_id for one in targets}
    for target in targets:
        key = _key(target)
        by_plan[key, target.unit_id or 0] = target
        if target.pk not in amended:
            by_line[key.line, target.unit_id or 0] = target
    return by_plan, by_line


def _key(target: Target) -> PlanKey:
    plan = target.plan
    return PlanKey(
        owner=plan.owner_name,
        document=plan.document.number if plan.document else "",
        scheme=plan.scheme,
        kind=plan.kind,
        denominator=plan.denominator,
        channel=plan.channel,
        period_from=plan.period_from,
        deadline=plan.deadline,
        commitment=plan.commitment,
    )
