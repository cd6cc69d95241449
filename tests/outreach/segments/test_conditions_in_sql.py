"""The database answers every condition as the rule does, for any people on any day."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.administration.people import AT, SYSTEM
from tests.registry.conftest import Ground, a_person, country, ground

from vandong.administration.people_changes import open_change
from vandong.kernel.names import fold
from vandong.law import law_book
from vandong.outreach.segments.bands import Band
from vandong.outreach.segments.conditions import (
    KINDS,
    Condition,
    Rule,
    read_condition,
    word_of,
)
from vandong.outreach.segments.facts import _CHECKS, holds
from vandong.outreach.segments.filters import _MAKERS
from vandong.outreach.segments.known import known_facts
from vandong.outreach.segments.people import people_count, people_ids
from vandong.outreach.segments.ready_made import ready_made
from vandong.registry.models import (
    Establishment,
    Household,
    Listing,
    Participation,
    Person,
    PersonPhone,
)

__all__ = ["country", "ground"]

pytestmark = pytest.mark.django_db
BOOK = law_book()
ON = date(2026, 10, 31)
near = st.integers(-420, 60).map(lambda days: ON + timedelta(days=days))

schemes = st.sampled_from(["bhxh_tn", "bhyt_hgd", "bhxh_bb"])
codes = st.lists(
    st.sampled_from(["never", "active", "due", "lapsed", "ended"]), min_size=1, unique=True
)
turned = st.booleans()


def made(**parts: Any) -> Condition:
    return read_condition(parts)


conditions = st.one_of(
    st.builds(
        lambda s, c, n: made(**{"is": "status", "scheme": s, "statuses": c, "is_not": n}),
        schemes,
        codes,
        turned,
    ),
    st.builds(lambda s, n: made(**{"is": "counted", "scheme": s, "is_not": n}), schemes, turned),
    st.builds(
        lambda a, b: made(**{"is": "age", "least": a, "most": b}),
        st.none() | st.integers(10, 60),
        st.none() | st.integers(10, 60),
    ),
    st.just(made(**{"is": "age", "law": "voluntary_age_min"})),
    st.builds(lambda s: made(**{"is": "sex", "sex": s}), st.sampled_from(["F", "M"])),
    st.just(made(**{"is": "occupation", "occupations": ["trader", "farmer"]})),
    st.builds(lambda n: made(**{"is": "listed", "group": "poor", "is_not": n}), turned),
    st.builds(lambda n: made(**{"is": "phone", "is_not": n}), turned),
    st.builds(lambda n: made(**{"is": "personal_id", "is_not": n}), turned),
    st.builds(
        lambda s, m: made(**{"is": "ended_within", "scheme": s, "months": m}),
        schemes,
        st.integers(0, 13),
    ),
    st.builds(
        lambda s, b: made(**{"is": "renewal_band", "scheme": s, "band": b}),
        schemes,
        st.sampled_from(sorted(Band)),
    ),
    st.builds(
        lambda s, d: made(**{"is": "due_within", "scheme": s, "days": d}),
        schemes,
        st.integers(0, 90),
    ),
    st.builds(
        lambda s, d: made(**{"is": "expires_within", "scheme": s, "days": d}),
        schemes,
        st.integers(0, 90),
    ),
    st.builds(
        lambda a, b: made(**{"is": "business", "least_workers": a, "most_workers": b}),
        st.none() | st.integers(1, 8),
        st.none() | st.integers(4, 12),
    ),
    st.builds(
        lambda n, s: made(**{"is": "compulsory", "is_not": n, "since_law": s}), turned, turned
    ),
    st.builds(lambda s, n: made(**{"is": "household", "scheme": s, "is_not": n}), schemes, turned),
    st.just(made(**{"is": "member"})),
    st.just(made(**{"is": "name", "text": "văn hoa"})),
)


@st.composite
def spells(draw: st.DrawFn) -> list[dict[str, Any]]:
    found = []
    for scheme in ("bhxh_tn", "bhyt_hgd", "bhxh_bb"):
        for start in sorted(draw(st.lists(near, max_size=2, unique=True))):
            length = draw(st.none() | st.integers(10, 500))
            if scheme == "bhxh_tn" and length is None:
                length = 90
            ended = draw(st.none() | st.integers(0, 300))
            found.append(
                {
                    "scheme": scheme,
                    "covered_from": start,
                    "covered_until": start + timedelta(days=length) if length else None,
                    "method": draw(st.sampled_from(["", "1", "3", "12", "missing:7"]))
                    if scheme == "bhxh_tn"
                    else "",
                    "ended_on": start + timedelta(days=ended) if ended is not None else None,
                    "end_reason": "stopped" if ended is not None else "",
                }
            )
    return found


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "birth_on": draw(
            st.none() | st.dates(date(1960, 1, 1), date(2014, 1, 1)) | st.just(date(2004, 2, 29))
        ),
        "sex": draw(st.sampled_from(["F", "M", ""])),
        "occupation": draw(st.sampled_from(["", "trader", "farmer", "landlord"])),
        "home": draw(st.booleans()),
        "phone": draw(st.booleans()),
        "number": draw(st.booleans()),
        "listed": draw(st.none() | near),
        "business": draw(
            st.none()
            | st.tuples(
                st.sampled_from(["declaration", "flat_rate", "unknown"]),
                st.none() | st.integers(1, 12),
                st.none() | near,
            )
        ),
        "spells": draw(spells()),
        "name": draw(st.sampled_from(["Nguyễn Văn Hoà", "Lê Thị Hòa"])),
    }


def keep(ground: Ground, known: list[dict[str, Any]]) -> None:
    open_change(actor=SYSTEM, action="test", at=AT)
    Participation.objects.all().delete()
    Listing.objects.all().delete()
    Establishment.objects.all().delete()
    PersonPhone.objects.all().delete()
    home = Household.objects.first() or Household.objects.create(unit_today=ground.here)
    rows = list(Person.objects.order_by("pk"))
    for number, (person, parts) in enumerate(zip(rows, known, strict=True)):
        person.birth_on = parts["birth_on"]
        person.birth_precision = "day" if parts["birth_on"] else ""
        person.sex, person.occupation = parts["sex"], parts["occupation"]
        person.household = home if parts["home"] else None
        person.personal_id = f"00109500000{number}" if parts["number"] else ""
        person.full_name, person.name_fold = parts["name"], fold(parts["name"])
        person.change = open_change(actor=SYSTEM, action="test", at=AT)
        person.save()
        if parts["phone"]:
            PersonPhone.objects.create(person=person, number="0912345678")
        if parts["listed"]:
            Listing.objects.create(person=person, group="poor", listed_from=parts["listed"])
        if parts["business"]:
            method, workers, until = parts["business"]
            Establishment.objects.create(
                name="Quán",
                name_fold="quan",
                owner=person,
                tax_method=method,
                worker_count=workers,
                valid_until=until,
            )
        for spell in parts["spells"]:
            Participation.objects.create(person=person, **spell)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    known=st.lists(people(), min_size=2, max_size=2),
    asked=st.lists(conditions, min_size=1, max_size=6),
)
def test_both_agree(ground: Ground, known: list[dict[str, Any]], asked: list[Condition]) -> None:
    while Person.objects.count() < 2:
        a_person(ground.here)
    keep(ground, known)
    ids = sorted(Person.objects.values_list("pk", flat=True))
    facts = known_facts(BOOK, ids, ON)
    for condition in asked:
        expected = [one for one in ids if holds(condition, facts[one], BOOK, ON)]
        assert sorted(people_ids(SYSTEM, Rule((condition,)), BOOK, ON)) == expected, condition
    whole = Rule(tuple(asked))
    expected = [one for one in ids if all(holds(part, facts[one], BOOK, ON) for part in asked)]
    assert people_count(SYSTEM, whole, BOOK, ON) == len(expected)


def test_no_word_is_without_its_answer() -> None:
    assert set(_MAKERS) == set(_CHECKS) == set(KINDS)
    assert {word_of(part) for one in ready_made().values() for part in one.rule.conditions} <= set(
        KINDS
    )


def test_before_the_law_no_owner_is_compulsory(ground: Ground) -> None:
    person = a_person(ground.here)
    open_change(actor=SYSTEM, action="test", at=AT)
    Establishment.objects.create(
        name="Quán", name_fold="quan", owner=person, tax_method="declaration"
    )
    rule = Rule((made(**{"is": "compulsory"}),))
    assert people_ids(SYSTEM, rule, BOOK, date(2025, 6, 30)) == []
    assert people_ids(SYSTEM, rule, BOOK, date(2025, 7, 1)) == [person.pk]
