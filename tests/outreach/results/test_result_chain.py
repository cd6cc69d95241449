"""How far those who agreed have come, each step with its days."""

from datetime import date, timedelta

import pytest
from tests.administration.people import TODAY
from tests.outreach.conftest import Drive, country, drive, ground
from tests.outreach.test_proving import agreed, changed, paid, settle

from vandong.accounts.queries.scope import NotAllowed
from vandong.outreach.results.chain import Chain, result_chain
from vandong.outreach.results.span import Span, month_of

__all__ = ["country", "drive", "ground"]

pytestmark = pytest.mark.django_db
MARCH = Span(date(2026, 3, 1), date(2026, 3, 31))


def test_nobody_agreed(drive: Drive) -> None:
    found = result_chain(drive.ground.officer, MARCH)
    assert found == Chain(0, 0, 0, 0, 0, 0, 0, None, None, None, None)
    with pytest.raises(NotAllowed):
        result_chain(drive.ground.collector, MARCH)
    assert month_of(date(2026, 3, 9)) == Span(date(2026, 3, 1), date(2026, 3, 9))


def test_each_step_and_the_days_between(drive: Drive) -> None:
    whole, came_back, word = (agreed(drive, f"Lê Thị {n}") for n in range(3))
    assert whole.person is not None
    assert came_back.person is not None
    done = paid(whole.person, TODAY + timedelta(days=2))
    back = paid(came_back.person, TODAY + timedelta(days=1))
    days = {
        "remitted_on": TODAY + timedelta(days=3),
        "accepted_on": TODAY + timedelta(days=7),
        "delivered_on": TODAY + timedelta(days=12),
    }
    changed(done, **days)
    changed(back, returned_on=TODAY + timedelta(days=4), return_reason="Sai mã số")
    settle()
    found = result_chain(drive.ground.officer, MARCH)
    assert found == Chain(3, 1, 1, 1, 1, 0, 1, 2, 1, 4, 5)
    assert word.state == "claimed"
    there = Span(MARCH.first_on, MARCH.last_on, drive.ground.there)
    assert result_chain(drive.ground.officer, there).agreed == 0
