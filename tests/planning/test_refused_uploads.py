"""A file that a person gives up leaves its name behind, not its bytes."""

from datetime import UTC, datetime

import pytest

from vandong.accounts.queries.scope import Actor
from vandong.audit.models import AuditEvent
from vandong.documents.files import FileLost
from vandong.documents.models import BatchState
from vandong.planning.uploads import Upload, receive_upload, refuse_upload, upload_path

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
ACTOR = Actor.system("test")


def test_the_bytes_go_with_the_refusal(db, tmp_path, settings):
    backend = "django.core.files.storage.FileSystemStorage"
    default = {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    path = tmp_path / "so-lieu.csv"
    path.write_text("unit\n24\n", encoding="utf-8")
    batch = receive_upload(actor=ACTOR, upload=Upload("figures", path, path.name), at=AT)
    assert upload_path(batch).is_file()
    refused = refuse_upload(actor=ACTOR, batch_id=batch.pk, at=AT)
    assert refused.state == BatchState.REFUSED
    with pytest.raises(FileLost, match=r"so-lieu\.csv"):
        upload_path(refused)
    assert refused.source_file.size == 8
    assert AuditEvent.objects.filter(action="figures.refused").count() == 1
    again = receive_upload(actor=ACTOR, upload=Upload("figures", path, path.name), at=AT)
    assert upload_path(again).read_text(encoding="utf-8") == "unit\n24\n"
