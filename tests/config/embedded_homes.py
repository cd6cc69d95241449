"""Homes with an embedded server of their own, thrown away after the test."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from vandong.config.embedded import process
from vandong.config.embedded.place import Place, place_of
from vandong.config.embedded.tuning import DATABASE, OWNER_ROLE


@contextmanager
def thrown_away(home: Path) -> Iterator[Path]:
    """Stops the server of this home and removes what it left outside it."""
    try:
        yield home
    finally:
        place = place_of(home)
        process.stop(place)
        shutil.rmtree(place.socket, ignore_errors=True)
        shutil.rmtree(place.cluster, ignore_errors=True)


def connected(place: Place, role: str = OWNER_ROLE, database: str = DATABASE) -> psycopg.Connection:
    """A connection that commits each statement."""
    return psycopg.connect(
        host=str(place.socket), port=5432, user=role, dbname=database, autocommit=True
    )


def environment_of(home: Path, **more: str) -> dict[str, str]:
    """The environment of a process that works on this home."""
    without = {"DATABASE_URL", "DATABASE_OWNER_URL", "VANDONG_DB_ROLE", "VANDONG_DEMO", "PORT"}
    kept = {name: value for name, value in os.environ.items() if name not in without}
    source = str(Path(process.__file__).resolve().parents[3])
    own = {"VANDONG_HOME": str(home), "PYTHONPATH": source, "VANDONG_DB_IDLE_MINUTES": "1"}
    return kept | own | more


def python(home: Path, code: str) -> subprocess.Popen[str]:
    """Another process on this home that runs `code`."""
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment_of(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
