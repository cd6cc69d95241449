"""A full disk: said clearly, nothing half-stored, and the list goes in once there is room."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.administration.people import AT, SYSTEM
from tests.intake.taking_lists import LOAN, MAI, TOAN, Desk, changed, counts_of

from vandong.console.problems import findings_of
from vandong.documents.models import Batch, BatchState
from vandong.intake.kinds import ListKind
from vandong.intake.lists import check_received, commit_list
from vandong.registry.models import Person

pytestmark = pytest.mark.django_db
MOUNT_BYTES = 1 << 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte where the files of the site lie."""
    place = tmp_path / "files"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={MOUNT_BYTES}", "tmpfs", str(place)]
    if os.geteuid() != 0:
        pytest.skip("a small disk needs root to be mounted")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(disk: Path, free: int) -> Path:
    """Ballast that leaves so many bytes, about."""
    ballast = disk / "ballast"
    state = os.statvfs(disk)
    ballast.write_bytes(b"\0" * max(0, state.f_bavail * state.f_frsize - free))
    return ballast


def files_on(disk: Path) -> list[str]:
    return sorted(one.name for one in disk.rglob("*") if one.is_file() and one.name != "ballast")


def test_a_file_that_does_not_fit_leaves_nothing(desk: Desk, small_disk: Path) -> None:
    fill(small_disk, 4096)
    rows = [changed(LOAN, name=f"Nguyễn Thị Thử {number}") for number in range(3000)]
    with pytest.raises(OSError, match="space") as failed:
        desk.received(rows)
    assert [one.code for one in findings_of(failed.value)] == ["disk_full"]
    assert files_on(small_disk) == []


def test_a_check_that_does_not_fit_is_done_again_once_there_is_room(
    desk: Desk, small_disk: Path
) -> None:
    batch = desk.received([LOAN, TOAN, MAI])
    kept = files_on(small_disk)
    ballast = fill(small_disk, 0)
    with pytest.raises(OSError) as failed:  # noqa: PT011 whatever words the writer has for it
        check(desk, batch)
    assert [one.code for one in findings_of(failed.value)] == ["disk_full"]
    assert files_on(small_disk) == kept
    batch.refresh_from_db()
    assert batch.state == BatchState.RECEIVED
    ballast.unlink()
    check(desk, batch)
    commit_list(actor=SYSTEM, batch_id=batch.pk, at=AT)
    batch.refresh_from_db()
    assert counts_of(batch).new == 3
    assert Person.objects.count() == 3


def check(desk: Desk, batch: Batch) -> None:
    assert batch.kind == ListKind.BHYT_HGD
    check_received(actor=desk.actor, batch_id=batch.pk, book=None, at=AT)  # type: ignore[arg-type]
