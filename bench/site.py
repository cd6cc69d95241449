"""The installation under test, and a site of its own served from it on a free port."""

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import django
import httpx

from vandong.config.environment import read_environment

START_SECONDS = 40


def open_installation() -> None:
    """The database of VANDONG_HOME (or DATABASE_URL), started when it sleeps, its tables as the code has them;
    Django ready."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vandong.config.settings")
    os.environ["VANDONG_DB_ROLE"] = "owner"
    os.environ["VANDONG_DEMO"] = "1"
    if not read_environment().database_url:
        from vandong.config.embedded.starter import ensure_server  # noqa: PLC0415 - only here

        ensure_server(read_environment().home)
    django.setup()
    from vandong.config.schema import bring_up_to_date  # noqa: PLC0415 - after django.setup

    bring_up_to_date()


@contextmanager
def running_site(username: str = "kehoach") -> Iterator[Callable[[], httpx.Client]]:
    """A site as `./dev up` serves it; gives a maker of clients signed in as this demo account."""
    from vandong.config.serve import web_command  # noqa: PLC0415 - after django.setup
    from vandong.config.static_files import gather_static_files  # noqa: PLC0415

    gather_static_files()

    port = _free_port()
    command = web_command("127.0.0.1", port)
    environment = {**os.environ, "VANDONG_DB_ROLE": "", "PORT": str(port)}
    site = subprocess.Popen(command, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        cookies = _signed_in(address, username)
        yield lambda: httpx.Client(base_url=address, cookies=cookies, timeout=30)
    finally:
        site.terminate()
        site.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(address: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            httpx.get(f"{address}/dang-nhap", timeout=5)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the site did not start")


def _signed_in(address: str, username: str) -> httpx.Cookies:
    from vandong.administration.demo_people import DEMO_ACCOUNTS  # noqa: PLC0415 - after django.setup

    account = next(one for one in DEMO_ACCOUNTS if one.username == username)
    with httpx.Client(base_url=address) as client:
        client.get("/dang-nhap")
        token = client.cookies["csrftoken"]
        given = {"username": account.username, "password": account.password}
        answer = client.post("/dang-nhap", data={**given, "csrfmiddlewaretoken": token})
        if "sessionid" not in client.cookies:
            raise SystemExit(f"cannot sign in as {account.username}: status {answer.status_code}")
        return client.cookies
