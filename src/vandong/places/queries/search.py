"""Search of units as people type: without diacritics, with or without type words, by code, old names too."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from vandong.kernel.names import clean, fold, tone_key
from vandong.places.models import Succession, Unit
from vandong.places.queries.spans import is_valid_on, valid_on
from vandong.places.queries.successions import successor_communes
from vandong.places.queries.units import UnitLine, unit_lines

_SCANNED = 200
_SHORT_TYPES = (
    (re.compile(r"(?i)^tt[. ]\s*"), "thị trấn "),
    (re.compile(r"(?i)^tp[. ]\s*"), "thành phố "),
    (re.compile(r"(?i)^tx[. ]\s*"), "thị xã "),
    (re.compile(r"(?i)^p[. ]\s*"), "phường "),
    (re.compile(r"(?i)^x[. ]\s*"), "xã "),
    (re.compile(r"(?i)^q[. ]\s*"), "quận "),
    (re.compile(r"(?i)^h[. ]\s*"), "huyện "),
    (re.compile(r"(?i)^t[. ]\s*"), "tỉnh "),
)
_TYPES = ("Thành phố", "Thị trấn", "Thị xã", "Đặc khu", "Phường", "Huyện", "Quận", "Tỉnh", "Xã")
_TIERS = ("country", "province", "district", "commune")
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """One unit found. `successors` tells, of a unit of another day, what holds its place on the asked day."""

    line: UnitLine
    holds: bool
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The best hits first; `more` when others were left out."""

    hits: tuple[Hit, ...]
    more: bool


def search_units(text: str, day: date, limit: int = 20, kind: str = "") -> SearchResult:
    """Units whose name has every word (or beginning of a word) of `text`, or whose code begins with it.

    Units of the day come before those of other days; names with the very tones, then the whole name, then
    names that begin so, come first. "TT. Xuân Mai", "xuan mai", "Xuân Mai, Chương Mỹ", "277" all work.
    """
    wanted, _, above = (part.strip() for part in clean(text).partition(","))
    wanted = _written_out(wanted)
    if not _WORD.search(fold(wanted)):
        return SearchResult((), more=False)
    found = _matching(wanted)
    if kind:
        found = found.filter(kind=kind)
    rows = list(_ranked(found, wanted, day)[: _SCANNED if above else limit + 1])
    lines = _under(unit_lines(rows, day), above)
    return SearchResult(_hits(lines[:limit], day), more=len(lines) > limit)


def _written_out(text: str) -> str:
    for short, full in _SHORT_TYPES:
        if short.match(text):
            return short.sub(full, text, count=1)
    return text


def _matching(wanted: str) -> QuerySet[Unit]:
    words = _WORD.findall(fold(wanted))
    query = SearchQuery(
        " & ".join(f"{word}:*" for word in words), config="simple", search_type="raw"
    )
    named = Unit.objects.annotate(words=SearchVector("name_fold", config="simple"))
    number = words[0] if len(words) == 1 and words[0].isdigit() else ""
    if len(number) > 1:
        return named.filter(Q(words=query) | Q(code__startswith=number) | Q(code=number.zfill(5)))
    return named.filter(words=query)


def _ranked(units: QuerySet[Unit], wanted: str, day: date) -> QuerySet[Unit]:
    return units.annotate(
        named=Case(When(code=wanted, then=0), default=1, output_field=IntegerField()),
        off=Case(When(valid_on(day), then=0), default=1, output_field=IntegerField()),
        rank=_rank(wanted),
        tier=Case(
            *(When(kind=kind, then=Value(place)) for place, kind in enumerate(_TIERS)),
            default=Value(len(_TIERS)),
        ),
    ).order_by("named", "off", "rank", "tier", "sort_key", "code")


def _rank(wanted: str) -> Case:
    """How near: the code; then the whole name, its beginning, a word of it, the very tones first."""
    folded = fold(wanted)
    near = [Q(code__in=(wanted, wanted.zfill(5)))]
    if folded != clean(wanted).lower():
        near += _nearness("name_key", [tone_key(name) for name in _named(wanted)], tone_key(wanted))
    near += _nearness("name_fold", [fold(name) for name in _named(wanted)], folded)
    return Case(
        *(When(condition, then=Value(place)) for place, condition in enumerate(near)),
        default=Value(len(near)),
        output_field=IntegerField(),
    )


def _named(wanted: str) -> list[str]:
    return [wanted, *(f"{word} {wanted}" for word in _TYPES)]


def _nearness(column: str, names: Sequence[str], word: str) -> list[Q]:
    begins, begins_so = Q(), Q()
    for name in names:
        begins |= Q(**{f"{column}__startswith": f"{name} "})
        begins_so |= Q(**{f"{column}__startswith": name})
    held = Q(**{f"{column}__contains": f" {word} "}) | Q(**{f"{column}__endswith": f" {word}"})
    return [Q(**{f"{column}__in": names}), begins, held, begins_so]


def _under(lines: Sequence[UnitLine], above: str) -> list[UnitLine]:
    """Only the lines one of whose parents has all the words said after the comma."""
    words = _WORD.findall(fold(above))
    return [
        line
        for line in lines
        if not words
        or any(all(word in fold(name).split() for word in words) for name in line.parents)
    ]


def _hits(lines: Sequence[UnitLine], day: date) -> tuple[Hit, ...]:
    past = [line.unit_id for line in lines if not _holds(line, day)]
    heirs: dict[int, list[str]] = {unit_id: [] for unit_id in past}
    pairs = Succession.objects.filter(
        valid_on(day, "successor__"), predecessor_id__in=past
    ).order_by("successor__sort_key")
    for unit_id, name in pairs.values_list("predecessor_id", "successor__name"):
        heirs[unit_id].append(name)
    for line in lines:
        if line.unit_id in heirs and not heirs[line.unit_id]:
            unit = Unit.objects.get(id=line.unit_id)
            heirs[line.unit_id] = [row.name for row in successor_communes(unit, day)]
    return tuple(Hit(line, _holds(line, day), tuple(heirs.get(line.unit_id, ()))) for line in lines)


def _holds(line: UnitLine, day: date) -> bool:
    return is_valid_on(line.valid_from, line.valid_until, day)
