"""Whom lists led to is a figure of the register: once a list, on the day of the first contact."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.administration.people import SYSTEM
from tests.outreach.conftest import Drive, drive
from tests.registry.conftest import a_person, country, ground

from vandong.contacts.models import Contact
from vandong.figures.models import Observation
from vandong.law import law_book
from vandong.planning.register_figures import rebuild_register_figures

__all__ = ["country", "drive", "ground"]

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
AT = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
"""Half past eleven at night in the province: one hour later it is the next day."""


def approached(drive: Drive) -> dict[tuple[int | None, date], int]:
    now = datetime(2026, 4, 2, 3, tzinfo=UTC)
    rebuild_register_figures(actor=SYSTEM, book=law_book(), first_on=FIRST, last_on=LAST, at=now)
    rows = Observation.objects.filter(live=True, measure="approached", unit=drive.ground.here)
    return {(one.organisation_id, one.as_of): one.value for one in rows if one.scheme == "bhxh_tn"}


def test_a_person_counts_once_a_list_on_the_day_of_the_first_contact(drive: Drive) -> None:
    once, twice, undone = (drive.task(a_person(drive.ground.here, f"Lê Văn {n}")) for n in range(3))
    officer = drive.ground.officer
    drive.say(officer, once, "not_reached", at=AT)
    drive.say(officer, once, "agreed_join", at=AT + timedelta(hours=1), on=date(2026, 3, 3))
    drive.say(officer, twice, "agreed_join", at=AT + timedelta(hours=1), on=date(2026, 3, 3))
    slip = drive.say(officer, undone, "agreed_join", at=AT).contact
    Contact.objects.filter(pk=slip.pk).update(undone_at=AT)
    assert approached(drive) == {(None, date(2026, 3, 2)): 1, (None, date(2026, 3, 3)): 1}


def test_a_collectors_contacts_are_those_of_the_organisation_too(drive: Drive) -> None:
    mine = drive.ground.member(drive.ground.collector)
    task = drive.task(a_person(drive.ground.here), member=mine)
    drive.say(drive.ground.collector, task, "not_reached", at=AT)
    on = date(2026, 3, 2)
    assert approached(drive) == {(None, on): 1, (drive.ground.organisation.pk, on): 1}
    assert not Observation.objects.filter(organisation__isnull=False, measure="stock").exists()
