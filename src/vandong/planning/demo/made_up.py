"""Made-up figures for the communes of the demo province: one seed, the same figures on every machine.

Shape and rates come from `domain.md` 3.1 (the December rush, the lapses of the first quarter, the drives
of May); what is a guess there is a guess here. Nothing of it describes a real commune.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from vandong.kernel.periods import Month, is_month_end

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

LABOUR_FORCE_TOTAL = 4_675_000
POPULATION_TOTAL = 8_516_000
PERSONS_A_HOUSEHOLD = 3.5
# Month-end stock, January to November, against last December's = 1; December is that times the year's
# growth. Between the country's path (Nov 0.87) and Bắc Giang's of 2023 (Apr 0.95, May 1.07).
SEASON = (0.985, 0.965, 0.95, 0.955, 1.03, 1.035, 1.04, 1.05, 1.065, 1.085, 1.11)
YEARLY_GROWTH = 1.2
# Chosen so that the province stands near the "hơn 100 nghìn" printed for October 2024.
COVERAGE_MEDIAN, COVERAGE_LOW, COVERAGE_HIGH = 0.0152, 0.005, 0.06
HOUSEHOLD_SCHEME_SHARE = 0.17
# A month's lapses as a fraction of the stock: spring loses most.
MONTHLY_LAPSE = (0.14, 0.09, 0.07, 0.03, 0.045, 0.03, 0.03, 0.025, 0.025, 0.025, 0.025, 0.02)
CHANNEL_SHARES = {"agency": 0.12, "post": 0.58, "other_agent": 0.26, "online": 0.04}
FIRST_TIME_SHARE = 0.78
RENEWED_OF_STOCK = 0.11
PLAN_GROWTH = 1.11


@dataclass(frozen=True, slots=True)
class MadeUpFigures:
    """Figures of N communes over D days and M whole months; all counts in people (or households).

    Arrays are (N, D) for daily stocks and (N, M) for monthly flows; the stock identity closes each month:
    stock at its end = stock before it + gross_new − lapsed, and gross_new = first_time + returning =
    the sum over channels.
    """

    days: tuple[date, ...]
    months: tuple[Month, ...]
    stock: Counts
    household_stock: Counts
    flows: "MonthlyFlows"
    labour_force: Counts
    population: Counts
    households: Counts
    plans: Counts


@dataclass(frozen=True, slots=True)
class MonthlyFlows:
    """People who came, went and renewed in each commune and month, (N, M) each."""

    first_time: Counts
    returning: Counts
    lapsed: Counts
    renewed: Counts
    by_channel: dict[str, Counts]

    @property
    def gross_new(self) -> Counts:
        """People who joined or came back."""
        return self.first_time + self.returning


def made_up_figures(
    commune_count: int, *, first_on: date, last_on: date, seed: int
) -> MadeUpFigures:
    """Figures for `commune_count` communes from `first_on` to `last_on`, both month-ends.

    Raises ValueError when a bound is no month-end or they are out of order.
    """
    if not (is_month_end(first_on) and is_month_end(last_on) and first_on < last_on):
        raise ValueError("first_on and last_on must be month-ends in order")
    rng = np.random.default_rng(seed)
    days = tuple(first_on + timedelta(n) for n in range((last_on - first_on).days + 1))
    months = tuple(_months(Month.of(first_on).shifted(1), Month.of(last_on)))
    labour_force = _split(LABOUR_FORCE_TOTAL, rng.lognormal(0, 0.55, commune_count))
    population = _split(POPULATION_TOTAL, labour_force * rng.normal(1, 0.04, commune_count))
    stock = _stock(rng, labour_force, days)
    ends = np.array([index for index, day in enumerate(days) if is_month_end(day)])
    return MadeUpFigures(
        days=days,
        months=months,
        stock=stock,
        household_stock=_household_stock(rng, population, days),
        flows=_flows(rng, stock[:, ends], months),
        labour_force=labour_force,
        population=population,
        households=np.rint(population / PERSONS_A_HOUSEHOLD).astype(np.int64),
        plans=_plans(rng, stock, days),
    )


def _months(first: Month, last: Month) -> list[Month]:
    months = [first]
    while months[-1] < last:
        months.append(months[-1].shifted(1))
    return months


def _split(total: int, weights: Floats) -> Counts:
    """`total` cut in whole parts along `weights`; the parts add up to it."""
    exact = total * weights / weights.sum()
    parts: Counts = np.floor(exact).astype(np.int64)
    short = total - int(parts.sum())
    parts[np.argsort(parts - exact)[:short]] += 1
    return parts


def _stock(rng: np.random.Generator, labour_force: Counts, days: tuple[date, ...]) -> Counts:
    size = len(labour_force)
    coverage = np.clip(
        rng.lognormal(np.log(COVERAGE_MEDIAN), 0.38, size), COVERAGE_LOW, COVERAGE_HIGH
    )
    zeal = rng.normal(1, 0.07, size)
    level = np.stack([_level(day, days[0].year, zeal) for day in _knots(days)], axis=1)
    noise = rng.normal(1, 0.006, level.shape)
    at = np.array([(day - days[0]).days for day in _knots(days)], dtype=float)
    start = labour_force * coverage
    daily = np.empty((size, len(days)))
    for row in range(size):
        daily[row] = np.interp(np.arange(len(days)), at, start[row] * level[row] * noise[row])
    stock: Counts = np.maximum(np.rint(daily), 1).astype(np.int64)
    return stock


def _knots(days: tuple[date, ...]) -> list[date]:
    """Month-ends, and the days on which the drives of May and December begin."""
    drives = {(5, 19), (12, 10)}
    return [day for day in days if is_month_end(day) or (day.month, day.day) in drives]


def _level(day: date, first_year: int, zeal: Floats) -> Floats:
    """The stock against that of 31 December before `first_year`."""
    growth: Floats = (YEARLY_GROWTH * zeal) ** (day.year - first_year)
    if (day.month, day.day) == (12, 31):
        return growth * YEARLY_GROWTH * zeal
    if (day.month, day.day) == (12, 10):
        return growth * SEASON[10] * 1.02
    if (day.month, day.day) == (5, 19):
        return growth * SEASON[3] * 0.995
    # Zeal shows little by little over the year.
    return growth * SEASON[day.month - 1] * (1 + (zeal - 1) * day.month / 12)


def _household_stock(
    rng: np.random.Generator, population: Counts, days: tuple[date, ...]
) -> Counts:
    size = len(population)
    start = population * HOUSEHOLD_SCHEME_SHARE * rng.normal(1, 0.12, size)
    years = np.array([(day - days[0]).days / 365 for day in days])
    season = 1 + 0.012 * np.sin(2 * np.pi * (years - 0.15))
    growth = rng.normal(0.025, 0.02, size)
    daily = start[:, None] * (1 + growth[:, None] * years) * season
    stock: Counts = np.rint(daily).astype(np.int64)
    return stock


def _flows(rng: np.random.Generator, ends: Counts, months: tuple[Month, ...]) -> MonthlyFlows:
    net = np.diff(ends, axis=1)
    rates = np.array([MONTHLY_LAPSE[month.month - 1] for month in months])
    drawn = rng.poisson(ends[:, :-1] * rates)
    lapsed = np.maximum(drawn, -net).astype(np.int64)
    gross = net + lapsed
    first_time = rng.binomial(gross, FIRST_TIME_SHARE)
    return MonthlyFlows(
        first_time=first_time,
        returning=gross - first_time,
        lapsed=lapsed,
        renewed=rng.poisson(ends[:, :-1] * RENEWED_OF_STOCK),
        by_channel=_channels(rng, gross),
    )


def _channels(rng: np.random.Generator, gross: Counts) -> dict[str, Counts]:
    parts = rng.multinomial(gross, list(CHANNEL_SHARES.values()))
    return {channel: parts[..., at] for at, channel in enumerate(CHANNEL_SHARES)}


def _plans(rng: np.random.Generator, stock: Counts, days: tuple[date, ...]) -> Counts:
    """The year's stock plan of each commune: last December's stock and what its office hopes to add."""
    december = date(days[-1].year - 1, 12, 31)
    base = stock[:, (december - days[0]).days]
    plan: Counts = np.rint(base * rng.normal(PLAN_GROWTH, 0.045, len(base))).astype(np.int64)
    return plan
