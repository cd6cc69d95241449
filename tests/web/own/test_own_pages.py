"""The collector's own page, and the office's rates."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from tests.administration.people import someone
from tests.outreach.conftest import Drive, country, drive, ground
from tests.outreach.test_remuneration import SHARES
from tests.web.offers.test_kept_advice_pages import signed_in

from vandong.accounts.models import OfficeSetting, Role, User
from vandong.accounts.queries.scope import actor_for

__all__ = ["country", "drive", "ground"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def planner() -> Client:
    return signed_in(someone("ke_hoach", Role.PLANNER))


def rates(drive: Drive, **change: object) -> dict[str, object]:
    given = {"organisation": drive.ground.organisation.pk, "valid_from": "01/01/2026"}
    return {"base": "participant"} | given | SHARES | change


def test_a_collector_sees_the_own_month(drive: Drive) -> None:
    collector = User.objects.get(username="thu_a")
    mine = drive.ground.member(drive.ground.collector)
    [task] = drive.people(1)
    task.member = mine
    task.save()
    actor = actor_for(collector, localdate())
    drive.say(actor, task, "agreed_join", at=now(), on=localdate())
    page = signed_in(collector).get(reverse("own:mine")).content.decode()
    assert "0 người mới, 0 người đóng tiếp" in page
    assert "Ghi biên lai" in page
    assert "Trần Văn 0" in page
    other = signed_in(collector).get(reverse("own:mine"), {"thang": "2026-01"}).content.decode()
    assert "Tháng 01/2026" in other
    assert signed_in(collector).get(reverse("own:mine"), {"nguoi": 0}).status_code == 404


def test_a_login_without_a_place_is_told_so(drive: Drive) -> None:
    page = signed_in(User.objects.get(username="can_bo")).get(reverse("own:mine"))
    assert "chưa gắn với một người thu" in page.content.decode()


def test_rates_are_typed_and_shown(drive: Drive, planner: Client) -> None:
    assert "Chưa có mức thù lao nào" in planner.get(reverse("own:rates")).content.decode()
    assert planner.post(reverse("own:rates"), rates(drive)).status_code == 302
    page = planner.get(reverse("own:rates")).content.decode()
    assert "4,63" in page
    assert "01/01/2026" in page
    wrong = planner.post(reverse("own:rates"), rates(drive, si_renew="cao", valid_from=""))
    assert wrong.status_code == 422
    assert 'value="cao"' in wrong.content.decode()
    assert OfficeSetting.objects.filter(kind="remuneration").count() == 1


def test_what_was_paid_is_recorded(drive: Drive, planner: Client) -> None:
    mine = drive.ground.member(drive.ground.collector)
    place = reverse("own:paid", args=[mine.pk])
    sent = planner.post(place, {"month": "2026-03", "amount": "1.500.000", "day": ""}, follow=True)
    page = sent.content.decode()
    assert "1.500.000 đ" in page
    assert "+1.500.000" in page
    for wrong in ({"month": "2026-03", "amount": "nhiều"}, {"month": "mai", "amount": "1"}):
        planner.post(place, wrong)
    assert OfficeSetting.objects.get(kind="remuneration_paid").value["amount"] == 1_500_000
