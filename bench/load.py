"""A load with a named rate: each user makes one request every two seconds, whatever the answers take."""

import random
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import httpx

SECONDS_BETWEEN = 2.0


@dataclass
class Timings:
    """Seconds from the moment a request was due to its last byte, so that waiting in line counts."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0

    def add(self, seconds: float, status: int) -> None:
        """One answer; anything but 200 is an error."""
        self.seconds.append(seconds)
        self.errors += status != httpx.codes.OK

    def at(self, share: float) -> float:
        """The latency that `share` of the requests stay under, in milliseconds."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


def steady_load(
    open_client: Callable[[], httpx.Client], paths: list[str], *, users: int, seconds: float
) -> Timings:
    """`users` × one request every 2 s for `seconds`, spread evenly."""
    timings, lock = Timings(), threading.Lock()
    start = time.perf_counter() + 1

    def one_user(number: int) -> None:
        chosen = random.Random(number)
        with open_client() as client:
            due = start + number * SECONDS_BETWEEN / users
            while due < start + seconds:
                time.sleep(max(0.0, due - time.perf_counter()))
                status = client.get(chosen.choice(paths)).status_code
                with lock:
                    timings.add(time.perf_counter() - due, status)
                due += SECONDS_BETWEEN

    _run(one_user, range(users))
    return timings


def saturation(
    open_client: Callable[[], httpx.Client], paths: list[str], *, clients: int, seconds: float
) -> float:
    """Requests a second when `clients` ask again as soon as they are answered."""
    counts = [0] * clients
    end = time.perf_counter() + seconds

    def one_client(number: int) -> None:
        chosen = random.Random(number)
        with open_client() as client:
            while time.perf_counter() < end:
                client.get(chosen.choice(paths)).raise_for_status()
                counts[number] += 1

    _run(one_client, range(clients))
    return sum(counts) / seconds


def _run(work: Callable[[int], None], numbers: Iterable[int]) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
