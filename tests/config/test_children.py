"""Child processes of `vandong up`."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.config.waiting import until

from vandong.config.children import Child


def is_alive(pid: int) -> bool:
    """A zombie is not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def telling(path: Path, *more: str) -> list[str]:
    """A process that writes its number and the one of a grandchild, then sleeps."""
    code = (
        "import os, subprocess, sys, time\n"
        "below = subprocess.Popen(['sleep', '60'])\n"
        f"open({str(path)!r}, 'a').write(f'{{os.getpid()}} {{below.pid}}\\n')\n"
        "time.sleep(60)\n"
    )
    return [sys.executable, "-c", code, *more]


def numbers(path: Path) -> list[list[int]]:
    lines = path.read_text().splitlines() if path.exists() else []
    return [[int(number) for number in line.split()] for line in lines]


def test_a_killed_child_is_started_again_and_leaves_nobody_behind(tmp_path: Path) -> None:
    path = tmp_path / "numbers"
    child = Child("web", telling(path))
    assert not child.tend()
    assert until(lambda: len(numbers(path)) == 1)
    pid, grandchild = numbers(path)[0]
    os.kill(pid, signal.SIGKILL)
    assert until(child.tend)
    assert until(lambda: not is_alive(grandchild))
    assert until(lambda: child.tend() or len(numbers(path)) == 2)
    child.ask_to_stop()
    child.end(within=10)
    assert until(lambda: not any(is_alive(pid) for pair in numbers(path) for pid in pair))


def test_a_child_that_dies_at_once_is_given_longer_pauses(tmp_path: Path) -> None:
    path = tmp_path / "starts"
    child = Child("worker", [sys.executable, "-c", f"open({str(path)!r}, 'a').write('x')"])
    deadline = time.monotonic() + 2.5
    while time.monotonic() < deadline:
        child.tend()
        time.sleep(0.02)
    child.end(within=5)
    assert 1 <= len(path.read_text()) <= 3


def test_a_child_that_ignores_the_request_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "ready"
    code = (
        "import signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"open({str(path)!r}, 'w').close()\n"
        "time.sleep(60)\n"
    )
    child = Child("web", [sys.executable, "-c", code])
    child.tend()
    assert until(path.exists)
    child.ask_to_stop()
    child.end(within=0.2)


def test_children_end_with_a_killed_parent(tmp_path: Path) -> None:
    path = tmp_path / "numbers"
    code = (
        "import time\n"
        "from vandong.config.children import Child\n"
        f"Child('web', {telling(path)!r}).tend()\n"
        "time.sleep(60)\n"
    )
    source = str(Path(__file__).resolve().parents[2] / "src")
    parent = subprocess.Popen(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": source}
    )
    assert until(lambda: len(numbers(path)) == 1)
    parent.kill()
    parent.wait()
    assert until(lambda: not is_alive(numbers(path)[0][0]))
