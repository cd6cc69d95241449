"""Background jobs of lists: checking one, taking it over, taking it back; holding claims against receipts."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from vandong.accounts.models import User
from vandong.accounts.queries.scope import Actor, actor_for
from vandong.console.list_follow_ups import following
from vandong.intake.lists import (
    CHECK_TASK,
    STORE_TASK,
    UNDO_TASK,
    check_received,
    commit_list,
    reopen_list,
    undo_list,
)
from vandong.jobs.run import JobRun, handles
from vandong.law import law_book
from vandong.outreach.proving import CLAIMS_TASK, settle_claims


@handles(CHECK_TASK)
def check_list(run: JobRun, **arguments: Any) -> dict[str, Any]:
    """Checks a list that came in; its page then shows what it would change."""
    key, actor = UUID(arguments["batch_id"]), _actor(arguments["user_id"])
    counts = check_received(
        actor=actor, batch_id=key, book=law_book(), at=timezone.now(), advance=run.advance
    )
    return _answer(key, "list_checked", counts.stored())


@handles(STORE_TASK)
def store_list(run: JobRun, **arguments: Any) -> dict[str, Any]:
    """Takes a checked list over in one transaction: a stop leaves all as it was."""
    key, actor, at = UUID(arguments["batch_id"]), _actor(arguments["user_id"]), timezone.now()
    try:
        counts = commit_list(
            actor=actor,
            batch_id=key,
            at=at,
            advance=run.advance,
            follow_up=following(actor, at),
        )
    except BaseException:
        reopen_list(batch_id=key)
        raise
    return _answer(key, "list_stored", counts.stored())


@handles(UNDO_TASK)
def take_list_back(run: JobRun, **arguments: Any) -> dict[str, Any]:
    """Takes a list back as one step."""
    key, actor, at = UUID(arguments["batch_id"]), _actor(arguments["user_id"]), timezone.now()
    run.advance(0)
    done = undo_list(
        actor=actor,
        batch_id=key,
        at=at,
        reason=arguments.get("reason", ""),
        follow_up=following(actor, at),
    )
    values = {
        "removed": done.removed.get("person", 0),
        "restored": done.restored.get("person", 0),
        "left": sum(done.left.values()),
    }
    return _answer(key, "list_undone", values)


@handles(CLAIMS_TASK)
def settle(run: JobRun, **_: Any) -> dict[str, Any]:
    """Holds what was claimed against receipts and lists."""
    run.advance(0)
    at = timezone.now()
    done = settle_claims(on=timezone.localdate(at), at=at, zone=settings.TIME_ZONE)
    values = {"confirmed": done.by_receipt + done.by_list, "credited": done.credited}
    return {"link": "", "summary_code": "claims_settled", "values": values}


def _answer(key: UUID, code: str, values: dict[str, int]) -> dict[str, Any]:
    return {"link": f"/nguoi-dan/danh-sach/{key}", "summary_code": code, "values": values}


def _actor(user_id: int | None) -> Actor:
    if user_id is None:
        return Actor.system("vandong intake")
    return actor_for(User.objects.get(pk=user_id), timezone.localdate())
