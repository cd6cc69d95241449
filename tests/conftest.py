"""Shared by all tests: a real PostgreSQL, as the owner of the tables."""

import os

import pytest

os.environ["VANDONG_DB_ROLE"] = "owner"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """Tests that commit are cleaned with TRUNCATE, which the audit trail refuses: that one refusal sleeps.

    tests/audit wakes it where it is tested.
    """
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER audit_no_truncate")
