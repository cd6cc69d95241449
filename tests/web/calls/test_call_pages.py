"""The collector's pages: the day, a call, the outcome in two taps, taken back; script; the public check."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from tests.accounts.conftest import country
from tests.administration.people import someone
from tests.outreach.lists import at_office, card_holder, says_no
from tests.registry.conftest import Ground, ground
from tests.web.offers.test_kept_advice_pages import signed_in

from vandong.accounts.models import Member, OfficeSetting, Role, User
from vandong.accounts.queries.scope import actor_for
from vandong.advice.citizen import MUST_SAY
from vandong.contacts.models import Advice, Claim, Contact, Script, Task
from vandong.law import law_book
from vandong.outreach.settings import ApproachSettings, approach_settings, save_approach_settings
from vandong.outreach.worklists import Wanted, make_worklist
from vandong.registry.models import Person
from vandong.web.calls.rules import CallingForm
from vandong.web.calls.verifying import CHECKS

__all__ = ["country", "ground"]
pytestmark = pytest.mark.django_db
PHONE = "0912345678"


@pytest.fixture
def client(ground: Ground) -> Client:
    """The collector, on a day without closed hours."""
    administrator = actor_for(User.objects.get(username="can_bo"), localdate())
    whole_day = ApproachSettings(calling_from_hour=0, calling_until_hour=24)
    from_system = type(administrator).system("kiểm thử")
    save_approach_settings(actor=from_system, settings=whole_day, organisation_id=None, at=now())
    return signed_in(User.objects.get(username="thu_a"))


@pytest.fixture
def person(ground: Ground) -> Person:
    return card_holder(ground, "Lê Thị Mai", days=5_000, years=38, sex="F", phones=(PHONE,))


def a_list(ground: Ground) -> int:
    actor = actor_for(User.objects.get(username="can_bo"), localdate())
    wanted = Wanted("household_card", "join_si", "phone", ground.here.pk, "Hộ có thẻ")
    return make_worklist(actor=actor, wanted=wanted, book=law_book(), on=localdate(), at=now()).pk


def taken(ground: Ground, client: Client) -> Task:
    page = client.post(reverse("calls:take"), {"list": a_list(ground)}, follow=True)
    assert "Đã nhận 1 người" in page.content.decode()
    return Task.objects.get()


def sent(client: Client, task: Task, said: str, **more: object) -> str:
    """What a press of an outcome's button sends; the page that follows."""
    page = client.get(reverse("calls:call", args=[task.pk])).content.decode()
    key = re.findall(r'name="key" value="([0-9a-f-]+)"', page)[0]
    given = {"key": key, "way": "phone", "script": "0", "said": said} | more
    answer = client.post(reverse("calls:outcome", args=[task.pk]), given, follow=True)
    return answer.content.decode()


def test_a_day_begins_with_taking_people(ground: Ground, client: Client, person: Person) -> None:
    empty = client.get(reverse("calls:today")).content.decode()
    assert "Chưa có danh sách nào để nhận người" in empty
    task = taken(ground, client)
    page = client.get(reverse("calls:today")).content.decode()
    assert "Hôm nay: 1 người cần liên hệ" in page
    assert reverse("calls:call", args=[task.pk]) in page
    assert PHONE not in page
    again = client.post(reverse("calls:take"), {"list": task.worklist_id}, follow=True)
    assert "Chưa nhận thêm được" in again.content.decode()
    back = client.post(reverse("calls:release"), follow=True).content.decode()
    assert "Đã trả lại 1 hộ" in back
    assert client.get(reverse("calls:call", args=[task.pk])).status_code == 404


def test_a_collector_begins_with_the_day(client: Client) -> None:
    assert client.get(reverse("worklists:home")).headers["Location"] == reverse("calls:today")


