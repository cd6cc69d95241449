"""Starts the embedded server when it is not there, and waits until it serves.

Site, worker and commands race safely: one starts under a file lock, the others wait for it. Recovery after a
crash takes as long as it takes; who waits is told what for.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from vandong.config.embedded import cluster, locks, process
from vandong.config.embedded.account import account_for
from vandong.config.embedded.binaries import binaries_for
from vandong.config.embedded.place import Place, place_of, prepare_place
from vandong.config.embedded.problems import Say, ServerProblem, say_nothing
from vandong.config.embedded.tuning import SUPERUSER

TELL_AFTER_SECONDS = 2.0
TELL_EVERY_SECONDS = 5.0
_APPEAR_WITHIN = 15.0
"""Seconds until a server that was started must be seen."""
_ANSWER_WITHIN = 60.0
"""Seconds that a server which calls itself ready may take to answer."""


def ensure_server(home: Path, say: Say = say_nothing) -> Place:
    """The server of this home, serving. Starts it, makes it on first use, repairs what a kill left.

    Raises ServerProblem with the reason when that cannot be.
    """
    try:
        return _ensured(home, say)
    except PermissionError as problem:
        path = str(problem.filename or home)
        raise ServerProblem("server_data_of_another", path=path) from problem


def _ensured(home: Path, say: Say) -> Place:
    (home / "pg").mkdir(parents=True, exist_ok=True)
    place = place_of(home)
    place.last_use.touch()
    if not serves(place):
        with locks.alone(place.start_lock, say):
            place = place_of(home)
            if not serves(place):
                place = _start(home, say)
    _leave_watchdog(home, place)
    return place


def serves(place: Place) -> bool:
    """Whether a client can connect now."""
    return place.ready.exists() and _answers(place)


@contextmanager
def kept_up(home: Path, say: Say = say_nothing) -> Iterator[Place]:
    """Keeps the server up for the length of the block; afterwards stops it unless others use it."""
    (home / "pg").mkdir(parents=True, exist_ok=True)
    with locks.together(place_of(home).keeper_lock):
        place = ensure_server(home, say)
        yield place
    stop_if_unused(home, say)


def stop_if_unused(home: Path, say: Say = say_nothing) -> bool:
    """Stops the server when nobody keeps it up and no client is connected; True when it did."""
    place = place_of(home)
    with locks.alone(place.start_lock, say):
        if not locks.is_free(place.keeper_lock) or not _is_left(place):
            return False
        return process.stop(place, say)


def _is_left(place: Place) -> bool:
    """Whether no client is connected; one that has just ended is given a moment to be noticed."""
    for _ in range(20):
        if client_count(place) == 0:
            return True
        time.sleep(0.05)
    return False


def client_count(place: Place) -> int | None:
    """Clients connected besides the one who asks; None when the server does not answer."""
    try:
        with _knock(place) as connection:
            row = connection.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            ).fetchone()
    except psycopg.OperationalError:
        return None
    return row[0] if row else None


def _knock(place: Place) -> psycopg.Connection:
    return psycopg.connect(
        host=str(place.socket),
        port=5432,
        user=SUPERUSER,
        dbname="postgres",
        autocommit=True,
        connect_timeout=10,
    )


def _start(home: Path, say: Say) -> Place:
    """Under the lock: everything from an empty folder to a server that serves."""
    account = account_for(place_of(home).data)
    binaries = binaries_for(account)
    place = prepare_place(home, account)
    if not place.data.exists():
        say("server_being_made", {})
        cluster.make_cluster(place, binaries, account)
    running = process.postmaster(place.data)
    if running and running.is_ready and not _answers(place):
        # Its socket was taken away, say by a cleaner of /tmp: only a new start makes it again.
        process.stop(place, say)
        running = None
    if running is None:
        process.clear_after_kill(place, say)
        cluster.configure(place, account)
        process.spawn(place, binaries, account)
    _wait(place, say)
    cluster.make_roles_and_database(place)
    place.ready.touch()
    return place


def _answers(place: Place) -> bool:
    try:
        _knock(place).close()
    except psycopg.OperationalError:
        return False
    return True


def _wait(place: Place, say: Say) -> None:
    """Until the server accepts connections. No end is set to recovery; a server that died is said at once."""
    began = time.monotonic()
    tell_at = began + TELL_AFTER_SECONDS
    is_seen, ready_from = False, None
    while True:
        running, now = process.postmaster(place.data), time.monotonic()
        is_seen = is_seen or running is not None
        if running is None and (is_seen or now - began > _APPEAR_WITHIN):
            last = process.last_words(place)
            raise ServerProblem("server_did_not_start", log=str(place.log), last=last)
        if running and running.is_ready:
            if _answers(place):
                return
            ready_from = ready_from or now
            if now - ready_from > _ANSWER_WITHIN:
                raise ServerProblem("server_does_not_answer", path=str(place.socket))
        if now >= tell_at:
            say("server_recovering", {"seconds": int(now - began)})
            tell_at = now + TELL_EVERY_SECONDS
        time.sleep(0.02)


def _leave_watchdog(home: Path, place: Place) -> None:
    """A small process of its own that stops the server once it has been idle for a while.

    The shell puts it in the background and leaves, so that nobody here has to bury it.
    """
    if not locks.is_free(place.watchdog_lock):
        return
    command = [sys.executable, "-m", "vandong.config.embedded.watchdog", str(home)]
    subprocess.run(
        ["/bin/sh", "-c", '"$@" </dev/null >/dev/null 2>&1 &', "sh", *command],
        check=True,
        cwd="/",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3])},
        start_new_session=True,
    )
