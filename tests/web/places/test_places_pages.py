"""Pages of places as people of each role meet them, on both sides of 01/07/2025."""

from datetime import UTC, date, datetime

import pytest

from vandong.accounts.models import Grant, User
from vandong.audit.models import AuditEvent
from vandong.places.models import UnitSet
from vandong.places.queries import find_unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("official_units")]
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def signed_in(client, role):
    user = User.objects.create(username=f"nguoi-{role}")
    Grant.objects.create(user=user, role=role, granted_at=datetime(2026, 1, 1, tzinfo=UTC))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def planner(client):
    return signed_in(client, "planner")


def page(client, address, status=200, **more):
    response = client.get(address, **more)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def test_a_stranger_is_sent_to_sign_in(client):
    for address in ("/don-vi/", "/don-vi/1/", "/bo-don-vi/", "/bo-don-vi/moi/"):
        response = client.get(address)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/dang-nhap")


@pytest.mark.parametrize(
    "role", ["administrator", "planner", "officer", "collector", "collaborator", "observer"]
)
def test_all_who_sign_in_see_places(client, role):
    signed_in(client, role)
    assert "Thành phố Hà Nội" in page(client, "/don-vi/?ngay=2026-01-01")
    unit = find_unit("01", AFTER)
    assert "126 đơn vị trực thuộc" in page(client, f"/don-vi/{unit.id}/?ngay=2026-01-01")
    page(client, "/bo-don-vi/")


def test_an_empty_search_shows_the_provinces_of_the_day(planner):
    assert "63 tỉnh, thành phố ngày 30/06/2025" in page(planner, "/don-vi/?ngay=2025-06-30")
    assert "34 tỉnh, thành phố ngày 01/07/2025" in page(planner, "/don-vi/?ngay=2025-07-01")


def test_search_as_one_types_answers_with_the_results_only(planner):
    whole = page(planner, "/don-vi/?tim=xuan+mai&ngay=2026-01-01")
    part = page(planner, "/don-vi/?tim=xuan+mai&ngay=2026-01-01", HTTP_HX_REQUEST="true")
    assert "<html" in whole
    assert "<html" not in part
    assert part in whole
    assert "Nay là hoặc thuộc: Xã Xuân Mai." in part


def test_nothing_found_too_many_and_a_bad_day_are_said(planner):
    assert "Không tìm thấy đơn vị nào tên “zzzz”" in page(planner, "/don-vi/?tim=zzzz")
    assert "Có nhiều kết quả hơn" in page(planner, "/don-vi/?tim=tan")
    assert "Không đọc được ngày “31/02/2025”" in page(planner, "/don-vi/?ngay=31/02/2025")


def test_what_is_typed_is_never_markup(planner):
    assert "<script>x" not in page(planner, "/don-vi/?tim=<script>x")


def test_ha_noi_tells_its_districts_then_its_communes_and_the_split(planner):
    unit = find_unit("01", AFTER)
    before = page(planner, f"/don-vi/{unit.id}/?ngay=2025-06-30")
    after = page(planner, f"/don-vi/{unit.id}/?ngay=2025-07-01")
    assert "30 đơn vị trực thuộc" in before
    assert "126 đơn vị trực thuộc" in after
    assert "199 trong 526 xã, phường, thị trấn cũ được chia" in after


def test_a_unit_of_another_day_says_so_and_names_what_came_after(planner):
    unit = find_unit("24", BEFORE)
    text = page(planner, f"/don-vi/{unit.id}/?ngay=2026-01-01")
    assert (
        "Đơn vị này không có vào ngày 01/01/2026. Trang cho thấy đơn vị như ngày 30/06/2025."
        in text
    )
    assert "Tỉnh Bắc Ninh" in text
    assert "bỏ sót 3 đơn vị cũ" in text
    assert "không có vào ngày" not in page(planner, f"/don-vi/{unit.id}/?ngay=2025-06-30")


def test_a_district_leads_to_the_communes_of_today(planner):
    unit = find_unit("277", BEFORE)
    text = page(planner, f"/don-vi/{unit.id}/?ngay=2026-01-01")
    assert "Địa bàn này nay thuộc" in text
    assert "Xã Xuân Mai" in text


