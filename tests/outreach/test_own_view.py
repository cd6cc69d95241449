"""A collector's own view: people, results, plan, money, and an office's look at it."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from tests.administration.people import AT, SYSTEM, TODAY
from tests.outreach.conftest import Drive
from tests.outreach.test_proving import paid, settle
from tests.registry.conftest import a_person

from vandong.accounts.queries.scope import NotAllowed, NotVisible
from vandong.administration.people_changes import open_change
from vandong.figures.models import Plan, Target
from vandong.outreach.own_view import own_view
from vandong.outreach.results.span import Span
from vandong.registry.models import Person

pytestmark = pytest.mark.django_db
MARCH = Span(date(2026, 3, 1), date(2026, 3, 31))


def test_what_a_collector_has_and_has_done(drive: Drive) -> None:
    ground = drive.ground
    mine = ground.member(ground.collector)
    agreed, waits, left, later = (
        drive.task(a_person(ground.here, f"Lê Thị {n}"), member=mine) for n in range(4)
    )
    with transaction.atomic():
        change = open_change(actor=SYSTEM, action="test", at=AT)
        Person.objects.filter(pk=left.person_id).update(member=mine, change=change)
    for task in (agreed, waits):
        drive.say(ground.collector, task, "agreed_join")
    drive.say(ground.collector, later, "will_decide", next_on=TODAY + timedelta(days=2))
    assert agreed.person is not None
    paid(agreed.person, TODAY, member=mine)
    settle()
    plan = Plan.objects.create(
        owner=drive.ground.organisation,
        scheme="bhxh_tn",
        kind="gross_new",
        period_from=date(2026, 1, 1),
        deadline=date(2026, 12, 31),
    )
    Target.objects.create(plan=plan, member=mine, value=5)
    view = own_view(ground.collector, None, MARCH, TODAY)
    assert (view.today, view.later, view.people) == (1, 1, 1)
    assert (view.new, view.renewed, view.waiting_count) == (1, 0, 1)
    assert [one.person_id for one in view.waiting] == [waits.person_id]
    assert view.money is not None
    assert (view.money.count, view.money.amount, view.money.since_on) == (1, 792_000, TODAY)
    [target] = view.targets
    assert (target.reached, target.left) == (1, 4)
    assert (view.rates[0].new.approached, view.rates[0].new.proven) == (3, 1)
    assert view.rates[1].new.approached == 0


@pytest.mark.parametrize(
    ("kind", "reached"), [("revenue", 990_000), ("stock", None), ("renewed", 0)]
)
def test_each_kind_of_plan_counts_what_it_means(
    drive: Drive, kind: str, reached: int | None
) -> None:
    mine = drive.ground.member(drive.ground.collector)
    paid(a_person(drive.ground.here), TODAY, member=mine)
    plan = Plan.objects.create(
        owner=drive.ground.organisation,
        scheme="bhxh_tn",
        kind=kind,
        period_from=date(2026, 1, 1),
        deadline=date(2026, 12, 31),
    )
    Target.objects.create(plan=plan, member=mine, value=5)
    [target] = own_view(drive.ground.collector, None, MARCH, TODAY).targets
    assert target.reached == reached
    assert (target.left is None) == (reached is None)


def test_an_office_looks_at_its_own_and_nobody_at_a_colleague(drive: Drive) -> None:
    mine = drive.ground.member(drive.ground.collector)
    assert own_view(SYSTEM, mine.pk, MARCH, TODAY).member == mine
    with pytest.raises(NotVisible):
        own_view(drive.ground.other_collector, mine.pk, MARCH, TODAY)
    with pytest.raises(NotVisible):
        own_view(SYSTEM, 0, MARCH, TODAY)
    with pytest.raises(NotAllowed, match="not_at_work"):
        own_view(drive.ground.officer, None, MARCH, TODAY)
    empty = own_view(drive.ground.collector, None, MARCH, TODAY)
    assert (empty.money, empty.waiting, empty.targets, empty.new) == (None, (), (), 0)
