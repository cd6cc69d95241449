"""Where the embedded server of one installation lives.

As a rule below `VANDONG_HOME/pg`. Two things can forbid that: root runs the server as another user who
cannot enter a closed folder (`/root`, a temporary folder), and the path of a Unix socket is limited to 107
bytes. What was chosen instead is written to `VANDONG_HOME/pg/place.json`.
"""

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from vandong.config.embedded.account import Account
from vandong.config.embedded.binaries import SHARED_FOLDER
from vandong.config.embedded.problems import ServerProblem

SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 100
"""Bytes; Linux allows 107, macOS 103."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one server. `desk` holds its locks and record, `cluster` belongs to the server's user."""

    desk: Path
    cluster: Path
    socket: Path

    @property
    def data(self) -> Path:
        return self.cluster / "data"

    @property
    def log(self) -> Path:
        return self.cluster / "server.log"

    @property
    def start_lock(self) -> Path:
        return self.desk / "start.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held by those who keep the server up (`vandong up`)."""
        return self.desk / "keeper.lock"

    @property
    def watchdog_lock(self) -> Path:
        return self.desk / "watchdog.lock"

    @property
    def last_use(self) -> Path:
        """Its time of change is the last time a process asked for the server."""
        return self.desk / "last-use"

    @property
    def ready(self) -> Path:
        """Stands when roles and database are made."""
        return self.desk / "ready"


def place_of(home: Path) -> Place:
    """Where the server of this home lives, as recorded, or as it would be without obstacles."""
    desk = home / "pg"
    try:
        record = json.loads((desk / "place.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        record = {}
    cluster = Path(record.get("cluster") or desk / "cluster")
    return Place(desk, cluster, Path(record.get("socket") or cluster / "socket"))


def prepare_place(home: Path, account: Account) -> Place:
    """Makes the folders, choosing others where the usual ones cannot serve; recorded for the next time."""
    found = place_of(home)
    if found.ready.exists() and not found.data.exists():
        raise ServerProblem("server_data_gone", path=str(found.data), desk=str(found.desk))
    cluster = found.cluster if found.data.exists() else _cluster(found, account)
    account.give(cluster)
    socket = found.socket
    if not (_fits(socket) and socket.is_dir()):
        socket = _socket(cluster, account)
    account.give(socket)
    place = Place(found.desk, cluster, socket)
    if place != found:
        _record(place)
    return place


def _cluster(found: Place, account: Account) -> Path:
    found.cluster.mkdir(parents=True, exist_ok=True)
    account.give(found.cluster)
    if account.can_use(found.cluster):
        return found.cluster
    with suppress(OSError):
        found.cluster.rmdir()
    SHARED_FOLDER.mkdir(parents=True, exist_ok=True)
    SHARED_FOLDER.chmod(0o755)
    chosen = Path(tempfile.mkdtemp(prefix="cluster-", dir=SHARED_FOLDER))
    (chosen / "home").write_text(f"{found.desk.parent}\n", encoding="utf-8")
    return chosen


def _socket(cluster: Path, account: Account) -> Path:
    usual = cluster / "socket"
    if _fits(usual):
        usual.mkdir(exist_ok=True)
        return usual
    session = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nonexistent")
    is_own = session.is_dir() and session.stat().st_uid == os.geteuid() and not account.is_other
    parent = session if is_own and _fits(session / "vandong-12345678") else Path("/tmp")  # noqa: S108
    chosen = Path(tempfile.mkdtemp(prefix="vandong-", dir=parent))
    if not _fits(chosen):
        raise ServerProblem("server_socket_path_too_long", path=str(chosen))
    return chosen


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH


def _record(place: Place) -> None:
    """Only what is not where it usually is: the folder of an installation can be moved."""
    record = {}
    if place.cluster != place.desk / "cluster":
        record["cluster"] = str(place.cluster)
    if place.socket != place.cluster / "socket":
        record["socket"] = str(place.socket)
    landing = place.desk / "place.json.new"
    landing.write_text(json.dumps(record) + "\n", encoding="utf-8")
    landing.replace(place.desk / "place.json")
