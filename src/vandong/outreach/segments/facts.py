"""What is known of a person when a segment is asked, and whether a condition holds of it: the rule that the
database's answers are held against, and what a list says of why somebody is on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from vandong.kernel.names import fold
from vandong.kernel.periods import shift_months
from vandong.law import LawBook
from vandong.outreach.segments.bands import band_of
from vandong.outreach.segments.conditions import (
    Aged,
    Condition,
    DueWithin,
    EndedWithin,
    ExpiresWithin,
    HasStatus,
    IsCompulsory,
    IsCounted,
    OwnsBusiness,
    word_of,
)
from vandong.registry.models import TaxMethod
from vandong.rules.participation import Status, StatusCode

COMPULSORY = "bhxh_bb"
_LAW_METHODS = {
    "declaration": TaxMethod.DECLARATION,
    "flat": TaxMethod.FLAT_RATE,
    "unknown": TaxMethod.UNKNOWN,
}
_OWNERS = "compulsory_business_owner"


@dataclass(frozen=True, slots=True)
class Business:
    """An establishment that the person owns on the day."""

    tax_method: str
    worker_count: int | None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One person on one day. `ended`: the last day in a scheme + 1, where it is over; `begun`: first day of the
    spell in force; `household_counted`: schemes in which somebody of the household is counted."""

    birth_on: date | None
    sex: str
    unit_ids: frozenset[int]
    occupation: str
    listed: frozenset[str]
    has_phone: bool
    has_personal_id: bool
    statuses: Mapping[str, Status]
    ended: Mapping[str, date]
    begun: Mapping[str, date]
    businesses: tuple[Business, ...]
    household_counted: frozenset[str]
    member_id: int | None
    name: str

    def status(self, scheme: str) -> Status:
        """How the person stands in a scheme; never without a spell."""
        return self.statuses.get(scheme, Status(StatusCode.NEVER))


def facts_of_statuses(statuses: Mapping[str, Status]) -> PersonFacts:
    """Nothing but how the person stands: for reasons that go by it alone."""
    return PersonFacts(
        birth_on=None,
        sex="",
        unit_ids=frozenset(),
        occupation="",
        listed=frozenset(),
        has_phone=False,
        has_personal_id=False,
        statuses=statuses,
        ended={},
        begun={},
        businesses=(),
        household_counted=frozenset(),
        member_id=None,
        name="",
    )


def law_methods(book: LawBook, on: date) -> tuple[str, ...]:
    """Ways of paying tax whose registered owners are under compulsory insurance on the day; none before the
    law says so."""
    if not has_owners(book, on):
        return ()
    return tuple(
        _LAW_METHODS[key] for key in book.keys(_OWNERS, on) if book.fact(_OWNERS, on, key).whole
    )


def has_owners(book: LawBook, on: date) -> bool:
    """Whether the law of the day knows owners under compulsory insurance."""
    entries = book.parameters[_OWNERS].entries
    return bool(entries) and entries[0].valid_from <= on


def owners_since(book: LawBook) -> date:
    """The first day on which owners of registered businesses came under compulsory insurance."""
    return book.parameters[_OWNERS].entries[0].valid_from


def least_age(book: LawBook, condition: Aged, on: date) -> int | None:
    """The least age of a condition, its own or the law's. Raises ParameterMissing."""
    return book.fact(condition.law, on).whole if condition.law else condition.least


def born_by(on: date, years: int) -> date:
    """The last birthday with which somebody has completed so many years on the day; born on 29 February, one
    completes a year on 1 March."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return date(on.year - years, 2, 28)


def age_on(birth_on: date, on: date) -> int:
    """Completed years."""
    return on.year - birth_on.year - ((on.month, on.day) < (birth_on.month, birth_on.day))


def holds(condition: Condition, facts: PersonFacts, book: LawBook, on: date) -> bool:
    """Whether a condition holds of a person on a day."""
    return _CHECKS[word_of(condition)](condition, facts, book, on)


def _status(one: HasStatus, facts: PersonFacts, book: LawBook, on: date) -> bool:
    return (facts.status(one.scheme).code in one.statuses) != one.is_not


def _counted(one: IsCounted, facts: PersonFacts, book: LawBook, on: date) -> bool:
    return facts.status(one.scheme).is_counted != one.is_not


def _aged(one: Aged, facts: PersonFacts, book: LawBook, on: date) -> bool:
    if facts.birth_on is None:
        return False
    age, least = age_on(facts.birth_on, on), least_age(book, one, on)
    return (least is None or age >= least) and (one.most is None or age <= one.most)


def _due(one: DueWithin, facts: PersonFacts, book: LawBook, on: date) -> bool:
    status = facts.status(one.scheme)
    if status.code not in {StatusCode.ACTIVE, StatusCode.DUE} or status.due_on is None:
        return False
    return status.covered_until is not None and (status.covered_until - on).days <= one.days


def _expires(one: ExpiresWithin, facts: PersonFacts, book: LawBook, on: date) -> bool:
    status = facts.status(one.scheme)
    if status.code is not StatusCode.ACTIVE or status.covered_until is None:
        return False
    return (status.covered_until - on).days <= one.days


def _ended(one: EndedWithin, facts: PersonFacts, book: LawBook, on: date) -> bool:
    ended_on = facts.ended.get(one.scheme)
    status = facts.status(one.scheme)
    if ended_on is None or status.code not in {StatusCode.ENDED, StatusCode.LAPSED}:
        return False
    return shift_months(on, -one.months) <= ended_on <= on


def _business(one: OwnsBusiness, facts: PersonFacts, book: LawBook, on: date) -> bool:
    least, most = one.least_workers, one.most_workers
    if least is None and most is None:
        return bool(facts.businesses)
    return any(
        business.worker_count is not None
        and (least is None or business.worker_count >= least)
        and (most is None or business.worker_count <= most)
        for business in facts.businesses
    )


def _compulsory(one: IsCompulsory, facts: PersonFacts, book: LawBook, on: date) -> bool:
    methods = law_methods(book, on)
    owns = any(business.tax_method in methods for business in facts.businesses)
    pays = facts.status(COMPULSORY).code is StatusCode.ACTIVE
    if one.since_law:
        pays = pays and facts.begun[COMPULSORY] >= owners_since(book)
    return (owns or pays) != one.is_not


_CHECKS: dict[str, Callable[..., bool]] = {
    "status": _status,
    "counted": _counted,
    "age": _aged,
    "sex": lambda one, facts, book, on: facts.sex == one.sex,
    "unit": lambda one, facts, book, on: one.unit_id in facts.unit_ids,
    "occupation": lambda one, facts, book, on: facts.occupation in one.occupations,
    "listed": lambda one, facts, book, on: (one.group in facts.listed) != one.is_not,
    "phone": lambda one, facts, book, on: facts.has_phone != one.is_not,
    "personal_id": lambda one, facts, book, on: facts.has_personal_id != one.is_not,
    "ended_within": _ended,
    "due_within": _due,
    "expires_within": _expires,
    "renewal_band": lambda one, facts, book, on: band_of(facts.status(one.scheme), on) == one.band,
    "business": _business,
    "compulsory": _compulsory,
    "household": lambda one, facts, book, on: (one.scheme in facts.household_counted) != one.is_not,
    "member": lambda one, facts, book, on: facts.member_id == one.member_id,
    "name": lambda one, facts, book, on: fold(one.text) in fold(facts.name),
}
