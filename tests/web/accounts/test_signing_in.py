"""Signing in and out, wrong passwords, one-time passwords, the end of sessions."""

import re
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client, RequestFactory
from tests.web.accounts.conftest import PASSWORD, People

from vandong.accounts.models import User
from vandong.audit.models import AuditEvent
from vandong.web.accounts.throttle import client_address

pytestmark = pytest.mark.django_db


def enter(client: Client, username: str, password: str = PASSWORD, onward: str = "") -> Any:
    address = f"/dang-nhap?tiep={onward}" if onward else "/dang-nhap"
    return client.post(address, {"username": username, "password": password})


def alert(response: Any) -> str:
    found = re.search(r'role="alert">(.*?)<', response.content.decode(), re.S)
    return found[1].strip() if found else ""


def test_a_name_in_capitals_with_spaces_is_the_same_name(person: People, client: Client) -> None:
    user = person("minh", "planner")
    response = enter(client, "  Minh ")
    assert (response.status_code, response.url) == (302, "/")
    assert AuditEvent.objects.filter(action="user.signed_in", actor_id=user.pk).count() == 1


def test_unknown_wrong_and_disabled_are_answered_alike(person: People, client: Client) -> None:
    person("minh", "planner")
    person("nghi", "planner", is_active=False)
    answers = [
        enter(client, "khong-co"),
        enter(client, "minh", "Sai-mat-khau-1"),
        enter(client, "nghi"),
    ]
    assert {answer.status_code for answer in answers} == {422}
    said = {alert(answer) for answer in answers}
    assert said == {"Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra rồi nhập lại."}


@pytest.mark.parametrize("username", ["minh", "khong-co"])
def test_the_sixth_attempt_waits_and_says_how_long(
    person: People, client: Client, username: str
) -> None:
    person("minh", "planner")
    answers = [enter(client, username, "Sai-mat-khau-1") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [422] * 4 + [429]
    refused = enter(client, f" {username.upper()}")
    assert refused.status_code == 429
    assert "Thử lại sau 15 phút" in refused.content.decode()


def test_after_the_pause_the_right_password_opens(person: People, client: Client) -> None:
    person("minh", "planner")
    for _ in range(5):
        enter(client, "minh", "Sai-mat-khau-1")
    for attempt in AccessAttempt.objects.all():
        attempt.attempt_time -= timedelta(minutes=16)
        attempt.save()
    assert enter(client, "minh").status_code == 302


def test_another_machine_is_not_locked_out(person: People, client: Client) -> None:
    person("minh", "planner")
    for _ in range(6):
        enter(client, "minh", "Sai-mat-khau-1")
    other = Client(REMOTE_ADDR="10.0.0.7")
    assert enter(other, "minh").status_code == 302


def test_the_visitors_own_header_is_not_believed(settings: Any) -> None:
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 203.0.113.9"
    )
    assert client_address(request) == "10.0.0.1"
    settings.PROXY_COUNT = 1
    assert client_address(request) == "203.0.113.9"
    settings.PROXY_COUNT = 3
    assert client_address(request) == "10.0.0.1"


def test_one_goes_on_to_where_one_wanted(person: People, client: Client) -> None:
    person("minh", "planner")
    stopped = client.get("/don-vi/", query_params={"q": "Hoàn"})
    assert stopped.url == "/dang-nhap?tiep=%2Fdon-vi%2F%3Fq%3DHo%25C3%25A0n"
    response = client.post(stopped.url, {"username": "minh", "password": PASSWORD})
    assert response.url == "/don-vi/?q=Ho%C3%A0n"


@pytest.mark.parametrize("onward", ["https://xau.example/", "//xau.example", "javascript:alert(1)"])
def test_one_is_never_sent_off_the_site(person: People, client: Client, onward: str) -> None:
    person("minh", "planner")
    assert enter(client, "minh", onward=onward).url == "/"


def test_a_fragment_sends_the_whole_page_to_sign_in(client: Client) -> None:
    response = client.get("/quan-tri/nguoi-dung", headers={"hx-request": "true"})
    assert response["HX-Redirect"] == "/dang-nhap"


