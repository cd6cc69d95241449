"""A real worker in its own process, on the database of the tests."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, TypeVar
from urllib.parse import quote

import pytest
from django.db import connection

from vandong.accounts.models import User
from vandong.accounts.queries.scope import Actor
from vandong.jobs.models import Job
from vandong.jobs.queue import enqueue

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
T = TypeVar("T")
PATIENCE_SECONDS = 60
_ROOT = Path(__file__).resolve().parents[2]
_START = (
    "import django; django.setup(); from vandong.console.app import app; "
    "app(['worker', '--load', 'tests.jobs.piecework', '--stalled-after', '2', '--grace', '1'])"
)


def until(read: Callable[[], T], what: str) -> T:
    """Waits for something to become true; fails, naming it, when it does not for a minute."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = read()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {PATIENCE_SECONDS} s: {what}")


@dataclass
class Workshop:
    """Workers, a gate, and what they have laid."""

    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def gate(self) -> Path:
        return self.folder / "gate"

    def open_gate(self, pieces: int) -> None:
        new = self.folder / "gate.new"
        new.write_text(str(pieces))
        new.replace(self.gate)

    def start_worker(self) -> subprocess.Popen[bytes]:
        given = connection.settings_dict
        socket_or_host = quote(given["HOST"], safe="")
        address = (
            f"postgres://{given['USER']}:{quote(given['PASSWORD'])}@"
            f"{'' if given['HOST'].startswith('/') else given['HOST']}"
            f"{':' + str(given['PORT']) if given['PORT'] else ''}/{given['NAME']}"
            f"{'?host=' + socket_or_host if given['HOST'].startswith('/') else ''}"
        )
        with (self.folder / f"worker{len(self.processes)}.log").open("wb") as log:
            process = self._started(address, log)
        self.processes.append(process)
        return process

    def _started(self, address: str, log: BinaryIO) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-c", _START],
            cwd=_ROOT,
            env={
                **os.environ,
                "DATABASE_URL": address,
                "PYTHONPATH": f"{_ROOT / 'src'}:{_ROOT}",
                "DJANGO_SETTINGS_MODULE": "vandong.config.settings",
            },
            stderr=log,
        )

    def pieces(self) -> list[tuple[int, int]]:
        """(piece, attempt) in order."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT piece, attempt FROM test_piece ORDER BY piece, attempt")
            return [tuple(row) for row in cursor.fetchall()]

    def put(self, actor: Actor, pieces: int = 5) -> Job:
        return enqueue(
            "test.piecework",
            {"pieces": pieces, "gate": str(self.gate)},
            "job_running",
            {},
            actor,
            AT,
        )


@pytest.fixture
def workshop(transactional_db: None, tmp_path: Path) -> Iterator[Workshop]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE test_piece (job uuid, piece int, attempt int)")
    made = Workshop(tmp_path)
    made.open_gate(0)
    try:
        yield made
    finally:
        for process in made.processes:
            process.kill()
            process.wait()
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE test_piece")


@pytest.fixture
def actor(transactional_db: None) -> Actor:
    user = User.objects.create(username="lan", full_name="Nguyễn Thị Lan")
    return Actor(user_id=user.pk, name="Nguyễn Thị Lan")
