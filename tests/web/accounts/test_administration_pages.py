"""Pages of users, organisations and members as an administrator uses them."""

import re
from typing import Any

import pytest
from django.test import Client
from tests.accounts.conftest import Country, country, office
from tests.web.accounts.conftest import PASSWORD, People

from vandong.accounts.models import Grant, Member, Organisation, User

__all__ = ["country"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(person: People, signed_in: Any) -> Client:
    client: Client = signed_in(person("quan", "administrator"))
    return client


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


NEW = {"username": "minh", "full_name": "Trần Minh", "language": "vi", "role": "planner"}


def test_a_new_user_signs_in_with_the_password_shown_once(desk: Client, country: Country) -> None:
    unit = country["new_ninh"]
    response = desk.post("/quan-tri/nguoi-dung/them", NEW | {"unit": unit.pk, "unit_text": "bắc"})
    found = re.search(r'id="one-time"[^>]*>([^<]+)<', response.content.decode())
    assert found is not None
    user = User.objects.get(username="minh")
    assert user.check_password(found[1])
    assert user.must_change_password
    assert user.grants.get().unit == unit
    assert found[1] not in desk.get(f"/quan-tri/nguoi-dung/{user.pk}").content.decode()


def test_a_typed_unit_is_never_taken_for_everywhere(desk: Client, country: Country) -> None:
    response = desk.post("/quan-tri/nguoi-dung/them", NEW | {"unit_text": "tam tien"})
    assert response.status_code == 422
    page = text(response)
    assert "Chọn một đơn vị trong danh sách bên dưới." in page
    assert "Xã Tam Tiến" in page
    assert "Trần Minh" in response.content.decode()
    assert not User.objects.filter(username="minh").exists()


def test_all_that_is_missing_is_said_at_once_and_the_choice_is_kept(
    desk: Client, country: Country
) -> None:
    unit = country["new_tam_tien"].pk
    typed = {"language": "vi", "username": "minh", "unit_text": "tam tien", "unit": unit}
    response = desk.post("/quan-tri/nguoi-dung/them", typed)
    said = text(response)
    assert "Chưa có: Họ và tên." in said
    assert "Chưa có: Vai trò." in said
    assert f'value="{unit}" checked' in response.content.decode()


def test_a_unit_that_is_not_there_is_never_taken_for_everywhere(desk: Client) -> None:
    response = desk.post("/quan-tri/nguoi-dung/them", NEW | {"unit": 999999})
    assert response.status_code == 404
    assert not Grant.objects.filter(role="planner").exists()


def test_everywhere_is_ticked(desk: Client) -> None:
    response = desk.post("/quan-tri/nguoi-dung/them", NEW)
    assert response.status_code == 422
    assert "đánh dấu Toàn hệ thống" in text(response)
    assert desk.post("/quan-tri/nguoi-dung/them", NEW | {"everywhere": "on"}).status_code == 200
    assert User.objects.get(username="minh").grants.get().unit is None


def test_two_people_edit_and_the_second_keeps_what_was_typed(desk: Client, person: People) -> None:
    minh = person("minh")
    address = f"/quan-tri/nguoi-dung/{minh.pk}"
    typed = {"username": "minh", "language": "vi", "version": 1}
    assert desk.post(address, typed | {"full_name": "Trần Văn Minh"}).status_code == 302
    second = desk.post(address, typed | {"full_name": "Trần Thị Minh"})
    assert second.status_code == 422
    assert "vừa được người khác sửa" in text(second)
    page = second.content.decode()
    assert 'value="Trần Thị Minh"' in page
    assert "<h1>Trần Văn Minh</h1>" in page
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    again = typed | {"full_name": "Trần Thị Minh", "version": version[1]}
    assert desk.post(address, again).status_code == 302
    assert User.objects.get(pk=minh.pk).full_name == "Trần Thị Minh"


def test_the_list_is_searched_and_says_when_nothing_fits(desk: Client, person: People) -> None:
    person("minh", "planner")
    person("lan", "collector")
    assert "Người minh" not in text(desk.get("/quan-tri/nguoi-dung?role=collector"))
    assert "Người lan" in text(desk.get("/quan-tri/nguoi-dung?q=LAN"))
    nothing = text(desk.get("/quan-tri/nguoi-dung?q=zzz"))
    assert "Không có người dùng nào khớp với điều kiện lọc." in nothing


def test_a_fragment_is_only_the_rows(desk: Client) -> None:
    rows = desk.get("/quan-tri/nguoi-dung?q=quan", headers={"hx-request": "true"})
    assert "<html" not in rows.content.decode()
    assert "Người quan" in rows.content.decode()


def test_as_many_queries_for_three_users_as_for_one(
    desk: Client, person: People, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for name in ("a1", "a2", "a3"):
        person(f"nguoi-{name}", "observer")
        with django_assert_max_num_queries(12) as queries:
            desk.get("/quan-tri/nguoi-dung")
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_disabling_says_why_it_cannot_be(desk: Client) -> None:
    own = User.objects.get(username="quan")
    page = desk.post(f"/quan-tri/nguoi-dung/{own.pk}/khoa", {"version": 1}, follow=True)
    assert "Nhờ một quản trị khác" in text(page)
    assert User.objects.get(pk=own.pk).is_active


def test_an_organisation_finds_its_units_without_losing_what_was_typed(
    desk: Client, country: Country
) -> None:
    typed = {"name": "BHXH Tam Tiến", "kind": "social_insurance", "channel": "agency"}
    search = desk.post("/quan-tri/to-chuc/them", typed | {"unit_text": "tam tiến", "search": "1"})
    page = search.content.decode()
    assert 'value="BHXH Tam Tiến"' in page
    assert f'value="{country["new_tam_tien"].pk}"' in page
    assert not Organisation.objects.exists()
    desk.post("/quan-tri/to-chuc/them", typed | {"unit_ids": [country["new_tam_tien"].pk]})
    assert list(Organisation.objects.get().units.all()) == [country["new_tam_tien"]]


def test_an_organisation_is_closed_and_opened_again(desk: Client, country: Country) -> None:
    place = office("BHXH Tam Tiến", country["new_tam_tien"])
    address = f"/quan-tri/to-chuc/{place.pk}"
    wrong = desk.post(f"{address}/ket-thuc", {"closed_on": "31/02/2026", "version": 1})
    assert wrong.status_code == 422
    assert 'value="31/02/2026"' in wrong.content.decode()
    desk.post(f"{address}/ket-thuc", {"closed_on": "01/01/2026", "version": 1})
    assert "Tổ chức kết thúc từ ngày 01/01/2026" in text(desk.get(address))
    desk.post(f"{address}/mo-lai", {"version": 2})
    assert Organisation.objects.get().valid_until is None


def test_a_member_is_taken_on_and_listed(desk: Client, country: Country) -> None:
    place = office("BHXH Tam Tiến", country["new_tam_tien"])
    typed = {"full_name": "Trần Minh", "staff_code": "01", "organisation": place.pk}
    desk.post("/quan-tri/nhan-su/them", typed | {"valid_from": "1-7-2025"})
    assert str(Member.objects.get().valid_from) == "2025-07-01"
    assert "Trần Minh" in text(desk.get("/quan-tri/nhan-su?q=tran"))


def test_the_page_of_no_right_names_the_right(person: People, signed_in: Any) -> None:
    response = signed_in(person("can", "officer")).get("/quan-tri/nguoi-dung")
    assert response.status_code == 403
    assert "chưa có quyền “quản lý người dùng”" in text(response)


def test_a_password_is_never_in_a_page_of_errors(desk: Client) -> None:
    typed = {"old": "Sai-roi-2026", "new": PASSWORD, "again": PASSWORD}
    assert PASSWORD not in desk.post("/mat-khau", typed).content.decode()
