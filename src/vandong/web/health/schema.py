"""Whether the tables are those the code expects, found without importing a single migration."""

from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

IS_READABLE = "SELECT has_table_privilege(to_regclass('django_migrations'), 'SELECT')"
NAMES_APPLIED = "SELECT app, name FROM django_migrations"


def unapplied_migrations() -> list[tuple[str, str]]:
    """Migrations that the code has and the database has not, as (app, name). Raises DatabaseError."""
    missing = migrations_in_code() - _applied()
    return sorted(missing)


def migrations_in_code() -> set[tuple[str, str]]:
    """All migrations of the installed apps, by the names of their files."""
    found: set[tuple[str, str]] = set()
    for config in apps.get_app_configs():
        name, _ = MigrationLoader.migrations_module(config.label)
        try:
            module = import_module(str(name))
        except ModuleNotFoundError:
            continue
        for folder in module.__path__:
            files = Path(folder).glob("[!_~]*.py")
            found |= {(config.label, file.stem) for file in files}
    return found


def _applied() -> set[tuple[str, str]]:
    """What the database has. None when this role may not read it: somebody migrated and granted nothing."""
    with connection.cursor() as cursor:
        cursor.execute(IS_READABLE)
        if cursor.fetchone() != (True,):
            return set()
        cursor.execute(NAMES_APPLIED)
        return {(app, name) for app, name in cursor.fetchall()}
