"""The site in Chromium: a live server on real PostgreSQL, people who are signed in, and what is looked for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client
from django.test.utils import override_settings
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer
from tests.browser.files import add_files
from tests.browser.world import World, make_world

from vandong.accounts.models import User
from vandong.web.advice.law_in_use import forget_kept

PHONE = {"width": 360, "height": 800}
DESK = {"width": 1280, "height": 900}
_SHOTS: Path = site.ENVIRONMENT.home / "pages"


@contextmanager
def served() -> Iterator[Any]:
    """The site in a thread. Static files come from the tree: the manifest is made by `collectstatic` only."""
    storages = site.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    with override_settings(STORAGES=storages, WHITENOISE_AUTOREFRESH=True):
        server = LiveServer("127.0.0.1")
        yield server
        server.stop()


@pytest.fixture(scope="session")
def live_server(django_db_setup: None) -> Iterator[Any]:
    """The site for tests that each make their own world: pytest-django clears the database after each."""
    with served() as server:
        yield server


@pytest.fixture
def world(transactional_db: None, settings: Any, tmp_path: Path) -> World:
    """Committed, so that the live server sees it; cleared after the test."""
    default = settings.STORAGES["default"] | {"OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = settings.STORAGES | {"default": default}
    forget_kept()  # names of provinces of the world before
    made = make_world()
    add_files(made, tmp_path)
    return made


@dataclass
class Visit:
    """A browser of one reader: language, size, and what went wrong in it so far."""

    context: BrowserContext
    faults: list[str]

    def open(self) -> Page:
        """A new tab that notes every fault of the console, of scripts and of files."""
        tab = self.context.new_page()
        tab.on("console", self._console)
        tab.on("pageerror", lambda problem: self.faults.append(f"script: {problem}"))
        tab.on("response", self._response)
        return tab

    def _console(self, message: Any) -> None:
        # A page that answers 403 or 404 on purpose is told by the status check, not here.
        if message.type in {"error", "warning"} and "the server responded" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _response(self, response: Any) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.faults.append(f"{response.status}: {response.url}")


Enter = Callable[..., Visit]


@pytest.fixture
def enter(browser: Browser, live_server: Any) -> Iterator[Enter]:
    """`enter(user, language="en", viewport=PHONE)` is the browser of that user; None is a stranger."""
    opened: list[BrowserContext] = []

    def open_browser(
        user: User | None = None,
        *,
        language: str = "vi",
        viewport: dict[str, int] | None = None,
        **given: Any,
    ) -> Visit:
        context = browser.new_context(
            base_url=live_server.url,
            viewport=viewport or DESK,
            reduced_motion="reduce",
            locale="en-US",  # offices with an English Windows read Vietnamese all the same
            **given,
        )
        opened.append(context)
        cookies = {site.LANGUAGE_COOKIE_NAME: language, **_session(user)}
        context.add_cookies(
            [
                {"name": name, "value": text, "url": live_server.url}
                for name, text in cookies.items()
            ]
        )
        return Visit(context, [])

    yield open_browser
    for context in opened:
        context.close()


def _session(user: User | None) -> dict[str, str]:
    if user is None:
        return {}
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return {site.SESSION_COOKIE_NAME: client.cookies[site.SESSION_COOKIE_NAME].value}


SignedIn = Callable[..., Page]


@pytest.fixture
def signed_in(world: World, enter: Enter) -> SignedIn:
    """`signed_in("planner")` is a tab of the world's planner; `language`, `viewport` as for `enter`."""

    def open_tab(role: str, **given: Any) -> Page:
        return enter(world.people[role], **given).open()

    return open_tab


@pytest.fixture(scope="session")
def screenshot() -> Callable[[Page, str], None]:
    """`screenshot(tab, "board-360")` lays the whole page into `pages` of VANDONG_HOME."""

    def take(tab: Page, name: str) -> None:
        _SHOTS.mkdir(parents=True, exist_ok=True)
        tab.screenshot(path=_SHOTS / f"{name}.png", full_page=True)

    return take
