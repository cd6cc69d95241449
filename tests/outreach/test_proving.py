"""A claim and its proof, in both orders, and money that came back."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from tests.administration.people import AT, SYSTEM, TODAY
from tests.outreach.conftest import Drive, later
from tests.registry.conftest import a_person

from vandong.administration.people_changes import open_change
from vandong.administration.refusals import Refused
from vandong.contacts.models import Aim, Claim
from vandong.documents.models import Batch
from vandong.outreach.proving import Settled, reject_claim, settle_claims
from vandong.registry.models import Participation, Person, Receipt

pytestmark = pytest.mark.django_db
NOTHING = Settled(0, 0, 0, 0, 0)


def paid(
    person: Person, collected_on: date = TODAY, scheme: str = "bhxh_tn", **known: object
) -> Receipt:
    with transaction.atomic():
        open_change(actor=SYSTEM, action="receipt.recorded", at=AT)
        return Receipt.objects.create(
            **{
                "person": person,
                "scheme": scheme,
                "covered_from": date(2026, 3, 1),
                "covered_until": date(2026, 6, 1),
                "total_amount": 990_000,
                "participant_amount": 792_000,
                "state_amount": 198_000,
                "collected_on": collected_on,
            }
            | known
        )


def changed(receipt: Receipt, **values: object) -> None:
    with transaction.atomic():
        change = open_change(actor=SYSTEM, action="receipt.changed", at=AT)
        Receipt.objects.filter(pk=receipt.pk).update(change=change, **values)


def settle(on: date = TODAY) -> Settled:
    return settle_claims(on=on, at=later(days=(on - TODAY).days), zone="Asia/Ho_Chi_Minh")


def agreed(drive: Drive, name: str = "Nguyễn Thị Hòa") -> Claim:
    task = drive.task(a_person(drive.ground.here, name))
    drive.say(drive.ground.officer, task, "agreed_join")
    return Claim.objects.get(person_id=task.person_id)


def test_a_word_stays_a_word_until_a_receipt_proves_it(drive: Drive) -> None:
    claim = agreed(drive)
    assert settle() == NOTHING
    assert claim.person is not None
    receipt = paid(claim.person, TODAY + timedelta(days=3))
    assert settle() == Settled(0, 1, 0, 0, 0)
    claim.refresh_from_db()
    assert (claim.state, claim.receipt_id) == ("confirmed", receipt.pk)
    assert claim.confirmed_on == TODAY + timedelta(days=3)
    changed(receipt, remitted_on=date(2026, 3, 6), accepted_on=date(2026, 3, 7))
    assert settle() == Settled(0, 0, 0, 1, 0)
    claim.refresh_from_db()
    assert (claim.state, claim.settled_on) == ("settled", date(2026, 3, 7))
    assert settle() == NOTHING


@pytest.mark.parametrize(
    ("scheme", "collected_on"), [("bhyt_hgd", TODAY), ("bhxh_tn", TODAY - timedelta(days=1))]
)
def test_another_scheme_or_an_earlier_payment_proves_nothing(
    drive: Drive, scheme: str, collected_on: date
) -> None:
    claim = agreed(drive)
    assert claim.person is not None
    paid(claim.person, collected_on, scheme)
    settle()
    claim.refresh_from_db()
    assert claim.state == "claimed"


def test_money_that_came_back_opens_the_claim_again(drive: Drive) -> None:
    claim = agreed(drive)
    assert claim.person is not None
    receipt = paid(claim.person)
    settle()
    changed(receipt, returned_on=date(2026, 3, 5), return_reason="Sai mã số")
    assert settle() == Settled(1, 0, 0, 0, 0)
    claim.refresh_from_db()
    assert (claim.state, claim.receipt_id, claim.confirmed_on) == ("claimed", None, None)


def test_one_receipt_proves_one_claim(drive: Drive) -> None:
    claim = agreed(drive)
    assert claim.person is not None
    paid(claim.person)
    settle()
    Claim.objects.create(
        person=claim.person, aim=Aim.RENEW_SI, claimed_on=TODAY, claimed_at=AT, unit=claim.unit
    )
    assert settle() == NOTHING


def test_an_official_list_proves_it_too(drive: Drive) -> None:
    claim = agreed(drive)
    batch = Batch.objects.create(kind="bhxh_tn", created_at=AT, state="committed")
    with transaction.atomic():
        open_change(actor=SYSTEM, action="list.committed", at=later(days=1), batch=batch)
        Participation.objects.create(
            person=claim.person,
            scheme="bhxh_tn",
            covered_from=date(2026, 3, 1),
            covered_until=date(2026, 4, 1),
            method="1",
        )
    assert settle(TODAY + timedelta(days=1)) == Settled(0, 0, 1, 0, 0)
    claim.refresh_from_db()
    assert (claim.state, claim.confirmed_on) == ("confirmed", TODAY + timedelta(days=1))


def test_a_payment_that_nobody_claimed_credits_the_contact_before_it(drive: Drive) -> None:
    task = drive.task(a_person(drive.ground.here))
    assert task.person is not None
    drive.say(drive.ground.officer, task, "will_decide", next_on=date(2026, 3, 9))
    receipt = paid(task.person, TODAY + timedelta(days=40), channel="online")
    stranger = a_person(drive.ground.here, "Vũ Thị Hằng")
    paid(stranger)
    on = TODAY + timedelta(days=41)
    assert settle(on) == Settled(0, 0, 0, 0, 1)
    assert settle(on) == NOTHING
    claim = Claim.objects.get()
    assert (claim.receipt_id, claim.state, claim.claimed_on) == (receipt.pk, "confirmed", TODAY)


def test_too_long_after_the_contact_nobody_is_credited(drive: Drive) -> None:
    task = drive.task(a_person(drive.ground.here))
    assert task.person is not None
    drive.say(drive.ground.officer, task, "will_decide", next_on=date(2026, 3, 9))
    paid(task.person, TODAY + timedelta(days=91))
    assert settle(TODAY + timedelta(days=92)) == NOTHING


def test_an_office_strikes_a_false_claim_with_its_reason(drive: Drive) -> None:
    claim = agreed(drive)
    given = {"claim_id": claim.pk, "version": claim.version, "on": TODAY, "at": AT}
    with pytest.raises(Refused, match="claim_reject_why_missing"):
        reject_claim(actor=drive.ground.officer, why=" ", **given)  # type: ignore[arg-type]
    reject_claim(actor=drive.ground.officer, why="Gọi lại: không có việc này", **given)  # type: ignore[arg-type]
    assert claim.person is not None
    paid(claim.person)
    assert settle() == NOTHING
