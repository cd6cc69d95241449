"""Signs to look at: each shown where it is, and not one person earlier."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.administration.people import TODAY
from tests.outreach.conftest import Drive, country, drive, ground
from tests.outreach.lists import spell, together
from tests.outreach.test_proving import paid
from tests.registry.conftest import Ground, a_person

from vandong.accounts.queries.scope import NotAllowed
from vandong.outreach.results.signals import Sign, Signal, signals
from vandong.outreach.results.span import Span
from vandong.outreach.settings import ApproachSettings
from vandong.registry.models import Person

__all__ = ["country", "drive", "ground"]

pytestmark = pytest.mark.django_db
MARCH = Span(date(2026, 3, 1), date(2026, 3, 31))
LIMITS = ApproachSettings(
    sign_receipt_households=3, sign_number_households=2, sign_short_people=2, sign_late_contacts=3
)


def shown(ground: Ground, span: Span = MARCH) -> list[tuple[Sign, str, date, int, int]]:
    found = signals(ground.officer, span, LIMITS)
    return [(one.sign, one.name, one.on, one.count, one.whole) for one in found]


def joins(ground: Ground, name: str, on: date, **known: object) -> Person:
    phones = known.pop("phones", ())
    person = a_person(ground.here, name, phones=phones)
    given = {"member": ground.member(ground.collector), "method": "3"} | known
    paid(person, on, **given)
    return person


def test_one_receipt_for_three_households(ground: Ground) -> None:
    slip = {"book": "A1", "number": "0000007", "organisation": ground.organisation}
    first = joins(ground, "Lê Thị Một", TODAY, **slip)
    second = joins(ground, "Lê Thị Hai", TODAY, **slip)
    third = joins(ground, "Lê Thị Ba", TODAY, **slip)
    mine = ground.member(ground.collector)
    [found] = signals(ground.officer, MARCH, LIMITS)
    people = tuple(sorted((first.pk, second.pk, third.pk)))
    assert found == Signal(Sign.ONE_RECEIPT, mine.pk, mine.full_name, TODAY, 3, 0, people)
    together(ground, first, second)
    assert shown(ground) == []


def test_one_number_for_joiners_of_two_households(ground: Ground) -> None:
    joins(ground, "Lê Thị Một", TODAY, phones=("0912000001",))
    other = joins(ground, "Lê Thị Hai", TODAY, phones=("0912000001",))
    joins(ground, "Lê Thị Ba", TODAY, phones=("0912000002",))
    name = ground.member(ground.collector).full_name
    assert shown(ground) == [(Sign.ONE_NUMBER, name, TODAY, 2, 0)]
    spell(other, "bhxh_tn", 30)
    assert shown(ground) == []


@pytest.mark.parametrize(("day", "is_sign"), [(28, False), (29, True), (31, True)])
def test_many_one_month_joiners_in_the_last_three_days(
    ground: Ground, day: int, is_sign: bool
) -> None:
    on = date(2026, 3, day)
    joins(ground, "Lê Thị Một", date(2026, 3, 31), method="1")
    joins(ground, "Lê Thị Hai", on, method="1")
    joins(ground, "Lê Thị Ba", date(2026, 3, 5), method="6")
    name = ground.member(ground.collector).full_name
    expected = [(Sign.SHORT_AT_END, name, date(2026, 3, 31), 2, 3)] if is_sign else []
    assert shown(ground) == expected


def test_one_month_joiners_who_are_the_lesser_part_are_no_sign(ground: Ground) -> None:
    for number in range(2):
        joins(ground, f"Lê Thị {number}", date(2026, 3, 31), method="1")
    for number in range(3):
        joins(ground, f"Lê Văn {number}", date(2026, 3, 9), method="12")
    assert shown(ground) == []


def test_many_contacts_in_the_last_hour_of_a_day(drive: Drive) -> None:
    night = datetime(2026, 3, 2, 16, 5, tzinfo=UTC)
    for number, task in enumerate(drive.people(3)):
        at = night + timedelta(minutes=number)
        drive.say(drive.ground.officer, task, "not_reached", captured_at=at, at=at)
    assert shown(drive.ground) == [(Sign.BEFORE_MIDNIGHT, "", TODAY, 3, 0)]
    assert shown(drive.ground, Span(MARCH.first_on, MARCH.last_on, drive.ground.there)) == []
    with pytest.raises(NotAllowed):
        signals(drive.ground.collector, MARCH, LIMITS)
