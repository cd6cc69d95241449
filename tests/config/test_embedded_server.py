"""The embedded server: made once, shared, closed to others, and there again after every kill."""

import os
import pwd
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.config.embedded_homes import connected, python, thrown_away

from vandong.config.embedded import process, watchdog
from vandong.config.embedded.place import LONGEST_SOCKET_PATH, SOCKET_NAME, Place, place_of
from vandong.config.embedded.problems import ServerProblem
from vandong.config.embedded.starter import ensure_server, kept_up, stop_if_unused
from vandong.config.embedded.tuning import OWNER_ROLE, SITE_ROLE, SUPERUSER

START = """
from pathlib import Path
import os
from vandong.config.embedded.starter import ensure_server
from vandong.config.embedded.process import postmaster
place = ensure_server(Path(os.environ["VANDONG_HOME"]))
print(postmaster(place.data).pid)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with thrown_away(tmp_path_factory.mktemp("server")) as made:
        yield made


@pytest.fixture
def place(home: Path) -> Place:
    """The server of the module, up."""
    return ensure_server(home)


def pid_of(place: Place) -> int:
    running = process.postmaster(place.data)
    assert running is not None
    return running.pid


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_second_start_finds_the_first(home: Path, place: Place) -> None:
    first = pid_of(place)
    assert ensure_server(home) == place
    assert pid_of(place) == first


def test_data_and_socket_are_closed_folders(place: Place) -> None:
    assert [mode_of(folder) for folder in (place.cluster, place.data, place.socket)] == [0o700] * 3
    assert mode_of(place.socket / SOCKET_NAME) == 0o700


def test_it_listens_on_the_socket_only_and_keeps_what_is_committed(place: Place) -> None:
    with connected(place) as connection:
        names = ("listen_addresses", "fsync", "full_page_writes", "synchronous_commit")
        values = [connection.execute(f"SHOW {name}").fetchone() for name in names]
        provider = connection.execute(
            "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert values == [("",), ("on",), ("on",), ("on",)]
    assert provider == ("b", "C.UTF-8")


def test_roles_have_least_rights(place: Place) -> None:
    with connected(place) as connection:
        rows = connection.execute(
            "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb FROM pg_roles"
            " WHERE rolname IN (%s, %s) ORDER BY 1",
            [OWNER_ROLE, SITE_ROLE],
        ).fetchall()
        owner = connection.execute(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert rows == [(OWNER_ROLE, False, False, True), (SITE_ROLE, False, False, False)]
    assert owner == (OWNER_ROLE,)


def test_the_site_makes_no_tables(place: Place) -> None:
    with (
        connected(place, SITE_ROLE) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE public.mine (a int)")


def test_the_map_gives_nobody_another_role(place: Place) -> None:
    with connected(place, SUPERUSER) as connection:
        connection.execute("CREATE ROLE stranger LOGIN")
        connection.execute("GRANT CONNECT ON DATABASE vandong TO stranger")
    with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
        connected(place, "stranger")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another system user")
def test_another_system_user_is_refused_even_past_the_folder(place: Place) -> None:
    nobody = pwd.getpwnam("nobody")
    code = f"""
