"""`vandong figures rebuild`, `vandong due`, `vandong worklist`, and the job that counts the register."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.accounts.conftest import country
from tests.administration.people import AT, SYSTEM
from tests.registry.conftest import Ground, a_person, ground
from typer.testing import CliRunner

import vandong.console.handlers.register_figures  # noqa: F401 registers the handler
from vandong.administration.people_changes import open_change
from vandong.console.app import app
from vandong.figures.models import Observation
from vandong.jobs.models import Job
from vandong.jobs.run import handler_of
from vandong.planning.register_figures import REGISTER_TASK, enqueue_register_figures
from vandong.registry.models import Participation, Person

__all__ = ["country", "ground"]
pytestmark = pytest.mark.django_db


def run(*words: str, code: int = 0) -> Any:
    result = CliRunner().invoke(app, [*words, "--json"], prog_name="vandong")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


@pytest.fixture
def person(ground: Ground) -> Person:
    made = a_person(ground.here, member_id=ground.member(ground.collector).pk)
    open_change(actor=SYSTEM, action="test", at=AT)
    Participation.objects.create(
        person=made,
        scheme="bhxh_tn",
        covered_from=date(2026, 7, 1),
        covered_until=date(2026, 10, 1),
        method="3",
    )
    return made


def test_rebuild_and_again(ground: Ground, person: Person) -> None:
    asked = ("figures", "rebuild", "--from", "2026-07-01", "--to", "31/07/2026")
    first = run(*asked)
    assert (first["from"], first["to"], first["periods"]) == ("2026-07-01", "2026-07-31", 31)
    assert first["new"] > 0
    again = run(*asked)
    assert (again["new"], again["unchanged"]) == (0, first["new"])
    month = run(*asked, "--by", "month", "--unit", "07264")
    assert month["periods"] == 1
    rows = Observation.objects.filter(unit=ground.here, measure="first_time", live=True)
    assert [(row.period_from, row.value) for row in rows] == [(date(2026, 7, 1), 1)]


def test_days_the_wrong_way_round_are_told(person: Person) -> None:
    told = run("figures", "rebuild", "--from", "2026-08-01", "--to", "2026-07-01", code=1)
    assert told["problems"][0]["code"] == "days_reversed"


def test_due_as_others_read_it(ground: Ground, person: Person) -> None:
    told = run("due", "--within", "30", "--on", "2026-09-15", "--unit", "07264")
    assert told["count"] == 1
    (item,) = told["items"]
    assert {key: item[key] for key in ("person", "scheme", "paid_until", "unit", "agent")} == {
        "person": "Nguyễn Thị Hòa",
        "scheme": "bhxh_tn",
        "paid_until": "2026-09-30",
        "unit": "Xã Tam Tiến",
        "agent": "Người thu_a",
    }
    assert item["reasons"][0]["code"] == "reason_paid_until"
    assert run("due", "--within", "5", "--on", "2026-09-15") == {"count": 0, "items": []}


def test_worklist_of_a_segment(person: Person) -> None:
    told = run("worklist", "no_phone", "--on", "2026-09-15")
    assert [one["person_id"] for one in told["items"]] == [person.pk]
    unknown = run("worklist", "nobody", "--on", "2026-09-15", code=1)
    assert unknown["problems"][0]["code"] == "segment_unknown"


def test_a_waiting_job_serves_a_later_change_too(person: Person) -> None:
    first = enqueue_register_figures(SYSTEM, date(2026, 9, 1), AT)
    second = enqueue_register_figures(SYSTEM, date(2026, 8, 1), AT)
    assert first.pk == second.pk
    assert Job.objects.get().arguments == {"days_from": "2026-08-01"}


def test_the_job_counts_to_today_and_three_years_back_at_most(person: Person) -> None:
    class Run:
        def advance(self, done: int) -> None: ...

    told = handler_of(REGISTER_TASK)(Run(), days_from="1999-01-01")  # type: ignore[arg-type]
    assert told["summary_code"] == "register_figures_counted"
    today = timezone.localdate()
    rows = Observation.objects.filter(measure="stock", live=True)
    assert rows.order_by("as_of").last().as_of == today  # type: ignore[union-attr]
    stocks = dict(rows.filter(unit=person.unit_today).values_list("as_of", "value"))
    assert stocks[today - timedelta(days=1)] in {0, 1}
    assert min(stocks).year >= today.year - 2
