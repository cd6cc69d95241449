"""The entry of `vandong`: exit codes, and the server started only by commands that need it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.config.embedded_homes import connected, environment_of, thrown_away

from vandong.config.embedded.place import place_of
from vandong.config.embedded.tuning import SITE_ROLE

ENTRY = [sys.executable, "-m", "vandong.config.entry"]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    with thrown_away(tmp_path) as made:
        yield made


def run(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*ENTRY, *arguments],
        env=environment_of(home, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(("lang", "word"), [("vi", "Tùy chọn"), ("en", "Options")])
def test_help_starts_nothing(home: Path, lang: str, word: str) -> None:
    done = run(home, "up", "--help", VANDONG_LANG=lang)
    assert (done.returncode, word in done.stdout) == (0, True), done.stderr
    assert not (home / "pg").exists()


def test_a_wrong_variable_is_wrong_usage(home: Path) -> None:
    done = run(home, "--help", PORT="http")
    assert (done.returncode, done.stdout) == (2, "")
    assert "PORT" in done.stderr


def test_a_command_makes_server_tables_and_rights(home: Path) -> None:
    first, second = (run(home, "users", "list") for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    with connected(place_of(home), SITE_ROLE) as connection:
        assert connection.execute("SELECT count(*) FROM accounts_user").fetchone() == (0,)


def test_a_server_that_cannot_be_is_told_in_a_sentence(home: Path) -> None:
    (home / "pg").mkdir()
    (home / "pg" / "ready").touch()
    done = run(home, "users", "list", VANDONG_LANG="vi")
    assert done.returncode == 1
    assert done.stderr.startswith("Không còn thư mục dữ liệu")
    assert "Traceback" not in done.stderr
