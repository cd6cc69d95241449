"""What is wrong with what was typed of a person: all problems at once, each with its field."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from vandong.accounts.models import Member
from vandong.administration.refusals import problem
from vandong.kernel.findings import Finding, Spot
from vandong.kernel.identifiers import (
    Refusal,
    check_health_card,
    check_personal_id,
    check_phone,
    check_si_number,
)
from vandong.places.models import Unit
from vandong.registry.models import BirthPrecision, Occupation, Person, Relation
from vandong.rules.people import Sex

EARLIEST_BIRTH = date(1900, 1, 1)
_TEXTS = (("full_name", 200), ("ethnicity", 30), ("address", 500))


class Numbers(Protocol):
    """The fields that hold numbers, as typed."""

    @property
    def personal_id(self) -> str: ...
    @property
    def si_number(self) -> str: ...
    @property
    def card_number(self) -> str: ...
    @property
    def phones(self) -> tuple[str, ...]: ...


def normal_numbers(fields: Numbers) -> tuple[tuple[str, str, str], list[Finding]]:
    """Personal number, SI number and card in their normal form; a card tells the SI number too."""
    problems: list[Finding] = []
    personal_id = _number(check_personal_id, fields.personal_id, "personal_id", problems)
    si_number = _number(check_si_number, fields.si_number, "si_number", problems)
    card_number = _number(check_health_card, fields.card_number, "card_number", problems)
    if card_number and not si_number and len(card_number) == 15:
        si_number = card_number[5:]
    return (personal_id, si_number, card_number), problems


def normal_phones(fields: Numbers) -> tuple[list[str], list[Finding]]:
    """The numbers in their normal form, each once."""
    problems: list[Finding] = []
    numbers = [_number(check_phone, text, "phones", problems) for text in fields.phones]
    return list(dict.fromkeys(number for number in numbers if number)), problems


class _Valued(Protocol):
    @property
    def value(self) -> str: ...


def _number(
    check: Callable[[str], _Valued | Refusal], text: str, column: str, problems: list[Finding]
) -> str:
    if not text.strip():
        return ""
    found = check(text)
    if isinstance(found, Refusal):
        problems.append(found.finding(Spot(column=column)))
        return ""
    return found.value


def identity_problems(person: Person) -> list[Finding]:
    """Of the fields by themselves and of the rows they name."""
    problems = [] if person.full_name else [problem("name_missing", "full_name")]
    for column, limit in _TEXTS:
        if len(getattr(person, column)) > limit:
            problems.append(problem("name_too_long", column, limit=limit))
    for column, known in (("sex", Sex), ("occupation", Occupation), ("relation", Relation)):
        if getattr(person, column) not in {"", *(one.value for one in known)}:
            problems.append(problem("choice_unknown", column, text=getattr(person, column)))
    return problems + _birth_problems(person) + _row_problems(person)


def _birth_problems(person: Person) -> list[Finding]:
    born, died = person.birth_on, person.deceased_on
    if (born is None) != (person.birth_precision == ""):
        return [problem("birth_precision_wrong", "birth_precision")]
    problems = []
    if person.birth_precision not in {"", *BirthPrecision.values}:
        problems.append(problem("birth_precision_wrong", "birth_precision"))
    if born and person.birth_precision == BirthPrecision.YEAR and (born.month, born.day) != (1, 1):
        problems.append(problem("person_birth_year_only", "birth_on"))
    if born and born < EARLIEST_BIRTH:
        problems.append(problem("birth_too_early", "birth_on", on=born))
    if born and died and died < born:
        problems.append(problem("death_before_birth", "deceased_on", on=born))
    return problems


def _row_problems(person: Person) -> list[Finding]:
    problems = []
    for column in ("unit_today_id", "cluster_id"):
        unit_id = getattr(person, column)
        if unit_id is not None and not Unit.objects.filter(pk=unit_id).exists():
            problems.append(problem("unit_unknown_row", column.replace("_today", "")))
    member_id = person.member_id
    if member_id is not None and not Member.objects.filter(pk=member_id).exists():
        problems.append(problem("member_unknown", "member_id"))
    return problems


def twin_problems(person: Person) -> list[Finding]:
    """Numbers that somebody else has: the same person, to be merged, or a slip of the pen."""
    others = Person.objects.filter(merged_into__isnull=True).exclude(pk=person.pk)
    problems = []
    for column in ("personal_id", "si_number"):
        number = getattr(person, column)
        twin = others.filter(**{column: number}).exclude(**{column: ""}).first() if number else None
        if twin is not None:
            problems.append(problem(f"{column}_taken", column, person_id=twin.pk))
    return problems
