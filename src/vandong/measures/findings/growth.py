"""Findings about growth: what the last month hides, and percentages of the wrong base."""

from dataclasses import dataclass
from datetime import date

from vandong.kernel.findings import Finding
from vandong.kernel.numbers import rounded
from vandong.measures.coverage import Deviation
from vandong.measures.growth import StockGrowth, rate_on_current
from vandong.measures.printed import PrintedRate, Verdict, recognised
from vandong.measures.quantity import Quantity, exact


@dataclass(frozen=True, slots=True)
class DatedStock:
    """A stock on its own day."""

    on: date
    stock: Quantity


def decline_hidden_by_last_month(
    december: DatedStock, last_month: DatedStock, now: DatedStock
) -> Finding | None:
    """The last month rose while the months before it, since December, fell (S2.2: −1.898, then +4.934)."""
    if not december.on < last_month.on < now.on:
        return None
    before = last_month.stock - december.stock
    after = now.stock - last_month.stock
    if december.stock.low <= 0 or not (before.surely_below(0) and after.surely_above(0)):
        return None
    return Finding(
        "decline_hidden_by_last_month",
        {
            "decline": rounded(before.nominal),
            "rate": before.nominal / december.stock.nominal,
            "since": december.on,
            "until": last_month.on,
            "from_stock": rounded(december.stock.nominal),
            "to_stock": rounded(last_month.stock.nominal),
            "rise": rounded(after.nominal),
            "on": now.on,
        },
    )


def growth_misprinted(growth: StockGrowth, stock: Quantity, printed: PrintedRate) -> Finding | None:
    """A printed growth that its change does not give on the prior value: of the wrong base when change ÷
    current explains it (S0.19), wrong when nothing does (S4.6)."""
    if growth.rate is None or recognised(growth.rate, printed) is not Verdict.NEITHER:
        return None
    wrong_base = recognised(rate_on_current(growth.change, stock), printed) is not Verdict.NEITHER
    return Finding(
        "percentage_of_wrong_base" if wrong_base else "growth_printed_wrong",
        {
            "printed": printed.rate * 100,
            "right": growth.rate.nominal,
            "change": rounded(growth.change.nominal),
            "prior": rounded(growth.prior.nominal),
            "current": rounded(stock.nominal),
        },
    )


def points_called_per_cent(apart: Deviation, printed: PrintedRate) -> Finding | None:
    """An excess printed in per cent that is right only in percentage points (S1.2: "vượt 0,3%" is 30%)."""
    as_points = recognised(apart.points / exact(100), printed)
    as_relative = recognised(apart.relative, printed)
    if as_points is Verdict.NEITHER or as_relative is not Verdict.NEITHER:
        return None
    return Finding(
        "points_called_per_cent",
        {"points": apart.points.nominal / 100, "relative": apart.relative.nominal},
    )
