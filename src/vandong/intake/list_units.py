"""The units that a list names, as its checks ask for them: once for each different text."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from vandong.accounts.queries.scope import Actor, Right, Scope, is_everywhere, visible_units
from vandong.intake.checking import FoundUnit
from vandong.kernel.names import fold
from vandong.places.models import Succession, Tree, Unit, UnitKind
from vandong.places.queries.directory import UnitProblem
from vandong.places.queries.finding import UnitResolver
from vandong.places.queries.spans import valid_on
from vandong.places.queries.successions import sole_heirs
from vandong.places.queries.units import ancestors, subtree, unit_lines

Finder = Callable[[Sequence[str]], Mapping[str, FoundUnit | str]]

_READINGS = 3
"""Parts of an address that are tried, from the longest reading on."""


def unit_finder(
    actor: Actor,
    as_of: date,
    today: date,
    about: Unit | None = None,
) -> Finder:
    """What a text names on the day of the list or, where an office still writes the old name, before the last
    change of the map; with the unit that stands there `today`.

    A name that several provinces have is that of the province of `about`, the unit of the whole list; there a
    name without its diacritics will do, when only one unit has it. Units beyond the actor's ground are refused.

    A unit whose people were divided is the commune of the whole list, if that took a part of them. Else it has
    no unit of today: it tells where something happened; where somebody lives by now, see `divided_units`.
    """
    return _Finder(actor, as_of, today, about)


class _Finder:
    def __init__(self, actor: Actor, as_of: date, today: date, about: Unit | None) -> None:
        self._about = about if about is not None and about.kind == UnitKind.COMMUNE else None
        self._resolver = UnitResolver(suggests=False)
        self._days = _days_of(as_of)
        self._today = today
        self._ground: set[int] | None = None
        if not is_everywhere(actor, Right.IMPORT_PEOPLE):
            units = visible_units(actor, scope=Scope.ACT, right=Right.IMPORT_PEOPLE)
            self._ground = set(units.values_list("pk", flat=True))
        province = _province(about, as_of)
        self._parent = province.name if province else ""
        self._plain = {day: _plain_names(province, as_of, day) for day in self._days}

    def __call__(self, texts: Sequence[str]) -> Mapping[str, FoundUnit | str]:
        units = {text: self._unit(text) for text in texts}
        heirs = sole_heirs({unit for unit in units.values() if isinstance(unit, int)}, self._today)
        heirs |= self._parts(unit for unit, heir in heirs.items() if heir is None)
        return {text: self._found(unit, heirs) for text, unit in units.items()}

    def _found(self, unit: int | str, heirs: Mapping[int, int | None]) -> FoundUnit | str:
        if isinstance(unit, str):
            return unit
        today = heirs[unit]
        if self._ground is not None and (today or unit) not in self._ground:
            return "list_unit_split" if today is None else "list_unit_elsewhere"
        return FoundUnit(unit, today)

    def _parts(self, divided: Iterable[int]) -> dict[int, int | None]:
        """Of divided units those of which a part went into the commune of the list."""
        if self._about is None:
            return {}
        rows = Succession.objects.filter(predecessor__in=list(divided), successor=self._about)
        return dict.fromkeys(rows.values_list("predecessor_id", flat=True), self._about.pk)

    def _unit(self, text: str) -> int | str:
        """Tried whole, then without what stands before the commune in an address."""
        code = "list_unit_unknown"
        for wanted in _readings(text):
            for day in self._days:
                found = self._unit_on(wanted, day)
                if isinstance(found, int):
                    return found
                code = found if found == "list_unit_ambiguous" else code
        return code

    def _unit_on(self, wanted: str, day: date) -> int | str:
        code = "list_unit_unknown"
        for parent in {self._parent: None, "": None}:
            try:
                return self._resolver.resolve(wanted, day, parent)
            except UnitProblem as wrong:
                if wrong.code == "ambiguous_unit":
                    code = "list_unit_ambiguous"
        plain = self._plain[day].get(fold(wanted), [])
        if len(plain) == 1:
            return plain[0]
        return "list_unit_ambiguous" if plain else code


def _readings(text: str) -> list[str]:
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    return [", ".join(parts[start:]) for start in range(min(len(parts), _READINGS))]


def _days_of(as_of: date) -> list[date]:
    """The day of the list, then the eve of the last change of the map before it."""
    changes = Succession.objects.filter(on__lte=as_of).order_by("-on").values_list("on", flat=True)
    last = changes.first()
    return [as_of] if last is None else [as_of, last - timedelta(days=1)]


def _province(about: Unit | None, day: date) -> Unit | None:
    """The province of the unit that the whole list is about."""
    if about is None:
        return None
    above = (about, *ancestors(about, Tree.ADMINISTRATIVE, day))
    return next((unit for unit in above if unit.kind == UnitKind.PROVINCE), None)


def _plain_names(province: Unit | None, as_of: date, day: date) -> Mapping[str, list[int]]:
    """Communes of the day whose people live in the province on the list's day, by their names without
    diacritics: alone, and with what held them."""
    found: dict[str, list[int]] = defaultdict(list)
    if province is None:
        return found
    communes = subtree(province, Tree.ADMINISTRATIVE, as_of).filter(kind=UnitKind.COMMUNE)
    if day != as_of:
        communes = Unit.objects.filter(
            valid_on(day), successions__successor__in=communes
        ).distinct()
    for line in unit_lines(communes, day):
        for names in {(line.name, *line.parents[:depth]) for depth in range(len(line.parents) + 1)}:
            found[fold(", ".join(names))].append(line.unit_id)
    return found


def found_unit(unit_id: int | None, today: date) -> FoundUnit | None:
    """A unit chosen for rows that name none, with the one that stands there today. Only a commune, or a part of
    one, can be where somebody lives; None for larger units."""
    unit = Unit.objects.filter(pk=unit_id).first() if unit_id else None
    if unit is None or unit.kind not in {UnitKind.COMMUNE, UnitKind.CLUSTER}:
        return None
    return FoundUnit(unit.pk, sole_heirs([unit.pk], today)[unit.pk] or unit.pk)
