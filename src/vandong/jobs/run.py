"""What a handler is given: how far it is, where to go on from, and whether to stop."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Protocol
from uuid import UUID

from vandong.jobs.ledger import Ledger, Start
from vandong.jobs.models import Job

SHOWN_EVERY = timedelta(milliseconds=500)
"""Progress is written no more often, save at a new step and at the end."""


class JobCancelled(Exception):
    """Somebody asked the job to stop. A handler lets it pass; its open transaction is rolled back."""


class JobInterrupted(Exception):
    """The worker is stopping: the job goes on from its checkpoint when a worker is back."""


class JobRun:
    """One run of a job.

    `resumed` is the last checkpoint, empty in the first run. A handler that is run again after a kill goes
    on from it and repeats nothing that was committed.
    """

    def __init__(
        self,
        ledger: Ledger,
        start: Start,
        clock: Callable[[], datetime],
        is_stopping: Callable[[], bool],
    ) -> None:
        self.job_id: UUID = ledger.job_id
        self.attempt_count = start.attempt_count
        self.resumed: Mapping[str, Any] = MappingProxyType(dict(start.checkpoint))
        self._ledger = ledger
        self._clock = clock
        self._is_stopping = is_stopping
        self._shown_at: datetime | None = None
        self._step = ""

    def advance(self, done: int, total: int | None = None, step: str = "") -> None:
        """Shows `done` of `total`, at once visible to readers; `step` is a code of `phrases`.

        Call it often: it writes twice a second. Raises JobCancelled, JobInterrupted.
        """
        now = self._clock()
        if self._is_due(now, done, total, step):
            self._shown_at, self._step = now, step
            if self._ledger.write_progress(done, total, step, now):
                raise JobCancelled
        if self._is_stopping():
            raise JobInterrupted

    def checkpoint(self, reached: Mapping[str, Any]) -> None:
        """Keeps where to go on from, in the handler's own transaction: it stands exactly if the work does.

        Call it last in the transaction that does the work, once a piece.
        """
        Job.objects.filter(pk=self.job_id).update(checkpoint=dict(reached))

    def _is_due(self, now: datetime, done: int, total: int | None, step: str) -> bool:
        if self._shown_at is None or step != self._step or done == total:
            return True
        return now - self._shown_at >= SHOWN_EVERY


class Handler(Protocol):
    """What does the work of one task. Its result (JSON values) may carry `link`, `summary_code`, `values`."""

    def __call__(self, run: JobRun, **arguments: Any) -> dict[str, Any]: ...


_HANDLERS: dict[str, Handler] = {}


def handles(task: str) -> Callable[[Handler], Handler]:
    """Registers a handler under its name. Raises ValueError for a name that is taken."""

    def registered(handler: Handler) -> Handler:
        if task in _HANDLERS:
            raise ValueError(f"two handlers for {task}")
        _HANDLERS[task] = handler
        return handler

    return registered


def handler_of(task: str) -> Handler:
    """The handler of a task. Raises KeyError naming a task nobody handles."""
    return _HANDLERS[task]
