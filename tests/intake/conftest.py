"""A desk at which lists of one commune come in."""

from pathlib import Path

import pytest
from tests.accounts.conftest import Country, country
from tests.intake.taking_lists import Desk

__all__ = ["country"]


@pytest.fixture
def desk(country: Country, tmp_path: Path, settings: object) -> Desk:
    backend = "django.core.files.storage.FileSystemStorage"
    default = {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}  # type: ignore[attr-defined]
    return Desk(tmp_path, country["new_tam_tien"].pk)
