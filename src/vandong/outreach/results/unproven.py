"""Words without proof: agreements that no receipt and no official list has borne out yet."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from vandong.accounts.queries.scope import Actor, Right, require
from vandong.contacts.models import Claim, ClaimState
from vandong.kernel.names import fold
from vandong.outreach.results.span import ground_units
from vandong.outreach.settings import approach_settings


@dataclass(frozen=True, slots=True)
class Waiting:
    """One agreement and how long it has waited. `is_late`: longer than the office's days."""

    claim: Claim
    days: int
    is_late: bool


def open_claims(actor: Actor, on: date, *, text: str = "", late: bool = False) -> QuerySet[Claim]:
    """Agreements of the actor's ground that wait for a receipt, the eldest first; `late`: only those that wait
    longer than the days of the collector's organisation. Raises NotAllowed."""
    require(actor, Right.IMPORT_PEOPLE)
    units = ground_units(actor, on, None)
    rows = Claim.objects.filter(state=ClaimState.CLAIMED)
    if units is not None:
        rows = rows.filter(unit__in=units)
    if late:
        rows = rows.filter(_late(rows, on))
    if text:
        rows = rows.filter(person__name_fold__contains=fold(text))
    return rows.select_related("person__unit_today", "advised_by__organisation", "unit").order_by(
        "claimed_on", "pk"
    )


def waiting(claims: list[Claim], on: date) -> tuple[Waiting, ...]:
    """The claims of a page with their age. Settings are asked once for each organisation."""
    limits: dict[int | None, int] = {}
    found = []
    for claim in claims:
        office = claim.advised_by.organisation_id if claim.advised_by else None
        if office not in limits:
            limits[office] = approach_settings(office).proof_days
        days = (on - claim.claimed_on).days
        found.append(Waiting(claim, days, days > limits[office]))
    return tuple(found)


def _late(rows: QuerySet[Claim], on: date) -> Q:
    limit = Q(pk__in=[])
    for office in rows.order_by().values_list("advised_by__organisation", flat=True).distinct():
        last_on = on - timedelta(days=approach_settings(office).proof_days)
        limit |= Q(advised_by__organisation=office, claimed_on__lt=last_on)
    return limit
