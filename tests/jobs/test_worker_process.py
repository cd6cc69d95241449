"""Background work by a real worker in its own process: shown, stopped, killed, taken up again."""

import signal

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.jobs.conftest import AT, Workshop, until

from vandong.accounts.queries.scope import Actor
from vandong.jobs.models import Job, JobState
from vandong.jobs.queries.shown import shown_job
from vandong.jobs.queue import cancel_job, enqueue


def state(job: Job) -> str:
    job.refresh_from_db()
    return job.state


def test_progress_is_seen_while_it_runs_and_the_result_at_the_end(
    workshop: Workshop, actor: Actor
) -> None:
    job = workshop.put(actor)
    workshop.open_gate(2)
    workshop.start_worker()
    seen = until(
        lambda: Job.objects.filter(pk=job.pk, done_count=2, state=JobState.RUNNING).first(),
        "two pieces shown",
    )
    assert (seen.total_count, seen.step_code, seen.attempt_count) == (5, "job_running", 1)
    assert shown_job(seen, "vi").done_percent == 40

    workshop.open_gate(5)
    until(lambda: state(job) == JobState.DONE, "done")
    assert job.result["link"] == "/cong-viec/"
    assert job.done_count == 5
    assert workshop.pieces() == [(n, 1) for n in range(1, 6)]


def test_a_running_job_stops_when_asked_and_keeps_what_it_committed(
    workshop: Workshop, actor: Actor
) -> None:
    job = workshop.put(actor)
    workshop.open_gate(2)
    workshop.start_worker()
    until(lambda: len(workshop.pieces()) == 2, "two pieces")
    cancel_job(actor=actor, job_id=job.pk, at=AT)
    until(lambda: state(job) == JobState.CANCELLED, "stopped")
    workshop.open_gate(5)
    assert [piece for piece, _ in workshop.pieces()] == [1, 2]


def test_a_killed_worker_leaves_nothing_twice_and_nothing_undone(
    workshop: Workshop, actor: Actor
) -> None:
    job = workshop.put(actor)
    workshop.open_gate(2)
    first = workshop.start_worker()
    until(lambda: len(workshop.pieces()) == 2, "two pieces")
    first.kill()
    first.wait()
    workshop.open_gate(5)
    workshop.start_worker()
    until(lambda: state(job) == JobState.DONE, "done by the second worker")
    assert workshop.pieces() == [(1, 1), (2, 1), (3, 2), (4, 2), (5, 2)]
    assert job.attempt_count == 2


def test_a_worker_told_to_stop_puts_its_job_back_uncounted(
    workshop: Workshop, actor: Actor
) -> None:
    job = workshop.put(actor)
    workshop.open_gate(2)
    first = workshop.start_worker()
    until(lambda: len(workshop.pieces()) == 2, "two pieces")
    first.send_signal(signal.SIGTERM)
    assert first.wait(60) == 0
    assert (state(job), job.attempt_count) == (JobState.WAITING, 0)
    workshop.open_gate(5)
    workshop.start_worker()
    until(lambda: state(job) == JobState.DONE, "done by the second worker")
    assert [piece for piece, _ in workshop.pieces()] == [1, 2, 3, 4, 5]


def test_a_frozen_worker_taken_for_dead_does_not_make_two_runs(
    workshop: Workshop, actor: Actor
) -> None:
    job = workshop.put(actor)
    workshop.open_gate(2)
    first = workshop.start_worker()
    until(lambda: len(workshop.pieces()) == 2, "two pieces")
    first.send_signal(signal.SIGSTOP)
    workshop.start_worker()
    until(
        lambda: ProcrastinateJob.objects.filter(attempts__gt=1).exists(),
        "taken up by the second worker",
    )
    assert (state(job), job.attempt_count) == (JobState.RUNNING, 1)
    workshop.open_gate(5)
    first.send_signal(signal.SIGCONT)
    until(lambda: state(job) == JobState.DONE, "done by the first worker")
    assert workshop.pieces() == [(n, 1) for n in range(1, 6)]


@pytest.mark.parametrize(
    ("task", "code"),
    [("test.refused", "no_right"), ("test.broken", "job_broken"), ("test.full", "disk_full")],
)
def test_a_job_that_cannot_be_done_says_why(
    workshop: Workshop, actor: Actor, task: str, code: str
) -> None:
    job = enqueue(task, {}, "job_running", {}, actor, AT)
    workshop.start_worker()
    until(lambda: state(job) == JobState.FAILED, "failed")
    assert job.error_code == code
    shown = shown_job(job, "vi")
    assert len(shown.problems) == 1
    assert "quản trị" in shown.problems[0].lower() or code == "disk_full"
    assert job.attempt_count == 1


def test_a_job_that_kills_its_workers_is_given_up(workshop: Workshop, actor: Actor) -> None:
    job = enqueue("test.deadly", {}, "job_running", {}, actor, AT)
    Job.objects.filter(pk=job.pk).update(attempt_count=4)
    dying = workshop.start_worker()
    assert dying.wait(60) == -signal.SIGKILL
    workshop.start_worker()
    until(lambda: state(job) == JobState.FAILED, "given up")
    assert (job.error_code, job.error_values) == ("job_given_up", {"attempts": 5})


def test_a_transaction_rolled_back_leaves_no_job(actor: Actor) -> None:
    with transaction.atomic():
        enqueue("test.piecework", {}, "job_running", {}, actor, AT)
        assert ProcrastinateJob.objects.count() == 1
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert not ProcrastinateJob.objects.exists()