def test_signing_out_needs_a_button(person: People, signed_in: Any) -> None:
    client = signed_in(person("minh", "planner"))
    assert client.get("/dang-xuat").status_code == 405
    client.post("/dang-xuat")
    assert client.get("/mat-khau").status_code == 302


def test_a_one_time_password_opens_nothing_but_its_change(person: People, client: Client) -> None:
    person("minh", "planner", must_change_password=True)
    enter(client, "minh")
    for address in ("/", "/don-vi/", "/tong-quan"):
        assert client.get(address).url == "/mat-khau"
    typed = {"old": PASSWORD, "new": "Cau-thong-reo-7", "again": "Cau-thong-reo-7"}
    assert client.post("/mat-khau", typed).status_code == 302
    assert client.get("/don-vi/").status_code == 200
    assert not User.objects.get(username="minh").must_change_password


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("ngan", "Mật khẩu cần ít nhất 10 ký tự."),
        ("1234509876", "Mật khẩu không được chỉ gồm chữ số."),
        ("password123", "Mật khẩu này nhiều người dùng, dễ bị đoán. Chọn mật khẩu khác."),
        ("nguoi.minhkhue", "Mật khẩu quá giống tên đăng nhập hoặc họ tên."),
        (PASSWORD, "Mật khẩu mới phải khác mật khẩu hiện tại."),
    ],
)
def test_weak_passwords_are_named(person: People, signed_in: Any, new: str, said: str) -> None:
    client = signed_in(person("minhkhue", "planner"))
    response = client.post("/mat-khau", {"old": PASSWORD, "new": new, "again": new})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert User.objects.get(username="minhkhue").check_password(PASSWORD)


def test_a_new_password_ends_the_other_sessions(person: People, signed_in: Any) -> None:
    user = person("minh", "planner")
    here, there = signed_in(user), signed_in(user)
    typed = {"old": PASSWORD, "new": "Cau-thong-reo-7", "again": "Cau-thong-reo-7"}
    here.post("/mat-khau", typed)
    assert here.get("/don-vi/").status_code == 200
    assert there.get("/don-vi/").status_code == 302


def test_disabling_ends_the_session_at_once(person: People, signed_in: Any) -> None:
    user = person("minh", "planner")
    client = signed_in(user)
    assert client.get("/don-vi/").status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/don-vi/").status_code == 302


def test_the_language_goes_with_the_user(person: People, signed_in: Any) -> None:
    user = person("minh", "planner")
    client = signed_in(user)
    response = client.post("/ngon-ngu", {"language": "en", "next": "/mat-khau"})
    assert response.url == "/mat-khau"
    assert User.objects.get(pk=user.pk).language == "en"
    assert '<html lang="en">' in signed_in(user).get("/mat-khau").content.decode()


def test_the_first_page_says_what_is_missing(person: People, signed_in: Any) -> None:
    page = signed_in(person("minh")).get("/").content.decode()
    assert "Tài khoản của bạn chưa được cấp quyền" in page
    assert signed_in(person("ke", "planner")).get("/").url == "/tong-quan"


def test_vietnamese_first_whatever_the_browser_prefers(client: Client) -> None:
    page = client.get("/dang-nhap", headers={"accept-language": "en-US,en"}).content.decode()
    assert '<html lang="vi">' in page
    client.post("/ngon-ngu", {"language": "en", "next": "/dang-nhap"})
    assert '<html lang="en">' in client.get("/dang-nhap").content.decode()


def test_a_form_after_the_session_ended_says_so_and_comes_back(
    person: People, client: Client
) -> None:
    person("minh", "planner")
    form = "/bo-don-vi/moi/"
    sent = client.post(form, {"name": "x"}, headers={"referer": f"http://testserver{form}?a=1"})
    assert sent.url == "/dang-nhap?tiep=%2Fbo-don-vi%2Fmoi%2F%3Fa%3D1"
    assert "Phiên đăng nhập đã hết nên chưa ghi gì" in client.get(sent.url).content.decode()
    assert enter(client, "minh", onward=f"{form}?a=1").url == f"{form}?a=1"
    client.logout()
    away = client.post(form, headers={"referer": "https://elsewhere.example/trap"})
    assert away.url == "/dang-nhap"
