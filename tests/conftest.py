"""Shared by all tests: a real PostgreSQL, as the owner of the tables, and the Chromium of the system.

The first test that needs the database starts the embedded server of VANDONG_HOME (tests of the ground never
do); the test database `test_vandong` stands beside the one in use, one for each worker of xdist. With
DATABASE_URL that server is used, and its role must be allowed to create databases.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.conf import settings

from vandong.config.database import databases

os.environ["VANDONG_DB_ROLE"] = "owner"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# pytest-django has read the settings before this file is.
settings.DATABASES["default"].update(
    databases(replace(settings.ENVIRONMENT, is_owner=True))["default"]
)

CHROMIUM = next(
    (
        path
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (path := shutil.which(name))
    ),
    None,
)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The browser of the system. Without one, tests of pages are skipped; in CI they fail."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: apt-get install chromium fonts-liberation2", pytrace=False)
        pytest.skip("no Chromium here: apt-get install chromium fonts-liberation2")
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Tests that commit are cleaned with TRUNCATE, which the audit trail refuses: that one refusal sleeps.

    tests/audit wakes it where it is tested. At the end, connections that threads of served sites and
    workers left open are closed, or the test database could not be dropped.
    """
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER audit_no_truncate")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend' AND usename = current_user"
        )


@pytest.fixture
def site_role(db: None) -> str:
    """A role without rights of its own that the test's connection may become (SET LOCAL ROLE)."""
    from django.db import connection

    if not settings.ENVIRONMENT.database_url:
        return settings.SITE_ROLE
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE vandong_probe NOLOGIN")
    return "vandong_probe"


@pytest.fixture(autouse=True)
def queue_left_empty(request: pytest.FixtureRequest) -> Iterator[None]:
    """Django's cleaning of tests that commit passes the tables of the queue by: they are no models of ours."""
    yield
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction")
    if not commits and not {"live_server", "transactional_db"} & set(request.fixturenames):
        return
    from django.db import connection

    with request.getfixturevalue("django_db_blocker").unblock(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
