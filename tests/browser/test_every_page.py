"""Every page × both languages × phone and desk: nothing for axe, nothing sideways, no words left over."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page as Tab
from tests.browser.conftest import DESK, PHONE, Enter, Visit
from tests.browser.looking import (
    axe_faults,
    left_in_vietnamese,
    not_by_keyboard,
    too_small,
    too_wide,
)
from tests.browser.pages import NOT_PAGES, PAGES, Page
from tests.browser.world import World
from tests.web.permission_matrix import LINES

from vandong.accounts.models import Member, Organisation, User
from vandong.law import law_book
from vandong.places.models import Unit, UnitSet

pytestmark = pytest.mark.browser
SIZES = {"phone": PHONE, "desk": DESK}
EXAMPLES = (
    *("Tiếng Việt", "Xuân Mai", "hoàn kiếm", "hà nội"),
    *("Nghị quyết 12/2025/NQ-HĐND", "case đ", "Case đ", "BHXH cơ sở", "NĐ-CP", "đồng"),
)
"""Names on English pages that are no data: the other language, examples of what to type."""
STATED = (
    "UBND tỉnh",
    "Lý do",
    "Báo cáo tháng 6/2023",
    "Tên huyện",
    "Số BHXH TN cuối kỳ",
    "Dân số cuối kỳ",
    "kiểm thử",
)
"""Words of documents and files of the world: owners, sources, heads of columns, who recorded."""
Shoot = Callable[[Tab, str], None]


def test_every_address_that_is_a_page_is_looked_at() -> None:
    asked = {line.name for line in LINES if line.method == "get"}
    assert asked - {page.name for page in PAGES} - set(NOT_PAGES) == set()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages(  # noqa: PLR0917 fixtures
    world: World, enter: Enter, screenshot: Shoot, language: str, size: str, settings: Any
) -> None:
    names = _names()
    faults: list[str] = []
    visits: dict[str | None, Visit] = {}
    for page in PAGES:
        if page.role not in visits:
            user = None if page.role is None else world.people[page.role]
            visits[page.role] = enter(user, language=language, viewport=SIZES[size])
        settings.DEBUG = page.name == "gallery"
        found = _faults_of(page, visits[page.role], world, screenshot, (language, size, names))
        faults += [f"{page}: {fault}" for fault in found]
    assert not faults, "\n" + "\n".join(faults)


def _faults_of(
    page: Page, visit: Visit, world: World, shoot: Shoot, how: tuple[str, str, list[str]]
) -> list[str]:
    language, size, names = how
    visit.faults.clear()
    tab = visit.open()
    address = reverse(page.name, kwargs=page.key_values(world)) + page.search(world)
    answer = tab.goto(address)
    found = (
        [] if answer and answer.status == page.status else [f"answers {answer and answer.status}"]
    )
    tab.wait_for_load_state("networkidle") if page.name == "board:board" else None
    if page.act is not None:
        page.act(tab)
    shoot(tab, f"{page}-{language}-{size}".replace(" ", "_").replace(":", "_"))
    found += axe_faults(tab) + too_wide(tab)
    if size == "phone":
        found += too_small(tab)
    if language == "en":
        found += left_in_vietnamese(tab, names)
    else:
        found += not_by_keyboard(tab)
    found += visit.faults
    tab.close()
    return found


def _names() -> list[str]:
    """Proper names in the world: data, not words of the site. Longest first, so that none is cut in two."""
    found = {
        *Unit.objects.values_list("name", flat=True),
        *User.objects.values_list("full_name", flat=True),
        *Organisation.objects.values_list("name", flat=True),
        *Member.objects.values_list("full_name", flat=True),
        *UnitSet.objects.values_list("name", flat=True),
        *UnitSet.objects.values_list("note", flat=True),
        *EXAMPLES,
        *STATED,
        *_documents(),
    }
    return sorted((name for name in found if name), key=len, reverse=True)


def _documents() -> set[str]:
    """Documents of the law keep their Vietnamese names, and the places in them that are no number."""
    entries = [entry for one in law_book().parameters.values() for entry in one.entries]
    cited = [entry.citation for entry in entries]
    return {part for one in cited for part in (one.document, one.article, one.clause)}
