"""Waiting for something to become so."""

import time
from collections.abc import Callable


def until(is_so: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether it became so in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.05)
    return False
