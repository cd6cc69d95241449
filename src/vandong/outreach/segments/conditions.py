"""What a rule of a segment is composed of: typed conditions, all of which a person must meet.

A rule is data: it is kept with a list as the list was made, and read again from JSON. Numbers of the law are
not in it: a condition names the parameter (`age` with `law`), and the book of the day gives its value.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from vandong.figures.models import Scheme
from vandong.kernel.names import clean
from vandong.outreach.segments.bands import Band
from vandong.registry.models import ListedGroup, Occupation
from vandong.rules.participation import StatusCode
from vandong.rules.people import Sex

LONGEST_SPAN = 3_660
"""Days or months asked for are at most so many: ten years and some."""
OLDEST = 130


class BadCondition(ValueError):
    """A condition that cannot be read. `kind` and `part` name where, `text` what was given."""

    def __init__(self, kind: str, part: str, text: object) -> None:
        super().__init__(f"{kind}.{part}: {text!r}")
        self.kind, self.part, self.text = kind, part, str(text)


@dataclass(frozen=True, slots=True)
class HasStatus:
    """Stands so in a scheme on the day, or (`is_not`) stands otherwise. Codes as in `rules.participation`."""

    scheme: str
    statuses: tuple[str, ...]
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class IsCounted:
    """Is in the stock of a scheme on the day, or is not."""

    scheme: str
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class Aged:
    """Completed years on the day, both ends included. `law`: a parameter that gives the least age."""

    least: int | None = None
    most: int | None = None
    law: str = ""


@dataclass(frozen=True, slots=True)
class OfSex:
    """Female or male."""

    sex: str


@dataclass(frozen=True, slots=True)
class LivesIn:
    """Lives in a unit or what lies below it."""

    unit_id: int


@dataclass(frozen=True, slots=True)
class Works:
    """One of these livelihoods."""

    occupations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Stands on an official list on the day, or does not."""

    group: str
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class HasPhone:
    """Some telephone number is known, or none is."""

    is_not: bool = False


@dataclass(frozen=True, slots=True)
class HasPersonalId:
    """The personal identification number is known, or is not."""

    is_not: bool = False


@dataclass(frozen=True, slots=True)
class EndedWithin:
    """Left a scheme within so many months before the day and is not back."""

    scheme: str
    months: int


@dataclass(frozen=True, slots=True)
class DueWithin:
    """What is paid ends within so many days, or has ended and paying again is still in time."""

    scheme: str
    days: int


@dataclass(frozen=True, slots=True)
class ExpiresWithin:
    """Is covered on the day, and for so many days at the most."""

    scheme: str
    days: int


@dataclass(frozen=True, slots=True)
class InBand:
    """Stands in this band between two payments, and nothing is paid beyond it."""

    scheme: str
    band: str


@dataclass(frozen=True, slots=True)
class OwnsBusiness:
    """Owns a business on record: with so many workers where told."""

    least_workers: int | None = None
    most_workers: int | None = None


@dataclass(frozen=True, slots=True)
class IsCompulsory:
    """Pays compulsory insurance, or owns a business that the law of the day puts under it; or neither.

    `since_law`: only from the day on which the law put owners under it (Law 41/2024/QH15, art 2.1 m).
    """

    is_not: bool = False
    since_law: bool = False


@dataclass(frozen=True, slots=True)
class HouseholdHas:
    """Somebody of the household is in the stock of a scheme, or nobody is."""

    scheme: str
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """Looked after by this member of staff; by nobody when empty."""

    member_id: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """The name holds these words, without regard to diacritics."""

    text: str


Condition = (
    HasStatus
    | IsCounted
    | Aged
    | OfSex
    | LivesIn
    | Works
    | Listed
    | HasPhone
    | HasPersonalId
    | EndedWithin
    | DueWithin
    | ExpiresWithin
    | InBand
    | OwnsBusiness
    | IsCompulsory
    | HouseholdHas
    | LookedAfter
    | Named
)

