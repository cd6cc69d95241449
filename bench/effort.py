"""What a piece of work costs: seconds on the clock, and seconds of processor here and in the database server.

Other work on the machine makes the clock run on, but hardly adds to the seconds of processor.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection


@dataclass
class Effort:
    """`clock` and `processor` are seconds; `processor` is None when the server runs on another machine."""

    clock: float = 0.0
    processor: float | None = None


@contextmanager
def effort() -> Iterator[Effort]:
    """Measures what is done inside, on Django's own connection."""
    spent = Effort()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_backend_pid(), inet_server_addr() IS NULL OR host(inet_server_addr()) = '127.0.0.1'"
        )
        backend, is_here = cursor.fetchone()
    began, used = time.perf_counter(), _processor(backend) if is_here else None
    yield spent
    spent.clock = time.perf_counter() - began
    spent.processor = None if used is None else _processor(backend) - used


def _processor(backend: int) -> float:
    """User and system seconds of this process and of its backend."""
    after_name = (
        Path(f"/proc/{backend}/stat")
        .read_text(encoding="ascii", errors="replace")
        .rpartition(")")[2]
    )
    ticks = [int(one) for one in after_name.split()[11:13]]
    return time.process_time() + sum(ticks) / os.sysconf("SC_CLK_TCK")
