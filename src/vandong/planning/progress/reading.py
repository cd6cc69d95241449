"""Progress for whoever asks: fetched and authorised in one step. Doors call these and nothing below them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from django.db.models import QuerySet

from vandong.accounts.queries.scope import (
    Actor,
    Right,
    held_units,
    is_outsider,
    require,
    visible_units,
)
from vandong.kernel.findings import Finding
from vandong.measures.findings.closing import sum_of_parts_differs
from vandong.measures.quantity import total
from vandong.places.models import Tree, Unit, UnitKind
from vandong.places.queries.units import children
from vandong.planning.progress.assembly import many_progress, single_progress
from vandong.planning.progress.explained import Explained, Input
from vandong.planning.progress.findings import present
from vandong.planning.progress.remembered import remembered_progress
from vandong.planning.progress.shapes import ChildrenProgress, Trend, UnitName, UnitProgress
from vandong.planning.progress.small_cells import is_small, without_small_cells
from vandong.planning.progress.trend import unit_trend


def unit_progress(actor: Actor, unit: Unit, scheme: str, on: date) -> UnitProgress:
    """Everything known of one unit and scheme on a day. Raises NotAllowed."""
    require(actor, Right.SEE_FIGURES, unit)
    return _shown(actor, (single_progress(unit_name(unit), scheme, on),))[0]


def progress_of_units(
    actor: Actor, units: Sequence[Unit], scheme: str, on: date
) -> tuple[UnitProgress, ...]:
    """The progress of the units among these that the actor may see, in the order given."""
    allowed = set(
        visible_units(actor).filter(pk__in=[unit.pk for unit in units]).values_list("pk", flat=True)
    )
    named = tuple(unit_name(unit) for unit in units if unit.pk in allowed)
    return _shown(actor, remembered_progress(named, scheme, on))


def progress_of_children(
    actor: Actor, unit: Unit, scheme: str, on: date, tree: str = Tree.ADMINISTRATIVE
) -> ChildrenProgress:
    """A unit and the units right below it on the day, in alphabetical order. Raises NotAllowed.

    The number of queries is the same for one child and for 126.
    """
    require(actor, Right.SEE_FIGURES, unit)
    below = list(_parts(unit, tree, on))
    rows = progress_of_units(actor, below, scheme, on)
    parent = unit_progress(actor, unit, scheme, on)
    parts_sum = _parts_sum(rows) if len(rows) == len(below) else None
    same_day = bool(rows) and parent.stock_on == rows[0].stock_on
    gap, finding = _parts_gap(parent, parts_sum if same_day else None, len(rows))
    return ChildrenProgress(parent, rows, parts_sum, gap, present([finding]))


def trend(actor: Actor, unit: Unit, scheme: str, start: date, end: date) -> Trend:
    """The unit's stock from `start` to `end` with the plans of `end`. Raises NotAllowed."""
    require(actor, Right.SEE_FIGURES, unit)
    named = unit_name(unit)
    plans = many_progress([named], scheme, end)[0].plans
    drawn = unit_trend(named, scheme, start, end, plans)
    if not is_outsider(actor, unit):
        return drawn
    return replace(drawn, points=tuple(one for one in drawn.points if not is_small(one.stock)))


def unit_name(unit: Unit) -> UnitName:
    """The unit as a value."""
    return UnitName(unit.pk, unit.kind, unit.code, unit.name)


def _parts(unit: Unit, tree: str, on: date) -> QuerySet[Unit]:
    """The units that make up this one. A cluster right below a province or district is no part of it: it
    stands for several communes at once ("30 xã điểm") and would count their people twice."""
    below = children(unit, tree, on)
    return below if unit.kind == UnitKind.COMMUNE else below.exclude(kind=UnitKind.CLUSTER)


def _shown(actor: Actor, rows: tuple[UnitProgress, ...]) -> tuple[UnitProgress, ...]:
    """The rows as this reader may see them: small cells are open in the office that holds them."""
    if actor.is_system:
        return rows
    ids = [row.unit.unit_id for row in rows]
    held = set(held_units(actor).filter(pk__in=ids).values_list("pk", flat=True))
    return tuple(row if row.unit.unit_id in held else without_small_cells(row) for row in rows)


def _parts_sum(rows: Sequence[UnitProgress]) -> Explained | None:
    """The sum of the children's stocks, only where every child states one on the same day."""
    stocks = [row.stock for row in rows if row.stock is not None]
    days = {row.stock_on for row in rows}
    if not stocks or len(stocks) != len(rows) or len(days) != 1:
        return None
    amount = total(stock.quantity for stock in stocks)
    parts = tuple(
        partial(_named, row.unit.name, stock) for row, stock in zip(rows, stocks, strict=True)
    )
    return Explained(amount, "parts_sum", parts)


def _named(unit: str, stock: Explained) -> Input:
    """A child's stock as an input under the child's name."""
    return replace(stock.inputs[0], label=unit)


def _parts_gap(
    parent: UnitProgress, parts_sum: Explained | None, parts: int
) -> tuple[Explained | None, Finding | None]:
    """Parent − sum, when both are of one day."""
    whole = parent.stock
    if whole is None or parts_sum is None:
        return None, None
    gap = Explained(whole.quantity - parts_sum.quantity, "parts_gap", (whole, parts_sum))
    return gap, sum_of_parts_differs(whole.quantity, parts_sum.quantity, parts)
