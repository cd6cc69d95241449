"""One call: what is shown of a person in hand, numbers for who may call, words ticked kept with the offer."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.administration.people import AT, TODAY
from tests.outreach.conftest import Drive, later
from tests.outreach.lists import card_holder, says_no, spell, together
from tests.registry.conftest import Ground, a_person

from vandong.accounts.queries.scope import NotAllowed, NotVisible
from vandong.advice.citizen import MUST_SAY
from vandong.audit.models import AuditEvent
from vandong.contacts.models import Advice, Contact, Outcome, Task
from vandong.law import law_book
from vandong.outreach.calling import CallSheet, call_sheet, record_call, reveal_numbers
from vandong.outreach.holding import take_next
from vandong.outreach.recording import Said
from vandong.outreach.today import MOST_SHOWN, just_recorded, todays_work
from vandong.outreach.worklists import Wanted, make_worklist

pytestmark = pytest.mark.django_db
PHONE = "0912345678"


@pytest.fixture
def task(ground: Ground) -> Task:
    """A couple on a list, both in the collector's hand."""
    wife = card_holder(ground, "Lê Thị Mai", days=9, years=38, sex="F", phones=(PHONE,))
    together(ground, wife, card_holder(ground, "Vũ Văn Nam", days=9, years=40, sex="M"))
    wanted = Wanted("household_card", "join_si", "phone", ground.here.pk, "Hộ có thẻ")
    made = make_worklist(actor=ground.officer, wanted=wanted, book=law_book(), on=TODAY, at=AT)
    take_next(actor=ground.collector, worklist_id=made.pk, on=TODAY, at=AT)
    return Task.objects.get(worklist=made, person=wife)


def sheet(ground: Ground, task: Task, **span: float) -> CallSheet:
    return call_sheet(ground.collector, task.pk, law_book(), TODAY, later(**span))


def said(task: Task, outcome: str = "agreed_join", **given: object) -> Said:
    return Said(
        **{"key": uuid4(), "way": "phone", "captured_at": AT, "number_called": PHONE} | given,  # type: ignore[arg-type]
        task_id=task.pk,
        outcome=outcome,
    )


def test_the_sheet_says_who_why_and_what_to_offer(ground: Ground, task: Task) -> None:
    shown = sheet(ground, task)
    assert (shown.name, shown.age, shown.number_count) == ("Lê Thị Mai", 38, 1)
    assert shown.line is not None
    assert shown.line.phone == "091•••••78"
    assert {one.code for one in shown.why} >= {"reason_active"}
    codes = [one.code for one in shown.points]
    assert codes == ["priority_due_soon", "priority_phone_untried"]
    [mate] = shown.household
    assert mate.line.full_name == "Vũ Văn Nam"
    assert mate.task_id == Task.objects.exclude(pk=task.pk).get().pk
    assert shown.offer is not None
    assert shown.offer.advice is not None
    assert "Lê" not in shown.offer.query
    assert Outcome.AGREED_RENEW not in shown.outcomes
    assert shown.caller.code == "Người thu_a"
    assert shown.calls_wanted


def test_too_little_known_is_no_offer(ground: Ground, task: Task) -> None:
    other = Task.objects.exclude(pk=task.pk).get()
    drive_person = other.person
    assert drive_person is not None
    Task.objects.filter(pk=other.pk).update(person=card_holder(ground, "Không rõ", years=30))
    shown = sheet(ground, Task.objects.get(pk=other.pk))
    assert shown.offer is not None
    assert shown.offer.advice is None


def test_months_on_record_are_reckoned_with(ground: Ground, task: Task) -> None:
    assert task.person is not None
    spell(task.person, "bhxh_tn", -30, method="12", income_amount=2_000_000)
    offer = sheet(ground, task).offer
    assert offer is not None
    assert offer.given["dang-dong"] == ["tu-nguyen"]
    assert offer.given["tn-muc"] == ["2000000"]


