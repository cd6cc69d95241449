"""The rows of the units' table: filtered and ordered."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from vandong.kernel.names import fold, sort_key
from vandong.measures.pace import Light
from vandong.planning.progress.explained import Explained
from vandong.planning.progress.shapes import PlanProgress, UnitProgress
from vandong.web.board.query import BoardQuery, Sort

URGENCY = {Light.NEEDS_HELP: 0, Light.ATTENTION: 1, Light.ON_PACE: 3}
UNKNOWN_URGENCY, SILENT_URGENCY = 2, 4
"""A unit whose pace is unknown, and one that has neither stock nor plan: it stands last."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit's line."""

    progress: UnitProgress

    @property
    def is_hidden(self) -> bool:
        """Whether its counts are small and the reader is outside its office."""
        return self.progress.is_hidden

    @property
    def plan(self) -> PlanProgress | None:
        """The plan that leads."""
        return self.progress.plan


@dataclass(frozen=True, slots=True)
class LightCounts:
    """How many units stand at each light, before any filter."""

    needs_help: int
    attention: int
    on_pace: int
    unknown: int


def unit_rows(children: Iterable[UnitProgress], query: BoardQuery) -> tuple[UnitRow, ...]:
    """The rows asked for, in the order asked for."""
    wanted = [child for child in children if _is_wanted(child, query)]
    ordered = sorted(wanted, key=_order(query.sort), reverse=query.is_reversed)
    return tuple(map(UnitRow, ordered))


def light_counts(children: Iterable[UnitProgress]) -> LightCounts:
    """The lights of all units."""
    lights = [child.light for child in children]
    return LightCounts(
        needs_help=lights.count(Light.NEEDS_HELP),
        attention=lights.count(Light.ATTENTION),
        on_pace=lights.count(Light.ON_PACE),
        unknown=lights.count(None),
    )


def _is_wanted(child: UnitProgress, query: BoardQuery) -> bool:
    if query.light and child.light is not query.light:
        return False
    words = fold(child.unit.name).split()
    return all(any(word.startswith(part) for word in words) for part in fold(query.text).split())


def _order(sort: Sort) -> Callable[[UnitProgress], tuple[object, ...]]:
    def key(child: UnitProgress) -> tuple[object, ...]:
        name = sort_key(child.unit.name)
        if sort is Sort.NAME:
            return (name,)
        if sort is Sort.HELP:
            return (_urgency(child), _pace_ratio(child.plan), name)
        value = _value(child, sort)
        return (value is None, -(value or 0), name)

    return key


def _urgency(child: UnitProgress) -> int:
    if child.light is not None:
        return URGENCY[child.light]
    is_silent = child.stock is None and child.plan is None and not child.is_hidden
    return SILENT_URGENCY if is_silent else UNKNOWN_URGENCY


def _pace_ratio(plan: PlanProgress | None) -> Fraction:
    """Achieved over needed: the least stands first; nothing known stands at nought."""
    if plan is None or plan.pace_needed is None or plan.pace_achieved is None:
        return Fraction(0)
    if plan.pace_needed.value <= 0:
        return Fraction(10**9)
    return plan.pace_achieved.value / plan.pace_needed.value


def _value(child: UnitProgress, sort: Sort) -> Fraction | None:
    plan = child.plan
    figures: dict[Sort, Explained | None] = {
        Sort.STOCK: child.stock,
        Sort.SHARE: plan.share if plan else None,
        Sort.REMAINING: plan.remaining if plan else None,
        Sort.NEEDED: plan.pace_needed if plan else None,
        Sort.ACHIEVED: plan.pace_achieved if plan else None,
    }
    figure = figures[sort]
    return figure.value if figure else None
