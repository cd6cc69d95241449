"""The made-up province: repeatable, closed, and shaped like the drives of the real one."""

from datetime import date

import numpy as np
import pytest

from vandong.kernel.periods import Month
from vandong.planning.demo.made_up import MadeUpFigures, made_up_figures

FIRST, LAST = date(2023, 10, 31), date(2026, 10, 31)


@pytest.fixture(scope="module")
def figures() -> MadeUpFigures:
    return made_up_figures(126, first_on=FIRST, last_on=LAST, seed=2026)


def on(figures: MadeUpFigures, day: date) -> np.ndarray:
    return figures.stock[:, (day - FIRST).days]


def test_the_same_seed_gives_the_same_figures(figures: MadeUpFigures) -> None:
    again = made_up_figures(126, first_on=FIRST, last_on=LAST, seed=2026)
    assert (again.stock == figures.stock).all()
    assert (made_up_figures(126, first_on=FIRST, last_on=LAST, seed=1).stock != figures.stock).any()


def test_the_stock_identity_closes_each_month(figures: MadeUpFigures) -> None:
    flows = figures.flows
    for at, month in enumerate(figures.months):
        before = on(figures, month.shifted(-1).last_day)
        after = on(figures, month.last_day)
        assert (before + flows.gross_new[:, at] - flows.lapsed[:, at] == after).all()


def test_channels_and_returns_add_up_and_nothing_is_negative(figures: MadeUpFigures) -> None:
    flows = figures.flows
    assert (sum(flows.by_channel.values()) == flows.gross_new).all()
    for counts in (flows.first_time, flows.returning, flows.lapsed, flows.renewed, figures.stock):
        assert (counts >= 0).all()


def test_denominators_add_up_to_the_province(figures: MadeUpFigures) -> None:
    assert figures.labour_force.sum() == 4_675_000
    assert figures.population.sum() == 8_516_000


def test_spring_loses_people_and_december_rushes(figures: MadeUpFigures) -> None:
    assert on(figures, date(2025, 3, 31)).sum() < on(figures, date(2024, 12, 31)).sum()
    december = figures.months.index(Month(2025, 12))
    assert (
        figures.flows.gross_new[:, december].sum()
        > 2 * figures.flows.gross_new[:, december - 1].sum()
    )


def test_october_2024_stands_near_the_printed_hundred_thousand(figures: MadeUpFigures) -> None:
    assert on(figures, date(2024, 10, 31)).sum() == pytest.approx(100_000, rel=0.05)


def test_bounds_must_be_month_ends() -> None:
    with pytest.raises(ValueError, match="month-ends"):
        made_up_figures(3, first_on=date(2024, 1, 1), last_on=LAST, seed=1)
