"""`vandong up` as a whole: it serves, outlives every kill of its parts, and stops in order."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from tests.config.embedded_homes import environment_of, thrown_away
from tests.config.waiting import until

from vandong.config.embedded import process
from vandong.config.embedded.place import place_of

ENTRY = [sys.executable, "-m", "vandong.config.entry"]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    with thrown_away(tmp_path) as made:
        yield made


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def health(port: int) -> tuple[int, dict[str, str]]:
    asked = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        asked.request("GET", "/healthz")
        answer = asked.getresponse()
        return answer.status, json.loads(answer.read())
    except (OSError, HTTPException):
        return 0, {}
    finally:
        asked.close()


def opened(port: int) -> HTTPConnection:
    """A connection that stays open after its answer, as a browser's does."""
    asked = HTTPConnection("127.0.0.1", port, timeout=10)
    asked.request("GET", "/healthz")
    asked.getresponse().read()
    return asked


def is_well(port: int) -> bool:
    return health(port) == (
        200,
        {"status": "ok", "database": "ok", "migrations": "ok", "worker": "ok"},
    )


def numbers_of(word: str, parent: int) -> list[int]:
    """The children of `parent` whose command holds `word`."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            above = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            command = (entry / "cmdline").read_text()
        except OSError:
            continue
        if above == parent and word in command:
            found.append(int(entry.name))
    return found


def test_it_serves_through_kills_and_stops_in_order(home: Path) -> None:
    port = free_port()
    environment = environment_of(home, PORT=str(port), VANDONG_LANG="en")
    site = subprocess.Popen([*ENTRY, "up"], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert until(lambda: is_well(port), 90)
        idle = [opened(port) for _ in range(64)]
        assert is_well(port), "idle connections of browsers lock nobody out"
        for one in idle:
            one.close()
        for word in ("granian", "worker"):
            os.kill(numbers_of(word, site.pid)[0], signal.SIGKILL)
        running = process.postmaster(place_of(home).data)
        assert running is not None
        os.kill(running.pid, signal.SIGKILL)
        time.sleep(1)
        assert until(lambda: is_well(port), 60)
        refused = subprocess.run(
            [*ENTRY, "up"], env=environment, capture_output=True, text=True, check=False
        )
        assert (refused.returncode, str(port) in refused.stdout) == (1, True)
    finally:
        site.send_signal(signal.SIGTERM)
        said, _ = site.communicate(timeout=60)
    assert site.returncode == 0
    assert f"http://127.0.0.1:{port}" in said
    assert said.rstrip().endswith("Stopped. The data are kept.")
    assert process.postmaster(place_of(home).data) is None
    assert health(port) == (0, {})
