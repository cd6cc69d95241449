"""The counted spans say of every day what the status says."""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.registry.conftest import Ground, a_person, country, ground
from tests.registry.test_status_in_sql import BOOK, keep, spells

from vandong.registry.models import Person
from vandong.registry.queries.counted import counted_spans
from vandong.rules.participation import Spell, participation_status

__all__ = ["country", "ground"]

pytestmark = pytest.mark.django_db


def counted(scheme: str) -> list[tuple[date, date | None]]:
    relation = counted_spans(BOOK, [scheme])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT covered_from, counted_until FROM ({relation.sql}) s ORDER BY 1",
            relation.values,
        )
        return list(cursor.fetchall())


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(known=spells(), scheme=st.sampled_from(["bhxh_tn", "bhyt_hgd", "bhxh_bb"]))
def test_each_day_is_counted_as_its_status_says(
    ground: Ground, known: list[Spell], scheme: str
) -> None:
    person = Person.objects.first() or a_person(ground.here)
    keep(person, scheme, known)
    spans = counted(scheme)
    borders = {day for span in spans for day in span if day is not None}
    borders |= {one.covered_from for one in known}
    for border in borders:
        for day in (border - timedelta(days=1), border, border + timedelta(days=40)):
            inside = any(start <= day and (end is None or day < end) for start, end in spans)
            assert inside == participation_status(BOOK, scheme, known, day).is_counted, day


def test_spans_of_a_person_never_meet_twice(ground: Ground) -> None:
    person = a_person(ground.here)
    keep(
        person,
        "bhyt_hgd",
        [
            Spell(date(2025, 1, 1), date(2026, 1, 1)),
            Spell(
                date(2025, 6, 1), date(2025, 12, 1), ended_on=date(2025, 6, 1), end_reason="stopped"
            ),
            Spell(date(2025, 9, 1), date(2026, 9, 1)),
        ],
    )
    assert counted("bhyt_hgd") == [
        (date(2025, 1, 1), date(2025, 6, 1)),
        (date(2025, 9, 1), date(2026, 9, 1)),
    ]
