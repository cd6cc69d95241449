"""One person as the page shows it: masked, with household, spells, receipts and status on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vandong.accounts.queries.scope import Actor
from vandong.law import LawBook
from vandong.registry.models import Consent, Establishment, Listing, Participation, Person, Receipt
from vandong.registry.queries.ground import kept_id, own_people, person_to_work_with
from vandong.registry.queries.masking import masked_address
from vandong.registry.queries.search import PersonLine, person_line
from vandong.registry.queries.status import statuses
from vandong.rules.participation import Status


@dataclass(frozen=True, slots=True)
class HouseholdMember:
    """Somebody of the household; lines of people that the actor does not work with are masked alike."""

    line: PersonLine
    relation: str
    order: int | None


@dataclass(frozen=True, slots=True)
class PersonPage:
    """All that the register knows of a person, masked. `statuses` by scheme."""

    person_id: int
    version: int
    line: PersonLine
    birth_precision: str
    address: str
    cluster: str
    occupation: str
    member: str
    deceased_on: date | None
    phone_count: int
    statuses: dict[str, Status]
    household_code: str
    household: tuple[HouseholdMember, ...]
    participations: tuple[Participation, ...]
    receipts: tuple[Receipt, ...]
    listings: tuple[Listing, ...]
    consents: tuple[Consent, ...]
    merged_ids: tuple[int, ...]
    establishments: tuple[Establishment, ...]


RECEIPTS_SHOWN = 24


def person_page(actor: Actor, person_id: int, book: LawBook, on: date) -> PersonPage:
    """The page of a person the actor works with; a merged row opens the one it was merged into.

    The same number of queries whatever the person has. Raises NotAllowed, NotVisible.
    """
    person = person_to_work_with(actor, kept_id(person_id))
    receipts = person.receipts.select_related("member", "organisation").order_by("-collected_on")
    return PersonPage(
        person_id=person.pk,
        version=person.version,
        line=person_line(person, is_own=True),
        birth_precision=person.birth_precision,
        address=masked_address(person.address),
        cluster=person.cluster.name if person.cluster else "",
        occupation=person.occupation,
        member=person.member.full_name if person.member else "",
        deceased_on=person.deceased_on,
        phone_count=person.phones.count(),
        statuses=statuses(book, [person.pk], on)[person.pk],
        household_code=person.household.code if person.household else "",
        household=household_of(actor, person),
        participations=tuple(person.participations.order_by("scheme", "-covered_from")),
        receipts=tuple(receipts[:RECEIPTS_SHOWN]),
        listings=tuple(person.listings.order_by("-listed_from")),
        consents=tuple(person.consents.order_by("purpose", "-given_on")),
        merged_ids=tuple(person.merged.values_list("pk", flat=True)),
        establishments=tuple(person.establishments.order_by("name", "pk")),
    )


def household_of(actor: Actor, person: Person) -> tuple[HouseholdMember, ...]:
    """The people of the person's household, the head first, then by order and age."""
    if person.household_id is None:
        return ()
    rows = Person.objects.filter(household_id=person.household_id, merged_into__isnull=True)
    people = list(rows.select_related("unit_today").prefetch_related("phones"))
    own = set(
        own_people(actor).filter(pk__in=[one.pk for one in people]).values_list("pk", flat=True)
    )
    return tuple(
        HouseholdMember(person_line(one, one.pk in own), one.relation, one.household_order)
        for one in _in_order(people)
    )


def _in_order(people: Iterable[Person]) -> list[Person]:
    return sorted(
        people,
        key=lambda one: (
            one.relation != "head",
            one.household_order or 99,
            one.birth_on or date.max,
            one.pk,
        ),
    )
