"""The official units in the test database for a whole module: loaded once, taken out at its end."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection

from vandong.accounts.queries.scope import Actor
from vandong.administration.places import load_official_units

LOADED_AT = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def official_units(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """Committed, so that each test of the module sees them and rolls back only what it did itself."""
    with django_db_blocker.unblock():
        load_official_units(actor=Actor.system("tests"), at=LOADED_AT)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE places_unit, places_placement, places_succession")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE places_unit, audit_auditevent CASCADE")
