"""A file through the site: sent, checked, looked at, taken over or given up, taken back."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.figures.factories import make_unit, set_target

from vandong.accounts.models import Grant, User
from vandong.accounts.queries.scope import Actor, GrantLine
from vandong.documents.models import Batch, BatchState
from vandong.figures.models import Observation, Target
from vandong.jobs.models import Job
from vandong.places.models import Unit
from vandong.planning.checking_uploads import check_upload
from vandong.planning.uploads import store_upload
from vandong.sheets import open_table

AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
HEAD = "unit,as_of,scheme,measure,value"
GOOD = "24,2023-05-31,bhxh_tn,stock,44.134"
FORMULA = "=HYPERLINK(1),2023-05-31,bhxh_tn,stock,5"


@pytest.fixture
def officer(db, tmp_path, settings):
    backend = "django.core.files.storage.FileSystemStorage"
    default = {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    unit = make_unit(valid_until="2025-07-01")
    make_unit("Tỉnh Khác", "31")
    user = User.objects.create(username="lan", full_name="Lan")
    Grant.objects.create(user=user, role="officer", unit=unit, granted_at=AT)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.actor = Actor(user.pk, "Lan", grants=(GrantLine("officer", unit_id=unit.pk),))
    return client


def send(client: Client, *rows: str, name: str = "so.csv", content: bytes | None = None) -> Batch:
    body = "\n".join([HEAD, *rows]).encode() if content is None else content
    response = client.post("/so-lieu/nap/", {"file": SimpleUploadedFile(name, body)})
    assert response.status_code == 302, response.content.decode()
    batch = Batch.objects.latest("created_at")
    assert "Đang kiểm tra tệp" in text(client.get(f"/so-lieu/{batch.pk}/"))
    check_upload(actor=client.actor, batch_id=batch.pk, at=AT)
    batch.refresh_from_db()
    return batch


def text(response: HttpResponse) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def store(client: Client, batch_id: UUID) -> None:
    """The work of the job that `accept` put in the queue."""
    job = Job.objects.filter(task="figures.store").latest("created_at")
    good = job.arguments["accept_good"]
    store_upload(actor=client.actor, batch_id=batch_id, accept_good=good, at=AT)


def test_previewed_taken_over_once_and_taken_back(officer):
    batch = send(officer, GOOD)
    page = f"/so-lieu/{batch.pk}/"
    shown = text(officer.get(page))
    assert "1 dòng sẵn sàng, chưa ghi gì" in shown
    assert "44.134" in shown
    assert not Observation.objects.exists()
    for _ in range(2):
        officer.post(f"{page}nhan/")
    assert Job.objects.filter(task="figures.store").count() == 1
    store(officer, batch.pk)
    assert Observation.objects.get(live=True).value == 44134
    assert "Đã nhận 1 trong 1 dòng" in text(officer.get(page))
    assert "Hoàn tác sẽ bỏ 1 dòng" in text(officer.get(f"{page}hoan-tac/"))
    assert Observation.objects.filter(live=True).exists()
    for _ in range(2):
        officer.post(f"{page}hoan-tac/")
    assert not Observation.objects.filter(live=True).exists()
    assert "Đã hoàn tác" in text(officer.get(page))


def test_all_problems_shown_and_bad_rows_come_back_as_text(officer):
    batch = send(officer, GOOD, FORMULA, "31,2023-05-31,bhxh_tn,stock,7", "24,hôm qua,x,stock,y")
    page = f"/so-lieu/{batch.pk}/"
    shown = text(officer.get(page))
    assert "nằm ngoài địa bàn" in shown
    assert "Nhận tất cả" not in shown
    assert {one.row for one in batch.found_problems.filter(is_note=False)} == {3, 4, 5}
    response = officer.get(f"{page}dong-can-sua.xlsx")
    rows = list(open_table(response.content, "dong-sai.xlsx").rows())
    assert [row.cells[4] for row in rows] == ["5", "7", "y"]
    assert rows[0].cells[0] == "=HYPERLINK(1)"
    assert all(row.cells[5] for row in rows)
    officer.post(f"{page}nhan/")
    assert not Job.objects.filter(task="figures.store").exists()
    officer.post(f"{page}nhan/", {"nhan": "dong-tot"})
    store(officer, batch.pk)
    assert Observation.objects.get().value == 44134


def test_given_up_stores_nothing_and_keeps_the_file(officer):
    batch = send(officer, GOOD)
    officer.post(f"/so-lieu/{batch.pk}/bo/")
    officer.post(f"/so-lieu/{batch.pk}/nhan/")
    batch.refresh_from_db()
    assert batch.state == BatchState.REFUSED
    assert batch.source_file is not None
    assert not Observation.objects.exists()
    assert "so.csv" in text(officer.get("/so-lieu/"))


def test_a_file_of_another_kind_is_named(officer):
    batch = send(officer, name="anh.pdf", content=b"%PDF-1.7 nothing here")
    assert batch.found_problems.count() == 1
    assert "Lỗi" in text(officer.get(f"/so-lieu/{batch.pk}/"))


def test_an_empty_form_and_an_empty_file_say_what_to_do(officer):
    response = officer.post("/so-lieu/nap/", {})
    assert response.status_code == 422
    assert "Chưa chọn tệp" in response.content.decode()
    file = SimpleUploadedFile("so.csv", b"")
    response = officer.post("/so-lieu/nap/", {"file": file})
    assert "so.csv" in response.content.decode()
    assert not Batch.objects.exists()


def test_300_megabytes_are_refused_unread(officer):
    response = officer.post("/so-lieu/nap/", CONTENT_LENGTH=str(300 << 20))
    assert response.status_code == 413
    assert "200 MB" in response.content.decode()
    assert not Batch.objects.exists()


def test_a_wide_table_is_asked_once_and_remembered(officer):
    table = "Đơn vị,BHXH tự nguyện\nTỉnh Bắc Giang,44134\n".encode()
    batch = send(officer, content=table, name="rong.csv")
    assert batch.state == BatchState.MAPPING
    page = f"/so-lieu/{batch.pk}/ghep-cot/"
    assert officer.get(f"/so-lieu/{batch.pk}/").url == page
    wrong = officer.post(page, {"name": "Bảng", "as_of": "hôm qua"})
    assert wrong.status_code == 422
    given = {
        "name": "Bảng tháng",
        "as_of": "31/05/2023",
        "meaning-0": "unit",
        "meaning-1": "stock",
        "scheme-1": "bhxh_tn",
    }
    assert officer.post(page, given).status_code == 302
    check_upload(actor=officer.actor, batch_id=batch.pk, at=AT)
    assert "1 số liệu sẵn sàng" in text(officer.get(f"/so-lieu/{batch.pk}/"))
    again = send(officer, content=table + b"\n", name="rong2.csv")
    assert "Bảng tháng" in text(officer.get(f"/so-lieu/{again.pk}/ghep-cot/"))


def test_plans_empty(officer):
    assert "Chưa có chỉ tiêu nào" in text(officer.get("/ke-hoach/"))


def test_signs_that_no_text_has_find_nothing(officer):
    for name in ("don-vi", "chu", "loai-hinh", "ngay"):
        assert officer.get("/ke-hoach/", {name: "\0"}).status_code == 200


def test_a_file_that_is_no_table_is_called_so(officer):
    batch = send(officer, name="so.xlsx", content=b"%PDF-1.4")
    assert "Không nhận được tệp này, chưa ghi gì" in text(officer.get(f"/so-lieu/{batch.pk}/"))


def test_a_target_wears_the_word_of_its_exactness(officer):
    target = set_target(Unit.objects.get(code="24"), 52_000)
    Target.objects.filter(pk=target.pk).update(exactness="over")
    assert "hơn 52.000" in text(officer.get("/ke-hoach/"))
    assert "hơn 52.000" in text(officer.get(f"/ke-hoach/chi-tieu/{target.pk}/"))
