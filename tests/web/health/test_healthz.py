"""`/healthz`: what is well, in one document, without signing in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

from vandong.web.health.schema import migrations_in_code, unapplied_migrations
from vandong.web.health.state import WORKER_SILENT_AFTER

pytestmark = pytest.mark.django_db


def beat(ago: timedelta) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {ProcrastinateWorker._meta.db_table} (last_heartbeat) VALUES (%s)",
            [timezone.now() - ago],
        )


def asked(client: Client) -> tuple[int, dict[str, str]]:
    answer = client.get("/healthz")
    return answer.status_code, answer.json()


def test_all_is_well(client: Client) -> None:
    beat(timedelta(seconds=3))
    assert asked(client) == (
        200,
        {"status": "ok", "database": "ok", "migrations": "ok", "worker": "ok"},
    )


@pytest.mark.parametrize(("ago", "word"), [(None, "absent"), (WORKER_SILENT_AFTER * 2, "silent")])
def test_without_a_worker_pages_are_still_served(
    client: Client, ago: timedelta | None, word: str
) -> None:
    if ago is not None:
        beat(ago)
    status, document = asked(client)
    assert (status, document["status"], document["worker"]) == (200, "degraded", word)


def test_a_missing_migration_is_down(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'figures' AND name LIKE '0001%%'")
    assert unapplied_migrations() == [("figures", "0001_initial")]
    status, document = asked(client)
    assert (status, document["status"], document["migrations"]) == (503, "down", "missing")


def test_without_a_database_it_says_so(client: Client) -> None:
    def away(execute: Callable[..., Any], *arguments: Any) -> Any:
        raise OperationalError("away")

    with connection.execute_wrapper(away):
        status, document = asked(client)
    assert (status, document["database"], document["worker"]) == (503, "unreachable", "unknown")


def test_migrations_in_code_are_those_of_django(client: Client) -> None:
    from django.db.migrations.loader import MigrationLoader

    known = MigrationLoader(connection).disk_migrations
    assert known is not None
    assert migrations_in_code() == set(known)


def test_it_is_only_read(client: Client) -> None:
    answer = client.post("/healthz")
    assert answer.status_code == 405
    assert "no-store" in client.get("/healthz").headers["Cache-Control"]
