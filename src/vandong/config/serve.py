"""`vandong up`: database, tables, static files, demo, web server and worker, until it is told to stop."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from http.client import HTTPConnection, HTTPException
from types import FrameType

import typer
from django.conf import settings
from django.db import connection

from vandong.accounts.models import Role
from vandong.administration.demo_people import DEMO_ACCOUNTS
from vandong.config.children import Child
from vandong.config.embedded import process, starter
from vandong.config.embedded.place import Place, place_of
from vandong.config.embedded.problems import ServerProblem
from vandong.config.schema import bring_up_to_date
from vandong.config.static_files import gather_static_files
from vandong.phrases import sentence

LOOK_EVERY_SECONDS = 0.5
STOP_WITHIN_SECONDS = 20.0
SERVING_WITHIN_SECONDS = 90.0
THREADS = 4
"""Threads of each web process: while one waits for the database, another computes."""
CONNECTIONS = 1024
"""Open connections that each web process holds, most of them idle."""


class Stop:
    """Whether somebody asked to stop: Ctrl-C, TERM, or the terminal was closed."""

    def __init__(self) -> None:
        self.is_asked = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.is_asked = True


def up(context: typer.Context) -> None:
    """Mở trang mạng và các việc nền; Ctrl-C để dừng. / Serve the site and background jobs; Ctrl-C stops."""
    environment = settings.ENVIRONMENT
    if not _is_port_free(environment.host, environment.port):
        say("up_port_taken", {"port": str(environment.port)})
        raise typer.Exit(1)
    stop = Stop()
    has_demo = settings.DEMO and "demo" in getattr(context.find_root().command, "commands", {})
    home = environment.home
    held = nullcontext() if environment.database_url else starter.kept_up(home, say)
    with held:
        if _prepare(stop, has_demo=has_demo):
            with _running(_children()) as children:
                _supervise(children, stop, has_demo=has_demo)
    say("up_stopped", {})


def web_command(host: str, port: int) -> list[str]:
    """The web server: as many processes as the machine has processors, four at most.

    `backpressure` counts connections, idle ones of browsers too: below the number of people who keep a page
    open, the next ones would wait for nothing.
    """
    process_count = max(1, min(os.cpu_count() or 1, 4))
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--host", host, "--port", str(port), "--workers", str(process_count)]
    command += ["--blocking-threads", str(THREADS), "--backpressure", str(CONNECTIONS)]
    command += ["--respawn-failed-workers", "--workers-kill-timeout", "10"]
    return [*command, "--log-level", "error", "vandong.config.wsgi:application"]


def say(code: str, values: dict[str, object]) -> None:
    """`up` talks: it is the one command whose reader waits for it."""
    sys.stdout.write(sentence(code, values, settings.ENVIRONMENT.lang) + "\n")
    sys.stdout.flush()


def _prepare(stop: Stop, *, has_demo: bool) -> bool:
    """Tables, static files, demo; False when asked to stop meanwhile."""
    bring_up_to_date(say)
    connection.close()
    if gather_static_files():
        say("up_static_gathered", {})
    if has_demo and not stop.is_asked:
        _load_demo()
    return not stop.is_asked


def _load_demo() -> None:
    """A process of its own, with its progress bar; it does nothing when the demo is loaded."""
    loading = subprocess.run(_vandong("demo"), check=False, stdout=subprocess.DEVNULL)
    if loading.returncode != 0:
        say("up_demo_failed", {})
        raise typer.Exit(1)


def _children() -> list[Child]:
    environment = settings.ENVIRONMENT
    return [
        Child("web", web_command(environment.host, environment.port)),
        Child("worker", _vandong("worker")),
    ]


def _vandong(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "vandong.config.entry", *arguments]


@contextmanager
def _running(children: list[Child]) -> Iterator[list[Child]]:
    try:
        yield children
    finally:
        for child in children:
            child.ask_to_stop()
        end_at = time.monotonic() + STOP_WITHIN_SECONDS
        for child in children:
            child.end(max(0.1, end_at - time.monotonic()))


def _supervise(children: list[Child], stop: Stop, *, has_demo: bool) -> None:
    """Looks after children and database; tells the address once the site answers."""
    began, is_told = time.monotonic(), False
    while not stop.is_asked:
        for child in children:
            if child.tend():
                say("up_child_died", {"name": child.name})
        _tend_database()
        if not is_told and _answers():
            is_told = True
            _tell_address(has_demo=has_demo)
        elif not is_told and time.monotonic() - began > SERVING_WITHIN_SECONDS:
            is_told = True
            say("up_not_answering", {"seconds": int(SERVING_WITHIN_SECONDS)})
        time.sleep(LOOK_EVERY_SECONDS if is_told else 0.1)


def _tend_database() -> None:
    """Starts the embedded server again when it was killed; the site's next requests find it."""
    if settings.ENVIRONMENT.database_url:
        return
    place: Place = place_of(settings.ENVIRONMENT.home)
    if process.postmaster(place.data) is not None:
        return
    say("up_database_died", {})
    try:
        starter.ensure_server(settings.ENVIRONMENT.home, say)
    except ServerProblem as problem:
        say(problem.code, problem.values)
        time.sleep(5)


def _tell_address(*, has_demo: bool) -> None:
    """With the demo's accounts, when they were loaded."""
    say("up_serving", {"address": _address()})
    if not has_demo:
        return
    say("up_demo_accounts", {})
    for account in DEMO_ACCOUNTS:
        sys.stdout.write(
            f"  {account.username:<12} {account.password:<20} {Role(account.role).label}\n"
        )
    sys.stdout.flush()


def _address() -> str:
    host, port = settings.ENVIRONMENT.host, settings.ENVIRONMENT.port
    return f"http://{'127.0.0.1' if host in {'0.0.0.0', '::'} else host}:{port}"  # noqa: S104 - compared only


def _answers() -> bool:
    asked = HTTPConnection(_address().removeprefix("http://"), timeout=5)
    host = settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else "localhost"
    try:
        asked.request("GET", "/healthz", headers={"Host": "localhost" if host == "*" else host})
        return asked.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        asked.close()


def _is_port_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
