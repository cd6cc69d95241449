"""The series of a unit's stock, with the plans above it."""

from datetime import date

from vandong.figures.models import Measure, PlanKind, SourceKind
from vandong.figures.queries.readings import PRECEDENCE, Reading, chosen, series
from vandong.measures.growth import growth_from_change
from vandong.planning.progress.facts import CHANGES, baseline_day
from vandong.planning.progress.shapes import (
    PlanLine,
    PlanProgress,
    Trend,
    TrendPoint,
    UnitName,
)
from vandong.planning.progress.sources import combined, explained_reading


def unit_trend(
    unit: UnitName, scheme: str, start: date, end: date, plans: tuple[PlanProgress, ...] = ()
) -> Trend:
    """Stocks from `start` to `end`, one a day, of the strongest source kind that states that day; the register
    and reported figures are never one line. Baselines that a printed change leads back to stand as derived
    points on days without a stated stock."""
    rows = series(unit.unit_id, scheme, (Measure.STOCK, *CHANGES.values()), start=start, end=end)
    stocks = [row for row in rows if row.measure == Measure.STOCK]
    stated = _strongest(_one_line(stocks, end))
    points = {on: TrendPoint(on, explained_reading("stock", row)) for on, row in stated.items()}
    for point in _derived(rows, stated):
        if start <= point.on:
            points.setdefault(point.on, point)
    return Trend(
        unit, scheme, tuple(points[on] for on in sorted(points)), tuple(map(_line, _stock(plans)))
    )


def _one_line(rows: list[Reading], end: date) -> list[Reading]:
    """What the register counts each day and what is reported now and then are two lines: drawn is the one that
    speaks on the last day, and before its first day the other."""
    latest = {row.source_kind: row for row in rows}
    in_order = sorted(latest.values(), key=lambda row: PRECEDENCE.index(row.source_kind))
    speaking = chosen(in_order, end)
    if speaking is None:
        return rows
    counted = speaking.source_kind == SourceKind.REGISTER
    first = min(row.as_of for row in rows if (row.source_kind == SourceKind.REGISTER) == counted)
    return [
        row
        for row in rows
        if (row.source_kind == SourceKind.REGISTER) == counted or row.as_of < first
    ]


def _strongest(rows: list[Reading]) -> dict[date, Reading]:
    found: dict[date, Reading] = {}
    for row in sorted(rows, key=lambda row: PRECEDENCE.index(row.source_kind)):
        found.setdefault(row.as_of, row)
    return found


def _derived(rows: tuple[Reading, ...], stated: dict[date, Reading]) -> list[TrendPoint]:
    points = []
    for baseline, measure in CHANGES.items():
        for change in rows:
            stock = stated.get(change.as_of)
            if change.measure != measure or stock is None:
                continue
            prior = growth_from_change(stock.quantity, change.quantity).prior
            now, apart = explained_reading("stock", stock), explained_reading("change", change)
            figure = combined("f4_derived_baseline", prior, now, apart)
            points.append(TrendPoint(baseline_day(baseline, stock.as_of), figure, derived=True))
    return points


def _stock(plans: tuple[PlanProgress, ...]) -> list[PlanProgress]:
    return [one for one in plans if one.kind == PlanKind.STOCK and not one.channel]


def _line(plan: PlanProgress) -> PlanLine:
    return PlanLine(
        owner=plan.owner,
        document=plan.document,
        base_on=plan.base_on,
        base=None if plan.base is None else plan.base.value,
        deadline=plan.deadline,
        value=plan.value.value,
    )
