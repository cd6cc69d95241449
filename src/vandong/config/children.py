"""Child processes of `vandong up`: started again when they die, ended with it however it ends."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

SOON_SECONDS = 5.0
LONGEST_PAUSE = 30.0
_PR_SET_PDEATHSIG = 1


class Child:
    """One process that has to run. A child that dies soon after its start is started after longer pauses."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self._command = list(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._pause = 0.0
        self._start_from = 0.0

    def tend(self) -> bool:
        """Starts the process when it does not run and its pause is over; True when it was found dead."""
        now = time.monotonic()
        is_found_dead = self._process is not None and self._process.poll() is not None
        if is_found_dead:
            self._bury(now)
        if self._process is None and now >= self._start_from:
            self._start(now)
        return is_found_dead

    def ask_to_stop(self) -> None:
        """TERM to the process alone: it ends its own workers in order."""
        if self._process is not None:
            self._process.terminate()

    def end(self, within: float) -> None:
        """Waits for the end; then nobody of its group is left."""
        if self._process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(within)
        self._kill_group()
        self._process.wait()
        self._process = None

    def _bury(self, now: float) -> None:
        """What the dead process started would hold the port: it goes too."""
        self._kill_group()
        self._process = None
        died_soon = now - self._started_at < SOON_SECONDS
        self._pause = min(max(1.0, self._pause * 2), LONGEST_PAUSE) if died_soon else 0.0
        self._start_from = now + self._pause

    def _start(self, now: float) -> None:
        self._started_at = now
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - no threads here
            env={**os.environ, "VANDONG_DB_ROLE": "site"},
        )

    def _kill_group(self) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)


def _end_with_parent() -> None:
    """The kernel sends TERM when the parent is gone, even by kill -9."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
