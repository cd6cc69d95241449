"""The database itself keeps the audit trail: rows come in and never change."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from vandong.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def event() -> AuditEvent:
    return AuditEvent.objects.create(at=AT, actor_name="Nguyễn Thị Mẫu", action="user.created")


def test_a_row_cannot_be_changed(event: AuditEvent) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).update(actor_name="Người khác")
    assert AuditEvent.objects.get(pk=event.pk).actor_name == "Nguyễn Thị Mẫu"


def test_a_row_cannot_be_removed(event: AuditEvent) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.delete()
    assert AuditEvent.objects.filter(action="user.created").count() == 1


def test_the_refusal_stands_for_replicas_too(event: AuditEvent) -> None:
    """The owner of the embedded server's tables may not even pose as one; a superuser may, in vain."""
    with connection.cursor() as cursor, suppress(ProgrammingError), transaction.atomic():
        cursor.execute("SET LOCAL session_replication_role = replica")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.all().delete()


def test_the_table_cannot_be_emptied(event: AuditEvent) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditevent ENABLE ALWAYS TRIGGER audit_no_truncate")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute("TRUNCATE audit_auditevent")
    assert AuditEvent.objects.filter(pk=event.pk).exists()


def test_a_role_with_insert_and_select_can_add_and_read_only(site_role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT INSERT, SELECT ON audit_auditevent TO {site_role}")
        cursor.execute(f"GRANT USAGE ON SEQUENCE audit_auditevent_id_seq TO {site_role}")
        cursor.execute(f"SET LOCAL ROLE {site_role}")
        AuditEvent.objects.create(at=AT, actor_name="Trang mạng", action="signed_in")
        assert AuditEvent.objects.count() == 1
        for statement in (
            "UPDATE audit_auditevent SET reason = 'x'",
            "DELETE FROM audit_auditevent",
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(statement)
        cursor.execute("RESET ROLE")
