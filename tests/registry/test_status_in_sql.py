"""The database reckons a status as the rule does, for any spells on any day."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.administration.people import AT, SYSTEM
from tests.registry.conftest import Ground, a_person, country, ground

from vandong.administration.people_changes import open_change
from vandong.law import law_book
from vandong.registry.models import Participation, Person
from vandong.registry.queries.status import status_relation, statuses
from vandong.rules.participation import Spell, Status, StatusCode, participation_status

__all__ = ["country", "ground"]

pytestmark = pytest.mark.django_db
BOOK = law_book()

days = st.dates(date(2013, 1, 1), date(2028, 12, 31))
methods = st.sampled_from(["", "1", "3", "6", "12", "7", "ahead:2", "missing:7"])


@st.composite
def spells(draw: st.DrawFn) -> list[Spell]:
    found, starts = [], draw(st.lists(days, max_size=4, unique=True))
    for start in starts:
        length = draw(st.none() | st.integers(1, 800))
        ended = draw(st.none() | st.integers(0, 400))
        found.append(
            Spell(
                start,
                start + timedelta(days=length) if length else None,
                draw(methods),
                start + timedelta(days=ended) if ended is not None else None,
                "deceased" if ended is not None else "",
            )
        )
    return found


def keep(person: Person, scheme: str, known: list[Spell]) -> None:
    open_change(actor=SYSTEM, action="test", at=AT)
    Participation.objects.all().delete()
    for one in known:
        Participation.objects.create(
            person=person,
            scheme=scheme,
            covered_from=one.covered_from,
            covered_until=one.covered_until,
            method=one.method,
            ended_on=one.ended_on,
            end_reason=one.end_reason,
        )


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(known=spells(), scheme=st.sampled_from(["bhxh_tn", "bhyt_hgd", "bhxh_bb"]), on=days)
def test_both_agree(ground: Ground, known: list[Spell], scheme: str, on: date) -> None:
    person = Person.objects.first() or a_person(ground.here)
    keep(person, scheme, known)
    expected = participation_status(BOOK, scheme, known, on)
    never = Status(StatusCode.NEVER)
    assert statuses(BOOK, [person.pk], on)[person.pk].get(scheme, never) == expected


def test_one_row_a_person_and_scheme(ground: Ground) -> None:
    person = a_person(ground.here)
    known = [Spell(date(2025, month, 1), date(2025, month + 1, 1), "1") for month in (1, 3, 5)]
    keep(person, "bhxh_tn", known)
    relation = status_relation(BOOK, date(2025, 5, 15), scheme="bhxh_tn")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT person_id, code FROM ({relation.sql}) s", relation.values)
        assert cursor.fetchall() == [(person.pk, "active")]
