"""A working day at the board with the demo's figures: read, explained, searched, drilled, sent on, saved."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.conftest import DESK, PHONE, served

from vandong.accounts.queries.scope import Actor
from vandong.administration.demo_people import DEMO_PASSWORD
from vandong.planning.demo.loading import load_demo

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
AT = datetime(2026, 11, 1, 8, tzinfo=UTC)
HOAN_KIEM = "Phường Hoàn Kiếm"
Reader = Callable[..., Page]


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[str]:
    """The address of a site with the whole demo, loaded once for these tests and cleared after them.

    The tests themselves write nothing but through the site, which commits in its own thread.
    """
    default = settings.STORAGES["default"] | {
        "OPTIONS": {"location": tmp_path_factory.mktemp("kept")}
    }
    storages = settings.STORAGES | {"default": default}
    with django_db_blocker.unblock(), override_settings(STORAGES=storages):
        assert connection.settings_dict["NAME"].startswith("test_"), (
            "what is cleared is made for tests"
        )
        load_demo(actor=Actor.system("demo"), at=AT, is_demo=True, people=0)
        with served() as server:
            yield server.url
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def planner(site: str, browser: Browser) -> Iterator[Reader]:
    """The demo's planner, who has just signed in by hand, in a browser as asked (`viewport` …)."""
    opened = []

    def sign_in(**given: Any) -> Page:
        given = {"viewport": DESK, "reduced_motion": "reduce", "locale": "en-US"} | given
        context = browser.new_context(base_url=site, **given)
        opened.append(context)
        tab = context.new_page()
        tab.goto("/tong-quan")
        tab.get_by_label("Tên đăng nhập").fill("kehoach")
        tab.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
        tab.keyboard.press("Enter")
        expect(tab).to_have_url(re.compile(r"/tong-quan$"))
        return tab

    yield sign_in
    for context in opened:
        context.close()


def open_bac_giang(tab: Page) -> None:
    """As one finds it: by searching a unit of that day."""
    tab.goto("/don-vi/?ngay=31/05/2023&tim=tinh bac giang")
    tab.get_by_role("link", name="Tỉnh Bắc Giang", exact=True).first.click()
    tab.get_by_role("link", name="Xem tổng quan").click()


def row_of(tab: Page, name: str) -> Locator:
    """The line of a unit in the table."""
    return tab.locator("#units tbody tr").filter(has=tab.get_by_role("link", name=name, exact=True))


def test_the_heading_is_the_finding_and_its_figure_opens(planner: Reader) -> None:
    tab = planner()
    open_bac_giang(tab)
    expect(tab.locator("h1")).to_have_text("Đạt 84,65% kế hoạch, còn 8.005 người trong 5 tháng")
    tab.get_by_role("link", name="8.005", exact=True).first.click()
    dialog = tab.get_by_role("dialog")
    for words in ("52.139", "44.134", "31/05/2023", "31/10/2023", "2966/UBND-KGVX"):
        expect(dialog).to_contain_text(words)
    expect(dialog).to_contain_text(re.compile("Kế hoạch.*−|trừ", re.DOTALL))
    dialog.get_by_role("button", name="Đóng").click()
    expect(tab.get_by_role("dialog")).to_have_count(0)


def test_units_are_found_ordered_and_drilled(planner: Reader) -> None:
    tab = planner()
    expect(tab.locator("h1")).to_contain_text("98,88%")
    tab.get_by_label("Tìm đơn vị", exact=True).last.fill("hoan kiem")
    expect(tab.locator("#units tbody tr")).to_have_count(1)
    expect(row_of(tab, HOAN_KIEM)).to_be_visible()
    tab.get_by_label("Tìm đơn vị", exact=True).last.fill("")
    expect(tab.locator("#units tbody tr")).to_have_count(30)
    tab.locator("#units thead").get_by_role("link", name="Đang tham gia").click()
    expect(tab).to_have_url(re.compile("sap-xep=dang-tham-gia"))
    stocks = [
        as_count(text) for text in tab.locator("#units tbody td:nth-child(2)").all_inner_texts()
    ]
    assert stocks == sorted(stocks, reverse=True)
    assert len(set(stocks)) > 5
    tab.go_back()
    expect(tab.locator("#units thead [aria-current]")).to_contain_text("Mức")
    row_of(tab, HOAN_KIEM).get_by_role("link", name=HOAN_KIEM).click()
    expect(tab.locator("nav.board-place")).to_contain_text(HOAN_KIEM)
    expect(tab.locator("h1")).to_contain_text("Đạt 91,67% kế hoạch, còn 81 người")


