"""Pages of results: the chain and the rates, what waits, money recorded and taken on, forms taken away."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from tests.outreach.conftest import Drive, country, drive, ground
from tests.web.offers.test_kept_advice_pages import signed_in

from vandong.accounts.models import User
from vandong.accounts.queries.scope import actor_for
from vandong.contacts.models import Claim
from vandong.registry.models import Receipt

__all__ = ["country", "drive", "ground"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(drive: Drive) -> Client:
    return signed_in(User.objects.get(username="can_bo"))


@pytest.fixture
def claim(drive: Drive) -> Claim:
    """Somebody agreed today, by the clock that pages go by."""
    officer = actor_for(User.objects.get(username="can_bo"), localdate())
    [task] = drive.people(1)
    drive.say(officer, task, "agreed_join", at=now(), on=localdate())
    return Claim.objects.get()


def payment(claim: Claim, **given: object) -> dict[str, object]:
    return {
        "version": claim.version,
        "collected_on": f"{localdate():%d/%m/%Y}",
        "number": "0000123",
        "income_amount": "1.500.000",
        "method": "3",
        "covered_from": f"{localdate():%m/%Y}",
        "group": "other",
    } | given


def shown(client: Client, name: str, query: str = "", **keys: object) -> str:
    answer = client.get(reverse(f"results:{name}", kwargs=keys) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_the_word_to_the_book_in_the_hand(client: Client, claim: Claim) -> None:
    assert "1 người đồng ý, 0 người đã có chứng từ" in shown(client, "overview")
    assert "Trần Văn 0" in shown(client, "agreed")
    place = reverse("results:collect", args=[claim.pk])
    assert client.post(place, payment(claim)).status_code == 302
    page = shown(client, "agreed")
    assert "Đã ghi biên lai 0000123: 792.000 đồng." in page
    assert "Hoàn tác biên lai vừa ghi" in page
    receipt = Receipt.objects.get()
    for step, said in (("remit", "chưa nộp"), ("accept", "chờ tiếp nhận"), ("deliver", "chờ giao")):
        page = shown(client, "receipts", f"?buoc={step}")
        assert f"1 khoản đã thu, {said}" in page or said in page
        client.post(reverse("results:receipts"), {"buoc": step, "receipt": receipt.pk})
    receipt.refresh_from_db()
    assert receipt.delivered_on == localdate()
    page = shown(client, "overview")
    assert "1 người đồng ý, 1 người đã có chứng từ" in page
    assert "1 người tham gia mới, đạt 100,00%" in page


def test_a_wrong_payment_keeps_what_was_typed(client: Client, claim: Claim) -> None:
    place = reverse("results:collect", args=[claim.pk])
    answer = client.post(place, payment(claim, income_amount="12 đồng", number=""))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="12 đồng"' in page
    assert "Mức thu nhập" in page
    wrong = client.post(place, payment(claim, stated_amount="800.000"))
    assert "theo luật ngày thu là 792.000" in wrong.content.decode()
    assert not Receipt.objects.exists()


def test_a_step_and_a_payment_are_taken_back(client: Client, claim: Claim) -> None:
    client.post(reverse("results:collect", args=[claim.pk]), payment(claim))
    change = client.session["payment_change"]
    receipt = Receipt.objects.get()
    client.post(reverse("results:receipts"), {"buoc": "remit", "receipt": receipt.pk})
    step = client.session["step_change"]
    client.post(reverse("results:undo", args=[step]))
    receipt.refresh_from_db()
    assert receipt.remitted_on is None
    assert client.post(reverse("results:undo", args=[change])).status_code == 404
    client.post(reverse("results:receipts"), {"buoc": "remit"})
    assert "Chưa chọn khoản nào" in shown(client, "receipts")


def test_the_first_payment_is_taken_back_at_once(client: Client, claim: Claim) -> None:
    client.post(reverse("results:collect", args=[claim.pk]), payment(claim))
    client.post(reverse("results:undo", args=[client.session["payment_change"]]))
    assert not Receipt.objects.exists()
    claim.refresh_from_db()
    assert claim.state == "claimed"


def test_late_words_are_shown_and_struck(client: Client, claim: Claim) -> None:
    Claim.objects.update(claimed_on=localdate() - timedelta(days=31))
    assert "quá 30 ngày mà chưa có biên lai" in shown(client, "overview")
    assert "quá hạn" in shown(client, "agreed", "?qua-han=1")
    sent = {"version": claim.version, "why": "Đã gọi lại, không đồng ý"}
    client.post(reverse("results:reject", args=[claim.pk]), sent)
    claim.refresh_from_db()
    assert (claim.state, claim.rejected_why) == ("rejected", "Đã gọi lại, không đồng ý")
    assert "Không có ai chờ chứng từ" in shown(client, "agreed")


def test_a_file_sent_back_and_a_form_taken_away(client: Client, claim: Claim) -> None:
    answer = client.post(reverse("results:form", args=["d05"]), {"reason": "Nộp hồ sơ đợt một"})
    assert answer.headers["Content-Type"].endswith("sheet")
    refused = client.post(reverse("results:form", args=["d05"]), {"reason": ""}, follow=True)
    assert "lý do" in refused.content.decode()
    assert client.post(reverse("results:form", args=["d99"])).status_code == 404
    client.post(reverse("results:collect", args=[claim.pk]), payment(claim))
    receipt = Receipt.objects.get()
    client.post(reverse("results:receipts"), {"buoc": "remit", "receipt": receipt.pk})
    client.post(reverse("results:return", args=[receipt.pk]), {"reason": "Sai mã số"})
    receipt.refresh_from_db()
    assert receipt.return_reason == "Sai mã số"


def test_parts_of_the_rates_and_days_that_cannot_be_read(client: Client, claim: Claim) -> None:
    for by in ("segment", "worklist", "script", "collector", "way", "unit", "day"):
        assert "Tất cả" in shown(client, "overview", f"?theo={by}")
    page = shown(client, "overview", "?tu=31/02/2026")
    assert "field-error" in page
    assert "Chưa liên hệ ai" in shown(client, "overview", "?loai=bhyt_hgd")
    assert claim.pk


def test_a_collector_records_the_own_and_sees_no_rates(client: Client, drive: Drive) -> None:
    collector = User.objects.get(username="thu_a")
    actor = actor_for(collector, localdate())
    mine = drive.ground.member(drive.ground.collector)
    [task] = drive.people(1)
    task.member = mine
    task.save()
    drive.say(actor, task, "agreed_join", at=now(), on=localdate())
    own = signed_in(collector)
    claim = Claim.objects.get()
    answer = own.post(reverse("results:collect", args=[claim.pk]), payment(claim))
    assert answer.headers["Location"] == reverse("calls:today")
    assert own.get(reverse("results:overview")).status_code == 403
    page = own.get(reverse("results:receipts")).content.decode()
    assert "Trần Văn 0" in page
    assert "Cơ quan BHXH ghi khi nhận tiền" in page
