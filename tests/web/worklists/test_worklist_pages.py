"""Pages of worklists: previewed as one chooses, made, followed, closed; points tried and kept."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from tests.accounts.conftest import country
from tests.outreach.lists import at_office, card_holder, says_no
from tests.registry.conftest import Ground, ground
from tests.web.offers.test_kept_advice_pages import signed_in

from vandong.accounts.models import OfficeSetting, User
from vandong.accounts.queries.scope import actor_for
from vandong.audit.models import AuditEvent
from vandong.contacts.models import Task, Worklist
from vandong.law import law_book
from vandong.outreach.priority import first_weights
from vandong.outreach.worklists import Wanted, make_worklist
from vandong.sheets import open_table

__all__ = ["country", "ground"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(ground: Ground) -> Client:
    return signed_in(User.objects.get(username="can_bo"))


def chosen(ground: Ground, **given: object) -> dict[str, object]:
    """What the form sends."""
    words: dict[str, object] = {
        "segment": "household_card",
        "unit": ground.here.pk,
        "aim": "join_si",
        "way": "phone",
        "rest_days": 30,
    }
    for code, parts in first_weights().plain().items():
        words |= {f"{code}-{name}": value for name, value in parts.items()}
    return words | given


def a_list(ground: Ground, name: str = "Hộ có thẻ") -> Worklist:
    actor = actor_for(User.objects.get(username="can_bo"), localdate())
    wanted = Wanted("household_card", "join_si", "phone", ground.here.pk, name)
    return make_worklist(actor=actor, wanted=wanted, book=law_book(), on=localdate(), at=now())


def valid_card(ground: Ground, name: str, **given: object) -> object:
    """Somebody whose card covers the day of the machine, which pages go by."""
    return card_holder(ground, name, days=5_000, **given)


def test_what_the_list_would_hold_is_shown_as_one_chooses(ground: Ground, client: Client) -> None:
    valid_card(ground, "Lê Thị Mai", years=30)
    says_no(valid_card(ground, "Vũ Văn Nam"))  # type: ignore[arg-type]
    page = client.get(reverse("worklists:preview"), chosen(ground)).content.decode()
    assert '<p class="figure-value">1 ' in page
    assert "Nhóm có 2 người" in page
    assert "Đã đề nghị không gọi nữa" in page
    assert "Lê Thị Mai" in page
    assert "(20)" in page
    assert "091" not in page
    wrong = client.get(reverse("worklists:preview"), chosen(ground, rest_days="x"))
    assert "sửa rồi xem lại" in wrong.content.decode()


def test_other_points_show_at_once_who_moves_up(ground: Ground, client: Client) -> None:
    for number in range(20):
        valid_card(ground, f"Trẻ {number}", years=30)
    valid_card(ground, "Bà Cao Tuổi", years=58)
    usual = client.get(reverse("worklists:preview"), chosen(ground)).content.decode()
    assert "Bà Cao Tuổi" not in usual
    assert "mới lên" not in usual
    turned = chosen(ground) | {"age_band-least": 55, "age_band-most": 60}
    page = client.get(reverse("worklists:preview"), turned).content.decode()
    assert "Bà Cao Tuổi" in page
    assert "1 người mới lên" in page
    same = client.get(reverse("worklists:preview"), chosen(ground) | {"interest-points": 30})
    assert "vẫn những người này" in same.content.decode()


def test_a_list_is_made_and_followed(ground: Ground, client: Client) -> None:
    person = valid_card(ground, "Lê Thị Mai")
    empty = client.get(reverse("worklists:list")).content.decode()
    assert "Chưa có danh sách nào đang mở" in empty
    sent = client.post(reverse("worklists:new"), chosen(ground, name="Đợt 1", way="door"))
    made = Worklist.objects.get()
    assert sent.headers["Location"] == reverse("worklists:one", args=[made.pk])
    page = client.get(sent.headers["Location"]).content.decode()
    assert "còn 1 trong 1 người" in page
    assert "Lê Thị Mai" in page
    assert "Đến nhà" in page
    assert "Chưa có cuộc liên hệ nào" in page
    people = client.get(reverse("worklists:people", args=[made.pk])).content.decode()
    assert reverse("people:person", args=[person.pk]) in people  # type: ignore[attr-defined]
    assert (
        "Còn 1 người cần liên hệ trong 1 danh sách"
        in client.get(reverse("worklists:list")).content.decode()
    )


def test_what_is_wrong_is_said_and_kept(ground: Ground, client: Client) -> None:
    valid_card(ground, "Lê Thị Mai")
    answer = client.post(
        reverse("worklists:new"), chosen(ground, name=" ", **{"age_band-points": 7})
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Chưa có tên danh sách" in page
    assert 'value="7"' in page
    a_list(ground, "Đợt 1")
    taken = client.post(reverse("worklists:new"), chosen(ground, name="đợt 1"))
    assert "Đang có danh sách mở tên" in taken.content.decode()
    elsewhere = client.post(reverse("worklists:new"), chosen(ground, unit=ground.there.pk))
    assert elsewhere.status_code == 422


def test_points_are_kept_for_lists_to_come(ground: Ground, client: Client) -> None:
    at_office(ground)
    sent = client.post(reverse("worklists:weights"), chosen(ground, **{"interest-points": 33}))
    assert sent.headers["Location"] == reverse("worklists:new")
    assert OfficeSetting.objects.get(kind="worklist_weights").value["interest"]["points"] == 33
    page = client.get(reverse("worklists:new")).content.decode()
    assert 'value="33"' in page


def test_closed_opened_and_turned_to_the_door(ground: Ground, client: Client) -> None:
    valid_card(ground, "Lê Thị Mai")
    made = a_list(ground)

    def press(name: str, **more: object) -> str:
        made.refresh_from_db()
        given = {"version": made.version} | more
        return client.post(
            reverse(f"worklists:{name}", args=[made.pk]), given, follow=True
        ).content.decode()

    assert "không phát thêm người" in press("close")
    assert "Danh sách đã đóng: 1" in client.get(reverse("worklists:list")).content.decode()
    assert "Đã mở lại" in press("reopen")
    assert "Đến nhà" in press("way", way="door", reason="Khu vực cách ly")
    stale = client.post(
        reverse("worklists:close", args=[made.pk]), {"version": 1}, follow=True
    ).content.decode()
    assert "sửa" in stale
    made.refresh_from_db()
    assert made.closed_at is None


def test_downloaded_masked_and_recorded(ground: Ground, client: Client) -> None:
    valid_card(ground, "Lê Thị Mai", phones=("0912345678",))
    made = a_list(ground)
    answer = client.get(reverse("worklists:download", args=[made.pk]))
    table = open_table(answer.content, "danh-sach.xlsx")
    [row] = [one for one in table.rows() if "Lê Thị Mai" in one.cells]
    assert "0912345678" not in row.cells
    assert "091•••••78" in row.cells
    assert AuditEvent.objects.filter(action="worklist.exported.viewed").count() == 1


def test_pages_ask_as_much_for_one_as_for_three(
    ground: Ground, client: Client, django_assert_max_num_queries: object
) -> None:
    valid_card(ground, "Lê Thị Mai")
    made = a_list(ground)
    address = reverse("worklists:one", args=[made.pk])
    with django_assert_max_num_queries(40) as one:  # type: ignore[operator]
        client.get(address)
    for name in ("Vũ Văn Nam", "Vũ Văn Bắc"):
        valid_card(ground, name)
    more = a_list(ground, "Đợt 2")
    with django_assert_max_num_queries(len(one)):  # type: ignore[operator]
        client.get(reverse("worklists:one", args=[more.pk]))


def test_people_are_given_out_level_and_taken_back(ground: Ground, client: Client) -> None:
    for number in range(4):
        valid_card(ground, f"Người {number}")
    made = a_list(ground)
    page = client.get(reverse("worklists:assign", args=[made.pk])).content.decode()
    assert "Còn 4 người chưa giao ai" in page
    chosen_ids = [ground.member(one).pk for one in (ground.collector, ground.other_collector)]
    shown = client.get(reverse("worklists:shares", args=[made.pk]), {"members": chosen_ids})
    assert shown.content.decode().count("<strong>+2</strong>") == 2
    nobody = client.get(reverse("worklists:shares", args=[made.pk])).content.decode()
    assert "Chọn nhân viên thu" in nobody
    address = reverse("worklists:assign", args=[made.pk])
    assert (
        "Đã giao 4 người"
        in client.post(address, {"members": chosen_ids}, follow=True).content.decode()
    )
    assert "Chưa chọn nhân viên thu nào" in client.post(address, follow=True).content.decode()
    given = {"from": chosen_ids[0], "to": chosen_ids[1], "reason": "Nghỉ việc"}
    over = client.post(reverse("worklists:hand_over"), given, follow=True).content.decode()
    assert "Đã bàn giao 2 người" in over
    wrong = client.post(reverse("worklists:hand_over"), given | {"to": 999_999}, follow=True)
    assert "không còn làm việc ở nơi này" in wrong.content.decode()
    back = client.post(
        reverse("worklists:free", args=[made.pk]), {"member": chosen_ids[1]}, follow=True
    )
    assert "Đã lấy lại 4 người" in back.content.decode()


def test_whoever_was_not_reached_is_a_list_of_its_own(ground: Ground, client: Client) -> None:
    valid_card(ground, "Lê Thị Mai")
    made = a_list(ground)
    address = reverse("worklists:one", args=[made.pk])
    assert "Lập lượt hai" not in client.get(address).content.decode()
    Task.objects.update(state="done", outcome="not_reached", attempt_count=4)
    assert "1 người chưa gặp được" in client.get(address).content.decode()
    again = reverse("worklists:again", args=[made.pk])
    assert "Chưa có tên danh sách" in client.post(again, follow=True).content.decode()
    page = client.post(again, {"name": "Lượt hai"}, follow=True).content.decode()
    assert "còn 1 trong 1 người" in page
