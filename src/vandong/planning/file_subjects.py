"""Whose figure a line is: units of their day and organisations, within the ground of the actor."""

from dataclasses import dataclass
from datetime import date, datetime

from vandong.accounts.queries.scope import (
    Actor,
    Right,
    Scope,
    is_everywhere,
    visible_organisations,
    visible_units,
)
from vandong.administration.places_units import create_unit
from vandong.kernel.names import clean, tone_key
from vandong.places.models import Unit
from vandong.places.queries import UnitProblem, UnitResolver
from vandong.places.queries.directory import split_text
from vandong.planning.file_heads import Fault
from vandong.planning.file_words import UNIT_KINDS, plain_word


@dataclass(frozen=True, slots=True)
class AnnouncedUnit:
    """A unit that an import will make: under which parent, seen from which day."""

    name: str
    kind: str
    parent_id: int
    day: date


class UnitFinder:
    """Finds units for the lines of one file and refuses those outside the actor's ground.

    With `may_create`, a name that no list knows is announced under its parent: it has a negative id until
    `make_announced`.
    """

    def __init__(self, actor: Actor, right: Right, *, may_create: bool = False) -> None:
        self._resolver = UnitResolver()
        self._may_create = may_create
        self._kinds: dict[str, str] = {}
        self._allowed: frozenset[int] | None = None
        if not is_everywhere(actor, right):
            units = visible_units(actor, scope=Scope.ACT, right=right)
            self._allowed = frozenset(units.values_list("pk", flat=True))
        self.announced: dict[int, AnnouncedUnit] = {}
        self._announced_ids: dict[tuple[str, str, int], int] = {}

    def find(self, text: str, day: date, parent: str, kind: str, faults: list[Fault]) -> int:
        """The unit's id, negative when it is only announced; 0 with a fault added.

        Faults: unit_missing, unit_kind_unknown, unit_outside_ground, and those of the resolver.
        """
        if not text:
            faults.append(("unit", "unit_missing", {}))
            return 0
        kind_code = self._kind(kind)
        if kind and not kind_code:
            known = ", ".join(dict.fromkeys(UNIT_KINDS.values()))
            faults.append(("kind", "unit_kind_unknown", {"kind": kind, "kinds": known}))
            return 0
        try:
            unit_id = self._resolver.resolve(text, day, parent, kind_code)
        except UnitProblem as problem:
            return self._not_found(problem, (text, parent, kind_code), day, faults)
        return self._within(unit_id, text, faults)

    def era(self, day: date | None) -> int:
        """Equal for days between which no unit changes: what a text names on one, it names on the other."""
        return -1 if day is None else self._resolver.era(day)

    def _kind(self, text: str) -> str:
        code = self._kinds.get(text)
        if code is None:
            code = self._kinds[text] = UNIT_KINDS.get(plain_word(text), "")
        return code

    def _within(self, unit_id: int, text: str, faults: list[Fault]) -> int:
        if self._allowed is not None and unit_id not in self._allowed:
            faults.append(("unit", "unit_outside_ground", {"text": text}))
            return 0
        return unit_id

    def _not_found(
        self, problem: UnitProblem, asked: tuple[str, str, str], day: date, faults: list[Fault]
    ) -> int:
        text, parent, kind = asked
        name, above = split_text(text, parent)
        if not (self._may_create and problem.code == "unknown_unit") or name.isdecimal():
            faults.append(("unit", problem.code, dict(problem.finding.values)))
            return 0
        if not kind:
            known = ", ".join(dict.fromkeys(UNIT_KINDS.values()))
            faults.append(("kind", "unit_kind_unknown", {"kind": kind, "kinds": known}))
        if not above:
            faults.append(("parent", "unit_parent_missing", {"name": name}))
        if not kind or not above:
            return 0
        try:
            parent_id = self._within(self._resolver.resolve(above, day), above, faults)
        except UnitProblem as missing:
            faults.append(("parent", missing.code, dict(missing.finding.values)))
            return 0
        return self._announce(AnnouncedUnit(clean(name), kind, parent_id, day)) if parent_id else 0

    def _announce(self, unit: AnnouncedUnit) -> int:
        key = (tone_key(unit.name), unit.kind, unit.parent_id)
        if key not in self._announced_ids:
            self._announced_ids[key] = -len(self._announced_ids) - 1
            self.announced[self._announced_ids[key]] = unit
        return self._announced_ids[key]


def make_announced(
    announced: dict[int, AnnouncedUnit], *, actor: Actor, at: datetime
) -> dict[int, int]:
    """Makes the announced units; the id each got. Raises NotAllowed, PlaceRefused."""
    made = {}
    for number, wanted in announced.items():
        unit = create_unit(
            actor=actor,
            kind=wanted.kind,
            name=wanted.name,
            parent=Unit.objects.get(pk=wanted.parent_id),
            day=wanted.day,
            at=at,
        )
        made[number] = unit.pk
    return made


def already_made(announced: dict[int, AnnouncedUnit]) -> dict[int, int]:
    """Those of the announced units that exist: somebody else made them meanwhile."""
    found = {}
    for number, wanted in announced.items():
        unit = Unit.objects.filter(
            name_key=tone_key(wanted.name),
            kind=wanted.kind,
            placements__parent_id=wanted.parent_id,
        ).first()
        if unit is not None:
            found[number] = unit.pk
    return found


class OrganisationFinder:
    """Finds organisations by code or full name among those on the actor's ground."""

    def __init__(self, actor: Actor, right: Right) -> None:
        self._actor, self._right = actor, right
        self._ids: dict[str, list[int]] | None = None

    def find(self, text: str, faults: list[Fault]) -> int | None:
        """The id; None with a fault added: unknown_organisation, ambiguous_organisation."""
        if self._ids is None:
            self._ids = self._read()
        ids = self._ids.get(tone_key(text), [])
        if len(ids) == 1:
            return ids[0]
        code = "ambiguous_organisation" if ids else "unknown_organisation"
        faults.append(("organisation", code, {"text": text}))
        return None

    def _read(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        rows = visible_organisations(self._actor, right=self._right)
        for pk, code, name in rows.values_list("pk", "code", "name"):
            for key in {tone_key(code), tone_key(name)} - {""}:
                found.setdefault(key, []).append(pk)
        return found
