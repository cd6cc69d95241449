"""Pages of background jobs: whose they are, what they show, stopping one."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from vandong.accounts.models import Grant, User
from vandong.accounts.queries.scope import Actor
from vandong.audit.models import AuditEvent
from vandong.jobs.models import Job, JobState
from vandong.jobs.queue import enqueue

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 8, tzinfo=UTC)


def person(name: str, role: str = "officer") -> User:
    user = User.objects.create(username=name, full_name=name.title())
    Grant.objects.create(user=user, role=role, granted_at=AT)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def job_of(user: User | None, **fields: object) -> Job:
    actor = Actor.system("test") if user is None else Actor(user_id=user.pk, name=str(user))
    job = enqueue("test", {}, "job_running", {}, actor, AT)
    Job.objects.filter(pk=job.pk).update(**fields)
    job.refresh_from_db()
    return job


def text(response: object) -> str:
    assert response.status_code == 200  # type: ignore[attr-defined]
    return " ".join(response.content.decode().split())  # type: ignore[attr-defined]


@pytest.fixture
def lan(db: None) -> User:
    return person("lan")


def test_one_sees_ones_own_jobs_and_an_administrator_all(lan: User) -> None:
    own, foreign, system = job_of(lan), job_of(person("minh")), job_of(None)
    mine = text(signed_in(lan).get("/cong-viec/"))
    assert str(own.pk) in mine
    assert str(foreign.pk) not in mine
    assert str(system.pk) not in mine
    everything = text(signed_in(person("quan", "administrator")).get("/cong-viec/"))
    assert all(str(job.pk) in everything for job in (own, foreign, system))
    assert "Minh" in everything
    assert "Hệ thống" in everything


def test_the_job_of_another_answers_as_if_there_were_none(lan: User) -> None:
    foreign = job_of(person("minh"))
    client = signed_in(lan)
    assert client.get(f"/cong-viec/{foreign.pk}/").status_code == 404
    assert client.get(f"/cong-viec/{uuid4()}/").status_code == 404
    assert client.post(f"/cong-viec/{foreign.pk}/dung/").status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == JobState.WAITING


def test_a_running_job_shows_how_far_it_is_and_asks_again(lan: User) -> None:
    job = job_of(lan, state=JobState.RUNNING, done_count=1234, total_count=5000)
    client = signed_in(lan)
    whole = text(client.get(f"/cong-viec/{job.pk}/"))
    part = text(client.get(f"/cong-viec/{job.pk}/", HTTP_HX_REQUEST="true"))
    assert "1.234/5.000 · 24%" in whole
    assert 'value="24"' in part
    assert 'hx-trigger="every 1s"' in part
    assert "<html" not in part


def test_an_ended_job_does_not_ask_again_and_leads_to_its_result(lan: User) -> None:
    result = {"link": "/so-lieu/7/", "summary_code": "job_done", "values": {}}
    job = job_of(lan, state=JobState.DONE, result=result, finished_at=AT)
    page = text(signed_in(lan).get(f"/cong-viec/{job.pk}/"))
    assert "hx-trigger" not in page
    assert 'href="/so-lieu/7/"' in page
    assert "Dừng việc này" not in page


def test_a_failed_job_says_every_problem(lan: User) -> None:
    problems = [
        {
            "code": "no_right",
            "values": {"right": right},
            "spot": [row, None, None],
            "severity": "error",
        }
        for row, right in ((7, "nhập số liệu"), (9, "phê duyệt"))
    ]
    job = job_of(lan, state=JobState.FAILED, result={"problems": problems}, finished_at=AT)
    page = text(signed_in(lan).get(f"/cong-viec/{job.pk}/"))
    assert "Dòng 7: " in page
    assert "“nhập số liệu”" in page
    assert "Dòng 9: " in page
    assert "“phê duyệt”" in page


def test_stopping_a_waiting_job_ends_it_and_a_running_one_is_asked_to(lan: User) -> None:
    waiting, running = job_of(lan), job_of(lan, state=JobState.RUNNING)
    client = signed_in(lan)
    assert client.get(f"/cong-viec/{waiting.pk}/dung/").status_code == 405
    for job in (waiting, running):
        response = client.post(f"/cong-viec/{job.pk}/dung/")
        assert response.headers["Location"] == f"/cong-viec/{job.pk}/"
        job.refresh_from_db()
    assert waiting.state == JobState.CANCELLED
    assert running.state == JobState.RUNNING
    assert running.cancel_asked_at is not None
    page = text(client.get(f"/cong-viec/{running.pk}/"))
    assert "Đang dừng" in page
    assert "Dừng việc này" not in page


def test_stopping_is_on_record_once(lan: User) -> None:
    job = job_of(lan)
    client = signed_in(lan)
    for _ in range(2):
        client.post(f"/cong-viec/{job.pk}/dung/")
    [event] = AuditEvent.objects.filter(action="job.stop_asked")
    assert (event.actor_id, event.subject_id) == (lan.pk, str(job.pk))
    assert event.after["state"] == "cancelled"


def test_stopping_what_has_ended_changes_nothing(lan: User) -> None:
    job = job_of(lan, state=JobState.DONE, result={}, finished_at=AT)
    signed_in(lan).post(f"/cong-viec/{job.pk}/dung/")
    job.refresh_from_db()
    assert (job.state, job.cancel_asked_at) == (JobState.DONE, None)


def test_the_list_turns_pages_newest_first(lan: User) -> None:
    jobs = [job_of(lan, created_at=AT + timedelta(minutes=n)) for n in range(31)]
    client = signed_in(lan)
    first, second = text(client.get("/cong-viec/")), text(client.get("/cong-viec/?trang=2"))
    assert str(jobs[30].pk) in first
    assert str(jobs[0].pk) not in first
    assert str(jobs[0].pk) in second


def test_pages_speak_english(lan: User) -> None:
    User.objects.filter(pk=lan.pk).update(language="en")
    job = job_of(lan, state=JobState.RUNNING)
    assert "Running" in text(signed_in(lan).get(f"/cong-viec/{job.pk}/"))


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_the_database_as_often_for_many_jobs_as_for_one(
    lan: User, django_assert_max_num_queries: object, many: int
) -> None:
    for _ in range(many):
        job_of(lan)
    client = signed_in(lan)
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        client.get("/cong-viec/")
