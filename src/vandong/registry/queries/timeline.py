"""Everything that happened to a person, the latest first. Codes and values; sentences are in `phrases`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from django.utils.timezone import localdate

from vandong.accounts.queries.scope import Actor
from vandong.registry.models import Person, Receipt
from vandong.registry.queries.ground import person_to_work_with
from vandong.registry.queries.history import ChangeLine, changes_of_row

_STAGES = ("collected_on", "remitted_on", "accepted_on", "returned_on", "delivered_on")


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing on one day. `code` has its sentence in `phrases`; `values` fill it. `subject`: kind and id."""

    on: date
    code: str
    values: MappingProxyType[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    subject: tuple[str, int] = ("person", 0)
    change: ChangeLine | None = None


def timeline_of(actor: Actor, person_id: int) -> tuple[Happening, ...]:
    """All that the register knows to have happened to a person. Raises NotAllowed, NotVisible.

    Floors above add their own: contacts, advice.
    """
    person = person_to_work_with(actor, person_id)
    found = [
        *_spells(person),
        *_receipts(person),
        *_listings(person),
        *_consents(person),
        *_changes(person),
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.code), reverse=True))


def _happening(on: date, code: str, kind: str, pk: int, **values: Any) -> Happening:
    return Happening(on, code, MappingProxyType(values), (kind, pk))


def _spells(person: Person) -> Iterator[Happening]:
    for spell in person.participations.all():
        named = {"scheme": spell.get_scheme_display()}
        yield _happening(spell.covered_from, "person_joined", "participation", spell.pk, **named)
        if spell.ended_on:
            named["reason"] = spell.get_end_reason_display()
            yield _happening(spell.ended_on, "person_left", "participation", spell.pk, **named)


def _receipts(person: Person) -> Iterator[Happening]:
    for receipt in person.receipts.all():
        for stage in _STAGES:
            on = getattr(receipt, stage)
            if on is not None:
                yield _happening(
                    on, f"receipt_{stage[:-3]}", "receipt", receipt.pk, **_receipt_values(receipt)
                )


def _receipt_values(receipt: Receipt) -> dict[str, Any]:
    return {
        "scheme": receipt.get_scheme_display(),
        "amount": receipt.participant_amount,
        "number": receipt.number or "—",
        "reason": receipt.return_reason,
    }


def _listings(person: Person) -> Iterator[Happening]:
    for listing in person.listings.all():
        named = {"group": listing.get_group_display()}
        yield _happening(listing.listed_from, "person_listed", "listing", listing.pk, **named)
        if listing.listed_until:
            yield _happening(
                listing.listed_until, "person_unlisted", "listing", listing.pk, **named
            )


def _consents(person: Person) -> Iterator[Happening]:
    for consent in person.consents.all():
        named = {"purpose": consent.get_purpose_display()}
        code = "consent_given" if consent.granted else "consent_refused"
        yield _happening(consent.given_on, code, "consent", consent.pk, **named)
        if consent.withdrawn_on:
            yield _happening(
                consent.withdrawn_on, "consent_withdrawn", "consent", consent.pk, **named
            )


def _changes(person: Person) -> Iterator[Happening]:
    for line in changes_of_row(person):
        values = MappingProxyType({"actor": line.actor_name or "—"})
        code = "person_recorded" if line.action.endswith("created") else "person_changed"
        if line.batch_id:
            code = "person_from_list"
        yield Happening(localdate(line.at), code, values, ("person", person.pk), line)
