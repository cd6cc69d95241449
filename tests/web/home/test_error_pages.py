"""What a reader meets when a page cannot be given: the house's words, both languages, and a way on."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from vandong.accounts.models import Grant, User

pytestmark = pytest.mark.django_db
BREAKING = "tests.web.home.breaking_urls"


@pytest.fixture
def client() -> Client:
    user = User.objects.create(username="lan", full_name="Nguyễn Thị Lan")
    Grant.objects.create(user=user, role="observer", granted_at=timezone.now())
    made = Client(raise_request_exception=False)
    made.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return made


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_an_address_that_does_not_exist(client: Client) -> None:
    for asker in (client, Client()):
        response = asker.get("/khong-co-trang-nay")
        assert response.status_code == 404
        assert "Kiểm tra lại địa chỉ" in words(response)
        assert 'href="/"' in words(response)


def test_the_page_speaks_the_readers_language(client: Client) -> None:
    client.cookies["ngon_ngu"] = "en"
    response = client.get("/khong-co-trang-nay")
    assert '<html lang="en">' in words(response)
    assert "Check the address" in words(response)


def test_a_request_that_cannot_be_read(client: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = BREAKING
    response = client.get("/dang-ngo")
    assert response.status_code == 400
    assert "Chưa có gì được ghi" in words(response)


def test_a_host_that_is_not_ours() -> None:
    response = Client().get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "Không đọc được yêu cầu này" in words(response)


def test_a_form_that_came_too_late() -> None:
    response = Client(enforce_csrf_checks=True).post("/dang-nhap", {"username": "lan"})
    assert response.status_code == 403
    assert "Biểu mẫu này đã hết hiệu lực, chưa có gì được ghi" in words(response)


def test_a_fault_of_the_software_is_told_without_the_database(
    client: Client, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.ROOT_URLCONF = BREAKING
    with django_assert_num_queries(0):
        response = Client(raise_request_exception=False).get("/loi")
    page = words(response)
    assert response.status_code == 500
    assert "Trang này gặp lỗi của phần mềm" in page
    assert "This page met a fault of the software" in page
    assert "ZeroDivisionError" not in page
    assert client.get("/loi").status_code == 500


def test_a_database_away_says_when_to_come_back(client: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = BREAKING
    response = client.get("/mat-ket-noi")
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "Những gì đã lưu vẫn nguyên" in words(response)
    assert "Out of service for a moment" in words(response)


def test_a_full_disk_says_that_nothing_was_stored(client: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = BREAKING
    response = client.get("/dia-day")
    assert response.status_code == 507
    assert "Đĩa của máy chủ đã đầy" in words(response)
    assert "The disk of the server is full" in words(response)


def test_the_page_of_a_fault_comes_without_a_manifest(settings: Any) -> None:
    settings.ROOT_URLCONF = BREAKING
    manifest = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": manifest}}
    response = Client(raise_request_exception=False).get("/loi")
    assert response.status_code == 500
    assert "Trang này gặp lỗi" in words(response)


def test_the_gallery_is_for_development_only(client: Client, settings: Any) -> None:
    assert client.get("/ui/mau").status_code == 404
    settings.DEBUG = True
    assert "Các thành phần của trang" in words(client.get("/ui/mau"))
