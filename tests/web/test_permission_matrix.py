"""The permission matrix holds, line by line, and no address is without a line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.accounts.conftest import Country, country, office
from tests.figures.factories import set_target
from tests.web.permission_matrix import LINES, ROLES, Line, Side

from vandong.accounts.models import Grant, Member, User
from vandong.accounts.queries.scope import Actor
from vandong.administration.people import PersonFields, create_person
from vandong.contacts.models import Advice, Claim, LawEdition, Task, Worklist
from vandong.documents.models import Approval, Batch, LocalSupport
from vandong.figures.models import Observation
from vandong.jobs.models import Job
from vandong.jobs.queue import enqueue
from vandong.places.models import Unit, UnitSet
from vandong.web.access import PUBLIC_NAMES

__all__ = ["country"]

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
LEAK = "Rò Rỉ Ngoài Phạm Vi"


@dataclass
class World:
    """Things inside the ground of all six people (Xã Tam Tiến's new province) and outside it."""

    country: Country
    people: dict[str, User] = field(default_factory=dict)
    things: dict[tuple[str, Side], object] = field(default_factory=dict)


@pytest.fixture
def world(country: Country) -> World:
    country.add("far_province", "province", "31", f"Thành phố {LEAK}", "country")
    country.add("far_commune", "commune", "11000", f"Xã {LEAK}", "far_province")
    made = World(country)
    for role in ROLES:
        made.people[role] = person(role, role, country["new_ninh"])
    fill(made, "inside", country["new_ninh"], "Trong Phạm Vi")
    fill(made, "outside", country["far_province"], LEAK)
    return made


def person(username: str, role: str, unit: Unit) -> User:
    user = User.objects.create(username=username, full_name=f"Người {username}")
    Grant.objects.create(user=user, role=role, unit=unit, granted_at=AT)
    return user


def fill(world: World, side: Side, unit: Unit, name: str) -> None:
    """One of each thing that an address names, on that side, with a name that must not leak."""
    user = User.objects.create(username=f"nguoi.{side}", full_name=name)
    grant = Grant.objects.create(user=user, role="collector", unit=unit, granted_at=AT)
    agency = office(f"BHXH {name}", unit)
    member = Member.objects.create(
        organisation=agency, staff_code="01", full_name=name, name_fold=name.lower()
    )
    actor = Actor(user_id=user.pk, name=name)
    job: Job = enqueue("test", {}, "job_running", {}, actor, AT)
    unit_set = UnitSet.objects.create(name=f"Nhóm {name}", on=date(2026, 1, 1))
    Observation.objects.create(
        unit=unit,
        scheme="bhxh_tn",
        measure="stock",
        as_of=date(2026, 2, 28),
        value=1234,
        source_kind="official",
        source_text=name,
    )
    batch = Batch.objects.create(
        kind="figures",
        source_text=name,
        created_by=user,
        created_at=AT,
        state="refused",
        options={"name": name},
    )
    support = LocalSupport.objects.create(
        unit=unit,
        scheme="bhxh_tn",
        group="other",
        rate="0.2",
        valid_from=date(2026, 1, 1),
        document_number=f"Nghị quyết {name}",
        article="1",
        confidence="official",
        state="proposed",
        proposed_at=AT,
    )
    Approval.objects.create(
        subject_type="documents.localsupport",
        subject_id=str(support.pk),
        asked_by=user,
        asked_at=AT,
    )
    edition = LawEdition.objects.get_or_create(
        fingerprint="0" * 16, defaults={"content": "[]", "first_used_at": AT}
    )[0]
    advice = Advice.objects.create(
        label=name,
        unit=unit,
        made_by=user,
        made_at=AT,
        on=date(2026, 3, 2),
        inputs={"query": ""},
        result={"pay_amount": 264_000},
        edition=edition,
    )
    a_list = Batch.objects.create(
        kind="bhyt_hgd",
        source_text=name,
        created_by=user,
        created_at=AT,
        state="refused",
        options={"name": name, "as_of": "2026-03-02"},
    )
    somebody = create_person(
        actor=Actor.system("kiểm thử"),
        fields=PersonFields(full_name=name, unit_id=unit.pk),
        at=AT,
    )
    worklist = Worklist.objects.create(
        name=name,
        aim="join_si",
        segment="household_card",
        rule=[],
        ranking={},
        on=date(2026, 3, 2),
        unit=unit,
        made_at=AT,
    )
    task = Task.objects.create(
        worklist=worklist, person=somebody, hold_key=f"p{somebody.pk}", unit=unit
    )
    claim = Claim.objects.create(
        person=somebody, aim="join_si", unit=unit, claimed_on=date(2026, 3, 2), claimed_at=AT
    )
    found = {
        "claim": claim.pk,
        "worklist": worklist.pk,
        "task": task.pk,
        "list": a_list.pk,
        "person": somebody.pk,
        "advice": advice.pk,
        "local_support": support.pk,
        "batch": batch.pk,
        "target": set_target(unit, 4321).pk,
        "user": user.pk,
        "grant": grant.pk,
        "office": agency.pk,
        "member": member.pk,
        "job": job.pk,
        "unit": unit.pk,
        "unit_set": unit_set.pk,
    }
    for kind, value in found.items():
        world.things[kind, side] = value


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name}"


def ask(world: World, line: Line, role: str | None, side: Side) -> int:
    client = Client()
    if role is not None:
        client.force_login(world.people[role], backend="django.contrib.auth.backends.ModelBackend")
    address = reverse(line.name, kwargs=line.keys(world, side) if line.keys else None)
    query = line.query(world, side) if line.query else {}
    response = getattr(client, line.method)(address, query_params=query)
    if role is not None and side == "outside" and response.status_code == 200:
        assert LEAK not in response.content.decode(errors="replace")
    return int(response.status_code)


def test_every_address_has_exactly_one_line() -> None:
    known = [line.name for line in LINES]
    assert len(known) == len(set(known))
    assert set(names(get_resolver().url_patterns)) == set(known)


def test_what_is_public_is_so_on_purpose() -> None:
    assert {line.name for line in LINES if line.public is not None} | {"healthz"} == PUBLIC_NAMES


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_nobody_enters_without_signing_in(world: World, line: Line) -> None:
    expected = 302 if line.public is None else line.public
    assert ask(world, line, None, "inside") == expected


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_inside_the_ground(world: World, line: Line, role: str) -> None:
    expected = line.ok if role in line.allowed else line.closed
    assert ask(world, line, role, "inside") == expected


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "line", [line for line in LINES if line.outside is not None], ids=lambda line: line.name
)
def test_outside_the_ground(world: World, line: Line, role: str) -> None:
    closed = line.closed if line.closed_outside is None else line.closed_outside
    expected = line.outside if role in line.allowed else closed
    if role in line.wide:
        expected = line.ok
    assert ask(world, line, role, "outside") == expected


@pytest.mark.parametrize(
    "name",
    [
        "accounts:users",
        "accounts:organisations",
        "accounts:members",
        "jobs:list",
        "board:board",
        "law:supports",
        "law:support_new",
    ],
)
@pytest.mark.parametrize("role", ["administrator", "planner", "officer"])
def test_lists_hold_nothing_from_outside(world: World, name: str, role: str) -> None:
    if name == "jobs:list" and role == "administrator":
        pytest.skip("an administrator sees every background job")
    client = Client()
    client.force_login(world.people[role], backend="django.contrib.auth.backends.ModelBackend")
    assert LEAK not in client.get(reverse(name), follow=True).content.decode()
