"""F4: growth of a stock. The percentage is always on the PRIOR value; baselines are named by the caller."""

from dataclasses import dataclass

from vandong.measures.quantity import Quantity, exact


@dataclass(frozen=True, slots=True)
class StockGrowth:
    """Prior and change in people; `rate` is the change as a fraction of the prior, None when that may be
    nought."""

    prior: Quantity
    change: Quantity
    rate: Quantity | None


def growth_from_prior(stock: Quantity, prior: Quantity) -> StockGrowth:
    """Growth when both stocks are known."""
    rate = None if prior.low <= 0 else stock / prior - exact(1)
    return StockGrowth(prior, stock - prior, rate)


def growth_from_change(stock: Quantity, change: Quantity) -> StockGrowth:
    """Growth when only the change is printed: the prior is derived.

    The rate is change ÷ (stock − change), which rises with the change and falls with the stock, so its
    ends stand at the ends of the inputs (tighter than treating prior and change as unrelated).
    """
    prior = stock - change
    if prior.low <= 0:
        return StockGrowth(prior, change, None)
    nominal = change.nominal / prior.nominal
    if stock.is_exact and change.is_exact:
        return StockGrowth(prior, change, exact(nominal))
    ends = sorted(c / (s - c) for c in (change.low, change.high) for s in (stock.low, stock.high))
    return StockGrowth(prior, change, Quantity(nominal, ends[0], ends[-1]))


def rate_on_current(change: Quantity, stock: Quantity) -> Quantity:
    """Change ÷ CURRENT stock: the wrong base, kept only to recognise it in print (`domain.md` S0.19)."""
    return change / stock
