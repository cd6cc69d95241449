"""Migrates as the owner of the tables, then grants the site its rights: `python -m vandong.config.schema`.

A process of its own, since a process speaks to the database as one role. One at a time, by a lock of the
database, wherever the processes run.
"""

import os
import subprocess
import sys

import django
from django.core.management import call_command
from django.db import connection

from vandong.config.embedded.problems import Say, say_nothing
from vandong.config.grants import apply_grants
from vandong.web.health.schema import unapplied_migrations

MIGRATION_LOCK = 7_340_221
"""The number of the advisory lock; any number that nobody else uses."""


def bring_up_to_date(say: Say = say_nothing) -> bool:
    """Migrates in a process of its own when the database is behind the code; True when it did.

    Raises CalledProcessError when a migration fails: that process has said why, and changed nothing more.
    """
    if not unapplied_migrations():
        return False
    say("schema_being_migrated", {})
    command = [sys.executable, "-m", "vandong.config.schema"]
    subprocess.run(command, check=True, env={**os.environ, "VANDONG_DB_ROLE": "owner"})
    return True


def migrate(site_role: str) -> None:
    """All migrations and the site's rights. Runs as the owner."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            call_command("migrate", verbosity=0, interactive=False)
            apply_grants(site_role)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def main() -> None:
    """The process that `bring_up_to_date` starts."""
    os.environ["VANDONG_DB_ROLE"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vandong.config.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - readable once Django is set up

    migrate(settings.SITE_ROLE)


if __name__ == "__main__":
    main()
