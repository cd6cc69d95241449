"""The units that a list names, as its checks ask for them: once for each different text."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from vandong.accounts.queries.scope import Actor, Right, Scope, is_everywhere, visible_units
from vandong.intake.checking import FoundUnit
from vandong.places.models import Succession, Unit
from vandong.places.queries.directory import UnitProblem
from vandong.places.queries.finding import UnitResolver
from vandong.places.queries.successions import successors_on

_CODES = {
    "unknown_unit": "list_unit_unknown",
    "unit_of_another_day": "list_unit_unknown",
    "ambiguous_unit": "list_unit_ambiguous",
}


def unit_finder(
    actor: Actor, as_of: date, today: date
) -> Callable[[Sequence[str]], Mapping[str, FoundUnit | str]]:
    """What a text names on the day of the list or, where an office still writes the old name, before the last
    change of the map; with the unit that stands there `today`. Units beyond the actor's ground are refused."""
    return _Finder(actor, as_of, today)


class _Finder:
    def __init__(self, actor: Actor, as_of: date, today: date) -> None:
        self._resolver = UnitResolver()
        self._days = _days_of(as_of)
        self._today = today
        self._ground: set[int] | None = None
        if not is_everywhere(actor, Right.IMPORT_PEOPLE):
            units = visible_units(actor, scope=Scope.ACT, right=Right.IMPORT_PEOPLE)
            self._ground = set(units.values_list("pk", flat=True))
        self._heirs: dict[int, int | str] = {}

    def __call__(self, texts: Sequence[str]) -> Mapping[str, FoundUnit | str]:
        return {text: self._found(text) for text in texts}

    def _found(self, text: str) -> FoundUnit | str:
        unit = self._unit(text)
        if isinstance(unit, str):
            return unit
        today = self._today_of(unit)
        if isinstance(today, str):
            return today
        if self._ground is not None and today not in self._ground:
            return "list_unit_elsewhere"
        return FoundUnit(unit, today)

    def _unit(self, text: str) -> int | str:
        """Tried whole, then without what stands before the commune in an address."""
        code = "list_unit_unknown"
        for wanted in _readings(text):
            for day in self._days:
                try:
                    return self._resolver.resolve(wanted, day)
                except UnitProblem as wrong:
                    if wrong.code == "ambiguous_unit":
                        code = _CODES[wrong.code]
        return code

    def _today_of(self, unit_id: int) -> int | str:
        if unit_id not in self._heirs:
            heirs = successors_on(Unit.objects.get(pk=unit_id), self._today)
            whole = [heir for heir in heirs if heir.share == 1] or list(heirs)
            self._heirs[unit_id] = whole[0].unit.pk if len(whole) == 1 else "list_unit_split"
        return self._heirs[unit_id]


def _readings(text: str) -> list[str]:
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    return [", ".join(parts[start:]) for start in range(min(len(parts), 3))]


def _days_of(as_of: date) -> list[date]:
    """The day of the list, then the eve of the last change of the map before it."""
    changes = Succession.objects.filter(on__lte=as_of).order_by("-on").values_list("on", flat=True)
    last = changes.first()
    return [as_of] if last is None else [as_of, last - timedelta(days=1)]


def found_unit(unit_id: int | None, today: date) -> FoundUnit | None:
    """A unit chosen by a person, with the one that stands there today; itself when that is not one."""
    if unit_id is None:
        return None
    heirs = successors_on(Unit.objects.get(pk=unit_id), today)
    return FoundUnit(unit_id, heirs[0].unit.pk if len(heirs) == 1 else unit_id)
