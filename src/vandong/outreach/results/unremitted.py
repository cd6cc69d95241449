"""Money received and not yet handed in after the office's days (domain.md 3.3: collectors who keep it)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Min, Q, QuerySet, Sum

from vandong.accounts.models import Channel
from vandong.accounts.queries.scope import Actor
from vandong.kernel.names import fold
from vandong.outreach.settings import approach_settings
from vandong.registry.models import Receipt
from vandong.registry.queries.ground import own_people

LOOKED_BACK_DAYS = 366
"""Older receipts without a day of remittance come from lists that never told it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What one collector holds too long: receipts, money of the participants (đồng), the eldest day."""

    member_id: int | None
    name: str
    organisation: str
    count: int
    amount: int
    since_on: date

    def days(self, on: date) -> int:
        """How long the eldest has been kept."""
        return (on - self.since_on).days


def unremitted(
    actor: Actor, on: date, *, text: str = "", overdue: bool = True
) -> QuerySet[Receipt]:
    """Receipts of the actor's own people, or of the actor's own hand, whose money was not handed in, the eldest
    first; those of lists that name no collector and no office are left out.

    `overdue`: only those kept longer than the days of the collecting organisation. `text`: name or number.
    Raises NotAllowed.
    """
    mine = Q(member__user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
    found = Receipt.objects.filter(
        Q(person__in=own_people(actor).values("pk")) | mine,
        Q(member__isnull=False) | Q(organisation__isnull=False) | Q(change__batch__isnull=True),
        remitted_on__isnull=True,
        accepted_on__isnull=True,
        returned_on__isnull=True,
        collected_on__gte=on - timedelta(days=LOOKED_BACK_DAYS),
        collected_on__lte=on,
    ).exclude(channel=Channel.ONLINE)
    if overdue:
        found = found.filter(_too_long(found, on))
    if text:
        found = found.filter(Q(person__name_fold__contains=fold(text)) | Q(number__startswith=text))
    return found.order_by("collected_on", "pk")


def _too_long(rows: QuerySet[Receipt], on: date) -> Q:
    """Each organisation by its own days."""
    limit = Q(pk__in=[])
    for office in rows.order_by().values_list("organisation", flat=True).distinct():
        last_on = on - timedelta(days=approach_settings(office).remit_days)
        limit |= Q(organisation=office, collected_on__lt=last_on)
    return limit


def kept_by_collector(rows: QuerySet[Receipt]) -> tuple[Kept, ...]:
    """The same money by who holds it, the longest kept first. One query."""
    found = (
        rows.order_by()
        .values("member", name=F("member__full_name"), office=F("organisation__name"))
        .annotate(count=Count("pk"), amount=Sum("participant_amount"), since_on=Min("collected_on"))
        .order_by("since_on", "name")
    )
    return tuple(
        Kept(
            row["member"],
            row["name"] or "",
            row["office"] or "",
            row["count"],
            row["amount"],
            row["since_on"],
        )
        for row in found
    )