def test_the_way_through_the_areas_of_the_agency(planner: Reader) -> None:
    tab = planner()
    tab.get_by_role("link", name="Theo BHXH cơ sở").click()
    expect(tab.locator("#units tbody tr")).to_have_count(9)
    tab.locator("#units tbody").get_by_role("link", name="BHXH cơ sở Ba Đình (mẫu)").click()
    expect(tab.locator("nav.board-place")).to_contain_text("Thành phố Hà Nội › BHXH cơ sở Ba Đình")
    expect(tab.locator("#units tbody tr")).to_have_count(14)
    row_of(tab, HOAN_KIEM).get_by_role("link", name=HOAN_KIEM).click()
    expect(tab.locator("h1")).to_contain_text("Đạt 91,67% kế hoạch, còn 81 người")


def test_another_day_shows_that_day(planner: Reader) -> None:
    tab = planner()
    day = tab.locator("#den")
    day.fill("30.6.2026")
    tab.get_by_role("button", name="Xem", exact=True).click()
    expect(tab.locator("#den")).to_have_value("30/06/2026")
    expect(tab.locator("main")).to_contain_text("Số liệu ngày 30/06/2026")
    day.fill("31/02/2026")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("alert")).to_contain_text("Không đọc được ngày “31/02/2026”")
    expect(tab.locator("h1")).to_contain_text("98,88%")


def test_the_table_says_what_the_map_shows(planner: Reader) -> None:
    tab = planner()
    tab.get_by_role("link", name="Xem cả 126 đơn vị").click()
    expect(tab.locator("#units tbody tr")).to_have_count(126)
    names = tab.locator("#units tbody th").all_inner_texts()
    shares = tab.locator("#units tbody td:nth-child(5)").all_inner_texts()
    tiles = [tile.get_attribute("aria-label") or "" for tile in tab.locator("a.tile").all()]
    assert len(tiles) == 126
    told = dict(re.fullmatch(r"(.+?): ([\d.,]+)%.*", tile).groups() for tile in tiles)  # type: ignore[union-attr, misc]
    assert told == dict(zip(names, shares, strict=True))


def test_sent_on_as_text_and_saved_as_files(planner: Reader, tmp_path: Path) -> None:
    tab = planner(permissions=["clipboard-read", "clipboard-write"], accept_downloads=True)
    tab.get_by_text("Gửi bảng này qua tin nhắn").click()
    tab.get_by_role("button", name="Chép chữ").click()
    expect(tab.locator(".board-share [role=status]")).to_have_text("Đã chép")
    text = tab.evaluate("() => navigator.clipboard.readText()")
    for words in ("Thành phố Hà Nội", "31/10/2026", "98,88%", "1.664", "Dữ liệu mẫu"):
        assert words.casefold() in text.casefold()
    shown = [part.strip() for part in row_of(tab, HOAN_KIEM).locator("td.num").all_inner_texts()]
    assert shown[:2] == ["891", "972"]

    book = openpyxl.load_workbook(saved(tab, "Tải Excel", tmp_path))
    lines = [row for row in book.worksheets[0].iter_rows(values_only=True) if HOAN_KIEM in row]
    assert [lines[0][2], lines[0][3]] == [891, 972]
    assert lines[0][4] == pytest.approx(891 / 972)

    rows = list(csv.reader(io.StringIO(saved(tab, "CSV", tmp_path).read_text("utf-8-sig"))))
    line = next(row for row in rows if HOAN_KIEM in row)
    assert line[2:4] == ["891", "972"]
    assert any("ữ liệu mẫu" in cell.casefold() for row in rows for cell in row)


def test_by_keyboard_alone_on_a_phone_too(planner: Reader) -> None:
    tab = planner(viewport=PHONE)
    walk_to(tab, "a.explain")
    opened = tab.evaluate("() => document.activeElement.getAttribute('href')")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("dialog")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_have_count(0)
    assert tab.evaluate("() => document.activeElement.getAttribute('href')") == opened
    walk_to(tab, "a.tile")
    name = tab.evaluate("() => document.activeElement.getAttribute('aria-label')").split(":")[0]
    tab.keyboard.press("Enter")
    expect(tab.locator("nav.board-place")).to_contain_text(name)


def walk_to(tab: Page, wanted: str) -> None:
    """Tab until something of that kind has the focus."""
    for _ in range(80):
        tab.keyboard.press("Tab")
        if tab.evaluate("(kind) => document.activeElement.matches(kind)", wanted):
            return
    pytest.fail(f"80 times Tab do not reach {wanted}")


def saved(tab: Page, words: str, folder: Path) -> Path:
    """The file behind a link, as the browser keeps it."""
    with tab.expect_download() as waiting:
        tab.get_by_role("link", name=words, exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def as_count(text: str) -> int:
    """1.372 → 1372."""
    return int(text.strip().replace(".", ""))
