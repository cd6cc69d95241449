"""Static files are gathered when one of them changed, with their fingerprint in the name."""

from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage

from vandong.config.static_files import fingerprint, gather_static_files


def test_they_are_gathered_once(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    given = tmp_path / "given" / "ui"
    given.mkdir(parents=True)
    (given / "app.css").write_text("body { color: black; }")
    finder = "django.contrib.staticfiles.finders.FileSystemFinder"
    # The site of the browser tests keeps its own storage for a whole session.
    manifest = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {  # type: ignore[attr-defined]
        "staticfiles": {"BACKEND": manifest}
    }
    settings.STATICFILES_FINDERS = [finder]  # type: ignore[attr-defined]
    settings.STATICFILES_DIRS = [given.parent]  # type: ignore[attr-defined]
    settings.STATIC_ROOT = tmp_path / "static"  # type: ignore[attr-defined]
    before = fingerprint()
    assert gather_static_files()
    assert not gather_static_files()
    assert fingerprint() == before
    name = staticfiles_storage.stored_name("ui/app.css")
    assert name != "ui/app.css"
    assert (tmp_path / "static" / name).exists()
    (tmp_path / "static.fingerprint").write_text("another")
    assert gather_static_files()