def test_the_call_shows_the_offer_and_covers_the_number(
    ground: Ground, client: Client, person: Person
) -> None:
    task = taken(ground, client)
    address = reverse("calls:call", args=[task.pk])
    page = client.get(address).content.decode()
    assert "Lê Thị Mai" in page
    assert PHONE not in page
    assert "Em chào chị Mai" in page
    assert "mỗi tháng" in page
    assert "mã nhân viên thu Người thu_a" in page
    assert reverse("calls:verify") in page
    answer = client.post(reverse("calls:numbers", args=[task.pk]))
    shown = answer.content.decode()
    assert f'href="tel:{PHONE}"' in shown
    assert "Nhật ký cuộc gọi của máy bạn sẽ giữ số này" in shown
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_agreement_is_one_tap_and_is_taken_back(
    ground: Ground, client: Client, person: Person
) -> None:
    task = taken(ground, client)
    page = sent(client, task, "agreed_join", told=list(MUST_SAY), number=PHONE)
    assert "Đồng ý tham gia" in page
    assert Claim.objects.count() == 1
    assert Advice.objects.get().told == list(MUST_SAY)
    contact = Contact.objects.get()
    assert (contact.script_version, contact.number_called) == (0, PHONE)
    assert reverse("calls:undo", args=[contact.pk]) in page
    undone = client.post(reverse("calls:undo", args=[contact.pk]), follow=True)
    assert "Đã hoàn tác" in undone.content.decode()
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("said", "state", "reason"),
    [
        ("declined:no_money", "done", "no_money"),
        ("not_reached", "waiting", ""),
        ("will_decide:tomorrow", "waiting", ""),
        ("deceased", "done", ""),
    ],
)
def test_every_outcome_is_two_taps_away(  # noqa: PLR0917 fixtures and cases
    ground: Ground, client: Client, person: Person, said: str, state: str, reason: str
) -> None:
    """The first tap opens a fold or ends the call; what the second sends stands in the page."""
    task = taken(ground, client)
    tomorrow = (localdate() + timedelta(days=1)).isoformat()
    said = said.replace("tomorrow", tomorrow)
    page = client.get(reverse("calls:call", args=[task.pk])).content.decode()
    assert f'name="said" value="{said}"' in page
    sent(client, task, said)
    task.refresh_from_db()
    assert task.state == state
    assert Contact.objects.get().reason == reason


def test_a_typed_day_counts_and_a_missing_one_is_said(
    ground: Ground, client: Client, person: Person
) -> None:
    task = taken(ground, client)
    assert "Hãy chọn ngày hẹn" in sent(client, task, "wants_meeting")
    day = localdate() + timedelta(days=20)
    sent(client, task, "wants_meeting", **{"day-wants_meeting": day.strftime("%d/%m/%Y")})
    task.refresh_from_db()
    assert task.next_on == day


def test_the_same_press_twice_is_one_contact(
    ground: Ground, client: Client, person: Person
) -> None:
    task = taken(ground, client)
    given = {"key": "0b5d3f9e-51c8-4a0e-9d6c-0f8f4f7a2b11", "way": "phone", "said": "not_reached"}
    for _ in range(2):
        client.post(reverse("calls:outcome", args=[task.pk]), given)
    assert Contact.objects.count() == 1


def test_who_asked_not_to_be_called_has_no_button(
    ground: Ground, client: Client, person: Person
) -> None:
    task = taken(ground, client)
    says_no(person)
    page = client.get(reverse("calls:call", args=[task.pk])).content.decode()
    assert "đã đề nghị không gọi" in page
    assert "Hiện số để gọi" not in page


def test_outside_calling_hours_numbers_stay_covered(
    ground: Ground, client: Client, person: Person
) -> None:
    task = taken(ground, client)
    hour = now().astimezone().hour

    row = OfficeSetting.objects.get(kind="approach")
    far = (hour + 12) % 23
    row.value |= {"calling_from_hour": far, "calling_until_hour": far + 1}
    row.save()
    page = client.get(reverse("calls:call", args=[task.pk])).content.decode()
    assert "Ngoài giờ gọi" in page
    assert "Hiện số để gọi" not in page


