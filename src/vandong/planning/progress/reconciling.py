"""A month's stock taken apart: what came and went between two ends, as reported and as the register counts it,
side by side. What neither explains is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from vandong.accounts.queries.scope import Actor, Right, is_outsider, require
from vandong.figures.models import Measure, SourceKind
from vandong.figures.queries.flows import FlowTotal, FlowWant, flow_totals
from vandong.figures.queries.readings import Reading, Want, stated_readings
from vandong.kernel.periods import previous_month_end
from vandong.measures.quantity import Quantity, exact
from vandong.measures.stock_identity import INFLOWS, OUTFLOWS, StockIdentity, stock_identity
from vandong.places.models import Unit
from vandong.planning.progress.facts import day_after
from vandong.planning.progress.small_cells import LEAST_SHOWN

WHOLE_SIGNS: tuple[str, ...] = (Measure.FIRST_TIME, Measure.RETURNING, Measure.LAPSED)
"""Flows that the register writes for every span it counts, 0 too: they tell what was counted."""

BESIDES: tuple[str, ...] = (Measure.RENEWED, Measure.REVENUE)
"""Flows that leave the stock as it is."""

_PARTS: tuple[str, ...] = (*INFLOWS, *OUTFLOWS)
_NEW = Measure.GROSS_NEW
_PARTS_OF_NEW = {Measure.FIRST_TIME, Measure.RETURNING}
"""Where every side states these two, their sum says nothing more."""


@dataclass(frozen=True, slots=True)
class Side:
    """One kind of source. `identity` is None where its flows are not on record whole. `is_hidden`: some flow
    could point to a person and the reader is an outsider."""

    kind: str
    opening: Quantity | None
    opening_on: date | None
    closing: Quantity
    closing_on: date
    flows: Mapping[str, Quantity]
    identity: StockIdentity | None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The sides of a unit for the days after `since` to `on`, the reported one first."""

    unit: Unit
    scheme: str
    since: date
    on: date
    sides: tuple[Side, ...]

    @property
    def measures(self) -> tuple[str, ...]:
        """The flows that say something: those of every span, and others where somebody came or went."""
        told = {
            name
            for side in self.sides
            for name, flow in side.flows.items()
            if flow.nominal or name in WHOLE_SIGNS
        }
        if all(set(side.flows) >= _PARTS_OF_NEW for side in self.sides if _NEW in side.flows):
            told.discard(_NEW)
        return tuple(name for name in _PARTS if name in told)

    @property
    def besides(self) -> tuple[str, ...]:
        """The flows stated that do not touch the stock."""
        return tuple(name for name in BESIDES if any(name in side.flows for side in self.sides))


def month_reconciliation(actor: Actor, unit: Unit, scheme: str, on: date) -> Reconciliation | None:
    """The month of `on` up to that day, beside each other; None without figures of the register in it.

    Raises NotAllowed.
    """
    require(actor, Right.SEE_FIGURES, unit)
    since = previous_month_end(on)
    ends = _ends(unit.pk, scheme, since, on)
    closing = {kind: one for kind, one in ends[on].items() if one.as_of > since}
    if SourceKind.REGISTER not in closing:
        return None
    kinds = [kind for kind in closing if kind != SourceKind.REGISTER][:1]
    flows = _flows(
        unit.pk, scheme, since, [closing[kind] for kind in (*kinds, SourceKind.REGISTER)]
    )
    sides = tuple(
        _side(kind, ends[since].get(kind), closing[kind], flows.get(kind, {}), since)
        for kind in (*kinds, SourceKind.REGISTER)
    )
    if is_outsider(actor, unit):
        sides = tuple(_without_small_cells(side) for side in sides)
    return Reconciliation(unit, scheme, since, on, sides)


def is_counted_whole(flows: Mapping[str, FlowTotal]) -> bool:
    """Whether the register counted every day of a span: flows that it did not write are 0 then."""
    return all(name in flows and flows[name].missing_days == 0 for name in WHOLE_SIGNS)


def _ends(unit_id: int, scheme: str, since: date, on: date) -> dict[date, dict[str, Reading]]:
    wants = {day: Want(unit_id, scheme, Measure.STOCK, day) for day in (since, on)}
    found = stated_readings(list(wants.values()))
    return {day: {one.source_kind: one for one in found[want]} for day, want in wants.items()}


def _flows(
    unit_id: int, scheme: str, since: date, closings: Sequence[Reading]
) -> dict[str, dict[str, FlowTotal]]:
    """By kind and measure, each kind up to its own day."""
    wants = [
        FlowWant(unit_id, scheme, measure, day_after(since), until)
        for until in {one.as_of for one in closings}
        for measure in (*_PARTS, *BESIDES)
    ]
    until = {one.source_kind: one.as_of for one in closings}
    found: dict[str, dict[str, FlowTotal]] = {}
    for want, totals in flow_totals(wants).items():
        for total in totals:
            if until.get(total.last.source_kind) == want.end:
                found.setdefault(total.last.source_kind, {})[want.measure] = total
    return found


def _side(
    kind: str,
    before: Reading | None,
    closing: Reading,
    flows: Mapping[str, FlowTotal],
    since: date,
) -> Side:
    amounts = {measure: total.amount for measure, total in flows.items()}
    opening = before.quantity if before is not None and before.as_of == since else None
    if kind == SourceKind.REGISTER and _is_counted(flows, before):
        opening = opening if before is not None else exact(0)
        amounts = {name: amounts.get(name, exact(0)) for name in _named(amounts)}
        is_whole = True
    else:
        is_whole = kind != SourceKind.REGISTER and _is_reported_whole(flows)
    identity = None
    if opening is not None and is_whole:
        parts = {name: amount for name, amount in amounts.items() if name in _PARTS}
        identity = stock_identity(opening, closing.quantity, parts)
    opening_on = since if opening is not None else None
    return Side(kind, opening, opening_on, closing.quantity, closing.as_of, amounts, identity)


def _named(amounts: Mapping[str, Quantity]) -> tuple[str, ...]:
    """What a counted register states: all that it ever writes."""
    return tuple(dict.fromkeys((*_PARTS, *BESIDES, *amounts)))


def _is_counted(flows: Mapping[str, FlowTotal], before: Reading | None) -> bool:
    """Whether each day was counted; a unit whose first person came within the span begins there."""
    if before is not None:
        return is_counted_whole(flows)
    return all(
        name in flows
        and flows[name].missing_days == (flows[name].first_on - flows[name].want.start).days
        for name in WHOLE_SIGNS
    )


def _is_reported_whole(flows: Mapping[str, FlowTotal]) -> bool:
    whole = {name for name, total in flows.items() if total.missing_days == 0}
    joined = _NEW in whole or whole >= _PARTS_OF_NEW
    return joined and Measure.LAPSED in whole


def _without_small_cells(side: Side) -> Side:
    """Sums would give a hidden part away: with one small flow all flows go."""
    small = any(0 < flow.nominal < LEAST_SHOWN for flow in side.flows.values())
    ends_small = any(
        end is not None and 0 < end.nominal < LEAST_SHOWN for end in (side.opening, side.closing)
    )
    if not small and not ends_small:
        return side
    return replace(side, flows={}, identity=None, opening=None, opening_on=None, is_hidden=True)
