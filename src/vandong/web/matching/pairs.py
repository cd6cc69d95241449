"""A doubtful row beside each person it may mean, field by field, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from vandong.accounts.queries.scope import Actor
from vandong.kernel.days import format_day
from vandong.kernel.names import tone_key
from vandong.phrases import sentence
from vandong.places.models import Unit
from vandong.registry.models import PendingRow, Person, Relation
from vandong.registry.queries.ground import own_people
from vandong.registry.queries.masking import masked_number, masked_phone

MOST = 5
"""So many people are offered; each has its key on the keyboard."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One field: `verdict` same, differs, or empty where one of the two does not say."""

    value: str
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is thought of. `speaks` for, against, or neither; empty where nothing was weighed."""

    text: str
    speaks: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody the row may mean. `chance`: how likely, in words, where it was weighed. `is_own`: the reader
    works with this person and may choose."""

    number: int
    person_id: int
    name: str
    chance: str
    reasons: tuple[Reason, ...]
    cells: tuple[Cell, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class ToldRow:
    """`heads` name the fields, `said` what the row says of each."""

    pending_id: int
    version: int
    row: int
    name: str
    list_name: str
    kind: str
    reason: str
    heads: tuple[str, ...]
    said: tuple[str, ...]
    candidates: tuple[Candidate, ...]

    @property
    def is_weighed(self) -> bool:
        """Whether it is known of anybody how likely it is."""
        return any(one.chance for one in self.candidates)


@dataclass(frozen=True, slots=True)
class Line:
    """One field across: its name, what the row says, what is known of each person."""

    head: str
    said: str
    cells: tuple[Cell, ...]


_YEAR = 4
_SEXES = {"F": "Nữ", "M": "Nam"}
_HEADS = (
    *("name", "birth", "sex", "personal_id", "si_number", "phone", "unit", "address", "household"),
    "cover",
)
_CHANCES = ((0.95, "sure"), (0.7, "likely"), (0.3, "even"), (0.0, "unlikely"))
"""From which probability on which words."""


def told_row(actor: Actor, row: PendingRow, lang: str) -> ToldRow:
    """A row with up to five people; numbers are covered but for their end."""
    rows = row.candidates.select_related("person__unit_today", "person__household")
    found = list(rows.prefetch_related("person__phones").order_by("rank", "pk")[:MOST])
    own = set(
        own_people(actor)
        .filter(pk__in=[one.person_id for one in found])
        .values_list("pk", flat=True)
    )
    said = _said(row.fields)
    return ToldRow(
        pending_id=row.pk,
        version=row.version,
        row=row.row,
        name=str(row.fields.get("full_name", "")),
        list_name=row.batch.source_text,
        kind=sentence(f"list_kind_{row.batch.kind}", {}, lang),
        reason=sentence(f"pending_{row.reason}", {}, lang),
        heads=tuple(sentence(f"pair_{head}", {}, lang) for head in _HEADS),
        said=tuple(_shown(head, said[head]) for head in _HEADS),
        candidates=tuple(
            Candidate(
                number=number,
                person_id=one.person_id,
                name=one.person.full_name,
                chance=chance_in_words(one.probability, lang),
                reasons=tuple(_reason(reason, lang) for reason in one.reasons),
                cells=_cells(said, _known(one.person)),
                is_own=one.person_id in own,
            )
            for number, one in enumerate(found, start=1)
        ),
    )


def chance_in_words(probability: float | None, lang: str) -> str:
    """Nhiều khả năng, 87%: never more certain than 99% nor less than 1%. Empty where nothing was weighed."""
    if probability is None:
        return ""
    word = next(word for least, word in _CHANCES if probability >= least)
    percent = min(99, max(1, round(probability * 100)))
    return sentence(f"link_chance_{word}", {"percent": percent}, lang)


def _reason(kept: Mapping[str, Any], lang: str) -> Reason:
    code = str(kept["code"])
    if not code.startswith("link_"):
        return Reason(sentence(f"via_{code}", {}, lang))
    return Reason(sentence(code, kept.get("values", {}), lang), str(kept.get("speaks", "")))


def lines_of(told: ToldRow) -> tuple[Line, ...]:
    """The fields as lines of a table; those of which nobody says anything are left out."""
    rows = (
        Line(head, said, tuple(one.cells[place] for one in told.candidates))
        for place, (head, said) in enumerate(zip(told.heads, told.said, strict=True))
    )
    return tuple(line for line in rows if line.said or any(cell.value for cell in line.cells))


def _said(fields: Mapping[str, Any]) -> dict[str, str]:
    through = fields.get("covered_until")
    return {
        "name": str(fields.get("full_name", "")),
        "birth": _birth(fields.get("birth_on"), str(fields.get("birth_precision", ""))),
        "sex": _SEXES.get(str(fields.get("sex", "")), ""),
        "personal_id": str(fields.get("personal_id", "")),
        "si_number": str(fields.get("si_number", "")),
        "phone": str(fields.get("phone", "")),
        "unit": _unit(fields.get("unit_today_id")),
        "address": str(fields.get("address", "")),
        "household": _household(
            str(fields.get("household_code", "")), str(fields.get("relation", ""))
        ),
        "cover": format_day(date.fromisoformat(through) - timedelta(days=1)) if through else "",
    }


def _known(person: Person) -> dict[str, str]:
    phones = sorted(person.phones.all(), key=lambda one: (one.rank, one.pk))
    code = person.household.code if person.household else ""
    return {
        "name": person.full_name,
        "birth": _birth(
            person.birth_on.isoformat() if person.birth_on else None, person.birth_precision
        ),
        "sex": _SEXES.get(person.sex, ""),
        "personal_id": person.personal_id,
        "si_number": person.si_number,
        "phone": phones[0].number if phones else "",
        "unit": person.unit_today.name if person.unit_today else "",
        "address": person.address,
        "household": _household(code, person.relation),
        "cover": "",
    }


def _cells(said: Mapping[str, str], known: Mapping[str, str]) -> tuple[Cell, ...]:
    return tuple(
        Cell(_shown(head, known[head]), _verdict(head, said[head], known[head])) for head in _HEADS
    )


def _verdict(head: str, said: str, known: str) -> str:
    if not said or not known or head == "address":
        return ""
    if head == "birth" and _YEAR in (len(said), len(known)):
        # A year alone agrees with any day of it, and says no more.
        return "" if said[-_YEAR:] == known[-_YEAR:] else "differs"
    same = tone_key(said) == tone_key(known) if head == "name" else said == known
    return "same" if same else "differs"


def _shown(head: str, value: str) -> str:
    if head in {"personal_id", "si_number"}:
        return masked_number(value)
    return masked_phone(value) if head == "phone" else value


def _birth(text: str | None, precision: str) -> str:
    if not text:
        return ""
    on = date.fromisoformat(text)
    return str(on.year) if precision == "year" else format_day(on)


def _unit(unit_id: object) -> str:
    unit = Unit.objects.filter(pk=unit_id).first() if isinstance(unit_id, int) else None
    return unit.name if unit else ""


def _household(code: str, relation: str) -> str:
    word = str(dict(Relation.choices).get(relation, ""))
    return ", ".join(part for part in (code, word.lower()) if part)
