"""What the shared script adds: search by a key, menus that close, days from a calendar, copying."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import PHONE, Enter, SignedIn
from tests.browser.world import World

pytestmark = pytest.mark.browser


def test_the_skip_link_is_first_and_leads_to_the_content(signed_in: SignedIn) -> None:
    tab = signed_in("planner")
    tab.goto("/bo-don-vi/")
    tab.keyboard.press("Tab")
    expect(tab.locator(".skip-link")).to_be_focused()
    expect(tab.locator(".skip-link")).to_be_in_viewport()
    tab.keyboard.press("Enter")
    expect(tab.locator("#main")).to_be_focused()


def test_slash_searches_units_and_is_typed_where_one_types(signed_in: SignedIn) -> None:
    tab = signed_in("planner")
    tab.goto("/bo-don-vi/")
    tab.keyboard.press("/")
    expect(tab.locator("#top-search")).to_be_focused()
    tab.keyboard.type("yen/the")
    expect(tab.locator("#top-search")).to_have_value("yen/the")
    tab.locator("#top-search").fill("yen the")
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile(r"/don-vi/\?tim=yen"))


def test_the_phone_menu_holds_everything_and_closes(signed_in: SignedIn) -> None:
    tab = signed_in("planner", viewport=PHONE)
    tab.goto("/don-vi/")
    menu = tab.locator("details.menu-fold")
    menu.locator("summary").click()
    for words in ("Tổng quan", "Báo cáo", "Đổi mật khẩu", "Đăng xuất", "English"):
        expect(menu.get_by_text(words, exact=True)).to_be_visible()
    tab.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    menu.locator("summary").click()
    tab.locator(".page-foot").click()
    expect(menu).not_to_have_attribute("open", "")


def test_the_language_switch_comes_back_to_the_same_page(signed_in: SignedIn) -> None:
    tab = signed_in("planner")
    tab.goto("/don-vi/?tim=zzzz")
    tab.locator(".top-end .language button").click()
    expect(tab).to_have_url(re.compile(r"/don-vi/\?tim=zzzz$"))
    expect(tab.locator("html")).to_have_attribute("lang", "en")


def test_a_day_is_typed_as_it_is_written_and_a_calendar_stands_beside(signed_in: SignedIn) -> None:
    tab = signed_in("planner")
    tab.goto("/don-vi/?ngay=31/05/2023")
    day = tab.locator("#unit-day")
    expect(day).to_have_value("31/05/2023")
    tab.get_by_role("button", name="Chọn ngày trên lịch").click()
    calendar = tab.locator(".day-calendar")
    expect(calendar).to_have_value("2023-05-31")
    calendar.evaluate(
        "(part) => { part.value = '2023-04-30'; part.dispatchEvent(new Event('change')); }"
    )
    expect(day).to_have_value("30/04/2023")
    expect(tab).to_have_url(re.compile(r"ngay=30%2F04%2F2023"))


def test_copying_says_that_it_is_done(signed_in: SignedIn, settings: object) -> None:
    settings.DEBUG = True  # type: ignore[attr-defined]
    tab = signed_in("planner", permissions=["clipboard-read", "clipboard-write"])
    tab.goto("/ui/mau")
    tab.get_by_role("button", name="Chép chữ").click()
    expect(tab.locator(".copy [role=status]")).to_have_text("Đã chép")
    assert tab.evaluate("() => navigator.clipboard.readText()") == "Đạt 84,65% kế hoạch."


def test_a_dialog_opens_and_gives_the_focus_back(signed_in: SignedIn, settings: object) -> None:
    settings.DEBUG = True  # type: ignore[attr-defined]
    tab = signed_in("planner")
    tab.goto("/ui/mau")
    opener = tab.get_by_role("button", name="Mở hộp thoại")
    opener.click()
    expect(tab.get_by_role("dialog", name="Cách tính")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_refused_form_has_the_focus_on_what_to_mend(signed_in: SignedIn) -> None:
    tab = signed_in("planner")
    tab.goto("/bo-don-vi/moi/")
    tab.locator("main form button").last.click()
    expect(tab.locator(".error-summary")).to_be_focused()


def test_a_part_that_cannot_be_fetched_is_said(signed_in: SignedIn) -> None:
    tab = signed_in("planner")
    tab.goto("/don-vi/")
    tab.context.set_offline(True)
    tab.locator("#unit-text").press_sequentially("yen")
    expect(tab.locator("#trouble")).to_contain_text("Không nối được máy chủ")
    tab.context.set_offline(False)
    tab.locator("#unit-text").press_sequentially(" the")
    expect(tab.locator("#trouble")).to_be_hidden()


def test_pages_print_without_the_frame(signed_in: SignedIn) -> None:
    tab = signed_in("planner")
    tab.goto("/don-vi/")
    tab.emulate_media(media="print")
    expect(tab.locator("header.top")).to_be_hidden()
    expect(tab.locator("h1")).to_be_visible()


def test_the_board_fits_on_paper(signed_in: SignedIn, world: World) -> None:
    tab = signed_in("planner", viewport={"width": 680, "height": 960})  # A4 less its margins
    tab.goto(f"/tong-quan?don-vi={world.ids['unit']}&den=2023-05-31")
    tab.emulate_media(media="print")
    table = tab.locator("#units table")
    assert table.evaluate("(part) => part.getBoundingClientRect().right") <= 680
    assert tab.locator("#units table tbody tr").count() == 5


def test_everything_works_without_the_script(world: World, enter: Enter) -> None:
    tab = enter(world.people["planner"], java_script_enabled=False, viewport=PHONE).open()
    tab.goto("/don-vi/")
    tab.locator("#unit-text").fill("yen the")
    tab.locator("#unit-day").fill("31/05/2023")
    tab.locator("main form button").click()
    expect(tab.locator("#results")).to_contain_text("Huyện Yên Thế")
    tab.locator("details.menu-fold summary").click()
    tab.locator("details.menu-fold").get_by_text("Tổng quan").click()
    expect(tab).to_have_url(re.compile("/tong-quan"))
