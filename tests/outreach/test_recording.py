"""What follows from each outcome; sent twice it is recorded once."""

from dataclasses import replace
from datetime import date

import pytest
from tests.administration.people import TODAY
from tests.outreach.conftest import Drive, later, same_words
from tests.registry.conftest import a_person

from vandong.accounts.queries.scope import NotVisible
from vandong.administration.refusals import Refused
from vandong.contacts.models import Aim, Claim, Contact, Hold, Outcome, Task
from vandong.outreach.consequences import CONSEQUENCES, outcomes_for
from vandong.outreach.holding import take_next
from vandong.outreach.recording import record_contact
from vandong.outreach.undoing import undo_contact
from vandong.registry.models import Consent, PersonPhone

pytestmark = pytest.mark.django_db
PHONES = ("0912345678", "0987654321")
NEXT = date(2026, 3, 9)


def own_task(drive: Drive, **given: object) -> Task:
    """A person with two numbers, in the collector's hand."""
    task = drive.task(a_person(drive.ground.here, phones=PHONES), **given)
    take_next(actor=drive.ground.collector, worklist_id=drive.worklist.pk, on=TODAY, at=later())
    return task


@pytest.mark.parametrize(
    ("outcome", "given", "state", "next_on"),
    [
        ("agreed_join", {}, "done", None),
        ("will_decide", {"next_on": NEXT}, "waiting", NEXT),
        ("wants_meeting", {"next_on": NEXT}, "waiting", NEXT),
        ("declined", {"reason": "no_money"}, "done", None),
        ("not_reached", {}, "waiting", date(2026, 3, 4)),
        ("no_more_calls", {}, "done", None),
        ("moved_away", {}, "done", None),
        ("compulsory", {}, "done", None),
        ("to_verify", {}, "done", None),
        ("deceased", {}, "done", None),
    ],
)
def test_each_outcome_leaves_its_task(
    drive: Drive, outcome: str, given: dict[str, object], state: str, next_on: date | None
) -> None:
    task = own_task(drive)
    drive.say(drive.ground.collector, task, outcome, **given)
    task.refresh_from_db()
    assert (task.state, task.next_on, task.outcome) == (state, next_on, outcome)
    assert task.attempt_count == 1
    assert not Hold.objects.filter(ended_at__isnull=True).exists()


def test_every_outcome_has_a_consequence_and_fits_one_aim() -> None:
    assert set(CONSEQUENCES) == set(Outcome)
    assert Outcome.AGREED_JOIN not in outcomes_for(Aim.RENEW_SI)
    assert Outcome.AGREED_RENEW not in outcomes_for(Aim.JOIN_CARD)
    assert set(outcomes_for(Aim.JOIN_SI)) | set(outcomes_for(Aim.RENEW_CARD)) == set(Outcome)


def test_sent_again_it_is_recorded_once(drive: Drive) -> None:
    task = own_task(drive)
    first = drive.say(drive.ground.collector, task, "agreed_join").contact
    said = same_words(first, task)
    again = record_contact(actor=drive.ground.collector, said=said, on=TODAY, at=later(hours=3))
    assert again.is_replay
    assert again.contact.pk == first.pk
    assert Contact.objects.count() == Claim.objects.count() == 1
    for actor, words in (
        (drive.ground.collector, replace(said, note="khác")),
        (drive.ground.other_collector, said),
    ):
        with pytest.raises(Refused, match="contact_key_taken"):
            record_contact(actor=actor, said=words, on=TODAY, at=later(hours=3))


def test_all_problems_at_once_and_nothing_stored(drive: Drive) -> None:
    task = own_task(drive)
    with pytest.raises(Refused) as refused:
        drive.say(drive.ground.collector, task, "declined", way="pigeon", note="x" * 501)
    assert {one.code for one in refused.value.findings} == {
        "way_unknown",
        "decline_reason_missing",
        "note_too_long",
    }
    with pytest.raises(Refused, match="next_day_missing"):
        drive.say(drive.ground.collector, task, "will_decide")
    with pytest.raises(Refused, match="next_day_past"):
        drive.say(drive.ground.collector, task, "will_decide", next_on=date(2026, 3, 1))
    with pytest.raises(Refused, match="outcome_unknown"):
        drive.say(drive.ground.collector, task, "agreed_renew")
    assert not Contact.objects.exists()


