"""The stock against its three baselines, stated or derived from a printed change."""

from vandong.figures.queries.readings import Reading
from vandong.measures.growth import StockGrowth, growth_from_change, growth_from_prior
from vandong.measures.staleness import is_stale
from vandong.planning.progress.explained import Explained
from vandong.planning.progress.facts import UnitFacts, baseline_day
from vandong.planning.progress.shapes import Baseline, Growth
from vandong.planning.progress.sources import combined, explained_reading


def growth_rows(facts: UnitFacts, stock: Reading) -> tuple[Growth, ...]:
    """One row for each baseline that can be known."""
    rows = (growth_row(facts, stock, baseline) for baseline in Baseline)
    return tuple(row for row in rows if row is not None)


def growth_row(facts: UnitFacts, stock: Reading, baseline: Baseline) -> Growth | None:
    """A stock stated on the very day asked for wins; then a printed change; then the latest stock before
    that day."""
    asked = baseline_day(baseline, stock.as_of)
    prior = facts.stock_before(stock, asked)
    if prior is not None and prior.as_of == asked:
        return _stated(facts, baseline, stock, prior)
    change = facts.change(stock, baseline)
    if change is not None:
        return _derived(facts, baseline, stock, change)
    return None if prior is None else _stated(facts, baseline, stock, prior)


def _stated(facts: UnitFacts, baseline: Baseline, stock: Reading, prior: Reading) -> Growth:
    figures = growth_from_prior(stock.quantity, prior.quantity)
    now, before = facts.stock_figure(), explained_reading("baseline", prior)
    return Growth(
        baseline=baseline,
        on=prior.as_of,
        prior=before,
        change=combined("f4_change", figures.change, now, before),
        rate=_rate(figures, now, before),
        stale=is_stale(prior.as_of, baseline_day(baseline, stock.as_of)),
    )


def _derived(facts: UnitFacts, baseline: Baseline, stock: Reading, change: Reading) -> Growth:
    figures = growth_from_change(stock.quantity, change.quantity)
    now, apart = facts.stock_figure(), explained_reading("change", change)
    return Growth(
        baseline=baseline,
        on=baseline_day(baseline, stock.as_of),
        prior=combined("f4_derived_baseline", figures.prior, now, apart),
        change=apart,
        rate=_rate(figures, now, apart),
        derived=True,
    )


def _rate(figures: StockGrowth, now: Explained, other: Explained) -> Explained | None:
    if figures.rate is None:
        return None
    return combined("f4_rate", figures.rate, now, other, measured_in="fraction")
