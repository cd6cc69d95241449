"""Money received for a claim: by the law of the day to the đồng, kept once, taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.administration.people import AT, TODAY
from tests.outreach.conftest import Drive, later
from tests.outreach.test_proving import agreed
from tests.registry.conftest import a_person

from vandong.accounts.queries.scope import Actor, NotVisible
from vandong.administration.refusals import Refused, StaleVersion
from vandong.contacts.models import Claim
from vandong.law import law_book
from vandong.outreach.payment_steps import Step, take_step
from vandong.outreach.payments import Recorded, record_payment, undo_payment
from vandong.outreach.pricing import Collected, Priced, priced
from vandong.registry.models import Receipt

pytestmark = pytest.mark.django_db
BOOK = law_book()
THREE = Collected(
    collected_on=TODAY,
    covered_from=date(2026, 3, 1),
    method="3",
    group="other",
    number="0000123",
    book="A7",
    income_amount=1_500_000,
)
CARD = Collected(
    collected_on=TODAY, covered_from=date(2026, 3, 10), method="12", group="household", number="9"
)


def pay(actor: Actor, claim: Claim, paid: Collected = THREE, **given: object) -> Recorded:
    values = {"version": claim.version, "at": AT, "on": TODAY} | given
    return record_payment(actor=actor, claim_id=claim.pk, paid=paid, book=BOOK, **values)  # type: ignore[arg-type]


def codes(raised: pytest.ExceptionInfo[Refused]) -> list[str]:
    return sorted(one.code for one in raised.value.findings)


@pytest.mark.parametrize(
    ("group", "months", "expected"),
    [
        ("other", "3", (990_000, 792_000, 198_000, date(2026, 6, 1))),
        ("poor", "1", (330_000, 165_000, 165_000, date(2026, 4, 1))),
        ("near_poor", "12", (3_960_000, 2_376_000, 1_584_000, date(2027, 3, 1))),
    ],
)
def test_voluntary_insurance_costs_what_decree_159_says(
    drive: Drive, group: str, months: str, expected: tuple[int, int, int, date]
) -> None:
    person = a_person(drive.ground.here)
    found = priced(BOOK, person, "bhxh_tn", replace(THREE, group=group, method=months))
    gross, own, state, until = expected
    assert found == Priced(gross, own, state, 0, date(2026, 3, 1), until)


def test_the_second_card_of_a_household_costs_seventy_per_cent(drive: Drive) -> None:
    """4,5 % of 2.340.000 for twelve months is 1.263.600; the second member pays 884.520 (Decree 188/2025)."""
    person = a_person(drive.ground.here)
    first, second = (priced(BOOK, person, "bhyt_hgd", replace(CARD, order=n)) for n in (1, 2))
    assert (first.participant_amount, second.participant_amount) == (1_263_600, 884_520)
    assert (first.covered_from, first.covered_until) == (date(2026, 3, 10), date(2027, 3, 10))


def test_a_payment_confirms_its_claim_and_is_taken_back(drive: Drive) -> None:
    claim = agreed(drive)
    officer = drive.ground.officer
    done = pay(officer, claim, replace(THREE, stated_amount=792_000))
    claim.refresh_from_db()
    assert (claim.state, claim.receipt, claim.confirmed_on) == ("confirmed", done.receipt, TODAY)
    assert done.receipt.participant_amount == 792_000
    undo_payment(actor=officer, change_id=done.change_id, at=later(minutes=2))
    claim.refresh_from_db()
    assert (claim.state, claim.receipt_id, claim.confirmed_on) == ("claimed", None, None)
    assert not Receipt.objects.exists()


def test_the_collector_who_spoke_records_and_a_stranger_does_not(drive: Drive) -> None:
    mine = drive.ground.member(drive.ground.collector)
    task = drive.task(a_person(drive.ground.here), member=mine)
    drive.say(drive.ground.collector, task, "agreed_join")
    claim = Claim.objects.get()
    with pytest.raises(NotVisible):
        pay(drive.ground.other_collector, claim)
    done = pay(drive.ground.collector, claim)
    assert (done.receipt.member, done.receipt.organisation) == (mine, drive.ground.organisation)
    with pytest.raises(NotVisible):
        undo_payment(actor=drive.ground.officer, change_id=done.change_id, at=AT)


def test_everything_wrong_is_said_at_once(drive: Drive) -> None:
    claim = agreed(drive)
    wrong = replace(THREE, number=" ", collected_on=TODAY + timedelta(days=1), income_amount=1)
    with pytest.raises(Refused) as refused:
        pay(drive.ground.officer, claim, wrong)
    assert codes(refused) == ["income_below_floor", "payment_number_missing", "payment_to_come"]
    with pytest.raises(Refused) as refused:
        pay(drive.ground.officer, claim, replace(THREE, stated_amount=790_000))
    assert codes(refused) == ["payment_not_by_law"]
    with pytest.raises(Refused, match="payment_missing_time"):
        pay(drive.ground.officer, claim, replace(THREE, method="missing:7"))
    early = replace(THREE, collected_on=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="payment_before_claim"):
        pay(drive.ground.officer, claim, early)
    assert not Receipt.objects.exists()


def test_twice_and_too_late(drive: Drive) -> None:
    claim = agreed(drive)
    done = pay(drive.ground.officer, claim)
    with pytest.raises(StaleVersion):
        pay(drive.ground.officer, claim)
    claim.refresh_from_db()
    with pytest.raises(Refused, match="claim_not_open"):
        pay(drive.ground.officer, claim)
    take_step(
        actor=drive.ground.officer,
        step=Step.REMIT,
        receipt_ids=[done.receipt.pk],
        day=TODAY,
        on=TODAY,
        at=AT,
    )
    with pytest.raises(NotVisible):
        undo_payment(actor=drive.ground.officer, change_id=done.change_id, at=AT)
