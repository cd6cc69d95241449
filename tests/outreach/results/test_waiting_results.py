"""Money kept too long and agreements without proof: by the office's own days."""

from datetime import timedelta

import pytest
from django.db import transaction
from tests.administration.people import AT, SYSTEM, TODAY
from tests.outreach.conftest import Drive, country, drive, ground
from tests.outreach.test_proving import agreed, paid
from tests.registry.conftest import Ground, a_person

from vandong.accounts.queries.scope import NotAllowed
from vandong.administration.people_changes import open_change
from vandong.documents.models import Batch
from vandong.outreach.results.unproven import open_claims, waiting
from vandong.outreach.results.unremitted import Kept, kept_by_collector, unremitted
from vandong.outreach.settings import ApproachSettings, save_approach_settings
from vandong.registry.models import Receipt

__all__ = ["country", "drive", "ground"]

pytestmark = pytest.mark.django_db


def ago(days: int) -> object:
    return TODAY - timedelta(days=days)


def received(ground: Ground, days: int, **known: object) -> Receipt:
    mine = ground.member(ground.collector)
    given = {"member": mine, "organisation": ground.organisation, "channel": "post"} | known
    return paid(a_person(ground.here), TODAY - timedelta(days=days), **given)


def of_a_list(receipt: Receipt) -> None:
    batch = Batch.objects.create(kind="receipts", created_at=AT, state="committed")
    with transaction.atomic():
        change = open_change(actor=SYSTEM, action="list.committed", at=AT, batch=batch)
        Receipt.objects.filter(pk=receipt.pk).update(change=change)


def test_money_is_late_after_the_days_of_its_organisation(ground: Ground) -> None:
    late, elder = received(ground, 4), received(ground, 9)
    received(ground, 3)
    received(ground, 9, remitted_on=TODAY)
    received(ground, 9, returned_on=TODAY, return_reason="Sai mã số")
    received(ground, 9, channel="online", member=None)
    of_a_list(received(ground, 9, member=None, organisation=None))
    received(ground, 400)
    assert list(unremitted(ground.officer, TODAY)) == [elder, late]
    assert unremitted(ground.officer, TODAY, overdue=False).count() == 3
    save_approach_settings(
        actor=SYSTEM,
        settings=ApproachSettings(remit_days=5),
        organisation_id=ground.organisation.pk,
        at=AT,
    )
    assert list(unremitted(ground.officer, TODAY)) == [elder]


def test_it_is_told_by_who_holds_it(ground: Ground) -> None:
    received(ground, 4)
    received(ground, 9)
    mine = ground.member(ground.collector)
    [kept] = kept_by_collector(unremitted(ground.officer, TODAY))
    office = ground.organisation.name
    assert kept == Kept(mine.pk, mine.full_name, office, 2, 2 * 792_000, ago(9))  # type: ignore[arg-type]
    assert kept.days(TODAY) == 9


def test_a_collector_sees_the_money_of_the_own_hand_and_people_only(ground: Ground) -> None:
    receipt = received(ground, 9)
    assert list(unremitted(ground.collector, TODAY)) == [receipt]
    assert not unremitted(ground.other_collector, TODAY).exists()
    assert unremitted(ground.officer, TODAY, text=receipt.person.full_name[-3:]).count() == 1
    assert not unremitted(ground.officer, TODAY, text="không ai").exists()
    with pytest.raises(NotAllowed):
        unremitted(ground.observer, TODAY)


def test_an_agreement_is_late_after_the_offices_days(drive: Drive) -> None:
    claim = agreed(drive)
    officer = drive.ground.officer
    assert not open_claims(officer, TODAY + timedelta(days=30), late=True).exists()
    on = TODAY + timedelta(days=31)
    assert list(open_claims(officer, on, late=True)) == [claim]
    [one] = waiting(list(open_claims(officer, on, text="hoa")), on)
    assert (one.claim, one.days, one.is_late) == (claim, 31, True)
    assert not open_claims(officer, on, text="mai").exists()
    with pytest.raises(NotAllowed):
        open_claims(drive.ground.collector, on)
