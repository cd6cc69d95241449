"""Stops the server that a command started, once nobody has used it for a while.

Runs by itself, detached: `python -m vandong.config.embedded.watchdog HOME`. At most one for each home.
"""

import os
import sys
import time
from pathlib import Path

from vandong.config.embedded import locks, process, starter
from vandong.config.embedded.place import Place, place_of

IDLE_MINUTES_VARIABLE = "VANDONG_DB_IDLE_MINUTES"
DEFAULT_IDLE_MINUTES = "15"
_LOOK_EVERY_SECONDS = 15.0


def watch(home: Path, idle_seconds: float) -> None:
    """Guards the server of this home, unless another watchdog does."""
    place = place_of(home)
    if place.desk.is_dir() and _is_taken(place):
        guard(place, idle_seconds, _LOOK_EVERY_SECONDS)


def guard(place: Place, idle_seconds: float, every: float) -> None:
    """Returns when the server is stopped, or gone by itself."""
    home, idle_from = place.desk.parent, time.time()
    while place.desk.is_dir() and process.postmaster(place.data) is not None:
        if is_in_use(place):
            idle_from = time.time()
        idle_from = max(idle_from, _last_use(place))
        if time.time() - idle_from >= idle_seconds and starter.stop_if_unused(home):
            return
        time.sleep(every)


def is_in_use(place: Place) -> bool:
    """Whether somebody keeps the server up or is connected; a server that does not answer is left alone."""
    return not locks.is_free(place.keeper_lock) or starter.client_count(place) != 0


def _last_use(place: Place) -> float:
    try:
        return place.last_use.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _is_taken(place: Place) -> bool:
    """Takes the lock for the rest of the process; tried again, since others look at it for a moment."""
    for _ in range(20):
        if locks.take_if_free(place.watchdog_lock) is not None:
            return True
        time.sleep(0.05)
    return False


def main() -> None:
    """The minutes come from the environment; a wrong value has been refused by who started us."""
    minutes = float(os.environ.get(IDLE_MINUTES_VARIABLE) or DEFAULT_IDLE_MINUTES)
    watch(Path(sys.argv[1]), minutes * 60)


if __name__ == "__main__":
    main()
