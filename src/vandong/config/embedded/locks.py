"""File locks. The kernel frees them with the process that holds them, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vandong.config.embedded.problems import Say, say_nothing


@contextmanager
def alone(path: Path, say: Say = say_nothing) -> Iterator[None]:
    """Holds the lock alone; waits for whoever has it, and says so."""
    handle = _open(path)
    try:
        if not _try(handle, fcntl.LOCK_EX):
            say("server_waiting_for_another", {})
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def together(path: Path) -> Iterator[None]:
    """Holds the lock with others who hold it so: those who keep the server up."""
    handle = _open(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


def is_free(path: Path) -> bool:
    """Whether nobody holds the lock in either way."""
    handle = _open(path)
    try:
        return _try(handle, fcntl.LOCK_EX)
    finally:
        os.close(handle)


def take_if_free(path: Path) -> int | None:
    """Holds the lock alone until the process ends, and gives its handle; None when it is held."""
    handle = _open(path)
    if _try(handle, fcntl.LOCK_EX):
        return handle
    os.close(handle)
    return None


def _open(path: Path) -> int:
    return os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)


def _try(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
