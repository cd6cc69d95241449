"""Pages of renewals: bands with counts, the amount, a list with one tap, the file."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from tests.accounts.conftest import country
from tests.administration.people import TODAY
from tests.outreach.lists import at_office, known, spell, together
from tests.registry.conftest import Ground, ground
from tests.web.offers.test_kept_advice_pages import signed_in

from vandong.accounts.models import User
from vandong.contacts.models import Worklist

__all__ = ["country", "ground"]
pytestmark = pytest.mark.django_db
PAGE = "/van-dong/dong-tiep"


def days_from_now(days: int) -> int:
    """Pages go by the day of the machine."""
    return (localdate() - TODAY).days + days


@pytest.fixture
def client(ground: Ground) -> Client:
    at_office(ground)
    person = known(ground, "Lê Thị Mai", phones=("0912345678",))
    together(ground, person)
    spell(person, "bhyt_hgd", days_from_now(5))
    spell(known(ground, "Vũ Văn Nam"), "bhyt_hgd", days_from_now(-3))
    return signed_in(User.objects.get(username="can_bo"))


def test_bands_count_and_name_who_is_due(client: Client) -> None:
    page = client.get(PAGE).content.decode()
    assert "2 người đến kỳ gia hạn thẻ BHYT" in page
    assert "Lê Thị Mai" in page
    assert "Vũ Văn Nam" not in page
    assert "091•••••78" in page
    assert "0912345678" not in page
    assert "người thứ 1 của hộ" in page
    other = client.get(PAGE, {"nhom": "over"}).content.decode()
    assert "Vũ Văn Nam" in other
    assert "Chưa biết thứ tự trong hộ" in other
    nobody = client.get(PAGE, {"loai": "tn"}).content.decode()
    assert "Không có ai đến kỳ trong 60 ngày tới" in nobody


def test_one_tap_makes_a_list_and_then_the_call_is_there(client: Client) -> None:
    made = client.post(f"{reverse('renewals:make_list')}?loai=the&nhom=week")
    worklist = Worklist.objects.get()
    assert made.headers["Location"] == reverse("worklists:one", args=[worklist.pk])
    assert "Đến kỳ gia hạn thẻ BHYT: 7 ngày tới" in worklist.name
    task = worklist.tasks.get()
    assert reverse("calls:call", args=[task.pk]) in client.get(PAGE).content.decode()
    said = client.get(reverse("worklists:one", args=[worklist.pk])).content.decode()
    assert "Đến kỳ gia hạn thẻ BHYT: 7 ngày tới" in said
    again = client.post(f"{reverse('renewals:make_list')}?loai=the&nhom=week", follow=True)
    assert "notice red" in again.content.decode()
    assert Worklist.objects.count() == 1


def test_the_file_needs_a_reason(client: Client) -> None:
    address = f"{reverse('renewals:export')}?loai=the&nhom=week"
    refused = client.post(address, {"reason": "ngắn"}, follow=True)
    assert "ngắn" in refused.content.decode()
    answer = client.post(address, {"reason": "Gọi nhắc gia hạn tháng này"})
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_call_says_the_amount_and_how_to_pay_online(client: Client) -> None:
    client.post(f"{reverse('renewals:make_list')}?loai=the&nhom=week")
    task = Worklist.objects.get().tasks.get()
    page = client.get(reverse("calls:call", args=[task.pk])).content.decode()
    assert "Gia hạn thẻ 12 tháng: " in page
    assert "Hạn chót để đóng tiếp: " in page
    assert "gia hạn thẻ BHYT hộ gia đình, nhập mã số BHXH" in page
    assert "Chưa đủ dữ liệu để tính riêng" not in page
