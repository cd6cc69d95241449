"""What the official tables amount to: units with their spans, where they stand, what came after what.

A unit is the same before and after 1 July 2025 – one unit, one open span, one trend – when it kept its code,
its name and its territory: a province whose communes all stayed and which took in no others (eleven:
Hà Nội, Huế, Lai Châu, …), a commune that the sheet calls "Giữ nguyên". A unit that only kept its name but grew
(Thành phố Hải Phòng with Hải Dương) is a new unit with a succession: its figures do not stand on one ground.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from vandong.kernel.names import tone_key
from vandong.places.official.centres import centres
from vandong.places.official.conversion import Conversion, ConversionReader
from vandong.places.official.planned import (
    CHANGE_DAY,
    COUNTRY,
    Centre,
    OfficialPlan,
    PlannedPlacement,
    PlannedSuccession,
    PlannedUnit,
    UnitMark,
)
from vandong.places.official.shares import shares_of_notes
from vandong.places.official.tables import ListedUnit, listed_units, printed_conversions

_UNCHANGED_NOTE = "Giữ nguyên"


@lru_cache(maxsize=1)
def official_plan() -> OfficialPlan:
    """The plan of the packaged tables."""
    return _Planner(listed_units("2025-01"), listed_units("2025-07")).plan()


class _Planner:
    def __init__(self, old: Sequence[ListedUnit], new: Sequence[ListedUnit]) -> None:
        self._old = {(unit.kind, unit.code): unit for unit in old}
        self._new = {(unit.kind, unit.code): unit for unit in new}
        reader = ConversionReader(old, new)
        reader.read(printed_conversions())
        self._reader = reader
        self._old_province = {
            unit.code: self._old["district", unit.parent].parent
            for unit in old
            if unit.kind == "commune"
        }
        self._province_pairs = self._pairs_of_provinces()
        self._same = self._same_communes() | self._same_provinces()

    def plan(self) -> OfficialPlan:
        successions = tuple(self._successions())
        return OfficialPlan(
            tuple(self._units(successions)),
            tuple(self._placements()),
            successions,
            tuple(self._reader.faults),
        )

    def _pairs_of_provinces(self) -> dict[str, set[str]]:
        """Old province → the new provinces that its communes and island districts went into."""
        pairs: dict[str, set[str]] = defaultdict(set)
        for pair in self._reader.conversions:
            pairs[self._old_province[pair.old]].add(self._new["commune", pair.new].parent)
        for pair in self._reader.district_conversions:
            province = self._old["district", pair.old].parent
            pairs[province].add(self._new["commune", pair.new].parent)
        return pairs

    def _same_communes(self) -> set[tuple[str, str]]:
        rows_of: dict[str, list[Conversion]] = defaultdict(list)
        for pair in self._reader.conversions:
            rows_of[pair.new].append(pair)
        return {
            ("commune", new)
            for new, rows in rows_of.items()
            if [row.note for row in rows] == [_UNCHANGED_NOTE]
            and rows[0].old == new
            and self._named_alike("commune", new)
        }

    def _same_provinces(self) -> set[tuple[str, str]]:
        origins: dict[str, set[str]] = defaultdict(set)
        for old, news in self._province_pairs.items():
            for new in news:
                origins[new].add(old)
        return {
            ("province", new)
            for new, olds in origins.items()
            if olds == {new}
            and self._province_pairs[new] == {new}
            and self._named_alike("province", new)
        }

    def _named_alike(self, kind: str, code: str) -> bool:
        return tone_key(self._old[kind, code].name) == tone_key(self._new[kind, code].name)

    def _old_mark(self, kind: str, code: str) -> UnitMark:
        return UnitMark(kind, code, None)

    def _new_mark(self, kind: str, code: str) -> UnitMark:
        return UnitMark(kind, code, None if (kind, code) in self._same else CHANGE_DAY)

    def _units(self, successions: Sequence[PlannedSuccession]) -> Iterable[PlannedUnit]:
        found = centres(
            {
                self._new_mark(*key): Centre(unit.lat, unit.lon, unit.area_km2)
                for key, unit in self._new.items()
            },
            {self._old_mark(*key): self._old_parent(unit) for key, unit in self._old.items()},
            {self._new_mark(*key): self._new_parent(unit) for key, unit in self._new.items()},
            successions,
        )
        yield PlannedUnit(COUNTRY, "Việt Nam", None, found[COUNTRY])
        for key, unit in self._old.items():
            if key not in self._same:
                mark = self._old_mark(*key)
                yield PlannedUnit(mark, unit.name, CHANGE_DAY, found[mark])
        for key, unit in self._new.items():
            mark = self._new_mark(*key)
            yield PlannedUnit(mark, unit.name, None, found[mark])

    def _old_parent(self, unit: ListedUnit) -> UnitMark:
        if unit.kind == "province":
            return COUNTRY
        return self._old_mark("district" if unit.kind == "commune" else "province", unit.parent)

    def _new_parent(self, unit: ListedUnit) -> UnitMark:
        return COUNTRY if unit.kind == "province" else self._new_mark("province", unit.parent)

    def _placements(self) -> Iterable[PlannedPlacement]:
        yield PlannedPlacement((COUNTRY,), None, None)
        for key, unit in self._old.items():
            if key not in self._same or unit.kind != "province":
                yield PlannedPlacement(self._old_line(unit), None, CHANGE_DAY)
        for key, unit in self._new.items():
            open_span = key in self._same and unit.kind == "province"
            yield PlannedPlacement(self._new_line(unit), None if open_span else CHANGE_DAY, None)

    def _old_line(self, unit: ListedUnit) -> tuple[UnitMark, ...]:
        mark = self._old_mark(unit.kind, unit.code)
        if unit.kind == "province":
            return (COUNTRY, mark)
        above = "district" if unit.kind == "commune" else "province"
        return (*self._old_line(self._old[above, unit.parent]), mark)

    def _new_line(self, unit: ListedUnit) -> tuple[UnitMark, ...]:
        mark = self._new_mark(unit.kind, unit.code)
        return (
            (COUNTRY, mark) if unit.kind == "province" else (COUNTRY, self._new_parent(unit), mark)
        )

    def _successions(self) -> Iterable[PlannedSuccession]:
        yield from self._commune_successions()
        for pair in self._reader.district_conversions:
            yield PlannedSuccession(
                self._old_mark("district", pair.old),
                self._new_mark("commune", pair.new),
                "",
                Decimal(1),
            )
        for old, news in self._province_pairs.items():
            if ("province", old) not in self._same:
                share = Decimal(1) if len(news) == 1 else None
                for new in sorted(news):
                    yield PlannedSuccession(
                        self._old_mark("province", old), self._new_mark("province", new), "", share
                    )

    def _commune_successions(self) -> Iterable[PlannedSuccession]:
        rows_of: dict[str, list[Conversion]] = defaultdict(list)
        for pair in self._reader.conversions:
            if ("commune", pair.new) not in self._same:
                rows_of[pair.old].append(pair)
        for old, pairs in rows_of.items():
            shares = shares_of_notes([pair.note for pair in pairs])
            for pair, share in zip(pairs, shares, strict=True):
                yield PlannedSuccession(
                    self._old_mark("commune", old),
                    self._new_mark("commune", pair.new),
                    pair.note,
                    share,
                )