KINDS: Mapping[str, type[Condition]] = MappingProxyType(
    {
        "status": HasStatus,
        "counted": IsCounted,
        "age": Aged,
        "sex": OfSex,
        "unit": LivesIn,
        "occupation": Works,
        "listed": Listed,
        "phone": HasPhone,
        "personal_id": HasPersonalId,
        "ended_within": EndedWithin,
        "due_within": DueWithin,
        "expires_within": ExpiresWithin,
        "renewal_band": InBand,
        "business": OwnsBusiness,
        "compulsory": IsCompulsory,
        "household": HouseholdHas,
        "member": LookedAfter,
        "name": Named,
    }
)
"""Each condition by its word in JSON. Words stay: lists kept for years are read by them."""

_WORDS = {made: word for word, made in KINDS.items()}
_CHOICES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "scheme": frozenset(Scheme.values),
        "band": frozenset(Band),
        "statuses": frozenset(StatusCode),
        "sex": frozenset(Sex),
        "occupations": frozenset(Occupation.values),
        "group": frozenset(ListedGroup.values),
        "law": frozenset({"", "voluntary_age_min"}),
    }
)
_LISTS = frozenset({"statuses", "occupations"})
_MOST = MappingProxyType({"least": OLDEST, "most": OLDEST, "months": 120, "days": LONGEST_SPAN})


@dataclass(frozen=True, slots=True)
class Rule:
    """All of these conditions. No condition: everybody."""

    conditions: tuple[Condition, ...]

    def plain(self) -> list[dict[str, Any]]:
        """The rule as JSON: parts at their default are left out."""
        return [_plain(one) for one in self.conditions]


def word_of(condition: Condition) -> str:
    """The condition's word in JSON and in `phrases`."""
    return _WORDS[type(condition)]


def read_rule(given: object) -> Rule:
    """The rule of a JSON list. Raises BadCondition."""
    if not isinstance(given, list):
        raise BadCondition("rule", "", given)
    return Rule(tuple(read_condition(one) for one in given))


def read_condition(given: object) -> Condition:
    """One condition of JSON. Raises BadCondition: unknown word or part, a value that cannot be."""
    if not isinstance(given, dict) or given.get("is") not in KINDS:
        raise BadCondition("rule", "is", given)
    word = given["is"]
    made = KINDS[word]
    known = {field.name for field in fields(made)}
    parts = {name: value for name, value in given.items() if name != "is"}
    for name, value in parts.items():
        if name not in known:
            raise BadCondition(word, name, value)
    read = {name: _value(word, name, value) for name, value in parts.items()}
    try:
        return made(**read)
    except TypeError as missing:
        raise BadCondition(word, "", given) from missing


def _value(word: str, name: str, value: object) -> Any:
    if name in _LISTS:
        if not isinstance(value, list | tuple) or not value:
            raise BadCondition(word, name, value)
        return tuple(sorted({_choice(word, name, one) for one in value}))
    if name in _CHOICES:
        return _choice(word, name, value)
    if name in {"is_not", "since_law"}:
        if not isinstance(value, bool):
            raise BadCondition(word, name, value)
        return value
    if name == "text":
        if not isinstance(value, str) or not clean(value) or len(value) > 200:
            raise BadCondition(word, name, value)
        return clean(value)
    return _whole(word, name, value)


def _choice(word: str, name: str, value: object) -> str:
    if not isinstance(value, str) or value not in _CHOICES[name]:
        raise BadCondition(word, name, value)
    return str(value)


def _whole(word: str, name: str, value: object) -> int | None:
    if value is None:
        return None
    most = _MOST.get(name, 2**62)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise BadCondition(word, name, value)
    return value


def _plain(condition: Condition) -> dict[str, Any]:
    parts: dict[str, Any] = {"is": word_of(condition)}
    for field in fields(condition):
        value = getattr(condition, field.name)
        if value != field.default:
            parts[field.name] = list(value) if isinstance(value, tuple) else value
    return parts


def with_more(rule: Rule, more: Iterable[Condition]) -> Rule:
    """The rule narrowed further."""
    return Rule((*rule.conditions, *more))
