"""The one task of the queue: it finds a job's handler, runs it, and writes down how it ended.

procrastinate finds this module by its name, in the site too; handlers are imported by the worker only.
"""

import logging
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.utils import timezone
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job as QueuedJob

from vandong.console.problems import findings_of
from vandong.jobs.ledger import Ledger, Start
from vandong.jobs.queue import QUEUE_NAME, RUN_TASK
from vandong.jobs.run import JobCancelled, JobInterrupted, JobRun, handler_of
from vandong.kernel.disk import is_disk_full
from vandong.kernel.findings import Finding, Severity

MAX_ATTEMPTS = 5
"""A job whose worker died this often is given up: it is most likely what kills it."""

_log = logging.getLogger(__name__)


class JobBusy(Exception):
    """Another run of the job lives (a worker that was taken for dead): looked at again later."""


class LaterAgain(BaseRetryStrategy):
    """Runs again what was broken off by the machine; a job that failed by itself is not repeated."""

    def get_retry_decision(
        self, *, exception: BaseException, job: QueuedJob
    ) -> RetryDecision | None:
        """At once after an orderly stop; in a while when the database was away or another run lives."""
        if isinstance(exception, JobInterrupted):
            return RetryDecision(retry_in={"seconds": 0})
        if is_disk_full(exception):
            return None
        if isinstance(exception, JobBusy | OperationalError | InterfaceError):
            return RetryDecision(retry_in={"seconds": 5})
        return None


@app.task(name=RUN_TASK, queue=QUEUE_NAME, pass_context=True, retry=LaterAgain())
def run_job(context: JobContext, job_id: str) -> None:
    """One run of a job, with its end written on its row."""
    with Ledger(UUID(job_id)) as ledger:
        if not ledger.take():
            raise JobBusy
        start = ledger.start(timezone.now())
        if start is None:
            return
        if start.attempt_count > MAX_ATTEMPTS:
            ledger.fail([_error("job_given_up", attempts=MAX_ATTEMPTS)], timezone.now())
            return
        _run(ledger, start, JobRun(ledger, start, timezone.now, context.should_abort))


def _run(ledger: Ledger, start: Start, run: JobRun) -> None:
    try:
        result = handler_of(start.task)(run, **start.arguments)
    except JobCancelled:
        ledger.stop(timezone.now())
    except JobInterrupted:
        ledger.put_back()
        raise
    except (OperationalError, InterfaceError) as problem:
        if not is_disk_full(problem):
            raise  # the database went away: the row cannot be written either, the run is repeated
        _fail(ledger, problem)
    except Exception as problem:  # noqa: BLE001 a door: told on the row, raised again
        _fail(ledger, problem)
    else:
        ledger.finish(result, timezone.now())


def _fail(ledger: Ledger, problem: Exception) -> None:
    """Known problems are told as they are; anything else is a fault, told as one and raised again."""
    findings = findings_of(problem)
    ledger.fail(findings or [_error("job_broken")], timezone.now())
    if not findings:
        raise problem
    _log.info("job %s ended with a problem: %s", ledger.job_id, findings[0].code)


def _error(code: str, **values: object) -> Finding:
    return Finding(code, values, severity=Severity.ERROR)
