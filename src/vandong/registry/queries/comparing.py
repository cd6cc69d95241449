"""Two people side by side: field by field, numbers covered, and whether they agree."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from vandong.accounts.queries.scope import Actor
from vandong.registry.models import Merge, Person
from vandong.registry.queries.ground import own_people, person_to_work_with
from vandong.registry.queries.masking import (
    masked_address,
    masked_birth,
    masked_number,
    masked_phone,
)


@dataclass(frozen=True, slots=True)
class ComparedField:
    """What each of two people has. `agrees` None: one of them says nothing."""

    name: str
    one: str
    other: str
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class ComparedPeople:
    """Two people the actor works with."""

    one: Person
    other: Person
    fields: tuple[ComparedField, ...]


@dataclass(frozen=True, slots=True)
class MergedRow:
    """A row that was merged into a person."""

    gone_id: int
    full_name: str
    birth_year: str
    personal_id: str


def compared_people(actor: Actor, one_id: int, other_id: int) -> ComparedPeople:
    """Raises NotAllowed, NotVisible."""
    one, other = _loaded(actor, one_id), _loaded(actor, other_id)
    return ComparedPeople(one, other, tuple(_field(*known, one, other) for known in _FIELDS))


def merged_rows(actor: Actor, person_id: int) -> tuple[MergedRow, ...]:
    """The rows whose merging into the person can be taken back. Raises NotAllowed, NotVisible."""
    person_to_work_with(actor, person_id)
    merges = Merge.objects.filter(kept_id=person_id, undone_by__isnull=True).select_related("gone")
    return tuple(
        MergedRow(
            one.gone_id,
            one.gone.full_name,
            masked_birth(one.gone.birth_on),
            masked_number(one.gone.personal_id),
        )
        for one in merges.order_by("pk")
    )


def _loaded(actor: Actor, person_id: int) -> Person:
    person_to_work_with(actor, person_id)
    rows = own_people(actor).select_related("unit_today", "household", "member")
    counts = {
        "spell_count": Count("participations", distinct=True),
        "receipt_count": Count("receipts", distinct=True),
    }
    return rows.annotate(**counts).prefetch_related("phones").get(pk=person_id)


def _field(
    name: str,
    value: Callable[[Person], Any],
    shown: Callable[[Person], str],
    one: Person,
    other: Person,
) -> ComparedField:
    first, second = value(one), value(other)
    agrees = None if first in _NOTHING or second in _NOTHING else first == second
    return ComparedField(name, shown(one), shown(other), agrees)


def _phones(person: Person) -> frozenset[str]:
    return frozenset(phone.number for phone in person.phones.all())


def _birth(person: Person) -> str:
    """The year, and the day covered: two days of one year are told apart by the verdict."""
    return masked_birth(person.birth_on)


_NOTHING: tuple[object, ...] = ("", None, frozenset())
_FIELDS: tuple[tuple[str, Callable[[Person], Any], Callable[[Person], str]], ...] = (
    ("full_name", lambda one: one.name_fold, lambda one: one.full_name),
    ("birth_on", lambda one: one.birth_on, _birth),
    ("sex", lambda one: one.sex, lambda one: one.sex),
    ("personal_id", lambda one: one.personal_id, lambda one: masked_number(one.personal_id)),
    ("si_number", lambda one: one.si_number, lambda one: masked_number(one.si_number)),
    ("card_number", lambda one: one.card_number, lambda one: masked_number(one.card_number)),
    ("phones", _phones, lambda one: ", ".join(sorted(map(masked_phone, _phones(one))))),
    ("unit", lambda one: one.unit_today_id, lambda one: str(one.unit_today or "")),
    ("address", lambda one: one.address, lambda one: masked_address(one.address)),
    (
        "household",
        lambda one: one.household_id,
        lambda one: one.household.code if one.household else "",
    ),
    ("spells", lambda _: None, lambda one: str(getattr(one, "spell_count"))),  # noqa: B009 - annotated
    ("receipts", lambda _: None, lambda one: str(getattr(one, "receipt_count"))),  # noqa: B009
)
