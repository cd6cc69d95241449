"""All that is read for the progress of many units: the same few queries for one unit and for a province."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from vandong.figures.models import Measure, PlanKind
from vandong.figures.queries.flows import FlowTotal, FlowWant, flow_totals
from vandong.figures.queries.readings import (
    DENOMINATORS,
    Reading,
    Want,
    chosen,
    stated_readings,
)
from vandong.figures.queries.targets import TargetRow, targets_in_force
from vandong.kernel.periods import previous_december_end, previous_month_end, same_day_last_year
from vandong.measures.pace import base_day
from vandong.planning.progress.explained import Explained
from vandong.planning.progress.shapes import Baseline, UnitName
from vandong.planning.progress.sources import explained_reading

FLOW_MEASURES: Mapping[str, tuple[str, ...]] = {
    PlanKind.GROSS_NEW: (Measure.GROSS_NEW, Measure.FIRST_TIME, Measure.RETURNING),
    PlanKind.FIRST_TIME: (Measure.FIRST_TIME,),
    PlanKind.RENEWED: (Measure.RENEWED,),
    PlanKind.REVENUE: (Measure.REVENUE,),
}
CHANGES: Mapping[Baseline, str] = {
    Baseline.PREVIOUS_MONTH: Measure.CHANGE_PREVIOUS_MONTH,
    Baseline.PREVIOUS_DECEMBER: Measure.CHANGE_PREVIOUS_DECEMBER,
    Baseline.SAME_PERIOD: Measure.CHANGE_SAME_PERIOD,
}
_NOTHING: Mapping[Want, tuple[Reading, ...]] = {}


def baseline_day(baseline: Baseline, own_day: date) -> date:
    """The day that a baseline asks for, seen from the stock's own day."""
    if baseline is Baseline.PREVIOUS_MONTH:
        return previous_month_end(own_day)
    if baseline is Baseline.PREVIOUS_DECEMBER:
        return previous_december_end(own_day)
    return same_day_last_year(own_day)


@dataclass(frozen=True)
class UnitFacts:
    """What was read of one unit. `now`: stocks and denominators on the day, every source kind, strongest
    first; `then`: baselines and printed changes; `speaking`: the stock that speaks, by unit and channel."""

    unit: UnitName
    scheme: str
    on: date
    targets: tuple[TargetRow, ...]
    now: Mapping[Want, tuple[Reading, ...]]
    then: Mapping[Want, tuple[Reading, ...]]
    flows: Mapping[FlowWant, tuple[FlowTotal, ...]]
    speaking: Mapping[tuple[int, str], Reading]

    def stocks(self, channel: str = "") -> tuple[Reading, ...]:
        """The stock on the day in every source kind."""
        return self.now.get(_stock_want(self.unit.unit_id, self.scheme, self.on, channel), ())

    def stock(self, channel: str = "") -> Reading | None:
        """The stock that speaks on the day."""
        return self.speaking.get((self.unit.unit_id, channel))

    def stock_figure(self, channel: str = "") -> Explained:
        """The stock that speaks, as a figure. Raises KeyError when there is none."""
        if not channel:
            return self._whole_stock
        return explained_reading("stock", self.speaking[self.unit.unit_id, channel])

    @cached_property
    def _whole_stock(self) -> Explained:
        return explained_reading("stock", self.speaking[self.unit.unit_id, ""])

    def denominator(self, name: str) -> Reading | None:
        """A denominator on the day."""
        return chosen(self.now.get(Want(self.unit.unit_id, "", name, self.on), ()), self.on)

    def stock_before(self, stock: Reading, day: date, channel: str = "") -> Reading | None:
        """The stock on an earlier day, in the same source kind as `stock`."""
        found = self.then.get(
            Want(self.unit.unit_id, self.scheme, Measure.STOCK, day, channel, stock.source_kind)
        )
        return found[0] if found else None

    def change(self, stock: Reading, baseline: Baseline) -> Reading | None:
        """A printed change of the stock's own day."""
        want = _change_want(self.unit.unit_id, self.scheme, stock, baseline)
        found = self.then.get(want)
        return found[0] if found and found[0].as_of == stock.as_of else None

    def flow(self, measure: str, start: date, end: date, channel: str = "") -> FlowTotal | None:
        """The sum of a flow over a span, in the strongest kind of source that states it."""
        want = FlowWant(self.unit.unit_id, self.scheme, measure, start, end, channel)
        found = self.flows.get(want)
        return found[0] if found else None


