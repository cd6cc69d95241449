"""The facts of some people on a day, read at once: what `facts.holds` and the reasons of a list go by."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from vandong.law import LawBook
from vandong.outreach.segments.facts import Business, PersonFacts
from vandong.places.models import Placement, Tree
from vandong.places.queries.spans import valid_on
from vandong.places.queries.units import path_ids
from vandong.registry.models import Establishment, Listing, Participation, Person, PersonPhone
from vandong.registry.queries.status import statuses


def known_facts(book: LawBook, person_ids: Sequence[int], on: date) -> dict[int, PersonFacts]:
    """The facts of each person; the number of queries does not grow with the people."""
    people = list(Person.objects.filter(pk__in=person_ids))
    ids = [person.pk for person in people]
    standing = statuses(book, ids, on)
    mates = _mates(people)
    mate_standing = statuses(book, sorted({one for group in mates.values() for one in group}), on)
    spells, places = _spells(ids, on), _places(ids, on)
    listed, phones, above = _listed(ids, on), _with_phone(ids), _above(people, on)
    found = {}
    for person in people:
        ended, begun = spells[person.pk]
        household = mates.get(person.household_id or 0, ())
        found[person.pk] = PersonFacts(
            birth_on=person.birth_on,
            sex=person.sex,
            unit_ids=above.get(person.unit_today_id or 0, frozenset()),
            occupation=person.occupation,
            listed=frozenset(listed[person.pk]),
            has_phone=person.pk in phones,
            has_personal_id=bool(person.personal_id),
            statuses=standing[person.pk],
            ended=ended,
            begun=begun,
            businesses=tuple(places[person.pk]),
            household_counted=_counted(mate_standing, household),
            member_id=person.member_id,
            name=person.full_name,
        )
    return found


def _counted(standing: Mapping[int, Mapping[str, Any]], ids: Sequence[int]) -> frozenset[str]:
    return frozenset(
        scheme for one in ids for scheme, status in standing[one].items() if status.is_counted
    )


def _mates(people: Sequence[Person]) -> dict[int, list[int]]:
    wanted = {person.household_id for person in people if person.household_id}
    rows = Person.objects.filter(household_id__in=wanted, merged_into__isnull=True)
    found: dict[int, list[int]] = defaultdict(list)
    for household_id, person_id in rows.values_list("household_id", "pk"):
        found[household_id or 0].append(person_id)
    return found


def _spells(ids: Sequence[int], on: date) -> Mapping[int, tuple[dict[str, date], dict[str, date]]]:
    """For each person, by scheme: where the latest spell begun is over, and where it began."""
    rows = Participation.objects.filter(person_id__in=ids, covered_from__lte=on)
    found: dict[int, tuple[dict[str, date], dict[str, date]]] = defaultdict(lambda: ({}, {}))
    for spell in rows.order_by("covered_from"):
        ended, begun = found[spell.person_id]
        ends = [day for day in (spell.ended_on, spell.covered_until) if day is not None]
        begun[spell.scheme] = spell.covered_from
        ended.pop(spell.scheme, None)
        if ends:
            ended[spell.scheme] = min(ends)
    return found


def _places(ids: Sequence[int], on: date) -> Mapping[int, list[Business]]:
    found: dict[int, list[Business]] = defaultdict(list)
    for place in Establishment.objects.filter(valid_on(on), owner_id__in=ids):
        found[place.owner_id or 0].append(Business(place.tax_method, place.worker_count))
    return found


def _listed(ids: Sequence[int], on: date) -> Mapping[int, list[str]]:
    until = Q(listed_until__isnull=True) | Q(listed_until__gt=on)
    found: dict[int, list[str]] = defaultdict(list)
    for listing in Listing.objects.filter(until, person_id__in=ids, listed_from__lte=on):
        found[listing.person_id].append(listing.group)
    return found


def _with_phone(ids: Sequence[int]) -> set[int]:
    rows = PersonPhone.objects.filter(person_id__in=ids)
    return set(rows.values_list("person_id", flat=True))


def _above(people: Sequence[Person], on: date) -> dict[int, frozenset[int]]:
    units = {person.unit_today_id for person in people if person.unit_today_id}
    rows = Placement.objects.filter(valid_on(on), tree=Tree.ADMINISTRATIVE, unit_id__in=units)
    found = {
        unit_id: frozenset(path_ids(path)) for unit_id, path in rows.values_list("unit_id", "path")
    }
    return {unit_id: found.get(unit_id, frozenset({unit_id})) for unit_id in units}
