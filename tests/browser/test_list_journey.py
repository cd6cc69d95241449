"""A list sent by an office: checked, looked at, taken over, found again, taken back – on a phone."""

from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import PHONE, SignedIn

import vandong.console.handlers.lists  # noqa: F401 the handlers of lists
from vandong.console.tasks import run_job
from vandong.jobs.models import Job, JobState
from vandong.registry.models import Person

pytestmark = pytest.mark.browser
HEADS = (
    *("TT", "Mã hộ\ngia đình", "Họ và tên", "Ngày,\ntháng, năm sinh", "Giới tính"),
    *("Quan hệ với chủ hộ", "Số CCCD/ĐDCN", "Điện thoại", "Từ ngày", "Đến ngày"),
)
ROWS = (
    (
        *(1, "HGD7001", "Vi Thị Nhàn", "14/02/1988", "Nữ", "Chủ hộ", "024188001234"),
        *("0977123456", "01/02/2026", "31/01/2027"),
    ),
    (
        *(2, "HGD7001", "Hoàng Văn Thắng", "1984", "Nam", "Chồng", "024084005678"),
        *("", "01/02/2026", "31/01/2027"),
    ),
    (
        *(3, "HGD7002", "Nông Thị Bích", "31/02/1990", "Nữ", "Chủ hộ", "024190009876"),
        *("", "01/02/2026", "31/01/2027"),
    ),
)


def write_list(folder: Path) -> Path:
    """As offices send it: a title above, heads with line breaks, a day that does not exist."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["DANH SÁCH NGƯỜI THAM GIA BHYT HỘ GIA ĐÌNH"])
    sheet.append([])
    sheet.append(HEADS)
    for row in ROWS:
        sheet.append(row)
    path = folder / "hgd-thang-2.xlsx"
    book.save(path)
    return path


def work_through(tab: Page) -> None:
    """What the worker would do with every job that waits, then the page as it is afterwards."""
    for job in Job.objects.filter(state=JobState.WAITING, task__startswith="lists."):
        run_job.func(SimpleNamespace(should_abort=lambda: False), str(job.pk))
    tab.reload()


def search(tab: Page, text: str) -> None:
    tab.goto("/nguoi-dan")
    tab.get_by_role("searchbox").first.fill(text)
    tab.wait_for_load_state("networkidle")


def test_a_list_goes_in_is_found_and_comes_out(signed_in: SignedIn, tmp_path: Path) -> None:
    tab = signed_in("officer", viewport=PHONE)
    known = Person.objects.count()
    tab.goto("/nguoi-dan/danh-sach")
    tab.get_by_role("link", name="Gửi danh sách").first.click()
    tab.get_by_label("Tệp danh sách").set_input_files(write_list(tmp_path))
    tab.get_by_label("Danh sách về").select_option("bhyt_hgd")
    tab.get_by_label("Của đơn vị").select_option(label="Xã Tam Tiến")
    tab.get_by_role("button", name="Gửi và kiểm tra").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Đang kiểm tra danh sách")

    work_through(tab)
    expect(tab.get_by_role("heading", level=1)).to_contain_text("2 người mới")
    assert Person.objects.count() == known
    with tab.expect_download() as coming:
        tab.get_by_role("link", name="Tải các dòng lỗi").click()
    assert coming.value.suggested_filename.endswith(".xlsx")
    saved = tmp_path / coming.value.suggested_filename
    coming.value.save_as(saved)
    faulty = openpyxl.load_workbook(saved).active
    assert faulty is not None
    told = [[cell.value for cell in row] for row in faulty.iter_rows()]
    assert [row for row in told if "Nông Thị Bích" in row]
    assert not [row for row in told if "Vi Thị Nhàn" in row]
    tab.get_by_role("button", name="Nhận các dòng tốt").click()

    work_through(tab)
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Đã nhận: 2 người mới")
    address = tab.url
    tab.locator("summary", has_text="Ghi căn cứ").click()
    tab.get_by_role("button", name="Ghi căn cứ").click()
    expect(tab.get_by_role("heading", name="Chưa ghi được căn cứ")).to_be_visible()
    tab.get_by_label("Văn bản, điều khoản").fill("Quyết định 12/QĐ-BHXH, Điều 3")
    tab.get_by_role("button", name="Ghi căn cứ").click()
    expect(tab.get_by_text("(Quyết định 12/QĐ-BHXH, Điều 3)")).to_be_visible()
    search(tab, "vi thi nhan")
    expect(tab.get_by_role("link", name="Vi Thị Nhàn")).to_be_visible()
    tab.get_by_role("link", name="Vi Thị Nhàn").click()
    expect(tab.get_by_text("Hoàng Văn Thắng")).to_be_visible()
    expect(tab.get_by_text("024188001234")).to_have_count(0)

    tab.goto(address)
    tab.get_by_role("link", name="Hoàn tác").click()
    tab.get_by_label("Lý do").fill("Gửi nhầm tháng")
    tab.get_by_role("button", name="Hoàn tác").click()
    work_through(tab)
    tab.goto(address)
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Đã hoàn tác danh sách")
    assert Person.objects.count() == known