def test_a_commune_shows_where_its_people_came_from(planner):
    unit = find_unit("00562", AFTER)
    text = page(planner, f"/don-vi/{unit.id}/?ngay=2026-01-01")
    assert "Nhập một phần diện tích, toàn bộ dân số" in text
    assert "Huyện Gia Lâm, Thành phố Hà Nội" in text


def test_children_are_sorted_as_asked(planner):
    unit = find_unit("01", AFTER)
    address = f"/don-vi/{unit.id}/?ngay=2026-01-01&sap-xep=dien-tich"
    smallest = page(planner, address)
    largest = page(planner, f"{address}&nguoc=1")
    assert 'aria-sort="ascending"' in smallest
    assert 'aria-sort="descending"' in largest
    first, last = "Phường Cửa Nam", "Xã Ba Vì"
    assert smallest.index(first) < smallest.index(last)
    assert largest.index(last) < largest.index(first)


def test_a_unit_that_is_not_there(planner):
    page(planner, "/don-vi/999999999/", status=404)
    page(planner, "/bo-don-vi/999999999/", status=404)


@pytest.mark.parametrize("code", ["01", "00541"])
def test_a_unit_page_asks_as_often_for_one_row_as_for_many(
    planner, code, django_assert_max_num_queries
):
    unit = find_unit(code, AFTER)
    with django_assert_max_num_queries(20):
        page(planner, f"/don-vi/{unit.id}/?ngay=2026-01-01")


GOOD = {"name": "30 xã điểm", "on": "01/11/2021", "units": "277\nXã Phú Cường, Huyện Sóc Sơn"}


def test_a_set_is_made_changed_and_taken_away(planner):
    made = planner.post("/bo-don-vi/moi/", GOOD)
    unit_set = UnitSet.objects.get()
    assert made.headers["Location"] == f"/bo-don-vi/{unit_set.pk}/"
    assert "Huyện Chương Mỹ" in page(planner, f"/bo-don-vi/{unit_set.pk}/")
    form = page(planner, f"/bo-don-vi/{unit_set.pk}/sua/")
    assert "Xã Phú Cường, Huyện Sóc Sơn, Thành phố Hà Nội" in form
    planner.post(f"/bo-don-vi/{unit_set.pk}/sua/", GOOD | {"units": "277", "version": "1"})
    assert unit_set.units.count() == 1
    stale = planner.post(f"/bo-don-vi/{unit_set.pk}/sua/", GOOD | {"version": "1"})
    assert stale.status_code == 422
    assert "Người khác vừa sửa" in stale.content.decode()
    planner.post(f"/bo-don-vi/{unit_set.pk}/xoa/", {"version": "2"})
    assert not UnitSet.objects.exists()
    assert AuditEvent.objects.filter(action__startswith="unit_set.").count() == 3


def test_all_bad_lines_are_said_at_once_and_nothing_is_lost(planner):
    bad = planner.post("/bo-don-vi/moi/", GOOD | {"units": "Xã Phú Cường\n277\nkhông có"})
    text = bad.content.decode()
    assert bad.status_code == 422
    assert "Dòng 1: “Xã Phú Cường” là tên của 8 đơn vị" in text
    assert "Dòng 3: Không có đơn vị “không có”" in text
    assert "30 xã điểm" in text
    assert not UnitSet.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"on": "31/02/2021"}, "“31/02/2021” không phải là ngày"),
        ({"units": "\n"}, "id_units"),
        ({"name": ""}, "id_name"),
    ],
)
def test_a_form_refused(planner, change, said):
    bad = planner.post("/bo-don-vi/moi/", GOOD | change)
    assert bad.status_code == 422
    assert said in bad.content.decode()


@pytest.mark.parametrize("role", ["collector", "collaborator", "observer"])
def test_sets_are_changed_only_by_those_who_may(client, role):
    signed_in(client, role)
    assert client.post("/bo-don-vi/moi/", GOOD).status_code == 403
    assert client.get("/bo-don-vi/moi/").status_code == 403
    assert "/bo-don-vi/moi/" not in page(client, "/bo-don-vi/")
    assert not UnitSet.objects.exists()