def test_numbers_are_for_who_has_the_person_in_hand_and_recorded(
    ground: Ground, task: Task
) -> None:
    assert reveal_numbers(actor=ground.collector, task_id=task.pk, at=AT) == (PHONE,)
    assert AuditEvent.objects.filter(action="task.number_revealed.viewed").count() == 1
    for verb in (
        lambda: reveal_numbers(actor=ground.other_collector, task_id=task.pk, at=AT),
        lambda: call_sheet(ground.other_collector, task.pk, law_book(), TODAY, AT),
        lambda: reveal_numbers(actor=ground.collector, task_id=task.pk, at=later(hours=9)),
    ):
        with pytest.raises(NotVisible):
            verb()


def test_a_no_to_calls_stands_on_the_sheet(ground: Ground, task: Task) -> None:
    assert task.person is not None
    says_no(task.person)
    assert not sheet(ground, task).calls_wanted


def test_what_was_ticked_is_kept_with_the_offer_once(ground: Ground, task: Task) -> None:
    words = {"told": MUST_SAY[:2], "book": law_book(), "on": TODAY, "at": AT}
    once = said(task)
    made = record_call(actor=ground.collector, said=once, **words)  # type: ignore[arg-type]
    advice = Advice.objects.get()
    assert made.contact.advice_id == advice.pk
    assert advice.told == list(MUST_SAY[:2])
    assert advice.label == "Lê Thị Mai"
    again = record_call(actor=ground.collector, said=once, **words)  # type: ignore[arg-type]
    assert again.is_replay
    assert Advice.objects.count() == Contact.objects.count() == 1


def test_nothing_ticked_keeps_no_offer(ground: Ground, task: Task) -> None:
    record_call(actor=ground.collector, said=said(task), told=(), book=law_book(), on=TODAY, at=AT)
    assert not Advice.objects.exists()


def test_the_day_shows_appointments_first_and_what_was_done(ground: Ground, task: Task) -> None:
    other = Task.objects.exclude(pk=task.pk).get()
    Task.objects.filter(pk=other.pk).update(state="waiting", next_on=TODAY)
    day = todays_work(ground.collector, TODAY, AT, AT - timedelta(hours=8))
    assert [one.task.pk for one in day.people] == [other.pk, task.pk]
    assert (day.held_count, len(day.lists)) == (2, 1)
    made = record_call(
        actor=ground.collector, said=said(task), told=(), book=law_book(), on=TODAY, at=AT
    )
    day = todays_work(ground.collector, TODAY, AT, AT - timedelta(hours=8))
    assert [one.task.pk for one in day.people] == [other.pk]
    assert day.done == {"agreed_join": 1}
    assert just_recorded(ground.collector, made.contact.pk, AT).pk == made.contact.pk
    with pytest.raises(NotVisible):
        just_recorded(ground.other_collector, made.contact.pk, AT)
    with pytest.raises(NotAllowed, match="not_at_work"):
        todays_work(ground.officer, TODAY, AT, AT)


def test_who_is_expected_today_comes_before_more_people_than_a_page_shows(drive: Drive) -> None:
    """The appointment was made last and has the fewest points."""
    ground = drive.ground
    mine = ground.member(ground.collector)
    for number in range(MOST_SHOWN + 5):
        drive.task(a_person(ground.here, f"Lê Thị {number}"), 50, member=mine)
    late = drive.task(a_person(ground.here, "Vũ Thị Hẹn"), 1, member=mine)
    Task.objects.filter(pk=late.pk).update(state="waiting", next_on=TODAY)
    not_yet = drive.task(a_person(ground.here, "Vũ Thị Sau"), 90, member=mine)
    Task.objects.filter(pk=not_yet.pk).update(state="waiting", next_on=TODAY + timedelta(days=1))
    day = todays_work(ground.collector, TODAY, AT, AT)
    assert day.people[0].task.pk == late.pk
    assert (len(day.people), day.waiting_count) == (MOST_SHOWN, 6)
