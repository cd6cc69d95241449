"""Pages of the funnel and of payments that change."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from tests.accounts.conftest import country
from tests.administration.people import TODAY
from tests.outreach.lists import at_office, known, spell
from tests.registry.conftest import Ground, ground
from tests.web.offers.test_kept_advice_pages import signed_in

from vandong.accounts.models import User

__all__ = ["country", "ground"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(ground: Ground) -> Client:
    at_office(ground)
    days = (localdate() - TODAY).days
    spell(known(ground, "Lê Thị Mai"), "bhxh_tn", days, method="3", income_amount=1_500_000)
    return signed_in(User.objects.get(username="can_bo"))


def test_the_funnel_counts_and_says_what_it_counts(client: Client) -> None:
    today = localdate()
    span = {"tu": f"{today.replace(day=1):%d/%m/%Y}", "den": f"{today:%d/%m/%Y}", "loai": "bhxh_tn"}
    page = client.get(reverse("renewals:funnel"), span).content.decode()
    if today.day > 1:
        assert "0 trong 1 người đến kỳ đã đóng tiếp" in page
        assert "Có thể dừng là số đếm, không phải dự báo" in page
    empty = client.get(reverse("renewals:funnel"), span | {"loai": "bhyt_hgd"}).content.decode()
    assert "Không ai hết hạn trong những ngày này" in empty
    assert "field-error" in client.get(reverse("renewals:funnel"), {"tu": "x"}).content.decode()


def test_both_amounts_and_what_cannot_be_read(client: Client) -> None:
    asked = {"loai": "tn", "sau": "15/06/2025"}
    page = client.get(reverse("renewals:rises"), asked).content.decode()
    assert "1 người chưa tính được" in page, "nobody could pay so far ahead in 2025"
    same = client.get(reverse("renewals:rises"), {"loai": "tn", "sau": f"{localdate():%d/%m/%Y}"})
    assert "Không ai đổi mức" in same.content.decode()
    wrong = client.get(reverse("renewals:rises"), {"loai": "tn", "sau": "31/02/2027"})
    assert 'value="31/02/2027"' in wrong.content.decode()
