"""The background job that counts the register again after it changed."""

from datetime import date
from typing import Any

from django.utils import timezone

from vandong.jobs.run import JobRun, handles
from vandong.jobs.values import kept
from vandong.law import law_book
from vandong.planning.register_figures import REGISTER_TASK, rebuild_recent


@handles(REGISTER_TASK)
def count_register(run: JobRun, **arguments: Any) -> dict[str, Any]:
    """From the day on which the register changed to today, in one transaction: a stop leaves all as it was."""
    run.advance(0)
    days_from = date.fromisoformat(arguments["days_from"])
    counts = rebuild_recent(book=law_book(), days_from=days_from, at=timezone.now())
    values = {
        "first_on": counts.first_on,
        "last_on": counts.last_on,
        "new": counts.new_count,
        "changed": counts.changed_count,
        "gone": counts.gone_count,
        "unchanged": counts.unchanged_count,
    }
    return {
        "link": "/tong-quan",
        "summary_code": "register_figures_counted",
        "values": kept(values),
    }
