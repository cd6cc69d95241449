"""The server as a process: is it alive, what is it doing, start it, stop it."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from vandong.config.embedded.account import Account
from vandong.config.embedded.binaries import Binaries
from vandong.config.embedded.place import SOCKET_NAME, Place
from vandong.config.embedded.problems import Say, ServerProblem, say_nothing

LARGEST_LOG = 20 * 1024 * 1024
_PROC = Path("/proc")
_FAREWELL_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Postmaster:
    """What `postmaster.pid` says of a server that lives."""

    pid: int
    status: str

    @property
    def is_ready(self) -> bool:
        return self.status == "ready"


def postmaster(data: Path) -> Postmaster | None:
    """The server that lives on this data folder, whatever it is doing; None when there is none."""
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        pid = int(lines[0])
    except (OSError, ValueError, IndexError):
        return None
    if not is_alive(pid, data):
        return None
    return Postmaster(pid, lines[7].strip() if len(lines) > 7 else "starting")


def is_alive(pid: int, data: Path) -> bool:
    """Whether `pid` is a postgres that works in `data`: no zombie, no stranger with a number used again."""
    if _PROC.joinpath("self").exists():
        return _is_of(pid, data)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_of(pid: int, data: Path) -> bool:
    try:
        owner = data.stat().st_uid
    except FileNotFoundError:
        return False
    return _works_in(_PROC / str(pid), os.path.realpath(data), owner)


def processes_in(data: Path) -> set[int]:
    """All living processes that work in `data`, backends without a postmaster too (Linux; else empty)."""
    try:
        wanted, owner = os.path.realpath(data), data.stat().st_uid
        entries = [entry for entry in _PROC.iterdir() if entry.name.isdecimal()]
    except FileNotFoundError:
        return set()
    return {int(entry.name) for entry in entries if _works_in(entry, wanted, owner)}


def _works_in(entry: Path, wanted: str, owner: int) -> bool:
    """By its working folder; a zombie has none. In a container root may not see it: then by its title."""
    try:
        return os.readlink(entry / "cwd") == wanted
    except PermissionError:
        return _is_titled(entry, wanted, owner)
    except OSError:
        return False


def _is_titled(entry: Path, wanted: str, owner: int) -> bool:
    """A postmaster names its folder; a backend does not, and counts when its postmaster is gone."""
    title = _title(entry)
    if Path(title[0]).name == "postgres":
        return wanted in title
    try:
        is_own = entry.stat().st_uid == owner
        parent = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]
    except OSError:
        return False
    is_orphan = Path(_title(_PROC / parent)[0]).name != "postgres"
    return is_own and is_orphan and title[0].startswith("postgres: ")


def _title(entry: Path) -> list[str]:
    try:
        return (entry / "cmdline").read_text(encoding="utf-8", errors="replace").split("\0")
    except OSError:
        return [""]


def clear_after_kill(place: Place, say: Say) -> None:
    """After a killed postmaster: waits until its backends are gone, then takes its files away.

    PostgreSQL would refuse to start when the number in its files was given to another process meanwhile.
    Only files that nobody stands behind are removed.
    """
    if not (place.data / "postmaster.pid").exists():
        return
    deadline = time.monotonic() + _FAREWELL_SECONDS
    is_told = False
    while processes_in(place.data):
        if time.monotonic() > deadline:
            raise ServerProblem("server_remains_of_killed", path=str(place.data))
        if not is_told:
            say("server_waiting_for_remains", {})
            is_told = True
        time.sleep(0.05)
    if _PROC.joinpath("self").exists():
        (place.data / "postmaster.pid").unlink(missing_ok=True)
        (place.socket / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)


def spawn(place: Place, binaries: Binaries, account: Account) -> None:
    """Starts the server in a session of its own; it outlives the caller. Waiting is another step.

    `pg_ctl` forks and leaves, so the server is never a child of ours that we would have to bury.
    """
    if place.log.exists() and place.log.stat().st_size > LARGEST_LOG:
        place.log.replace(place.log.with_suffix(".log.1"))
    done = subprocess.run(
        [
            binaries.program("pg_ctl"),
            "start",
            "-W",
            "-s",
            "-D",
            str(place.data),
            "-l",
            str(place.log),
        ],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"},
        start_new_session=True,
        **account.spawn_options(),
    )
    if done.returncode != 0:
        raise ServerProblem("server_did_not_start", log=str(place.log), last=last_words(place))


def last_words(place: Place, count: int = 3) -> str:
    """The last lines of the log that say why."""
    try:
        lines = place.log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    said = [line for line in lines if "FATAL" in line or "PANIC" in line or "ERROR" in line]
    return " | ".join((said or lines)[-count:])


def stop(place: Place, say: Say = say_nothing) -> bool:
    """Asks the server to stop (open transactions are rolled back) and waits; False when none lives."""
    found = postmaster(place.data)
    if found is None:
        return False
    os.kill(found.pid, signal.SIGINT)
    began = time.monotonic()
    told_at = began + 2
    while is_alive(found.pid, place.data):
        if time.monotonic() > told_at:
            say("server_stopping", {"seconds": int(time.monotonic() - began)})
            told_at += 5
        time.sleep(0.02)
    return True
