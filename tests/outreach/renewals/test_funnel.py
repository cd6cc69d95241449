"""Due → contacted → promised → paid, and both amounts of a change of the law."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from tests.accounts.conftest import country
from tests.administration.people import AT, SYSTEM, TODAY
from tests.outreach.conftest import Drive, drive
from tests.outreach.lists import known, spell
from tests.outreach.test_proving import changed, paid
from tests.registry.conftest import ground

from vandong.accounts.queries.scope import NotAllowed
from vandong.administration.people_changes import open_change
from vandong.contacts.models import Aim
from vandong.law import law_book
from vandong.outreach.renewals.funnel import Stages, renewal_funnel
from vandong.outreach.renewals.people import Asked
from vandong.outreach.renewals.rises import lines_of, payment_rises
from vandong.outreach.results.span import Span
from vandong.registry.models import Participation, Person

__all__ = ["country", "drive", "ground"]
pytestmark = pytest.mark.django_db
BOOK = law_book()
MARCH = Span(date(2026, 3, 1), date(2026, 3, 31))
QUARTER = {"method": "3", "income_amount": 1_500_000}


def due(drive: Drive, name: str, days: int = 10) -> Person:
    person = known(drive.ground, name)
    spell(person, "bhxh_tn", days, **QUARTER)
    return person


def prolonged(person: Person, days: int) -> None:
    """The same spell goes on, as a list or a receipt makes it."""
    with transaction.atomic():
        change = open_change(actor=SYSTEM, action="test", at=AT)
        Participation.objects.filter(person=person).update(
            covered_until=TODAY + timedelta(days=days), change=change
        )


def stages(drive: Drive) -> Stages:
    return renewal_funnel(drive.ground.officer, MARCH, "bhxh_tn").total


def asks(drive: Drive, person: Person, outcome: str, **given: object) -> None:
    drive.worklist.aim = Aim.RENEW_SI
    drive.worklist.save()
    drive.say(drive.ground.officer, drive.task(person), outcome, **given)


def test_each_stage_counts_people_whose_time_ended_in_the_span(drive: Drive) -> None:
    promised, declined, missed, quiet = (due(drive, f"Lê Thị {n}") for n in range(4))
    due(drive, "Lê Thị Sau", days=40)
    asks(drive, promised, "agreed_renew")
    asks(drive, declined, "declined", reason="no_money")
    asks(drive, missed, "not_reached")
    assert stages(drive) == Stages(due=4, contacted=3, promised=1, lapsing=3)
    prolonged(promised, 100)
    assert stages(drive) == Stages(
        due=4, contacted=3, promised=1, paid=1, paid_contacted=1, lapsing=3
    )
    funnel = renewal_funnel(drive.ground.officer, MARCH, "bhxh_tn")
    assert funnel.reasons == (("no_money", 1),)
    assert [name for name, _ in funnel.units] == [drive.ground.here.name]
    assert [name for name, _ in funnel.members] == [""]
    assert quiet.pk


def test_a_receipt_that_goes_on_tells_the_end_it_went_on_from(drive: Drive) -> None:
    person = due(drive, "Lê Thị Hoa", days=100)
    paid(person, TODAY, covered_from=date(2026, 3, 15), covered_until=date(2026, 6, 15))
    assert stages(drive) == Stages(due=1, paid=1)
    changed(person.receipts.get(), returned_on=TODAY, return_reason="Sai")
    assert stages(drive) == Stages()


def test_a_new_card_after_a_gap_counts_until_ninety_days(drive: Drive) -> None:
    late, too_late = (known(drive.ground, f"Lê Văn {n}") for n in range(2))
    for person, gap in ((late, 90), (too_late, 91)):
        spell(person, "bhyt_hgd", 10)
        since = TODAY + timedelta(days=10 + gap)
        spell(person, "bhyt_hgd", 10 + gap + 365, covered_from=since)
    found = renewal_funnel(drive.ground.officer, MARCH, "bhyt_hgd").total
    assert (found.due, found.paid) == (2, 1)


def test_who_left_by_an_event_is_not_due(drive: Drive) -> None:
    person = due(drive, "Lê Thị Mất")
    with transaction.atomic():
        change = open_change(actor=SYSTEM, action="test", at=AT)
        Participation.objects.filter(person=person).update(
            ended_on=TODAY, end_reason="deceased", change=change
        )
    assert stages(drive) == Stages()
    with pytest.raises(NotAllowed):
        renewal_funnel(drive.ground.collector, MARCH, "bhxh_tn")


def test_both_amounts_of_a_day_to_come(drive: Drive) -> None:
    """In July 2025 the State's support of everybody rose from 10 to 20 per cent (Decree 159/2025/NĐ-CP)."""
    person = due(drive, "Lê Thị Hoa")
    unknown = known(drive.ground, "Lê Thị Không")
    spell(unknown, "bhxh_tn", 10)
    asked = Asked("bhxh_tn", TODAY)
    same = payment_rises(drive.ground.officer, BOOK, asked, TODAY + timedelta(days=30))
    assert (same.people, same.same, same.unknown) == ((), 1, 1)
    earlier = payment_rises(drive.ground.officer, BOOK, asked, date(2025, 6, 15))
    [change] = earlier.people
    assert (change.before.amount, change.after.amount) == (792_000, 891_000)
    assert (change.difference_amount, earlier.more_amount) == (99_000, 99_000)
    assert lines_of(drive.ground.officer, earlier.people)[person.pk].full_name == "Lê Thị Hoa"
