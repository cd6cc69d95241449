"""Static files under test: as they lie in the tree, for whoever imports the fixture into its conftest."""

import pytest


@pytest.fixture(autouse=True)
def static_files_as_they_lie(settings: pytest.FixtureRequest) -> None:
    """The manifest is made by `collectstatic`; tests of pages do without."""
    settings.STORAGES = settings.STORAGES | {  # type: ignore[attr-defined]
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.WHITENOISE_AUTOREFRESH = True  # type: ignore[attr-defined]
