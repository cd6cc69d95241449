"""Handed in, accepted or sent back, delivered: each with its day, in order, taken back in one."""

from datetime import date, timedelta

import pytest
from tests.administration.people import AT, TODAY
from tests.outreach.test_proving import paid
from tests.registry.conftest import Ground, a_person

from vandong.accounts.queries.scope import Actor, NotAllowed, NotVisible
from vandong.administration.refusals import Refused
from vandong.outreach.payment_steps import Moved, Step, receipts_at, send_back, take_step, undo_step
from vandong.registry.models import Receipt

pytestmark = pytest.mark.django_db


def received(ground: Ground, days: int = 2) -> Receipt:
    person = a_person(ground.here, f"Lê Thị {days}")
    return paid(
        person,
        TODAY - timedelta(days=days),
        member=ground.member(ground.collector),
        organisation=ground.organisation,
        channel="post",
    )


def step(actor: Actor, which: Step, *receipts: Receipt, day: date = TODAY) -> Moved:
    ids = [one.pk for one in receipts]
    return take_step(actor=actor, step=which, receipt_ids=ids, day=day, on=TODAY, at=AT)


def test_the_whole_way(ground: Ground) -> None:
    first, second = received(ground, 2), received(ground, 3)
    officer = ground.officer
    assert list(receipts_at(officer, Step.REMIT, TODAY)) == [second, first]
    assert step(officer, Step.REMIT, first, second).count == 2
    assert not receipts_at(officer, Step.REMIT, TODAY).exists()
    assert step(officer, Step.ACCEPT, first).count == 1
    assert list(receipts_at(officer, Step.ACCEPT, TODAY)) == [second]
    assert step(ground.collector, Step.DELIVER, first).count == 1
    first.refresh_from_db()
    assert (first.remitted_on, first.accepted_on, first.delivered_on) == (TODAY, TODAY, TODAY)


def test_a_step_is_taken_back_and_what_went_on_stays(ground: Ground) -> None:
    first, second = received(ground, 2), received(ground, 3)
    done = step(ground.officer, Step.REMIT, first, second)
    assert done.change_id is not None
    step(ground.officer, Step.ACCEPT, first)
    with pytest.raises(NotVisible):
        undo_step(actor=ground.collector, change_id=done.change_id, at=AT)
    undo_step(actor=ground.officer, change_id=done.change_id, at=AT)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.remitted_on, first.accepted_on) == (TODAY, TODAY)
    assert second.remitted_on is None


def test_days_keep_their_order(ground: Ground) -> None:
    receipt = received(ground, 2)
    with pytest.raises(Refused, match="step_too_early"):
        step(ground.officer, Step.REMIT, receipt, day=TODAY - timedelta(days=3))
    with pytest.raises(Refused, match="step_to_come"):
        step(ground.officer, Step.REMIT, receipt, day=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="step_nobody"):
        step(ground.officer, Step.ACCEPT, receipt)
    with pytest.raises(NotAllowed):
        step(ground.collector, Step.REMIT, receipt)
    with pytest.raises(Refused, match="step_nobody"):
        step(ground.other_collector, Step.DELIVER, receipt)


def test_a_file_sent_back_is_work_and_comes_back(ground: Ground) -> None:
    receipt = received(ground)
    given = {"receipt_id": receipt.pk, "on": TODAY, "at": AT, "day": TODAY}
    followed: list[date] = []
    with pytest.raises(Refused, match="return_reason_missing"):
        send_back(actor=ground.officer, reason=" ", **given)  # type: ignore[arg-type]
    done = send_back(
        actor=ground.officer,
        reason="Sai mã số",
        follow_up=followed.append,
        **given,  # type: ignore[arg-type]
    )
    receipt.refresh_from_db()
    assert (receipt.returned_on, receipt.return_reason) == (TODAY, "Sai mã số")
    assert followed == [receipt.collected_on]
    assert not receipts_at(ground.officer, Step.REMIT, TODAY).exists()
    assert done.change_id is not None
    undo_step(actor=ground.officer, change_id=done.change_id, at=AT)
    receipt.refresh_from_db()
    assert receipt.returned_on is None
    with pytest.raises(NotVisible):
        send_back(actor=ground.officer, reason="Sai", **given | {"receipt_id": 0})  # type: ignore[arg-type]
