"""A collector's day: who is in hand, who waits under the own name, where to take more, what was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q

from vandong.accounts.models import Member
from vandong.accounts.queries.scope import Actor, NotVisible
from vandong.contacts.models import Contact, Hold, Task, Worklist
from vandong.contacts.queries.tasks import LIVE, held_tasks, member_of, pullable_worklists
from vandong.outreach.list_people import ListedPerson, listed_people
from vandong.outreach.settings import ApproachSettings, approach_settings

MOST_SHOWN = 60
_ORDER = (F("next_on").asc(nulls_last=True), "-points", "hold_key", "pk")


@dataclass(frozen=True, slots=True)
class Today:
    """`people`: appointments of the day first, then who is in hand, then who is given by name; `waiting_count`
    more are not shown. `done`: outcomes of the day. `held_until`: when the first household in hand is free."""

    member: Member
    settings: ApproachSettings
    people: tuple[ListedPerson, ...]
    waiting_count: int
    held_count: int
    held_until: datetime | None
    lists: tuple[Worklist, ...]
    done: Mapping[str, int]


def todays_work(actor: Actor, on: date, at: datetime, begins_at: datetime) -> Today:
    """The page of the day. `begins_at`: when the province's day began. The number of queries does not grow with
    the people. Raises NotAllowed (a login that is no collector at work)."""
    member = member_of(actor, on)
    held = held_tasks(member, on, at)
    due = Q(next_on__isnull=True) | Q(next_on__lte=on)
    own = Task.objects.filter(due, member=member, state__in=LIVE, worklist__closed_at__isnull=True)
    held_ids = list(held.values_list("pk", flat=True))
    others = own.exclude(pk__in=held_ids)
    first = others.order_by(*_ORDER).values_list("pk", flat=True)[:MOST_SHOWN]
    rows = Task.objects.filter(pk__in=[*held_ids, *first])
    rows = rows.select_related("worklist", "staff", "unit", "member").order_by(*_ORDER)
    tasks = list(rows[:MOST_SHOWN])
    holds = Hold.objects.filter(member=member, ended_at__isnull=True, held_until__gt=at)
    return Today(
        member=member,
        settings=approach_settings(member.organisation_id),
        people=listed_people(tasks),
        waiting_count=len(held_ids) + others.count() - len(tasks),
        held_count=len(held_ids),
        held_until=holds.order_by("held_until").values_list("held_until", flat=True).first(),
        lists=tuple(pullable_worklists(actor, on).select_related("unit")[:30]),
        done=_done(member, begins_at),
    )


def just_recorded(actor: Actor, contact_id: int, at: datetime) -> Contact:
    """The actor's own contact of the last minutes, to be taken back. Raises NotVisible."""
    rows = Contact.objects.filter(
        pk=contact_id,
        made_by_id=actor.user_id,
        undone_at__isnull=True,
        received_at__gt=at - timedelta(hours=1),
    )
    found = rows.select_related("person", "task").first()
    if found is None:
        raise NotVisible
    return found


def _done(member: Member, begins_at: datetime) -> dict[str, int]:
    rows = Contact.objects.filter(member=member, received_at__gte=begins_at, undone_at__isnull=True)
    return dict(rows.order_by().values_list("outcome").annotate(Count("pk")))
