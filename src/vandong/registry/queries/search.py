"""People found by number, telephone or name as one types, page after page; every line is masked."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q

from vandong.accounts.queries.scope import Actor
from vandong.kernel.names import fold
from vandong.registry.models import Person
from vandong.registry.queries.ground import Ground, own_people, searched_ground
from vandong.registry.queries.masking import masked_birth, masked_number, masked_phone

LEAST_DIGITS = 4
_SPACING = re.compile(r"[\s.\-()]")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person as lists show them. `is_own`: the actor works with this person and may open the page."""

    person_id: int
    full_name: str
    birth_year: str
    sex: str
    unit: str
    personal_id: str
    si_number: str
    phone: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: in which of the searches, after which key and row."""

    step: int
    key: str
    person_id: int


@dataclass(frozen=True, slots=True)
class Page:
    """Lines in order, and where to go on; None at the end."""

    lines: tuple[PersonLine, ...]
    following: Place | None


@dataclass(frozen=True, slots=True)
class _Step:
    """One search: rows of `source` ordered by (key, id), save those whose key an earlier step took."""

    source: str
    key: str
    where: str
    values: tuple[str, ...]
    leaves_out: Callable[[str], bool] = lambda _: False


def found_people(actor: Actor, text: str, *, limit: int = 20, after: Place | None = None) -> Page:
    """People whom the actor may look up and whom `text` names.

    Four digits and more: personal number, SI number, card or telephone beginning so. Words: full names that
    begin so, then given names beginning with the last word, then with the first, that hold the other words
    anywhere; without diacritics. Raises NotAllowed.
    """
    ground = searched_ground(actor)
    steps = _steps(text)
    found: list[tuple[int, str, int]] = []
    for number in range(after.step if after else 0, len(steps)):
        place = after if after and after.step == number else None
        rows = _rows(steps[number], ground, place, limit + 1 - len(found))
        found += [(number, key, person_id) for key, person_id in rows]
        if len(found) > limit:
            break
    shown = found[:limit]
    following = Place(*shown[-1]) if len(found) > limit else None
    return Page(person_lines(actor, [person_id for *_, person_id in shown]), following)


def _steps(text: str) -> list[_Step]:
    digits = _SPACING.sub("", text)
    if re.fullmatch(r"[0-9]+", digits):
        return _number_steps(digits) if len(digits) >= LEAST_DIGITS else []
    words = _WORD.findall(fold(text))
    if not words:
        return _card_steps(digits.upper())
    return [*_card_steps(digits.upper()), *_name_steps(words)]


def _number_steps(digits: str) -> list[_Step]:
    """Each by its own index. A merged row leads to the person it was merged into."""
    like = f"{digits}%"
    steps = [
        _Step("registry_person", column, f"{column} LIKE %s AND NOT {column} = ''", (like,))
        for column in ("personal_id", "si_number")
    ]
    card = "card_number LIKE %s AND NOT card_number = '' AND si_number = ''"
    return [*steps, _Step("registry_person", "card_number", card, (like,)), *_other(like)]


def _other(like: str) -> list[_Step]:
    phones = "(SELECT phone.number, one.* FROM registry_personphone phone JOIN registry_person one"
    phones += " ON one.id = phone.person_id WHERE phone.number LIKE %s)"
    gone = "(SELECT old.personal_id || ' ' || old.si_number AS number, one.*"
    gone += " FROM registry_person old JOIN registry_person one ON one.id = old.merged_into_id"
    gone += " WHERE old.merged_into_id IS NOT NULL"
    gone += " AND (old.personal_id LIKE %s OR old.si_number LIKE %s))"
    return [_Step(phones, "number", "true", (like,)), _Step(gone, "number", "true", (like, like))]


def _card_steps(text: str) -> list[_Step]:
    if not re.fullmatch(r"[A-Z]{2}[0-9]{3,13}", text):
        return []
    where = "card_number LIKE %s AND NOT card_number = '' AND si_number = ''"
    steps = [_Step("registry_person", "card_number", where, (f"{text}%",))]
    if len(text) == 15:
        si_number = "si_number = %s AND NOT si_number = ''"
        steps.append(_Step("registry_person", "si_number", si_number, (text[5:],)))
    return steps


def _name_steps(words: list[str]) -> list[_Step]:
    """Each reads one index from a word on; what an earlier one found, a later one leaves out.

    That is told from the key itself: another condition in SQL would have every row fetched.
    """
    forward = f"{' '.join(words)}%"
    if len(words) == 1:
        return [
            _Step("registry_person", "name_back", "name_back LIKE %s", (forward,)),
            _Step("registry_person", "name_fold", "name_fold LIKE %s", (forward,), _ends(words[0])),
        ]
    begins = _begins(" ".join(words))
    last = _given_name(words[-1], [f" {word} " for word in words[:-1]], begins)
    inside = [*(f" {word} " for word in words[1:-1]), f" {words[-1]}"]
    return [
        _Step("registry_person", "name_fold", "name_fold LIKE %s", (forward,)),
        last,
        _given_name(f"{words[0]} ", inside, lambda key: begins(key) or _matches(last, key)),
    ]


def _given_name(start: str, inside: list[str], leaves_out: Callable[[str], bool]) -> _Step:
    where = "name_back LIKE %s" + " AND (' ' || name_back || ' ') LIKE %s" * len(inside)
    values = (f"{start}%", *(f"%{part}%" for part in inside))
    return _Step("registry_person", "name_back", where, values, leaves_out)


def _matches(step: _Step, name_back: str) -> bool:
    start, *inside = (value.strip("%") for value in step.values)
    return name_back.startswith(start) and all(part in f" {name_back} " for part in inside)


def _begins(text: str) -> Callable[[str], bool]:
    """Whether the name of a `name_back`, read forward, begins so."""
    return lambda key: " ".join(reversed(key.split())).startswith(text)


def _ends(text: str) -> Callable[[str], bool]:
    """Whether the given name of a `name_fold` begins so."""
    return lambda key: key.rpartition(" ")[2].startswith(text)


def _rows(step: _Step, ground: Ground, after: Place | None, limit: int) -> list[tuple[str, int]]:
    """The next rows that no earlier step has found; read on until there are enough or no more."""
    found: list[tuple[str, int]] = []
    place = (after.key, after.person_id) if after else None
    while len(found) < limit:
        rows = _read(step, ground, place, limit)
        found += [row for row in rows if not step.leaves_out(row[0])]
        if len(rows) < limit:
            break
        place = rows[-1]
    return found[:limit]


def _read(
    step: _Step, ground: Ground, after: tuple[str, int] | None, limit: int
) -> list[tuple[str, int]]:
    """Reads the index alone where it can: key, id and unit stand in it."""
    where, values = [step.where, "merged_into_id IS NULL"], list[Any](step.values)
    if ground.unit_ids is not None:
        where.append("unit_today_id = ANY(%s)")
        values.append(list(ground.unit_ids))
    if after:
        where.append(f"({step.key}, id) > (%s, %s)")
        values += after
    sql = (
        f"SELECT {step.key}, id FROM {step.source} found WHERE {' AND '.join(where)}"
        f" ORDER BY {step.key}, id LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, limit])
        return [(key, person_id) for key, person_id in cursor.fetchall()]


def person_lines(actor: Actor, person_ids: list[int]) -> tuple[PersonLine, ...]:
    """These people as masked lines, in the order given. Three queries, however many there are."""
    rows = Person.objects.select_related("unit_today").prefetch_related("phones")
    people = rows.in_bulk(person_ids)
    own = _own_ids(actor, person_ids)
    return tuple(
        person_line(people[person_id], person_id in own)
        for person_id in dict.fromkeys(person_ids)
        if person_id in people
    )


def _own_ids(actor: Actor, person_ids: list[int]) -> set[int]:
    return set(own_people(actor).filter(pk__in=person_ids).values_list("pk", flat=True))


def person_line(person: Person, is_own: bool) -> PersonLine:
    """One masked line; `unit_today` and `phones` should be fetched with the person."""
    phones = sorted(person.phones.all(), key=lambda phone: (phone.rank, phone.pk))
    return PersonLine(
        person_id=person.pk,
        full_name=person.full_name,
        birth_year=masked_birth(person.birth_on),
        sex=person.sex,
        unit=person.unit_today.name if person.unit_today else "",
        personal_id=masked_number(person.personal_id),
        si_number=masked_number(person.si_number),
        phone=masked_phone(phones[0].number) if phones else "",
        is_own=is_own,
    )


NAMESAKES = 10


def namesakes(
    actor: Actor, full_name: str, unit_id: int | None, birth_year: int | None
) -> tuple[PersonLine, ...]:
    """People of the same name (without diacritics) in the commune whose year of birth does not speak against
    it: probably the same person. Raises NotAllowed."""
    ground = searched_ground(actor)
    if unit_id is None or (ground.unit_ids is not None and unit_id not in ground.unit_ids):
        return ()
    rows = Person.objects.filter(
        unit_today_id=unit_id, name_fold=fold(full_name), merged_into__isnull=True
    )
    if birth_year is not None:
        rows = rows.filter(Q(birth_on__isnull=True) | Q(birth_on__year=birth_year))
    found = rows.order_by("pk").values_list("pk", flat=True)[:NAMESAKES]
    return person_lines(actor, list(found))
