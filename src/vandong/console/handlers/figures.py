"""Background jobs of uploads: checking a file, taking it over."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from vandong.accounts.models import User
from vandong.accounts.queries.scope import Actor, actor_for
from vandong.administration.refusals import Refused, problem
from vandong.jobs.run import JobRun, handles
from vandong.planning.checking_uploads import check_upload
from vandong.planning.uploads import CHECK_TASK, STORE_TASK, reopen_upload, store_upload


@handles(CHECK_TASK)
def check_figures(run: JobRun, **arguments: Any) -> dict[str, Any]:
    """Checks a file that came in; its page then shows what it would bring."""
    key = UUID(arguments["batch_id"])
    actor = _actor(arguments["user_id"])
    check_upload(actor=actor, batch_id=key, at=timezone.now(), advance=run.advance)
    return {"link": f"/so-lieu/{key}/", "summary_code": "import_checked", "values": {}}


@handles(STORE_TASK)
def store_figures(run: JobRun, **arguments: Any) -> dict[str, Any]:
    """Takes a checked file over. When it no longer fits the figures as they stand, it is checked again."""
    key = UUID(arguments["batch_id"])
    actor = _actor(arguments["user_id"])
    try:
        result = store_upload(
            actor=actor,
            batch_id=key,
            accept_good=arguments["accept_good"],
            at=timezone.now(),
            advance=run.advance,
        )
    except BaseException:
        reopen_upload(batch_id=key, is_outdated=False)
        raise
    if result.batch_id is None:
        reopen_upload(batch_id=key, is_outdated=True)
        check_upload(actor=actor, batch_id=key, at=timezone.now())
        raise Refused(problem("import_outdated"))
    values = {"accepted": result.accepted_count}
    return {"link": f"/so-lieu/{key}/", "summary_code": "import_done", "values": values}


def _actor(user_id: int) -> Actor:
    return actor_for(User.objects.get(pk=user_id), timezone.localdate())
