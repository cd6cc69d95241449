"""What of a person decides the amount: lists they stand on, place in the household, months paid, province."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from vandong.documents.queries.local_supports import local_parameters
from vandong.figures.models import Scheme
from vandong.law import LawBook
from vandong.places.models import Placement, Tree, Unit, UnitKind
from vandong.places.queries.spans import valid_on
from vandong.places.queries.units import path_ids
from vandong.registry.models import ListedGroup, Listing, Participation, Person
from vandong.rules.household_card.support import HOUSEHOLD
from vandong.rules.people import SupportGroup

_SI_GROUPS = {ListedGroup.POOR: SupportGroup.POOR, ListedGroup.NEAR_POOR: SupportGroup.NEAR_POOR}
_CARD_GROUPS = {
    ListedGroup.POOR: "poor",
    ListedGroup.SOCIAL_PENSION: "social_pension",
    ListedGroup.NEAR_POOR: "near_poor",
    ListedGroup.AVERAGE_LIVING: "farm_average",
    ListedGroup.STUDENT: "student",
}
"""Lists by the card's group of the law, the one that decides first."""


@dataclass(frozen=True, slots=True)
class Payer:
    """`listed`: lists of the day; `ever_listed`: lists of any day. `order`: 1 = first payer, 0 = not known.
    `voluntary_months`: months on record, as many as the State may have supported."""

    listed: frozenset[str]
    ever_listed: frozenset[str]
    order: int
    voluntary_months: int
    province: str
    province_id: int | None

    def groups(self, told: str) -> tuple[str, ...]:
        """Support groups of voluntary insurance. What was told at the last payment (`told`) holds, save poor
        and near poor where the lists have known the person otherwise."""
        found = {group.value for listed, group in _SI_GROUPS.items() if listed in self.listed}
        by_list = {group.value: listed for listed, group in _SI_GROUPS.items()}
        if told and told != SupportGroup.OTHER and by_list.get(told) not in self.ever_listed:
            found.add(told)
        return tuple(sorted(found))

    @property
    def card_group(self) -> str:
        """The group of the card; `household` where no list says otherwise."""
        return next((g for listed, g in _CARD_GROUPS.items() if listed in self.listed), HOUSEHOLD)


def payers_of(person_ids: Sequence[int], on: date) -> dict[int, Payer]:
    """These people. Six queries, however many they are."""
    people = Person.objects.in_bulk(list(person_ids))
    alone = _alone([one.household_id for one in people.values() if one.household_id])
    listed, ever = _listed(person_ids, on)
    months = _months(person_ids, on)
    provinces = _provinces({one.unit_today_id for one in people.values() if one.unit_today_id}, on)
    found = {}
    for person_id, one in people.items():
        province = provinces.get(one.unit_today_id or 0)
        found[person_id] = Payer(
            listed=frozenset(listed[person_id]),
            ever_listed=frozenset(ever[person_id]),
            order=one.household_order or (1 if one.household_id in alone else 0),
            voluntary_months=months[person_id],
            province=province.code if province else "",
            province_id=province.pk if province else None,
        )
    return found


def province_laws(book: LawBook, payers: Iterable[Payer]) -> dict[str, LawBook]:
    """The book with the resolutions of each province that occurs, by its code."""
    ids = {one.province_id for one in payers if one.province_id}
    units = Unit.objects.in_bulk(ids)
    return {
        unit.code: book.with_parameters(found) if (found := local_parameters(unit)) else book
        for unit in units.values()
    }


def _alone(household_ids: Sequence[int]) -> set[int]:
    """Households of one living person: no order needs to be known."""
    living = Person.objects.filter(
        household_id__in=set(household_ids), merged_into__isnull=True, deceased_on__isnull=True
    )
    counts = living.values("household_id").annotate(count=Count("pk")).order_by()
    return {row["household_id"] for row in counts if row["count"] == 1}


def _listed(
    person_ids: Sequence[int], on: date
) -> tuple[defaultdict[int, set[str]], defaultdict[int, set[str]]]:
    rows = Listing.objects.filter(person_id__in=person_ids, listed_from__lte=on)
    now, ever = defaultdict[int, set[str]](set), defaultdict[int, set[str]](set)
    for one in rows:
        ever[one.person_id].add(one.group)
        if one.listed_until is None or one.listed_until > on:
            now[one.person_id].add(one.group)
    return now, ever


def _months(person_ids: Sequence[int], on: date) -> defaultdict[int, int]:
    rows = Participation.objects.filter(
        Q(covered_until__isnull=False),
        person_id__in=person_ids,
        scheme=Scheme.BHXH_TN,
        covered_from__lte=on,
    )
    found = defaultdict[int, int](int)
    for person_id, first, until in rows.values_list("person_id", "covered_from", "covered_until"):
        if until is not None:
            found[person_id] += max(0, (until.year - first.year) * 12 + until.month - first.month)
    return found


def _provinces(unit_ids: set[int], on: date) -> dict[int, Unit]:
    rows = Placement.objects.filter(valid_on(on), tree=Tree.ADMINISTRATIVE, unit_id__in=unit_ids)
    paths = {unit_id: path_ids(path) for unit_id, path in rows.values_list("unit_id", "path")}
    above = {one for path in paths.values() for one in path}
    known = Unit.objects.filter(pk__in=above, kind=UnitKind.PROVINCE).in_bulk()
    return {
        unit_id: known[province_id]
        for unit_id, path in paths.items()
        if (province_id := next((one for one in path if one in known), None)) is not None
    }
