"""Doubtful rows settled by a person: this one, somebody new, left aside; and taken back."""

import pytest
from tests.administration.people import AT, SYSTEM, as_actor, someone
from tests.intake.taking_lists import LOAN, MAI, Desk, changed

from vandong.accounts.models import Role
from vandong.accounts.queries.scope import NotAllowed
from vandong.administration.refusals import Refused, StaleVersion
from vandong.intake.decisions import (
    decide_pending,
    undo_decision,
    waiting_rows,
    withdraw_pending,
)
from vandong.intake.lists import undo_list
from vandong.registry.models import Household, Participation, PendingRow, Person

pytestmark = pytest.mark.django_db

OTHER = changed(LOAN, name="Trần Quốc Hùng", born="02/03/1961", sex="Nam", si="", household="H09")


def doubtful(desk: Desk) -> PendingRow:
    """A number of somebody known under quite another name."""
    desk.taken([LOAN])
    desk.taken([OTHER])
    return PendingRow.objects.get()


def decide(row: PendingRow, person_id: int | None) -> PendingRow:
    return decide_pending(
        actor=SYSTEM, pending_id=row.pk, version=row.version, person_id=person_id, at=AT
    )


def test_somebody_new_comes_without_the_number_that_is_anothers(desk: Desk) -> None:
    row = doubtful(desk)
    made = decide(row, None)
    assert made.state == "different"
    assert made.person is not None
    assert (made.person.full_name, made.person.personal_id) == ("Trần Quốc Hùng", "")
    assert made.person.household == Household.objects.get(code="H09")
    assert Participation.objects.filter(person=made.person, scheme="bhyt_hgd").count() == 1
    assert Person.objects.get(personal_id="001193009540").full_name == "Bạch Thị Loan"
    assert not waiting_rows(SYSTEM).exists()


def test_one_who_is_known_gets_what_the_row_says(desk: Desk) -> None:
    desk.taken([LOAN, MAI])
    crossed = changed(
        LOAN, si="0101086999", phone="0977000111", starts="28/01/2027", through="27/01/2028"
    )
    desk.taken([crossed])
    loan = Person.objects.get(personal_id="001193009540")
    decide(PendingRow.objects.get(), loan.pk)
    loan.refresh_from_db()
    assert loan.si_number == "0124286402"
    assert set(loan.phones.values_list("number", flat=True)) == {"0388729432", "0977000111"}
    spell = Participation.objects.get(person=loan)
    assert str(spell.covered_until) == "2028-01-28"


def test_left_aside_writes_nothing_and_is_not_asked_again(desk: Desk) -> None:
    row = doubtful(desk)
    people = Person.objects.count()
    withdraw_pending(actor=SYSTEM, pending_id=row.pk, version=row.version, at=AT)
    assert Person.objects.count() == people
    assert not waiting_rows(SYSTEM).exists()


def test_a_decision_is_taken_back_wholly(desk: Desk) -> None:
    row = doubtful(desk)
    people, spells = Person.objects.count(), Participation.objects.count()
    decide(row, None)
    back = undo_decision(actor=SYSTEM, pending_id=row.pk, at=AT)
    assert (Person.objects.count(), Participation.objects.count()) == (people, spells)
    assert (back.state, back.person, back.decided_at) == ("waiting", None, None)
    with pytest.raises(Refused, match="pending_waiting"):
        undo_decision(actor=SYSTEM, pending_id=row.pk, at=AT)


def test_the_second_of_two_who_decide_is_told(desk: Desk) -> None:
    row = doubtful(desk)
    decide(row, None)
    with pytest.raises(StaleVersion):
        decide(row, None)
    row.refresh_from_db()
    with pytest.raises(Refused, match="pending_decided"):
        decide(row, None)


def test_only_who_takes_lists_in_decides(desk: Desk) -> None:
    row = doubtful(desk)
    stranger = as_actor(someone("thu", Role.COLLECTOR))
    with pytest.raises(NotAllowed):
        decide_pending(
            actor=stranger, pending_id=row.pk, version=row.version, person_id=None, at=AT
        )


def test_after_the_list_was_taken_back_nothing_waits(desk: Desk) -> None:
    row = doubtful(desk)
    undo_list(actor=SYSTEM, batch_id=row.batch_id, at=AT)
    assert not waiting_rows(SYSTEM).exists()
    row.refresh_from_db()
    with pytest.raises(Refused, match="pending_decided"):
        decide(row, None)
