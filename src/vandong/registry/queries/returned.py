"""Payments whose file the agency sent back and that wait to be put right."""

from django.db.models import Q, QuerySet

from vandong.accounts.queries.scope import Actor, NotVisible
from vandong.registry.models import Receipt
from vandong.registry.queries.ground import own_people


def returned_files(actor: Actor, text: str = "") -> QuerySet[Receipt]:
    """Files sent back of the people the actor works with, the longest waiting first; `text` (without
    diacritics, of the person's name) narrows them. Raises NotAllowed."""
    rows = Receipt.objects.filter(
        returned_on__isnull=False, person__in=own_people(actor).values("pk")
    )
    if text:
        rows = rows.filter(Q(person__name_fold__contains=text) | Q(number__startswith=text))
    return rows.select_related("person__unit_today", "member", "organisation").order_by(
        "returned_on", "pk"
    )


def returned_file(actor: Actor, receipt_id: int) -> Receipt:
    """One of them, locked for the transaction. Raises NotAllowed, NotVisible."""
    rows = Receipt.objects.filter(pk=receipt_id, person__in=own_people(actor).values("pk"))
    found = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise NotVisible
    return found
