"""Personal data in clear: asked for with a reason, and every time recorded."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from vandong.accounts.queries.scope import Actor
from vandong.administration.audit_trail import record
from vandong.administration.refusals import problem, refuse_all
from vandong.kernel.names import clean
from vandong.registry.queries.ground import person_to_work_with

LEAST_REASON = 5


@dataclass(frozen=True, slots=True)
class Revealed:
    """What is masked elsewhere."""

    person_id: int
    full_name: str
    personal_id: str
    si_number: str
    card_number: str
    birth_on: date | None
    address: str
    phones: tuple[str, ...]


@transaction.atomic
def reveal_person(*, actor: Actor, person_id: int, reason: str, at: datetime) -> Revealed:
    """The person's data in clear. Raises NotAllowed, NotVisible; Refused `reveal_reason_missing`."""
    person = person_to_work_with(actor, person_id)
    why = clean(reason)
    if len(why) < LEAST_REASON:
        refuse_all([problem("reveal_reason_missing", "reason", limit=LEAST_REASON)])
    record(actor, "person.revealed.viewed", person, None, None, at, why)
    return Revealed(
        person_id=person.pk,
        full_name=person.full_name,
        personal_id=person.personal_id,
        si_number=person.si_number,
        card_number=person.card_number,
        birth_on=person.birth_on,
        address=person.address,
        phones=tuple(person.phones.order_by("rank", "pk").values_list("number", flat=True)),
    )
