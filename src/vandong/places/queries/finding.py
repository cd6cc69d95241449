"""From what people write to one unit of the day: a single look-up, and a resolver for whole files."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

from django.db.models import Q, QuerySet

from vandong.kernel.names import fold, tone_key
from vandong.places.models import Placement, Tree, Unit
from vandong.places.queries.directory import Directory, Entry, Spell, codes_of, split_text
from vandong.places.queries.search import search_units
from vandong.places.queries.successions import successor_communes, successors_on
from vandong.places.queries.units import path_ids, unit_lines, units_on

_SEVERAL = 5
_SCANNED = 50
_TYPE_WORDS = frozenset(
    ("xa", "phuong", "thi", "tran", "dac", "khu", "tinh", "thanh", "pho", "quan", "huyen")
)


def find_unit(text: str, day: date, parent: str | None = None, kind: str = "") -> Unit:
    """The one unit that `text` names on that day.

    `text` is a code of its day ("01", "277", "00070"), a code under another ("01:277"), or a full name, unique
    under `parent` (itself such a text, or "Huyện Sóc Sơn, Thành phố Hà Nội"). Raises UnitProblem.
    """
    entry = _directory_about(text, parent or "", kind).find(text, day, parent or "", kind)
    return Unit.objects.get(id=entry.unit_id)


class UnitResolver:
    """For the rows of a file: reads the units once, looks each distinct (text, parent, span) up once."""

    def __init__(self, *, suggests: bool = True) -> None:
        """`suggests`: problems name what else may be meant, which costs a search for each."""
        ways = (_suggestions, _heirs) if suggests else (_no_suggestions, _no_heirs)
        self._directory = Directory(_entries(Unit.objects.all()), *ways)

    def resolve(self, text: str, day: date, parent: str = "", kind: str = "") -> int:
        """The id of the unit that `text` names on that day. Raises UnitProblem, as `find_unit`."""
        return self._directory.find(text, day, parent, kind).unit_id

    def era(self, day: date) -> int:
        """Equal for days between which no unit begins, ends or moves: what a text names on one, it names on
        the other."""
        return self._directory.era(day)

    def name(self, unit_id: int) -> str:
        """The name of a unit that was resolved."""
        return self._directory.name(unit_id)


def _no_suggestions(text: str, day: date, above: int | None) -> Sequence[str]:
    return ()


def _no_heirs(unit_id: int, day: date) -> Sequence[str]:
    return ()


def _directory_about(text: str, parent: str, kind: str) -> Directory:
    """A directory of the units that these texts can mean and of what holds them."""
    texts = _parts(text, parent)
    codes = [code for part in texts for code in codes_of(part, "")]
    codes += codes_of(texts[0], kind)
    named = Unit.objects.filter(
        Q(code__in=codes) | Q(name_key__in=[tone_key(part) for part in texts])
    )
    ids = set(named.values_list("id", flat=True))
    paths = Placement.objects.filter(tree=Tree.ADMINISTRATIVE, unit_id__in=ids)
    ids |= {unit_id for path in paths.values_list("path", flat=True) for unit_id in path_ids(path)}
    return Directory(_entries(Unit.objects.filter(id__in=ids)), _suggestions, _heirs)


def _parts(text: str, parent: str) -> list[str]:
    wanted, above = split_text(text, parent)
    return [wanted, *_parts(above, "")] if above else [wanted]


def _entries(units: QuerySet[Unit]) -> list[Entry]:
    columns = ("id", "kind", "code", "name", "name_key", "valid_from", "valid_until")
    found = {row[0]: Entry(*row) for row in units.values_list(*columns)}
    places = Placement.objects.filter(tree=Tree.ADMINISTRATIVE, unit__in=units)
    for unit_id, path, start, end in places.values_list(
        "unit_id", "path", "valid_from", "valid_until"
    ):
        found[unit_id].spells.append(Spell(start, end, tuple(path_ids(path)[:-1])))
    return list(found.values())


def _suggestions(text: str, day: date, above: int | None) -> Sequence[str]:
    """Up to five units of the day that a search finds, else whose names look alike, the nearest first."""
    units = units_on(day)
    if above is not None:
        inside = Placement.objects.filter(tree=Tree.ADMINISTRATIVE, path__contains=f"/{above}/")
        units = units.filter(id__in=inside.values("unit_id"))
    found = [hit.line.unit_id for hit in search_units(text, day, limit=_SCANNED).hits if hit.holds]
    kept = set(units.filter(id__in=found).values_list("id", flat=True))
    ids = [unit_id for unit_id in found if unit_id in kept][:_SEVERAL] or _alike(text, units)
    rows = Unit.objects.in_bulk(ids)
    return _labels([rows[unit_id] for unit_id in ids], day)


def _alike(text: str, units: QuerySet[Unit]) -> list[int]:
    """Units that share a word with the text and are spelled nearly so."""
    wanted = fold(text)
    shared = Q()
    for word in set(wanted.split()) - _TYPE_WORDS:
        shared |= Q(name_fold__contains=word)
    if not shared:
        return []
    by_name: dict[str, list[int]] = defaultdict(list)
    for unit_id, name in units.filter(shared).values_list("id", "name_fold"):
        by_name[name].append(unit_id)
    near = get_close_matches(wanted, by_name, n=_SEVERAL, cutoff=0.6)
    return [unit_id for name in near for unit_id in by_name[name]][:_SEVERAL]


def _heirs(unit_id: int, day: date) -> Sequence[str]:
    """What holds a past unit's place: its successors that took people, or its communes' successors."""
    unit = Unit.objects.get(id=unit_id)
    heirs = [heir.unit for heir in successors_on(unit, day) if heir.share != 0]
    return _labels(heirs or successor_communes(unit, day), day)


def _labels(units: Sequence[Unit], day: date) -> list[str]:
    return [
        ", ".join((line.name, *line.parents)) + f" ({line.code})" for line in unit_lines(units, day)
    ]
