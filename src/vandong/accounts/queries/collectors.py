"""Collectors as strangers may ask for them: by the code that a collector shows, nothing more."""

from dataclasses import dataclass
from datetime import date

from vandong.accounts.models import Member
from vandong.places.queries.spans import valid_on


@dataclass(frozen=True, slots=True)
class KnownCollector:
    """Somebody at work: the name and the office, both public."""

    name: str
    organisation: str


def collector_by_code(code: str, on: date) -> tuple[KnownCollector, ...]:
    """Those at work on the day under exactly this code; codes may repeat between organisations."""
    rows = Member.objects.filter(valid_on(on), staff_code__iexact=code).select_related(
        "organisation"
    )
    return tuple(
        KnownCollector(one.full_name, one.organisation.name) for one in rows.order_by("pk")[:10]
    )
