"""The report tells what approaches brought, joiners and renewals apart (domain.md S0.12)."""

import pytest
from tests.administration.people import TODAY
from tests.outreach.conftest import Drive, country, drive, ground, later
from tests.outreach.test_proving import paid

from vandong.outreach.proving import settle_claims
from vandong.reporting.unit_report import unit_report

__all__ = ["country", "drive", "ground"]

pytestmark = pytest.mark.django_db


def test_the_report_says_what_the_contacts_of_the_year_brought(drive: Drive) -> None:
    first, second = drive.people(2)
    drive.say(drive.ground.officer, first, "agreed_join")
    drive.say(drive.ground.officer, second, "not_reached")
    assert first.person is not None
    paid(first.person)
    settle_claims(on=TODAY, at=later(days=1), zone="Asia/Ho_Chi_Minh")
    made = unit_report(
        actor=drive.ground.officer, unit=drive.ground.here, scheme="bhxh_tn", on=TODAY
    )
    texts = [one.text for one in made.report.paragraphs]
    assert "2. Kết quả vận động, liên hệ trong năm" in texts
    assert any("2 người chưa tham gia BHXH tự nguyện: 1 người tham gia mới" in one for one in texts)
    for_observer = unit_report(
        actor=drive.ground.observer, unit=drive.ground.here, scheme="bhxh_tn", on=TODAY
    )
    assert not any("liên hệ" in one.text for one in for_observer.report.paragraphs)