def unit_facts(
    units: Sequence[UnitName], scheme: str, on: date, flow_spans: Sequence[tuple[str, date]] = ()
) -> tuple[UnitFacts, ...]:
    """What is known of each unit on a day, in four queries (five where flows overlap).

    `flow_spans`: further flows wanted up to `on`, as (measure, first day).
    """
    targets = targets_in_force([unit.unit_id for unit in units], scheme, on)
    now = stated_readings(_wants_now(units, scheme, on, targets))
    stocks = {
        (want.unit_id, want.channel): stock
        for want, readings in now.items()
        if want.measure == Measure.STOCK and (stock := chosen(readings, on)) is not None
    }
    then = stated_readings(_wants_then(scheme, stocks, targets)) if stocks else _NOTHING
    flows = flow_totals(_flow_wants(units, scheme, on, targets, flow_spans))
    return tuple(
        UnitFacts(unit, scheme, on, targets[unit.unit_id], now, then, flows, stocks)
        for unit in units
    )


def _wants_now(
    units: Iterable[UnitName], scheme: str, on: date, targets: Mapping[int, Sequence[TargetRow]]
) -> list[Want]:
    wants: dict[Want, None] = {}
    for unit in units:
        channels = {"", *(one.channel for one in targets[unit.unit_id])}
        for channel in sorted(channels):
            wants[_stock_want(unit.unit_id, scheme, on, channel)] = None
        for name in DENOMINATORS:
            wants[Want(unit.unit_id, "", name, on)] = None
    return list(wants)


def _wants_then(
    scheme: str,
    stocks: Mapping[tuple[int, str], Reading],
    targets: Mapping[int, Sequence[TargetRow]],
) -> list[Want]:
    wants: dict[Want, None] = {}
    for (unit_id, channel), stock in stocks.items():
        days = {base_day(one.period_from, stock.as_of) for one in targets[unit_id]}
        if not channel:
            days |= {baseline_day(baseline, stock.as_of) for baseline in Baseline}
            for baseline in Baseline:
                wants[_change_want(unit_id, scheme, stock, baseline)] = None
        for day in sorted(days):
            want = Want(unit_id, scheme, Measure.STOCK, day, channel, stock.source_kind)
            wants[want] = None
    return list(wants)


def _flow_wants(
    units: Iterable[UnitName],
    scheme: str,
    on: date,
    targets: Mapping[int, Sequence[TargetRow]],
    flow_spans: Sequence[tuple[str, date]],
) -> list[FlowWant]:
    wants: dict[FlowWant, None] = {}
    for unit in units:
        for target in targets[unit.unit_id]:
            for measure in FLOW_MEASURES.get(target.kind, ()):
                until = min(on, target.deadline)
                start = target.period_from
                wants[FlowWant(unit.unit_id, scheme, measure, start, until, target.channel)] = None
        for measure, start in flow_spans:
            wants[FlowWant(unit.unit_id, scheme, measure, start, on)] = None
    return list(wants)


def _stock_want(unit_id: int, scheme: str, on: date, channel: str) -> Want:
    return Want(unit_id, scheme, Measure.STOCK, on, channel)


def _change_want(unit_id: int, scheme: str, stock: Reading, baseline: Baseline) -> Want:
    return Want(unit_id, scheme, CHANGES[baseline], stock.as_of, "", source_kind=stock.source_kind)


def day_after(day: date) -> date:
    """The first day of a span that follows on `day`."""
    return day + timedelta(days=1)
