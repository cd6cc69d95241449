"""kill -9 of a real worker in the middle of an import: nothing half-stored, then everything, once."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, connections
from tests.figures.factories import make_unit
from tests.jobs.conftest import AT, Workshop, until

from vandong.accounts.models import Grant, User
from vandong.accounts.queries.scope import Actor, actor_for
from vandong.audit.models import AuditEvent
from vandong.documents.models import Batch, BatchState
from vandong.figures.models import Observation
from vandong.jobs.models import Job, JobState
from vandong.planning.uploads import Upload, accept_upload, receive_upload

ROWS = 3_000
COMPARING = f"SELECT pg_advisory_lock({0x696D70}, 0)"
STORING = "LOCK TABLE figures_observation IN SHARE MODE"
"""What the test holds, so that the import stands still: before it compares; in the statement that stores, its
batch already written in the open transaction."""


@pytest.fixture
def planner(
    transactional_db: None, tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch
) -> Actor:
    """A planner; files are kept in a folder that test and workers share."""
    monkeypatch.setenv("VANDONG_HOME", str(tmp_path))
    backend = "django.core.files.storage.FileSystemStorage"
    default = {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}  # type: ignore[attr-defined]
    make_unit()
    user = User.objects.create(username="lan", full_name="Nguyễn Thị Lan")
    Grant.objects.create(user=user, role="planner", granted_at=AT)
    return actor_for(user, AT.date())


@contextmanager
def held(sql: str) -> Iterator[None]:
    """Something that the import needs is in other hands."""
    other = connections.create_connection("default")
    with closing(other):
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(sql)
            yield


def waits_for(kind: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database
            WHERE locktype = %s AND NOT granted AND datname = current_database()""",
            [kind],
        )
        return bool(cursor.fetchone()[0])


def checked_upload(planner: Actor, folder: Path) -> Batch:
    path = folder / "so-lieu.csv"
    days = (AT.date() - timedelta(n) for n in range(ROWS))
    rows = (f"24,{day},bhxh_tn,stock,{day.toordinal()}" for day in days)
    path.write_text("\n".join(["unit,as_of,scheme,measure,value", *rows]), encoding="utf-8")
    upload = Upload("figures", path, path.name)
    batch = receive_upload(actor=planner, upload=upload, at=AT)
    return until(lambda: batch_in(batch, BatchState.CHECKED), "checked")


def batch_in(batch: Batch, state: str) -> Batch | None:
    return Batch.objects.filter(pk=batch.pk, state=state).first()


@pytest.mark.parametrize(
    ("hold", "lock"), [(COMPARING, "advisory"), (STORING, "relation")], ids=["comparing", "storing"]
)
def test_a_worker_killed_in_an_import_stores_nothing_and_the_next_one_all_of_it_once(
    workshop: Workshop, planner: Actor, tmp_path: Path, hold: str, lock: str
) -> None:
    first = workshop.start_worker()
    batch = checked_upload(planner, tmp_path)
    with held(hold):
        job = accept_upload(actor=planner, batch_id=batch.pk, accept_good=False, at=AT)
        until(lambda: waits_for(lock), "the import stands still")
        first.kill()
        first.wait()
        assert not Observation.objects.exists()
        assert batch_in(batch, BatchState.CHECKED)
    until(lambda: not waits_for(lock), "what the killed worker left behind is gone")
    assert not Observation.objects.exists()
    workshop.start_worker()
    until(lambda: Job.objects.filter(pk=job.pk, state=JobState.DONE).exists(), "done")
    assert Job.objects.get(pk=job.pk).attempt_count == 2
    done = batch_in(batch, BatchState.COMMITTED)
    assert done is not None
    assert done.accepted_count == ROWS
    assert Observation.objects.filter(batch=batch, live=True).count() == ROWS
    assert Observation.objects.count() == ROWS
    assert AuditEvent.objects.filter(action="figures.imported").count() == 1
