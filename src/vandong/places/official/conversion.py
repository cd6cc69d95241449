"""The conversion sheet matched with the two lists: what it says, and each of its faults by name."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vandong.kernel.names import fold, tone_key
from vandong.places.official.tables import ListedUnit, PrintedConversion

_APOSTROPHES = re.compile("['\u2019]")


class FaultCode(StrEnum):
    """In what a row of the official tables is wrong."""

    OLD_NAME_DIFFERS = "old_name_differs"
    OLD_CODE_UNKNOWN = "old_code_unknown"
    OLD_UNIT_ABSENT = "old_unit_absent"
    NEW_CODE_UNKNOWN = "new_code_unknown"
    NEW_NAME_DIFFERS = "new_name_differs"
    NEW_UNIT_ABSENT = "new_unit_absent"


class Reading(StrEnum):
    """How a faulty row is read."""

    CODE_STANDS = "code_stands"
    BY_NAME = "by_name"
    BOTH = "both"
    BY_DISTRICT = "by_district"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Fault:
    """One faulty row: what is printed, what the list has, and how it is read (`taken` = the code used)."""

    code: FaultCode
    row: int | None
    printed_code: str
    printed_name: str
    listed_name: str
    reading: Reading
    taken: str = ""


@dataclass(frozen=True, slots=True)
class Conversion:
    """One sure pair: commune `old` of June 2025 → commune `new` of July 2025, with the note."""

    old: str
    new: str
    note: str


class ConversionReader:
    """Reads the sheet against the two lists. Collects every fault."""

    def __init__(self, old: Sequence[ListedUnit], new: Sequence[ListedUnit]) -> None:
        self._old = {unit.code: unit for unit in old if unit.kind == "commune"}
        self._new = {unit.code: unit for unit in new if unit.kind == "commune"}
        self._islands = _districts_without_communes(old)
        self._old_by_name = _codes_by_name(self._old)
        self._new_by_name = _codes_by_name(self._new)
        self.faults: list[Fault] = []
        self.conversions: list[Conversion] = []
        self.district_conversions: list[Conversion] = []

    def read(self, rows: Sequence[PrintedConversion]) -> None:
        """Fill `conversions` and `faults`."""
        sound = Counter(row.old_code for row in rows if self._agrees(row))
        for row in rows:
            new = self._new_code(row)
            self.conversions += [
                Conversion(old, new, row.note) for old in self._old_codes(row, sound)
            ]
        self._note_absent()

    def _agrees(self, row: PrintedConversion) -> bool:
        listed = self._old.get(row.old_code)
        return listed is not None and _spelling(listed.name) == _spelling(row.old_name)

    def _old_codes(self, row: PrintedConversion, sound: Mapping[str, int]) -> list[str]:
        if self._agrees(row):
            return [row.old_code]
        listed = self._old.get(row.old_code)
        named = self._old_by_name.get((row.old_district, tone_key(row.old_name)), [])
        taken, reading = _old_reading(row.old_code, listed, named, sound)
        fault = Fault(
            FaultCode.OLD_NAME_DIFFERS if listed else FaultCode.OLD_CODE_UNKNOWN,
            row.row,
            row.old_code,
            row.old_name,
            listed.name if listed else "",
            reading,
            taken[0] if taken else "",
        )
        self.faults.append(fault)
        return taken

    def _new_code(self, row: PrintedConversion) -> str:
        listed = self._new.get(row.new_code)
        if listed is not None and tone_key(listed.name) == tone_key(row.new_name):
            return row.new_code
        if listed is None:
            code, reading = FaultCode.NEW_CODE_UNKNOWN, Reading.BY_NAME
            [taken] = self._new_by_name[(row.new_province, tone_key(row.new_name))]
        else:
            code, reading = FaultCode.NEW_NAME_DIFFERS, Reading.CODE_STANDS
            taken = row.new_code
        listed_name = self._new[taken].name
        self.faults.append(
            Fault(code, row.row, row.new_code, row.new_name, listed_name, reading, taken)
        )
        return taken

    def _note_absent(self) -> None:
        """Units of the lists that no row names: old ones lead nowhere, new ones come from an island."""
        old_found = {pair.old for pair in self.conversions}
        new_found = {pair.new for pair in self.conversions}
        for code, unit in self._old.items():
            if code not in old_found:
                fault = Fault(
                    FaultCode.OLD_UNIT_ABSENT, None, code, "", unit.name, Reading.UNRESOLVED
                )
                self.faults.append(fault)
        for code, unit in self._new.items():
            if code not in new_found:
                district = self._islands[tone_key(unit.name.removeprefix("Đặc khu "))]
                self.district_conversions.append(Conversion(district, code, ""))
                self.faults.append(
                    Fault(
                        FaultCode.NEW_UNIT_ABSENT,
                        None,
                        code,
                        "",
                        unit.name,
                        Reading.BY_DISTRICT,
                        district,
                    )
                )


def _spelling(name: str) -> str:
    """Names that differ only in marks or apostrophes are spellings of one name, not a disagreement."""
    return fold(_APOSTROPHES.sub(" ", name))


def _old_reading(
    printed: str, listed: ListedUnit | None, named: Sequence[str], sound: Mapping[str, int]
) -> tuple[list[str], Reading]:
    """Which old communes a faulty row speaks of.

    The one that bears the printed name in the printed district, when there is exactly one. If the printed
    code belongs to another commune that no sound row names, the two had been joined before July and the
    row speaks of both. Else the code stands: the name is a spelling, or younger than the list.
    """
    if len(named) == 1 and (listed is None or sound.get(printed)):
        return list(named), Reading.BY_NAME
    if len(named) == 1:
        return [named[0], printed], Reading.BOTH
    return ([printed], Reading.CODE_STANDS) if listed else ([], Reading.UNRESOLVED)


def _codes_by_name(units: Mapping[str, ListedUnit]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, unit in units.items():
        found[(unit.parent, tone_key(unit.name))].append(code)
    return dict(found)


def _districts_without_communes(units: Sequence[ListedUnit]) -> dict[str, str]:
    """Island districts had no commune (Bạch Long Vĩ, Côn Đảo, …): name without type word → code."""
    parents = {unit.parent for unit in units if unit.kind == "commune"}
    return {
        tone_key(unit.name.removeprefix("Huyện ")): unit.code
        for unit in units
        if unit.kind == "district" and unit.code not in parents
    }