def test_a_wrong_number_is_wrong_for_every_list_and_the_other_is_tried(drive: Drive) -> None:
    task = own_task(drive)
    drive.say(drive.ground.collector, task, "wrong_number", number_called=PHONES[0])
    task.refresh_from_db()
    assert task.state == "waiting"
    drive.say(drive.ground.collector, task, "wrong_number", number_called=PHONES[1])
    task.refresh_from_db()
    assert task.state == "done"
    known = PersonPhone.objects.filter(person=task.person).values_list("contactability", flat=True)
    assert list(known) == ["wrong", "wrong"]


def test_not_reached_is_tried_until_the_limit(drive: Drive) -> None:
    task = own_task(drive)
    for _ in range(3):
        drive.say(drive.ground.officer, task, "not_reached")
    task.refresh_from_db()
    assert task.state == "waiting"
    drive.say(drive.ground.officer, task, "not_reached")
    task.refresh_from_db()
    assert (task.state, task.attempt_count) == ("done", 4)


def test_no_more_calls_is_a_word_for_every_list(drive: Drive) -> None:
    task = own_task(drive)
    other = Task.objects.create(
        worklist=another_list(drive), person=task.person, hold_key=task.hold_key
    )
    drive.say(drive.ground.collector, task, "no_more_calls")
    other.refresh_from_db()
    assert other.state == "withdrawn"
    consent = Consent.objects.get(person=task.person)
    assert (consent.purpose, consent.granted) == ("calls", False)


def another_list(drive: Drive) -> object:
    row = drive.worklist
    row.pk, row.name = None, "Danh sách khác"
    row.save()
    return row


def test_an_agreement_is_one_claim_credited_to_who_spoke(drive: Drive) -> None:
    task = own_task(drive)
    drive.say(drive.ground.collector, task, "agreed_join")
    claim = Claim.objects.get()
    mine = drive.ground.member(drive.ground.collector)
    assert (claim.person_id, claim.advised_by_id) == (task.person_id, mine.pk)
    assert (claim.state, claim.claimed_on, claim.aim) == ("claimed", TODAY, "join_si")
    with pytest.raises(Refused, match="task_finished"):
        drive.say(drive.ground.officer, task, "agreed_join")


def test_who_has_nobody_in_hand_records_nothing(drive: Drive) -> None:
    task = own_task(drive)
    with pytest.raises(NotVisible):
        drive.say(drive.ground.other_collector, task, "agreed_join")


def test_a_slip_of_the_thumb_is_taken_back_wholly(drive: Drive) -> None:
    task = own_task(drive)
    elsewhere = Task.objects.create(
        worklist=another_list(drive), person=task.person, hold_key=task.hold_key
    )
    made = drive.say(drive.ground.collector, task, "no_more_calls", number_called=PHONES[0]).contact
    undo_contact(actor=drive.ground.collector, contact_id=made.pk, on=TODAY, at=later(minutes=1))
    for row in (task, elsewhere):
        row.refresh_from_db()
        assert (row.state, row.attempt_count, row.outcome) == ("open", 0, "")
    assert not Consent.objects.exists()
    assert {phone.contactability for phone in PersonPhone.objects.all()} == {"unknown"}
    with pytest.raises(Refused, match="contact_undone"):
        undo_contact(actor=drive.ground.collector, contact_id=made.pk, on=TODAY, at=later())


def test_only_ones_own_latest_word_of_the_day_is_taken_back(drive: Drive) -> None:
    task = own_task(drive)
    first = drive.say(drive.ground.officer, task, "not_reached").contact
    last = drive.say(drive.ground.officer, task, "agreed_join").contact
    given = {"at": later(hours=1), "on": TODAY}
    with pytest.raises(NotVisible):
        undo_contact(actor=drive.ground.collector, contact_id=last.pk, **given)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="contact_not_latest"):
        undo_contact(actor=drive.ground.officer, contact_id=first.pk, **given)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="contact_of_another_day"):
        undo_contact(actor=drive.ground.officer, contact_id=last.pk, on=NEXT, at=later(days=7))
    undo_contact(actor=drive.ground.officer, contact_id=last.pk, **given)  # type: ignore[arg-type]
    assert not Claim.objects.exists()
    task.refresh_from_db()
    assert (task.state, task.attempt_count) == ("waiting", 1)
