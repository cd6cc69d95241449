"""Remuneration by an office's own dated rates: each receipt by the rate of its day, rounded once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.administration.people import AT, SYSTEM, TODAY
from tests.outreach.lists import spell
from tests.outreach.test_proving import paid
from tests.registry.conftest import Ground, a_person

from vandong.accounts.queries.scope import NotAllowed
from vandong.administration.refusals import Refused
from vandong.outreach.remuneration import (
    Rates,
    Receipted,
    due_for,
    office_rates,
    record_paid,
    save_rates,
    statement,
)

RATES = Rates(
    date(2026, 1, 1),
    si_new_1=Decimal("0.12"),
    si_new_3=Decimal("0.15"),
    si_new_6=Decimal("0.17"),
    si_new_12=Decimal("0.20"),
    si_renew=Decimal("0.09"),
    card_new=Decimal("0.09"),
    card_renew=Decimal("0.05"),
)
ONE = Receipted(1, 1, "Lê Thị Hoa", "bhxh_tn", TODAY, TODAY, 1_000_000, 1_250_000, 1, True)
SHARES = {
    "si_new_1": "12",
    "si_new_3": "15",
    "si_new_6": "17",
    "si_new_12": "20",
    "si_renew": "9",
    "card_new": "9",
    "card_renew": "4,63",
}


@pytest.mark.parametrize(
    ("change", "due"),
    [
        ({}, 120_000),
        ({"months": 2}, 120_000),
        ({"months": 3}, 150_000),
        ({"months": 11}, 170_000),
        ({"months": 12}, 200_000),
        ({"months": 24}, 145_000),
        ({"months": 12, "is_new": False}, 90_000),
        ({"scheme": "bhyt_hgd"}, 90_000),
        ({"scheme": "bhyt_hgd", "is_new": False, "participant_amount": 884_521}, 44_226),
    ],
)
def test_each_rate_where_it_belongs(change: dict[str, object], due: int) -> None:
    """Two years ahead: half of the money at the joiner's rate, half as going on (law.md 6)."""
    assert due_for(RATES, replace(ONE, **change)) == due  # type: ignore[arg-type]


def test_the_base_may_be_the_whole_contribution() -> None:
    assert due_for(replace(RATES, base="total"), ONE) == 150_000


@given(amount=st.integers(0, 10**9), months=st.integers(1, 120), is_new=st.booleans())
def test_nobody_is_owed_more_than_the_highest_rate(amount: int, months: int, is_new: bool) -> None:
    line = replace(ONE, participant_amount=amount, months=months, is_new=is_new)
    assert 0 <= due_for(RATES, line) <= amount * Decimal("0.20") + 1


@pytest.mark.django_db
def test_a_month_by_the_rates_of_each_day(ground: Ground) -> None:
    mine = ground.member(ground.collector)
    save(ground, date(2026, 1, 1))
    save(ground, date(2026, 2, 15), si_new_3="10")
    accepted = {"member": mine, "remitted_on": date(2026, 3, 1), "accepted_on": date(2026, 3, 5)}
    paid(a_person(ground.here, "Lê Thị Cũ"), date(2026, 2, 14), **accepted)
    paid(a_person(ground.here, "Lê Thị Mới"), date(2026, 2, 15), **accepted)
    going_on = a_person(ground.here, "Lê Thị Tiếp")
    spell(going_on, "bhxh_tn", 0, covered_until=date(2026, 3, 1))
    paid(going_on, date(2026, 2, 16), **accepted)
    paid(a_person(ground.here, "Lê Thị Xưa"), date(2025, 12, 31), **accepted)
    paid(a_person(ground.here, "Lê Thị Sau"), date(2026, 3, 1), member=mine)
    found = statement(mine, date(2026, 3, 1), date(2026, 3, 31))
    assert [line.due_amount for line in found.lines] == [118_800, 79_200, 71_280, None]
    assert (found.due_amount, found.unrated) == (269_280, 1)
    assert (found.paid_amount, found.difference_amount) == (None, None)
    record_paid(
        actor=SYSTEM,
        member_id=mine.pk,
        month=date(2026, 3, 1),
        amount=269_000,
        paid_on=TODAY,
        at=AT,
    )
    again = statement(mine, date(2026, 3, 1), date(2026, 3, 31))
    assert (again.paid_amount, again.difference_amount, again.paid_on) == (269_000, -280, TODAY)


def save(ground: Ground, valid_from: date, **change: str) -> None:
    save_rates(
        actor=SYSTEM,
        organisation_id=ground.organisation.pk,
        valid_from=valid_from,
        base="participant",
        shares=SHARES | change,
        at=AT,
    )


@pytest.mark.django_db
def test_rates_are_kept_by_day_and_corrected(ground: Ground) -> None:
    save(ground, date(2026, 1, 1))
    save(ground, date(2026, 1, 1), si_renew="8,5")
    [rates] = office_rates(ground.organisation.pk)
    assert (rates.valid_from, rates.si_renew) == (date(2026, 1, 1), Decimal("0.085"))
    assert rates.card_renew == Decimal("0.0463")


@pytest.mark.django_db
def test_wrong_rates_are_said_together(ground: Ground) -> None:
    with pytest.raises(Refused) as refused:
        save(ground, date(2026, 1, 1), si_renew="101", card_new="chín", card_renew="-1")
    assert [one.code for one in refused.value.findings] == ["rate_not_a_share"] * 3
    with pytest.raises(NotAllowed):
        save_rates(
            actor=ground.officer,
            organisation_id=ground.organisation.pk,
            valid_from=TODAY,
            base="total",
            shares=SHARES,
            at=AT,
        )
