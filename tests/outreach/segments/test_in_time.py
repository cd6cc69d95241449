"""The spans of a day hold exactly the ends whose last day in time is not over."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vandong.law import law_book
from vandong.outreach.segments.in_time import in_time
from vandong.rules.participation import Spell, next_due_on

BOOK = law_book()
days = st.dates(date(2013, 1, 1), date(2028, 12, 31))
methods = st.sampled_from(["", "1", "3", "6", "12", "7", "ahead:2", "missing:7"])


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    ends=st.lists(st.tuples(days, methods), min_size=1, max_size=40),
    on=days,
    scheme=st.sampled_from(["bhxh_tn", "bhyt_hgd", "bhxh_bb"]),
)
def test_as_the_rule_says(db: None, ends: list[tuple[date, str]], on: date, scheme: str) -> None:
    sql = (
        f"SELECT {in_time(BOOK, scheme, on)} FROM unnest(%s::date[], %s::text[])"
        " WITH ORDINALITY AS spell(covered_until, method, no) ORDER BY no"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [[end for end, _ in ends], [method for _, method in ends]])
        told = [row[0] for row in cursor.fetchall()]
    due = [next_due_on(BOOK, scheme, Spell(date(2012, 1, 1), *end)) for end in ends]
    assert told == [last is not None and last >= on for last in due]
