"""The job's row as its run writes it: on a connection of its own, so that readers see it at once.

The handler works in transactions on Django's connection; what is written here does not wait for them.
The connection also holds an advisory lock for as long as the run lives: a second run of the same job,
by a worker that took the first for dead, finds it taken and leaves.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from vandong.jobs.models import JobState
from vandong.jobs.values import kept_finding
from vandong.kernel.findings import Finding

_LOCK_CLASS = 0x766A
"""First half of the advisory lock's key: no other part of the program uses it."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a run begins with."""

    task: str
    arguments: Mapping[str, Any]
    checkpoint: Mapping[str, Any]
    attempt_count: int


class Ledger:
    """Writes one job's row. A context: opens its connection, closes it."""

    def __init__(self, job_id: UUID) -> None:
        self.job_id = job_id
        self._connection: BaseDatabaseWrapper = connections.create_connection("default")

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def take(self) -> bool:
        """Takes the job for this run; False while another run lives."""
        [(is_taken,)] = self._rows(
            "SELECT pg_try_advisory_lock(%s, hashtext(%s))", [_LOCK_CLASS, str(self.job_id)]
        )
        return bool(is_taken)

    def start(self, at: datetime) -> Start | None:
        """Begins a run and counts it. None when the job ended, or was asked to stop (it ends then)."""
        self._rows(
            "UPDATE jobs_job SET state = %s, finished_at = %s WHERE id = %s AND state IN (%s, %s)"
            " AND cancel_asked_at IS NOT NULL RETURNING id",
            [JobState.CANCELLED, at, self.job_id, JobState.WAITING, JobState.RUNNING],
        )
        rows = self._rows(
            "UPDATE jobs_job SET state = %s, started_at = coalesce(started_at, %s), heartbeat_at = %s,"
            " attempt_count = attempt_count + 1 WHERE id = %s AND state IN (%s, %s)"
            " RETURNING task, arguments, checkpoint, attempt_count",
            [JobState.RUNNING, at, at, self.job_id, JobState.WAITING, JobState.RUNNING],
        )
        if not rows:
            return None
        [(task, arguments, checkpoint, attempts)] = rows
        return Start(task, _loaded(arguments), _loaded(checkpoint), attempts)

    def write_progress(self, done: int, total: int | None, step_code: str, at: datetime) -> bool:
        """Shows how far the run is; True when it has been asked to stop.

        Skipped while the handler's open transaction holds the row (it has written its checkpoint): the next
        call shows it.
        """
        rows = self._rows(
            "UPDATE jobs_job SET done_count = %s, total_count = %s, step_code = %s, heartbeat_at = %s"
            " WHERE id IN (SELECT id FROM jobs_job WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED)"
            " RETURNING cancel_asked_at IS NOT NULL",
            [done, total, step_code, at, self.job_id],
        )
        return bool(rows[0][0]) if rows else self.is_cancel_asked()

    def is_cancel_asked(self) -> bool:
        """Whether somebody asked the job to stop."""
        rows = self._rows(
            "SELECT cancel_asked_at IS NOT NULL FROM jobs_job WHERE id = %s", [self.job_id]
        )
        return bool(rows and rows[0][0])

    def finish(self, result: Mapping[str, Any], at: datetime) -> None:
        """The job is done, with what its page shows."""
        self._rows(
            "UPDATE jobs_job SET state = %s, result = %s, finished_at = %s, step_code = '',"
            " done_count = coalesce(total_count, done_count) WHERE id = %s RETURNING id",
            [JobState.DONE, json.dumps(dict(result)), at, self.job_id],
        )

    def fail(self, problems: Sequence[Finding], at: datetime) -> None:
        """The job cannot be done: why, by `phrases`. All problems are kept, the first one is the headline."""
        shown = [kept_finding(problem) for problem in problems]
        self._rows(
            "UPDATE jobs_job SET state = %s, error_code = %s, error_values = %s, result = %s,"
            " finished_at = %s WHERE id = %s RETURNING id",
            [
                JobState.FAILED,
                problems[0].code,
                json.dumps(shown[0]["values"]),
                json.dumps({"problems": shown}),
                at,
                self.job_id,
            ],
        )

    def put_back(self) -> None:
        """The run was broken off by no fault of its own: the job waits, and the run is not counted."""
        self._rows(
            "UPDATE jobs_job SET state = %s, attempt_count = attempt_count - 1"
            " WHERE id = %s RETURNING id",
            [JobState.WAITING, self.job_id],
        )

    def stop(self, at: datetime) -> None:
        """The run has stopped because it was asked to."""
        self._rows(
            "UPDATE jobs_job SET state = %s, finished_at = %s WHERE id = %s RETURNING id",
            [JobState.CANCELLED, at, self.job_id],
        )

    def _rows(self, sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with closing(self._connection.cursor()) as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())


def _loaded(column: Any) -> Mapping[str, Any]:
    return dict(json.loads(column) if isinstance(column, str) else column)