def test_strangers_to_the_hand_see_nothing(ground: Ground, client: Client, person: Person) -> None:
    task = taken(ground, client)
    other = signed_in(User.objects.get(username="thu_b"))
    for name in ("call",):
        assert other.get(reverse(f"calls:{name}", args=[task.pk])).status_code == 404
    for name in ("numbers", "outcome"):
        assert other.post(reverse(f"calls:{name}", args=[task.pk])).status_code == 404


def test_a_script_is_edited_and_refused_with_amounts(ground: Ground) -> None:
    at_office(ground)
    officer = signed_in(User.objects.get(username="can_bo"))
    page = officer.get(reverse("calls:script")).content.decode()
    assert "264.000" in page or "lowest_pay" in page
    words = {"version": "0", "opening": "Chào {person}.", "say": ["Không có tiền."]}
    bad = officer.post(reverse("calls:script"), words | {"answer": ["Chỉ 264.000 đồng."]})
    assert bad.status_code == 422
    assert "Không gõ số tiền" in bad.content.decode()
    officer.post(reverse("calls:script"), words | {"answer": ["Chỉ {lowest_pay}."]})
    assert Script.objects.get().version == 1


def test_a_login_without_a_place_at_work_is_told_so(ground: Ground, client: Client) -> None:
    officer = signed_in(User.objects.get(username="can_bo"))
    page = officer.get(reverse("calls:today"))
    assert page.status_code == 200
    assert "chưa gắn với một nhân viên thu" in page.content.decode()
    card_holder(ground, "Lê Thị Mai", days=5_000)
    refused = officer.post(reverse("calls:take"), {"list": a_list(ground)})
    assert refused.status_code == 403
    assert "chưa gắn với một nhân viên thu" in refused.content.decode()
    weights = officer.post(reverse("worklists:weights"), {})
    assert weights.status_code == 422


def test_calling_hours_are_an_offices_setting(ground: Ground) -> None:
    planner = someone("ke_hoach", Role.PLANNER)
    client = signed_in(planner)
    usual = ApproachSettings()
    words = {name: getattr(usual, name) for name in CallingForm.base_fields} | {
        "calling_from_hour": 8,
        "calling_until_hour": 19,
        "batch_size": 15,
        "hold_minutes": 240,
        "retry_after_days": 3,
        "attempts_limit": 5,
        "rest_days": 45,
    }
    assert 'value="7"' in client.get(reverse("calls:rules")).content.decode()
    client.post(reverse("calls:rules"), words)
    kept = approach_settings(None)
    assert (kept.calling_from_hour, kept.batch_size, kept.rest_days) == (8, 15, 45)
    assert (kept.proof_days, kept.export_limit) == (usual.proof_days, usual.export_limit)
    turned = client.post(reverse("calls:rules"), words | {"calling_from_hour": 20, "batch_size": 0})
    assert turned.status_code == 422
    page = turned.content.decode()
    assert "Giờ bắt đầu gọi phải trước giờ thôi gọi" in page
    assert "từ 1 đến 100" in page


def test_a_code_is_checked_by_anybody(ground: Ground) -> None:
    CHECKS.clear()
    client = Client()
    known = client.get(reverse("calls:verify"), {"ma": "NGƯỜI THU_A"}).content.decode()
    assert "là của nhân viên thu đang làm việc" in known
    assert "BHXH cơ sở Tam Tiến" in known
    unknown = client.get(reverse("calls:verify"), {"ma": "zz"}).content.decode()
    assert "Không có nhân viên thu nào" in unknown
    Member.objects.filter(staff_code="Người thu_a").update(valid_until=localdate())
    left = client.get(reverse("calls:verify"), {"ma": "Người thu_a"}).content.decode()
    assert "Không có nhân viên thu nào" in left
    codes = [client.get(reverse("calls:verify"), {"ma": "zz"}).status_code for _ in range(40)]
    assert codes[-1] == 429
    CHECKS.clear()
