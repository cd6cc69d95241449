"""Approvals: a second person, and exactly the content that was asked for."""

from collections.abc import Callable

import pytest
from tests.administration.people import AT, as_actor, someone

from vandong.accounts.models import Role
from vandong.accounts.queries.scope import Actor, NotAllowed, NotVisible
from vandong.administration.approvals import (
    ask_approval,
    content_hash,
    decide_approval,
    standing_approval,
)
from vandong.administration.audit_trail import Subject
from vandong.administration.refusals import Refused
from vandong.audit.models import AuditEvent
from vandong.documents.models import Approval

pytestmark = pytest.mark.django_db

PLAN = Subject("figures.plan", "7", "Kế hoạch 2026")
CONTENT = {"total": 52139, "units": ["00070", "00082"]}


def refused(*codes: str) -> Callable[[Refused], bool]:
    return lambda refusal: tuple(finding.code for finding in refusal.findings) == codes


@pytest.fixture
def asker(db: None) -> Actor:
    return as_actor(someone("ke", Role.PLANNER))


@pytest.fixture
def second(db: None) -> Actor:
    return as_actor(someone("hai", Role.PLANNER))


def ask(actor: Actor) -> Approval:
    return ask_approval(actor=actor, subject=PLAN, content=CONTENT, at=AT)


def decide(actor: Actor, approval: Approval, **changed: object) -> Approval:
    given = {"subject": PLAN, "content": CONTENT, "approved": True, "at": AT} | changed
    return decide_approval(actor=actor, approval_id=approval.pk, **given)  # type: ignore[arg-type]


def test_a_second_person_approves(asker: Actor, second: Actor) -> None:
    decided = decide(second, ask(asker))
    assert (decided.approved, decided.decided_by_id) == (True, second.user_id)
    assert standing_approval(PLAN, CONTENT) == decided
    actions = AuditEvent.objects.order_by("pk").values_list("action", "actor_id")
    assert list(actions) == [("approval.asked", asker.user_id), ("approval.given", second.user_id)]


def test_who_asks_does_not_decide(asker: Actor) -> None:
    with pytest.raises(Refused, check=refused("approval_own")):
        decide(asker, ask(asker))


def test_changed_content_is_not_what_was_asked(asker: Actor, second: Actor) -> None:
    approval = ask(asker)
    with pytest.raises(Refused, check=refused("approval_content_changed")):
        decide(second, approval, content=CONTENT | {"total": 52140})
    decide(second, approval)
    assert standing_approval(PLAN, CONTENT | {"total": 52140}) is None


def test_it_is_decided_once(asker: Actor, second: Actor) -> None:
    approval = decide(second, ask(asker))
    with pytest.raises(Refused, check=refused("approval_decided")):
        decide(second, approval, approved=False, reason="Nghĩ lại")


def test_a_refusal_gives_its_reason(asker: Actor, second: Actor) -> None:
    approval = ask(asker)
    with pytest.raises(Refused, check=refused("approval_reason_missing")):
        decide(second, approval, approved=False)
    assert decide(second, approval, approved=False, reason="Sai tổng").reason == "Sai tổng"
    assert standing_approval(PLAN, CONTENT) is None


def test_an_officer_may_ask_and_not_decide(asker: Actor) -> None:
    with pytest.raises(NotAllowed):
        decide(as_actor(someone("can", Role.OFFICER)), ask(asker))


def test_an_approval_of_something_else_is_not_found(asker: Actor, second: Actor) -> None:
    with pytest.raises(NotVisible):
        decide(second, ask(asker), subject=Subject("figures.plan", "8"))


def test_asking_twice_is_one_request(asker: Actor, second: Actor) -> None:
    assert ask(asker) == ask(second)


def test_the_order_of_keys_does_not_matter() -> None:
    assert content_hash({"a": 1, "b": 2}) == content_hash({"b": 2, "a": 1})
    assert content_hash({"a": 1}) != content_hash({"a": "1"})
