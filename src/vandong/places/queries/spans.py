"""Which rows hold on a day. A span is [valid_from, valid_until); empty ends are open."""

from datetime import date

from django.db.models import Q


def valid_on(day: date, prefix: str = "") -> Q:
    """Rows whose span holds `day`; `prefix` is the path of a relation, as "unit__"."""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    unended = Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gt": day})
    return begun & unended


def is_valid_on(valid_from: date | None, valid_until: date | None, day: date) -> bool:
    """Whether a span holds `day`."""
    return (valid_from is None or valid_from <= day) and (valid_until is None or day < valid_until)
