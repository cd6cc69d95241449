"""`vandong worker`: takes jobs from the queue until it is asked to stop."""

import asyncio
import logging
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import Annotated, Any

import typer
from procrastinate import App
from procrastinate.contrib.django import app as queue
from procrastinate.exceptions import ConnectorException

from vandong.console import handlers
from vandong.jobs.queue import QUEUE_NAME, RUN_TASK

_log = logging.getLogger(__name__)
_WAIT_FOR_DATABASE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """How a worker works; times in seconds."""

    concurrency: int
    stalled_after: float
    grace: float
    is_once: bool


def register(root: typer.Typer) -> None:
    """Adds `vandong worker`."""
    root.command()(worker)


def worker(
    concurrency: Annotated[
        int, typer.Option(min=1, max=32, help="Số việc chạy cùng lúc. / Jobs at the same time.")
    ] = 2,
    stalled_after: Annotated[
        float,
        typer.Option(
            min=1.0,
            help="Sau bao nhiêu giây không có tín hiệu thì việc dở được nhận lại."
            " / Seconds without a sign of life after which unfinished jobs are taken up again.",
        ),
    ] = 30.0,
    grace: Annotated[
        float,
        typer.Option(
            min=0.0,
            help="Khi được yêu cầu dừng, chờ việc đang chạy bao nhiêu giây."
            " / Seconds a running job is given when the worker is asked to stop.",
        ),
    ] = 10.0,
    once: Annotated[
        bool, typer.Option("--once", help="Hết việc thì dừng. / Stop when no job is waiting.")
    ] = False,
    load: Annotated[
        list[str] | None,
        typer.Option(
            help="Nạp thêm mô-đun có bộ xử lý việc (cho người phát triển)."
            " / Load one more module of handlers (for developers)."
        ),
    ] = None,
) -> None:
    """Chạy các việc nền cho đến khi được yêu cầu dừng (TERM). / Run background jobs until asked to stop."""
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(name)s %(message)s"
    )
    handlers.load()
    for module in load or []:
        import_module(module)
    asyncio.run(_work(WorkerOptions(concurrency, stalled_after, grace, once)))


async def _work(options: WorkerOptions) -> None:
    """Serves until TERM or INT; begins anew when the database was away."""
    asked_to_stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked_to_stop.set)
    while not asked_to_stop.is_set():
        try:
            await _serve(options, asked_to_stop)
        except ConnectorException as problem:
            _log.warning("the database is away, trying again: %s", problem)
        if options.is_once:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(asked_to_stop.wait(), _WAIT_FOR_DATABASE_SECONDS)


async def _serve(options: WorkerOptions, asked_to_stop: asyncio.Event) -> None:
    """One life of a worker: ends when asked to, or when the connection is lost."""
    app = queue.with_connector(queue.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with app.open_async():
        running = asyncio.create_task(
            app.run_worker_async(
                queues=[QUEUE_NAME],
                name="vandong",
                concurrency=options.concurrency,
                wait=not options.is_once,
                delete_jobs="successful",
                install_signal_handlers=False,
                shutdown_graceful_timeout=options.grace,
                update_heartbeat_interval=min(10.0, options.stalled_after / 3),
                stalled_worker_timeout=options.stalled_after,
            )
        )
        sides: list[asyncio.Task[Any]] = [
            asyncio.create_task(_take_up_stalled(app, options.stalled_after)),
            asyncio.create_task(asked_to_stop.wait()),
        ]
        await asyncio.wait({running, *sides}, return_when=asyncio.FIRST_COMPLETED)
        await _end(running, sides)


async def _end(running: asyncio.Task[None], sides: list[asyncio.Task[Any]]) -> None:
    """Stops what is left; raises what ended the worker's life."""
    if not running.done():
        running.cancel()
    for side in sides:
        if not side.done():
            side.cancel()
    for task in (running, *sides):
        with suppress(asyncio.CancelledError):
            await task


async def _take_up_stalled(app: App, stalled_after: float) -> None:
    """Puts the jobs of dead workers back in the queue, now and again and again."""
    while True:
        stalled = await app.job_manager.get_stalled_jobs(
            queue=QUEUE_NAME, task_name=RUN_TASK, seconds_since_heartbeat=stalled_after
        )
        for job in stalled:
            _log.warning("job %s lost its worker, taken up again", job.task_kwargs.get("job_id"))
            await app.job_manager.retry_job(job, datetime.now(UTC))
        await asyncio.sleep(stalled_after / 2)
