"""A second pass: whoever a list did not reach, as a list of its own, with the points of the first."""

from datetime import date, datetime

from django.db import transaction

from vandong.accounts.queries.organisations import own_office
from vandong.accounts.queries.scope import Actor
from vandong.administration.audit_trail import record
from vandong.administration.refusals import problem, refuse_all
from vandong.contacts.models import Task, TaskState, Worklist
from vandong.contacts.queries.tasks import LIVE
from vandong.kernel.names import clean
from vandong.outreach.candidates import run
from vandong.outreach.worklists import name_problems, office_worklist

# Whoever said no to calls meanwhile, died, or is on another open list stays out.
_COPY = """
INSERT INTO contacts_task (worklist_id, person_id, household_id, hold_key, unit_id, cluster_id, points,
    reasons, state, attempt_count, outcome, version)
SELECT %(to)s, task.person_id, task.household_id, task.hold_key, task.unit_id, task.cluster_id, task.points,
    task.reasons, 'open', 0, '', 1
FROM contacts_task task
JOIN registry_person person ON person.id = task.person_id AND person.merged_into_id IS NULL
    AND (person.deceased_on IS NULL OR person.deceased_on > %(on)s)
WHERE task.worklist_id = %(from)s AND task.outcome = 'not_reached'
    AND (task.state = 'done' OR %(closed)s)
    AND NOT EXISTS (
        SELECT FROM contacts_task other
        JOIN contacts_worklist list ON list.id = other.worklist_id AND list.closed_at IS NULL
        WHERE other.person_id = task.person_id AND other.id <> task.id AND other.state IN ('open', 'waiting')
    )
    AND NOT EXISTS (
        SELECT FROM registry_consent consent
        WHERE consent.person_id = task.person_id AND consent.purpose = 'calls' AND NOT consent.granted
            AND consent.given_on <= %(on)s
            AND (consent.withdrawn_on IS NULL OR consent.withdrawn_on > %(on)s)
            AND NOT EXISTS (
                SELECT FROM registry_consent later WHERE later.person_id = consent.person_id
                    AND later.purpose = 'calls' AND later.given_on > consent.given_on
                    AND later.given_on <= %(on)s
            )
    )
ORDER BY task.points DESC, task.household_id, task.person_id
"""


def unreached_count(worklist: Worklist) -> int:
    """People whom the list tried and never met, and whom it will not try again."""
    rows = Task.objects.filter(worklist=worklist, outcome="not_reached", person__isnull=False)
    if worklist.closed_at is None:
        rows = rows.filter(state=TaskState.DONE)
    return rows.count()


@transaction.atomic
def make_second_pass(
    *, actor: Actor, worklist_id: int, name: str, on: date, at: datetime
) -> Worklist:
    """A new list of those never met: of a running list the ones it has given up, of a closed one all of them.
    Rule and points stay those of the first; the day is today's.

    Raises NotAllowed, NotVisible; Refused: no name, a name taken, second_pass_nobody.
    """
    first = office_worklist(actor, worklist_id, lock=True)
    refuse_all(name_problems(actor, name))
    name = clean(name)
    second = Worklist.objects.create(
        name=name,
        aim=first.aim,
        way=first.way,
        segment=first.segment,
        rule=first.rule,
        ranking=first.ranking,
        on=on,
        unit_id=first.unit_id,
        organisation=own_office(actor),
        made_by_id=actor.user_id,
        made_at=at,
    )
    is_closed = first.closed_at is not None
    count = run(_COPY, {"from": first.pk, "to": second.pk, "on": on, "closed": is_closed})
    if not count:
        refuse_all([problem("second_pass_nobody", name=first.name)])
    if is_closed:
        left = Task.objects.filter(worklist=first, outcome="not_reached", state__in=LIVE)
        left.update(state=TaskState.WITHDRAWN, next_on=None)
    after = {"name": second.name, "tasks": count, "from": first.pk}
    record(actor, "worklist.made", second, None, after, at)
    return second
