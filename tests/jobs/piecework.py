"""Handlers for the tests of background work, loaded into a real worker with `--load`.

`piecework` lays its pieces one by one, each in a transaction with its checkpoint, and waits for a gate (a
file with a number) before each: the test says how far it may go, so nothing hangs on time.
"""

import time
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from vandong.accounts.queries.scope import NotAllowed
from vandong.jobs.run import JobRun, handles


@handles("test.piecework")
def piecework(run: JobRun, *, pieces: int, gate: str) -> dict[str, Any]:
    done = int(run.resumed.get("done", 0))
    while done < pieces:
        run.advance(done, pieces, "job_running")
        if int(Path(gate).read_text()) <= done:
            time.sleep(0.02)
            continue
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO test_piece VALUES (%s, %s, %s)",
                    [run.job_id, done + 1, run.attempt_count],
                )
            run.checkpoint({"done": done + 1})
            run.advance(done + 1, pieces, "job_running")
        done += 1
    return {"link": "/cong-viec/", "summary_code": "job_done", "values": {}}


@handles("test.refused")
def refused(run: JobRun) -> dict[str, Any]:
    raise NotAllowed("no_right", {"right": "xem số liệu"})


@handles("test.broken")
def broken(run: JobRun) -> dict[str, Any]:
    return {"never": 1 // 0}


@handles("test.full")
def full(run: JobRun) -> dict[str, Any]:
    from django.db import OperationalError

    class DiskFull(Exception):
        sqlstate = "53100"

    raise OperationalError("could not extend file") from DiskFull()


@handles("test.deadly")
def deadly(run: JobRun) -> dict[str, Any]:
    import os
    import signal

    os.kill(os.getpid(), signal.SIGKILL)
    return {}
