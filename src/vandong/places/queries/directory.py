"""Units in memory, found by code or full name at a day. One algorithm for one look-up and for 200,000 rows."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from vandong.kernel.days import format_day
from vandong.kernel.findings import Finding, Severity
from vandong.kernel.names import clean, tone_key
from vandong.places.queries.spans import is_valid_on

_SEVERAL = 5
_CODE_WIDTHS = {"province": 2, "district": 3, "commune": 5}
_CODE = re.compile(r"[0-9]+")


class UnitProblem(Exception):
    """A text that names no single unit of the day. `finding` has code and values for the sentence.

    Codes: unknown_unit (suggestions), ambiguous_unit (candidates), unit_of_another_day (span, successors).
    """

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.code = reason
        self.finding = Finding(reason, values, severity=Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Spell:
    """Where a unit stood over one span; `above` are the ids of its ancestors, from the root down."""

    valid_from: date | None
    valid_until: date | None
    above: tuple[int, ...]


@dataclass(slots=True)
class Entry:
    """A unit as the directory holds it; `name_key` is its `tone_key`, as stored."""

    unit_id: int
    kind: str
    code: str
    name: str
    name_key: str
    valid_from: date | None
    valid_until: date | None
    spells: list[Spell] = field(default_factory=list)

    def holds(self, day: date) -> bool:
        """Whether the unit is valid on the day."""
        return is_valid_on(self.valid_from, self.valid_until, day)

    def above_on(self, day: date) -> tuple[int, ...]:
        """The ids of its ancestors on that day."""
        for spell in self.spells:
            if is_valid_on(spell.valid_from, spell.valid_until, day):
                return spell.above
        return ()


Suggester = Callable[[str, date, int | None], Sequence[str]]
HeirNamer = Callable[[int, date], Sequence[str]]


class Directory:
    """An index over entries.

    `suggest(text, day, parent id)` names units like a text that was not found; `heirs(unit id, day)` names what
    holds a past unit's place on the day. Both are asked only when a text is refused.
    """

    def __init__(self, entries: Iterable[Entry], suggest: Suggester, heirs: HeirNamer) -> None:
        self._entries = {entry.unit_id: entry for entry in entries}
        self._suggest = suggest
        self._heirs = heirs
        self._by_code: dict[str, list[Entry]] = defaultdict(list)
        self._by_name: dict[str, list[Entry]] = defaultdict(list)
        for entry in self._entries.values():
            self._by_code[entry.code].append(entry)
            self._by_name[entry.name_key].append(entry)
        self._turns = sorted(self._days_of_change())
        self._found: dict[tuple[str, str, str, int], Entry | UnitProblem] = {}

    def find(self, text: str, day: date, parent: str = "", kind: str = "") -> Entry:
        """The one unit that `text` names on that day, under `parent` when given. Raises UnitProblem."""
        key = (text, parent, kind, self.era(day))
        answer = self._found.get(key)
        if answer is None:
            try:
                answer = self._search(text, day, parent, kind)
            except UnitProblem as problem:
                answer = problem
            self._found[key] = answer
        if isinstance(answer, UnitProblem):
            raise UnitProblem(answer.code, **(dict(answer.finding.values) | {"on": day}))
        return answer

    def era(self, day: date) -> int:
        """Equal for days between which nothing changes."""
        return bisect_right(self._turns, day)

    def name(self, unit_id: int) -> str:
        """The name of a unit of the directory."""
        return self._entries[unit_id].name

    def _days_of_change(self) -> set[date]:
        spans = [(entry.valid_from, entry.valid_until) for entry in self._entries.values()]
        spells = [
            (spell.valid_from, spell.valid_until)
            for entry in self._entries.values()
            for spell in entry.spells
        ]
        return {day for span in (*spans, *spells) for day in span if day is not None}

    def _search(self, text: str, day: date, parent: str, kind: str) -> Entry:
        wanted, within = split_text(text, parent)
        matches = self._matches(wanted, kind)
        above = self.find(within, day).unit_id if within else None
        here = [
            entry
            for entry in matches
            if entry.holds(day) and (above is None or above in entry.above_on(day))
        ]
        if len(here) == 1:
            return here[0]
        if here:
            raise self._several(text, day, here)
        raise self._none(text, day, matches, above)

    def _matches(self, wanted: str, kind: str) -> list[Entry]:
        known = [code for code in codes_of(wanted, kind) if code in self._by_code]
        found = self._by_code[known[0]] if known else self._by_name.get(tone_key(wanted), [])
        return [entry for entry in found if not kind or entry.kind == kind]

    def _several(self, text: str, day: date, here: Sequence[Entry]) -> UnitProblem:
        shown = "; ".join(self._label(entry, day) for entry in here[:_SEVERAL])
        return UnitProblem("ambiguous_unit", text=text, on=day, count=len(here), candidates=shown)

    def _none(
        self, text: str, day: date, matches: Sequence[Entry], above: int | None
    ) -> UnitProblem:
        elsewhen = [entry for entry in matches if not entry.holds(day)]
        if elsewhen and not any(entry.holds(day) for entry in matches):
            return self._of_another_day(text, day, elsewhen[0])
        like = [self._label(entry, day) for entry in matches if entry.holds(day)]
        names = (like or list(self._suggest(text, day, above)))[:_SEVERAL]
        return UnitProblem("unknown_unit", text=text, on=day, suggestions="; ".join(names) or "—")

    def _of_another_day(self, text: str, day: date, entry: Entry) -> UnitProblem:
        names = self._heirs(entry.unit_id, day)
        return UnitProblem(
            "unit_of_another_day",
            text=text,
            on=day,
            name=entry.name,
            span=span_text(entry.valid_from, entry.valid_until),
            successors="; ".join(names[:_SEVERAL]) + ("; …" if len(names) > _SEVERAL else "")
            or "—",
        )

    def _label(self, entry: Entry, day: date) -> str:
        above = [
            self._entries[unit_id] for unit_id in entry.above_on(day) if unit_id in self._entries
        ]
        names = [unit.name for unit in reversed(above) if unit.kind != "country"]
        return ", ".join([entry.name, *names]) + f" ({entry.code})"


def split_text(text: str, parent: str) -> tuple[str, str]:
    """What is named and under what: "01:277", "Xã Phú Cường, Huyện Sóc Sơn", or the two given apart."""
    wanted = clean(text)
    if ":" in wanted:
        above, _, wanted = wanted.rpartition(":")
        return wanted.strip(), above.strip()
    if "," in wanted and not parent:
        wanted, _, above = wanted.partition(",")
        return wanted.strip(), above.strip()
    return wanted, clean(parent)


def codes_of(wanted: str, kind: str) -> list[str]:
    """The codes that a text may stand for: as written, then with the zeros that a spreadsheet dropped."""
    if not _CODE.fullmatch(wanted):
        return [wanted]
    if kind in _CODE_WIDTHS:
        return [wanted.zfill(_CODE_WIDTHS[kind])]
    return [
        wanted,
        *(wanted.zfill(width) for width in _CODE_WIDTHS.values() if width > len(wanted)),
    ]


def span_text(valid_from: date | None, valid_until: date | None) -> str:
    """A span in figures: "01/07/2025 –", "– 30/06/2025" (the last day included)."""
    start = format_day(valid_from) if valid_from else ""
    end = format_day(date.fromordinal(valid_until.toordinal() - 1)) if valid_until else ""
    return f"{start} – {end}".strip()
