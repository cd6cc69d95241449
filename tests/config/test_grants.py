"""What the role of the site may do with the tables, tried as that role."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from vandong.accounts.queries.scope import Actor
from vandong.administration.people_changes import open_change
from vandong.audit.models import AuditEvent
from vandong.config.grants import append_only_tables, apply_grants
from vandong.places.models import UnitSet
from vandong.registry.models import PASTS, RECORDED, Household

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_site(site_role: str) -> None:
    """The test goes on as the site's role."""
    apply_grants(site_role)
    apply_grants(site_role)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {site_role}")


def refused(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_rows_are_read_and_written(as_site: None) -> None:
    made = UnitSet.objects.create(name="30 xã điểm", on=date(2026, 3, 2))
    UnitSet.objects.filter(pk=made.pk).update(name="31 xã điểm")
    assert UnitSet.objects.get(pk=made.pk).name == "31 xã điểm"
    made.delete()


def test_the_audit_trail_is_only_added_to(as_site: None) -> None:
    AuditEvent.objects.create(at=timezone.now(), actor_name="Nguyễn Thị Mẫu", action="tried")
    assert AuditEvent.objects.filter(action="tried").count() == 1
    assert "audit_auditevent" in append_only_tables()
    refused("UPDATE audit_auditevent SET reason = 'x'")
    refused("DELETE FROM audit_auditevent")
    refused("TRUNCATE audit_auditevent")
    refused("ALTER TABLE audit_auditevent DISABLE TRIGGER audit_append_only")


def test_the_past_of_people_is_only_added_to(as_site: None) -> None:
    open_change(actor=Actor.system("kiểm thử"), action="tried", at=timezone.now())
    household = Household.objects.create(code="H1")
    household.delete()
    assert PASTS[Household]._base_manager.count() == 1
    assert len(append_only_tables()) == 2 + len(RECORDED)
    for table in ("registry_householdpast", "registry_change"):
        refused(f"DELETE FROM {table}")
        refused(f"TRUNCATE {table}")
    refused("UPDATE registry_householdpast SET code = ''")
    refused("ALTER TABLE registry_household DISABLE TRIGGER registry_past_delete")


def test_the_site_owns_nothing_and_makes_nothing(as_site: None, site_role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = %s", [site_role]
        )
        assert cursor.fetchone() == (0,)
    refused("CREATE TABLE public.mine (a int)")
    refused("DROP TABLE places_unit")
    refused("TRUNCATE places_unit")
    refused("DELETE FROM django_migrations")


def test_tables_of_later_migrations_are_granted_too(site_role: str) -> None:
    apply_grants(site_role)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE public.later (id serial PRIMARY KEY, a int)")
        cursor.execute(f"SET LOCAL ROLE {site_role}")
        cursor.execute("INSERT INTO public.later (a) VALUES (1)")
        cursor.execute("UPDATE public.later SET a = 2")
        cursor.execute("SELECT a FROM public.later")
        assert cursor.fetchone() == (2,)


def test_temporary_tables_for_bulk_work_are_allowed(as_site: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE staging (a int) ON COMMIT DROP")
