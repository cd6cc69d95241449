"""Pages of the law as administrators and planners meet them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.accounts.conftest import Country, country

from vandong.accounts.models import Grant, User
from vandong.documents.models import LocalSupport
from vandong.documents.queries.local_supports import local_supports
from vandong.law import law_book

__all__ = ["country"]
pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 1, tzinfo=UTC)


def signed_in(username: str, role: str) -> Client:
    user = User.objects.create(username=username, full_name=f"Người {username}")
    Grant.objects.create(user=user, role=role, granted_at=AT)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def planner(db: None) -> Client:
    return signed_in("ke", "planner")


@pytest.fixture
def second(db: None) -> Client:
    return signed_in("hai", "planner")


def page(client: Client, address: str, status: int = 200, **more: Any) -> str:
    response = client.get(address, **more)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def test_the_list_shows_the_values_of_the_chosen_day(planner: Client) -> None:
    before = page(planner, "/phap-ly/?ngay=2026-12-31&tim=poverty_line_rural")
    after = page(planner, "/phap-ly/?ngay=01/01/2027&tim=poverty_line_rural")
    assert "1.500.000 đ" in before
    assert "từ 01/01/2022 đến 31/12/2026" in before
    assert "2.200.000 đ" in after
    assert "Chưa xác minh" in after


def test_search_needs_no_diacritics_and_reads_sources(planner: Client) -> None:
    assert "poverty_line_rural" in page(planner, "/phap-ly/?tim=chuan+ngheo")
    found = page(planner, "/phap-ly/?tim=nghi+dinh+159")
    assert "Nghị định 159/2025/NĐ-CP" in found
    assert "base_salary" not in found
    assert "Không có tham số nào khớp với “zzzz”" in page(planner, "/phap-ly/?tim=zzzz")


def test_what_needs_eyes_and_what_cannot_be_worked_out(planner: Client) -> None:
    soon = page(planner, "/phap-ly/?ngay=2026-11-22&xem=can-xem")
    assert "Cần xem từ 22/11/2026 đến 22/11/2027" in soon
    assert "Chưa có giá trị" in soon
    assert "Đổi giá trị" in soon
    missing = page(planner, "/phap-ly/?ngay=2027-06-01&xem=khong-tinh-duoc")
    assert "/phap-ly/tham-so/monthly_interest_rate/" in missing
    assert "/phap-ly/tham-so/base_salary/" not in missing
    unsure = page(planner, "/phap-ly/?ngay=2027-06-01&xem=chua-xac-minh")
    assert "/phap-ly/tham-so/poverty_line_rural/" in unsure


def test_a_bad_day_is_said_and_the_page_still_shows(planner: Client) -> None:
    assert "Không đọc được ngày “31/02/2026”" in page(planner, "/phap-ly/?ngay=31/02/2026")
    page(planner, "/phap-ly/?ngay=0001-01-01&xem=can-xem")
    page(planner, "/phap-ly/?ngay=9999-12-31&xem=can-xem")


def test_htmx_gets_the_rows_only(planner: Client) -> None:
    part = page(planner, "/phap-ly/?tim=chuan+ngheo", HTTP_HX_REQUEST="true")
    assert "<html" not in part
    assert "poverty_line_rural" in part


def test_a_parameter_tells_its_whole_history(planner: Client) -> None:
    said = page(planner, "/phap-ly/tham-so/poverty_line_rural/?ngay=2026-12-31")
    for text in (
        "700.000 đ",
        "1.500.000 đ",
        "2.200.000 đ",
        "Áp dụng ngày 31/12/2026",
    ):
        assert text in said
    assert said.index("2.200.000") < said.index("1.500.000")
    page(planner, "/phap-ly/tham-so/nope/", status=404)


def test_files_hold_every_value(planner: Client, tmp_path: Any) -> None:
    lines = planner.get("/phap-ly/tham-so.csv").content.decode("utf-8-sig").splitlines()
    entries = sum(
        max(1, len(entry.rows)) for one in law_book().parameters.values() for entry in one.entries
    )
    assert len(lines) == entries + 1
    kept = tmp_path / "law.xlsx"
    kept.write_bytes(planner.get("/phap-ly/tham-so.xlsx").content)
    assert load_workbook(kept).active.max_row > entries


def test_english_pages_are_english(planner: Client) -> None:
    planner.cookies["vandong_language"] = "en"
    User.objects.filter(username="ke").update(language="en")
    said = page(planner, "/phap-ly/?ngay=2026-12-31&tim=poverty_line_rural")
    assert "Parameters of the law" in said
    assert "from 01/01/2022 to 31/12/2026" in said


def form_of(country: Country, **changed: str) -> dict[str, str]:
    return {
        "unit": str(country["new_ninh"].pk),
        "scheme": "bhxh_tn",
        "group": "other",
        "rate": "20",
        "amount": "",
        "valid_from": "01/01/2026",
        "valid_until": "31/12/2026",
        "document_number": "Nghị quyết 12/2025/NQ-HĐND",
        "article": "Điều 3",
        "signed_on": "10/12/2025",
        "confidence": "official",
    } | changed


def test_proposed_by_one_and_approved_by_another(
    planner: Client, second: Client, country: Country
) -> None:
    answer = planner.post("/phap-ly/nghi-quyet/moi/", form_of(country))
    row = LocalSupport.objects.get()
    assert answer.headers["Location"] == f"/phap-ly/nghi-quyet/{row.pk}/"
    assert (str(row.rate), row.valid_until) == ("0.20000", date(2027, 1, 1))
    own = page(planner, answer.headers["Location"])
    assert "Bạn là người đề xuất" in own
    assert 'value="1">Duyệt' not in own
    assert 'value="1">Duyệt' in page(second, answer.headers["Location"])
    decide = f"/phap-ly/nghi-quyet/{row.pk}/duyet/"
    planner.post(decide, {"approved": "1", "version": "1"})
    row.refresh_from_db()
    assert row.state == "proposed"
    second.post(decide, {"approved": "1", "version": "1"})
    province = country["new_ninh"]
    assert local_supports(province, "bhxh_tn", date(2026, 12, 31)) == (row,)
    assert local_supports(province, "bhxh_tn", date(2027, 1, 1)) == ()
    listed = page(planner, "/phap-ly/nghi-quyet/")
    assert "20%" in listed
    assert "từ 01/01/2026 đến 31/12/2026" in listed


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rate": "", "amount": ""}, "Ghi tỷ lệ hoặc số tiền"),
        ({"rate": "hai mươi"}, "hai mươi"),
        ({"rate": "200"}, "không quá 100%"),
        ({"rate": "", "amount": "-5"}, "-5"),
        ({"valid_from": "31/02/2026"}, "31/02/2026"),
        ({"valid_until": "31/12/2025"}, "Ngày hết áp dụng phải sau"),
        ({"document_number": ""}, "Chưa có số nghị quyết"),
        ({"confidence": "unverified"}, "cần người kiểm tra"),
        ({"unit": ""}, "Chưa có: Tỉnh, thành phố"),
    ],
)
def test_bad_input_is_said_and_everything_else_kept(
    planner: Client, country: Country, changed: dict[str, str], said: str
) -> None:
    answer = planner.post("/phap-ly/nghi-quyet/moi/", form_of(country, **changed))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text
    assert "10/12/2025" in text
    assert not LocalSupport.objects.exists()


def test_a_replacement_begins_with_what_stands(
    planner: Client, second: Client, country: Country
) -> None:
    planner.post("/phap-ly/nghi-quyet/moi/", form_of(country, valid_until=""))
    row = LocalSupport.objects.get()
    second.post(f"/phap-ly/nghi-quyet/{row.pk}/duyet/", {"approved": "1", "version": "1"})
    form = page(planner, f"/phap-ly/nghi-quyet/moi/?thay={row.pk}")
    assert 'value="20"' in form
    assert 'value="01/01/2026"' in form
    planner.post(
        f"/phap-ly/nghi-quyet/moi/?thay={row.pk}", form_of(country, valid_until="30/06/2026")
    )
    new = LocalSupport.objects.latest("pk")
    assert new.replaces_id == row.pk
    second.post(f"/phap-ly/nghi-quyet/{new.pk}/duyet/", {"approved": "1", "version": "1"})
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_withdrawing_asks_for_a_reason(planner: Client, country: Country) -> None:
    planner.post("/phap-ly/nghi-quyet/moi/", form_of(country))
    row = LocalSupport.objects.get()
    address = f"/phap-ly/nghi-quyet/{row.pk}/rut/"
    said = planner.post(address, {"version": "1", "reason": ""}, follow=True).content.decode()
    assert "Ghi lý do rút." in said
    planner.post(address, {"version": "1", "reason": "Nhập nhầm tỉnh"})
    row.refresh_from_db()
    assert row.state == "withdrawn"
