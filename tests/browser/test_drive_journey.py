"""The whole path on a phone: a list goes in, a worklist is made and given out, somebody agrees in two taps, the
receipts arrive, the word is proven, and board and funnel move."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect
from tests.browser.conftest import PHONE, SignedIn
from tests.browser.world import PEOPLE

import vandong.console.handlers.lists
import vandong.console.handlers.register_figures  # noqa: F401 the handlers of what follows a list
from vandong.console.tasks import run_job
from vandong.contacts.models import Claim
from vandong.figures.models import Observation
from vandong.jobs.models import Job, JobState
from vandong.places.models import Unit

pytestmark = pytest.mark.browser
NAME = "Vi Thị Nhàn"
PLACE = "Xã Tam Tiến"


def written(folder: Path, name: str, rows: list[tuple[object, ...]]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    path = folder / name
    book.save(path)
    return path


def work_through() -> None:
    """What the worker would do with every job that waits, and with those that follow."""
    while waiting := list(Job.objects.filter(state=JobState.WAITING, task__in=TASKS)):
        for job in waiting:
            run_job.func(SimpleNamespace(should_abort=lambda: False), str(job.pk))


TASKS = ("lists.check", "lists.store", "claims.settle", "figures.register")


def send_list(tab: Page, path: Path, kind: str) -> None:
    tab.goto("/nguoi-dan/danh-sach")
    tab.get_by_role("link", name="Gửi danh sách").first.click()
    tab.get_by_label("Tệp danh sách").set_input_files(path)
    tab.get_by_label("Danh sách về").select_option(kind)
    tab.get_by_label("Của đơn vị").select_option(label=PLACE)
    tab.get_by_role("button", name="Gửi và kiểm tra").click()
    tab.wait_for_load_state()
    work_through()
    tab.reload()
    tab.get_by_role("button", name="Nhận").first.click()
    tab.wait_for_load_state()
    work_through()


def cards(folder: Path) -> Path:
    today = localdate()
    heads = ("TT", "Mã hộ", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Điện thoại")
    person = (1, "HGD7001", NAME, "14/02/1988", "Nữ", "024188001234", "0977123456")
    since, until = today - timedelta(days=100), today + timedelta(days=200)
    span = (f"{since:%d/%m/%Y}", f"{until:%d/%m/%Y}")
    return written(folder, "the.xlsx", [(*heads, "Từ ngày", "Đến ngày"), (*person, *span)])


def receipts(folder: Path) -> Path:
    today = localdate()
    heads = ("TT", "Họ và tên", "Số CCCD", "Ngày biên lai", "Số biên lai", "Mức thu nhập")
    more = (
        "Số tháng",
        "Từ tháng, năm",
        "Số tiền phải đóng",
        "Người tham gia đóng",
        "Tiền NSNN hỗ trợ",
    )
    person = (1, NAME, "024188001234", f"{today:%d/%m/%Y}", "0000777", "1.500.000")
    paid = ("3", f"{today:%m/%Y}", "990.000", "792.000", "198.000")
    return written(folder, "d05.xlsx", [(*heads, *more), (*person, *paid)])


def joined() -> int:
    unit = Unit.objects.get(name=PLACE)
    rows = Observation.objects.filter(
        live=True, unit=unit, scheme="bhxh_tn", measure="first_time", organisation=None, channel=""
    )
    return sum(rows.values_list("value", flat=True))


def test_from_a_list_to_a_proven_result(signed_in: SignedIn, tmp_path: Path) -> None:
    office = signed_in("officer", viewport=PHONE)
    send_list(office, cards(tmp_path), "bhyt_hgd")

    office.goto("/van-dong/danh-sach/moi?nhom=household_card")
    office.get_by_label("Nơi").select_option(label=PLACE)
    office.get_by_label("Tên danh sách").fill("Hộ có thẻ, đợt này")
    office.get_by_role("button", name="Lập danh sách").click()
    expect(office.get_by_role("heading", level=1)).to_contain_text("còn 1 trong 1 người")
    office.get_by_role("link", name="Giao người").click()
    office.get_by_label(PEOPLE["collector"]).check()
    office.get_by_role("button", name="Giao", exact=True).click()
    expect(office.get_by_text("Đã giao").first).to_be_visible()

    collector = signed_in("collector", viewport=PHONE)
    collector.goto("/van-dong/hom-nay")
    collector.get_by_role("link", name=NAME).click()
    expect(
        collector.get_by_text("792.000").or_(collector.get_by_text("264.000")).first
    ).to_be_visible()
    taps = 0
    for button in ("Đồng ý tham gia",):
        collector.get_by_role("button", name=button).click()
        taps += 1
    expect(collector.get_by_text("Đã ghi:")).to_be_visible()
    assert taps <= 2
    claim = Claim.objects.get(person__full_name=NAME)
    assert (claim.state, joined()) == ("claimed", 0)

    send_list(office, receipts(tmp_path), "d05")
    claim.refresh_from_db()
    assert claim.state == "confirmed"
    office.goto("/van-dong/ket-qua?theo=worklist")
    row = office.get_by_role("row").filter(has_text="Hộ có thẻ, đợt này")
    expect(row).to_contain_text("100,00%")
    assert joined() == 1
    office.goto(f"/tong-quan?don-vi={Unit.objects.get(name=PLACE).pk}&ngay={localdate():%Y-%m-%d}")
    expect(office.locator("main")).to_contain_text("Đã tiếp cận")
