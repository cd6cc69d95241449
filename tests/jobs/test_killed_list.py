"""kill -9 of a real worker while a list is taken over: nothing of it stands, then everything, once."""

import csv
from pathlib import Path

import pytest
from django.db import connection
from tests.figures.factories import make_unit
from tests.intake.taking_lists import HOUSEHOLD_HEADS
from tests.jobs.conftest import AT, Workshop, until
from tests.jobs.test_killed_import import held, waits_for

from vandong.accounts.models import Grant, User
from vandong.accounts.queries.scope import Actor, actor_for
from vandong.documents.models import Batch, BatchState
from vandong.intake.kinds import ListKind
from vandong.intake.lists import accept_list, receive_list
from vandong.intake.planning_lists import LOCK
from vandong.intake.shapes import ListCounts, ListUpload
from vandong.jobs.models import Job, JobState
from vandong.registry.models import Change, Household, Participation, Person

ROWS = 2_000
HOLDS = {
    "matching": (f"SELECT pg_advisory_lock({LOCK})", "advisory"),
    "households": ("LOCK TABLE registry_household IN SHARE MODE", "relation"),
    "people": ("LOCK TABLE registry_person IN SHARE MODE", "relation"),
    "spells": ("LOCK TABLE registry_participation IN SHARE MODE", "relation"),
}
"""What the test holds, so that the taking-over stands still before it matches and before each table."""


@pytest.fixture
def officer(
    transactional_db: None, tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch
) -> Actor:
    """An officer of a commune; files are kept in a folder that test and workers share."""
    monkeypatch.setenv("VANDONG_HOME", str(tmp_path))
    backend = "django.core.files.storage.FileSystemStorage"
    default = {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}  # type: ignore[attr-defined]
    unit = make_unit("Xã Tam Tiến", "07264", "commune", parent=make_unit())
    user = User.objects.create(username="lan", full_name="Nguyễn Thị Lan")
    Grant.objects.create(user=user, role="officer", unit=unit, granted_at=AT)
    return actor_for(user, AT.date())


def checked_list(officer: Actor, folder: Path) -> Batch:
    path = folder / "hgd.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HOUSEHOLD_HEADS)
        for number in range(ROWS):
            out.writerow(
                (
                    *(f"H{number // 4}", f"Nguyễn Thị Loan {'ABCD'[number % 4]}", "01/04/1993"),
                    *("Nữ", "Chủ hộ" if number % 4 == 0 else "Con", f"001193{number:06d}", ""),
                    *("", "01/01/2026", "31/12/2026"),
                )
            )
    unit = Grant.objects.get(user_id=officer.user_id).unit
    assert unit is not None
    upload = ListUpload(ListKind.BHYT_HGD, path, path.name, AT.date(), unit_id=unit.pk)
    batch = receive_list(actor=officer, upload=upload, at=AT)
    return until(lambda: batch_in(batch, BatchState.CHECKED), "checked")


def batch_in(batch: Batch, state: str) -> Batch | None:
    return Batch.objects.filter(pk=batch.pk, state=state).first()


def nothing_stands() -> bool:
    return not any(model.objects.exists() for model in (Person, Household, Participation, Change))


@pytest.mark.parametrize("hold", HOLDS)
def test_a_worker_killed_in_a_list_stores_nothing_and_the_next_one_all_of_it_once(
    workshop: Workshop, officer: Actor, tmp_path: Path, hold: str
) -> None:
    first = workshop.start_worker()
    batch = checked_list(officer, tmp_path)
    sql, lock = HOLDS[hold]
    with held(sql):
        job = accept_list(actor=officer, batch_id=batch.pk, at=AT)
        until(lambda: waits_for(lock), "the list stands still")
        first.kill()
        first.wait()
        assert nothing_stands()
        assert batch_in(batch, BatchState.CHECKED)
    until(lambda: not waits_for(lock), "what the killed worker left behind is gone")
    assert nothing_stands()
    workshop.start_worker()
    until(lambda: Job.objects.filter(pk=job.pk, state=JobState.DONE).exists(), "done")
    assert Job.objects.get(pk=job.pk).attempt_count == 2
    done = batch_in(batch, BatchState.COMMITTED)
    assert done is not None
    assert ListCounts(**done.options["counts"]) == ListCounts(rows=ROWS, new=ROWS)
    assert (Person.objects.count(), Household.objects.count()) == (ROWS, ROWS // 4)
    assert Participation.objects.count() == ROWS
    assert Change.objects.filter(action="list.committed").count() == 1
    connection.close()
