"""How much one address may have worked out: generous enough for a hall of phones behind one address, an end to
a machine that asks without pause.

Pages that are kept in memory cost nothing and are never counted; only what has to be worked out is. Counted in
each process, in memory: strangers cost no statement of the database.
"""

import threading
from collections import OrderedDict
from math import ceil

REMEMBERED = 5_000
"""Addresses; the one that asked longest ago is forgotten."""


class Limit:
    """So many a minute, and as many at once after a pause: what is used comes back evenly."""

    def __init__(self, a_minute: int) -> None:
        self._most, self._lock = a_minute, threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def seconds_to_wait(self, address: str, now: float) -> int:
        """Takes one for the address at `now` (seconds of a clock that never goes back); 0 when it had one
        left, else whole seconds until the next."""
        a_second = self._most / 60
        with self._lock:
            left, at = self._left.pop(address, (float(self._most), now))
            left = min(float(self._most), left + (now - at) * a_second)
            is_free = left >= 1
            self._left[address] = (left - 1 if is_free else left), now
            while len(self._left) > REMEMBERED:
                self._left.popitem(last=False)
        return 0 if is_free else max(1, ceil((1 - left) / a_second))

    def clear(self) -> None:
        """Forgets all."""
        with self._lock:
            self._left.clear()


RESULTS = Limit(600)
"""A result takes about 30 ms: two hundred people of a hall, three results each."""
SHEETS = Limit(60)
"""A sheet takes a few tenths of a second; one printer behind the address takes fewer."""
