"""What the role of the site may do: read and write rows, own nothing, and only add to the audit trail."""

from django.apps import apps
from django.db import connection
from psycopg import sql

READ_ONLY_TABLES = ("django_migrations",)


def append_only_tables() -> list[str]:
    """The tables of the audit trail, and the changes and former versions of the register."""
    audit = [model._meta.db_table for model in apps.get_app_config("audit").get_models()]
    people = [model._meta.db_table for model in apps.get_app_config("registry").get_models()]
    return audit + [table for table in people if table.endswith(("_change", "past"))]


def apply_grants(site_role: str) -> None:
    """Grants the site's role its rights, after every migration; again: no change. Runs as the owner.

    Rows of tables that later migrations make are granted by default privileges. Does nothing when the owner
    is the site's role itself (a server reached with one role only).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone() == (site_role,):
            return
        for statement in _statements():
            query = sql.SQL(statement).format(role=sql.Identifier(site_role))
            cursor.execute(query)
        for table in append_only_tables():
            _leave_only(table, "SELECT, INSERT", site_role)
        for table in READ_ONLY_TABLES:
            _leave_only(table, "SELECT", site_role)


def _statements() -> tuple[str, ...]:
    rows, numbers = "SELECT, INSERT, UPDATE, DELETE", "USAGE, SELECT"
    by_default = "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT"
    return (
        "GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT {rows} ON ALL TABLES IN SCHEMA public TO {{role}}",
        f"GRANT {numbers} ON ALL SEQUENCES IN SCHEMA public TO {{role}}",
        f"{by_default} {rows} ON TABLES TO {{role}}",
        f"{by_default} {numbers} ON SEQUENCES TO {{role}}",
    )


def _leave_only(table: str, rights: str, role: str) -> None:
    names = {"table": sql.Identifier(table), "role": sql.Identifier(role)}
    with connection.cursor() as cursor:
        for statement in (
            "REVOKE ALL ON {table} FROM {role}",
            f"GRANT {rights} ON {{table}} TO {{role}}",
        ):
            cursor.execute(sql.SQL(statement).format(**names))