import socket, struct
s = socket.socket(socket.AF_UNIX); s.connect({str(place.socket / SOCKET_NAME)!r})
body = struct.pack("!i", 196608) + b"user\\0{OWNER_ROLE}\\0database\\0vandong\\0\\0"
s.sendall(struct.pack("!i", len(body) + 4) + body)
print(s.recv(400))
"""
    closed = subprocess.run(
        ["/usr/bin/env", "python3", "-c", code],
        check=False,
        user=nobody.pw_uid,
        capture_output=True,
        text=True,
        cwd="/",
    )
    assert closed.returncode != 0
    place.socket.chmod(0o755)
    place.cluster.chmod(0o755)
    (place.socket / SOCKET_NAME).chmod(0o777)
    try:
        if not _reachable_by(nobody.pw_uid, place.socket):
            pytest.skip("the folders above are closed to other users already")
        opened = subprocess.run(
            ["/usr/bin/env", "python3", "-c", code],
            user=nobody.pw_uid,
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
        )
        assert "Peer authentication failed" in opened.stdout
    finally:
        place.cluster.chmod(0o700)
        place.socket.chmod(0o700)
        (place.socket / SOCKET_NAME).chmod(0o700)


def _reachable_by(uid: int, folder: Path) -> bool:
    asked = subprocess.run(["/usr/bin/test", "-x", str(folder)], user=uid, cwd="/", check=False)
    return asked.returncode == 0


def test_a_killed_server_is_there_again_with_what_was_committed(home: Path, place: Place) -> None:
    with connected(place) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 4934 AS change")
    killed = pid_of(place)
    os.kill(killed, signal.SIGKILL)
    again = ensure_server(home)
    assert pid_of(again) != killed
    with connected(again) as connection:
        assert connection.execute("SELECT change FROM kept").fetchone() == (4934,)
        connection.execute("DROP TABLE kept")


def test_a_number_that_now_belongs_to_another_process_does_not_stop_the_start(
    home: Path, place: Place
) -> None:
    os.kill(pid_of(place), signal.SIGKILL)
    deadline = time.monotonic() + 30
    while process.processes_in(place.data) and time.monotonic() < deadline:
        time.sleep(0.05)
    for file in (place.data / "postmaster.pid", place.socket / f"{SOCKET_NAME}.lock"):
        first, *others = file.read_text().splitlines()
        assert int(first) > 0
        file.write_text("\n".join([str(os.getpid()), *others]) + "\n")
    assert process.postmaster(place.data) is None
    assert pid_of(ensure_server(home)) != os.getpid()


def test_a_lost_socket_is_made_again(home: Path, place: Place) -> None:
    (place.socket / SOCKET_NAME).unlink()
    with connected(ensure_server(home)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_clients_that_are_killed_leave_it_serving(home: Path, place: Place) -> None:
    code = START + "import sys, time; sys.stdout.flush(); time.sleep(60)"
    client = python(home, code)
    assert client.stdout is not None
    assert int(client.stdout.readline()) == pid_of(place)
    client.kill()
    client.communicate()
    assert pid_of(ensure_server(home)) == pid_of(place)


def test_connections_of_a_site_find_a_killed_server_again(home: Path, place: Place) -> None:
    code = """
import os, signal, time
os.environ["DJANGO_SETTINGS_MODULE"] = "vandong.config.settings"
import django; django.setup()
from django.conf import settings
from django.core.signals import request_started
from django.db import connection
from vandong.config.embedded.place import place_of
from vandong.config.embedded.process import postmaster
def ask():
    request_started.send(sender=None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user"); return cursor.fetchone()[0]
ask()
data = place_of(settings.ENVIRONMENT.home).data
os.kill(postmaster(data).pid, signal.SIGKILL)
while postmaster(data):
    time.sleep(0.001)
print(ask())
"""
    site = python(home, code)
    said, problems = site.communicate(timeout=60)
    assert (said.strip(), site.returncode) == (SITE_ROLE, 0), problems


def test_it_stops_when_nobody_uses_it(home: Path) -> None:
    place = ensure_server(home)
    with connected(place):
        assert watchdog.is_in_use(place)
        assert not stop_if_unused(home)
    with kept_up(home):
        assert watchdog.is_in_use(place)
        assert not stop_if_unused(home)
        assert process.postmaster(place.data) is not None
    assert process.postmaster(place.data) is None


def test_the_watchdog_waits_from_the_last_use(home: Path) -> None:
    place = ensure_server(home)
    began = time.time()
    watchdog.guard(place, idle_seconds=1.0, every=0.05)
    assert process.postmaster(place.data) is None
    assert time.time() - began >= 0.9


def test_many_starters_at_once_make_one_server(tmp_path: Path) -> None:
    with thrown_away(tmp_path / "raced") as home:
        starters = [python(home, START) for _ in range(4)]
        answers = [one.communicate(timeout=120) for one in starters]
        assert [one.returncode for one in starters] == [0] * 4, answers
        assert len({said for said, _ in answers}) == 1


def test_a_start_that_was_killed_half_way_is_begun_anew(tmp_path: Path) -> None:
    with thrown_away(tmp_path / "half") as home:
        place = ensure_server(home)
        process.stop(place)
        place.ready.unlink()
        (place.data / "PG_VERSION").unlink()
        place.data.rename(place.cluster / "data.new")
        assert pid_of(ensure_server(home))
        assert not (place.cluster / "data.new").exists()


def test_a_home_with_a_long_path_gets_a_short_closed_socket(tmp_path: Path) -> None:
    with thrown_away(tmp_path / ("dài" * 40)) as home:
        place = ensure_server(home)
        assert len(os.fsencode(place.socket / SOCKET_NAME)) <= LONGEST_SOCKET_PATH
        assert mode_of(place.socket) == 0o700
        assert place_of(home) == ensure_server(home) == place


def test_data_that_are_gone_are_not_silently_begun_anew(tmp_path: Path) -> None:
    desk = tmp_path / "pg"
    desk.mkdir()
    (desk / "ready").touch()
    with pytest.raises(ServerProblem) as raised:
        ensure_server(tmp_path)
    assert raised.value.code == "server_data_gone"
