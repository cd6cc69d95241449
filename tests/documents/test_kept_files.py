"""Source files: kept once by their bytes, whatever their names; a lost one is named."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from vandong.documents.files import FileLost, drop_file, fingerprint, keep_file, kept_path
from vandong.documents.models import Batch, BatchState, SourceFile

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, tzinfo=UTC)


def test_the_same_bytes_are_kept_once(tmp_path: Path, settings) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_bytes(b"unit\n")
    second.write_bytes(b"unit\n")
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    options = {"OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": {**backend, **options}}
    kept = keep_file(first, "Quý I.csv", AT)
    assert keep_file(second, "other.csv", AT) == kept
    assert (kept.name, kept.size) == ("Quý I.csv", 5)
    assert kept.fingerprint == fingerprint(first).sha256
    assert kept_path(kept).read_bytes() == b"unit\n"
    assert len([one for one in (tmp_path / "kept").rglob("*") if one.is_file()]) == 1
    kept_path(kept).unlink()
    with pytest.raises(FileLost, match=r"Quý I\.csv"):
        kept_path(kept)


def test_a_file_given_up_goes_unless_another_batch_needs_it(tmp_path: Path, settings) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"unit\n")
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    options = {"OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": {**backend, **options}}
    kept = keep_file(path, "a.csv", AT)
    state = BatchState.REFUSED
    Batch.objects.create(kind="figures", source_file=kept, created_at=AT, state=state)
    other = Batch.objects.create(
        kind="figures", source_file=kept, created_at=AT, state=BatchState.UNDONE
    )
    drop_file(kept)
    assert kept_path(kept).is_file(), "an import that was undone keeps its file"
    other.state = BatchState.REFUSED
    other.save()
    drop_file(kept)
    with pytest.raises(FileLost):
        kept_path(kept)
    assert SourceFile.objects.get() == kept
    assert kept_path(keep_file(path, "a.csv", AT)).read_bytes() == b"unit\n"
