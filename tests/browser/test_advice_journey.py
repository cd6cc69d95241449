"""A stranger on a phone, without scripts: questions, answer, a trace, the sheet, and the link again."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import DESK, PHONE, Enter
from tests.browser.looking import axe_faults, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
_AMOUNT = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
_ANSWERS = (
    "dang-dong=chua&viec=khong&gioi=nu&thang-sinh=5&nam-sinh=1988&muc=thap-nhat"
    "&nguoi=3&nhom-the=ho-gia-dinh&the=lan-dau"
)
_LOW = """() => [...document.querySelectorAll(
    'button, select, summary, .button, .choice, .call, .top a, .foot a, input[type=text]')]
  .filter((part) => part.checkVisibility() && part.getBoundingClientRect().height < 47.5)
  .map((part) => part.outerHTML.slice(0, 90))"""
_DIM = """() => {
  const numbers = (text) => text.match(/[0-9.]+/g).map(Number);
  const light = (colour) => { const [r, g, b] = colour.slice(0, 3).map((part) => {
      const share = part / 255; return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = (part) => { for (let at = part; at; at = at.parentElement) {
      const colour = numbers(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour; } return [255, 255, 255]; };
  const found = [];
  const walk = document.createTreeWalker(document.querySelector('body'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const part = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !part.checkVisibility() || part.closest('svg, .skip-link')) continue;
    const [a, b] = [light(numbers(getComputedStyle(part).color)), light(ground(part))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 7) found.push(ratio.toFixed(2) + ' ' + part.outerHTML.slice(0, 80));
  }
  return found;
}"""


@pytest.fixture
def phone(enter: Enter) -> Page:
    return enter(None, viewport=PHONE, java_script_enabled=False).open()


def _answer(tab: Page) -> None:
    tab.goto("/tu-van")
    tab.get_by_label("Nữ", exact=True).check()
    tab.get_by_label("Tháng sinh").fill("5")
    tab.get_by_label("Năm sinh").fill("1988")
    tab.get_by_label("Không đóng", exact=True).check()
    tab.get_by_label("Không điều nào ở trên").check()
    tab.get_by_role("button", name="Xem kết quả").click()


def _figures(tab: Page) -> list[str]:
    return _AMOUNT.findall(tab.locator("main").inner_text())


def test_from_the_questions_to_the_sheet_and_back(phone: Page) -> None:
    _answer(phone)
    heading = phone.get_by_role("heading", level=1)
    expect(heading).to_contain_text(re.compile(r"Bạn đóng [0-9.]+\sđ mỗi tháng, từ 60 tuổi"))
    assert "luat=" in phone.url
    paying = phone.locator("#paying details").first
    expect(paying.locator(".why")).to_be_hidden()
    paying.locator("summary").click()
    expect(paying.locator(".why")).to_contain_text("Điều")
    expect(paying.locator(".why")).to_contain_text("Đã xác minh")
    figures, address = _figures(phone), phone.url
    assert len(figures) > 20
    paper = phone.request.get(
        phone.get_by_role("link", name="In phiếu tư vấn").get_attribute("href") or ""
    )
    assert paper.headers["content-type"] == "application/pdf"
    phone.goto(address)
    phone.locator("#paying details summary").first.click()
    assert _figures(phone) == figures


def test_a_mistake_is_shown_where_it_is_and_the_rest_is_kept(phone: Page) -> None:
    _answer(phone)
    phone.get_by_role("link", name="Sửa câu trả lời").click()
    expect(phone.get_by_label("Năm sinh")).to_have_value("1988")
    phone.get_by_label("Năm sinh").fill("2090")
    phone.get_by_role("button", name="Xem kết quả").click()
    expect(phone.get_by_role("alert")).to_contain_text("Kiểm tra lại")
    expect(phone.get_by_label("Năm sinh")).to_have_value("2090")
    expect(phone.get_by_label("Nữ", exact=True)).to_be_checked()
    expect(phone.get_by_label("Không điều nào ở trên")).to_be_checked()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_easy_to_read_and_to_touch(
    enter: Enter, lang: str, size: dict[str, int], screenshot: Callable[[Page, str], None]
) -> None:
    visit = enter(None, viewport=size)
    tab = visit.open()
    for name, address in (
        ("questions", f"/tu-van?lang={lang}"),
        ("result", f"/tu-van/ket-qua?{_ANSWERS}&lang={lang}"),
        ("refused", f"/tu-van/ket-qua?{_ANSWERS.replace('1988', '2090')}&lang={lang}"),
        ("unclear", f"/tu-van/ket-qua?{_ANSWERS.replace('=khong&', '=ho-kd&')}&lang={lang}"),
    ):
        tab.goto(address)
        tab.evaluate("() => document.querySelectorAll('details').forEach((d) => (d.open = true))")
        faults = axe_faults(tab) + too_wide(tab)
        faults += [f"lower than 48 px: {part}" for part in tab.evaluate(_LOW)]
        faults += [f"contrast below 7: {part}" for part in tab.evaluate(_DIM)]
        screenshot(tab, f"advice-{name}-{lang}-{size['width']}")
        assert not faults, "\n".join([name, *faults])
    assert not visit.faults


def test_the_first_page_with_everything_is_light(enter: Enter) -> None:
    weights: dict[str, int] = {}

    def weigh(answer: Any) -> None:
        weights[answer.url] = len(answer.body())

    tab = enter(None, viewport=PHONE).open()
    tab.on("response", weigh)
    tab.goto("/tu-van", wait_until="networkidle")
    assert 0 < sum(weights.values()) <= 100_000, weights
    assert len(weights) <= 3


def test_the_print_has_everything_that_is_folded(enter: Enter) -> None:
    tab = enter(None).open()
    tab.goto(f"/tu-van/ket-qua?{_ANSWERS}")
    tab.emulate_media(media="print")
    expect(tab.get_by_role("link", name="In phiếu tư vấn")).to_be_hidden()
    expect(tab.locator("#withdrawal .row").first).to_be_visible()
    expect(tab.locator(".must li")).to_have_count(5)
