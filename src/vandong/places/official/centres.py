"""Centres and areas of units: those of communes are given, all others follow from them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from vandong.places.official.planned import Centre, PlannedSuccession, UnitMark

_NOWHERE = Centre()


def centres(
    given: Mapping[UnitMark, Centre],
    old_parents: Mapping[UnitMark, UnitMark],
    new_parents: Mapping[UnitMark, UnitMark],
    successions: Sequence[PlannedSuccession],
) -> dict[UnitMark, Centre]:
    """The centre and area of every unit, from those `given` for the communes of today.

    A commune of before stands in the middle of its successors that took people. A district or province stands
    in the middle of its communes (those of today when it has any); its area is their sum when all are known.
    """
    found = dict(given)
    for old, news in _successors(successions).items():
        found[old] = _middle([found.get(new, _NOWHERE) for new in news])._replace(area_km2=None)
    children = _children(old_parents) | _children(new_parents)
    for kind in ("district", "province", "country"):
        for parent, parts in children.items():
            if parent.kind == kind:
                found[parent] = _middle([found.get(part, _NOWHERE) for part in parts])
    return {mark: found.get(mark, _NOWHERE) for mark in (*found, *old_parents, *new_parents)}


def _children(parents: Mapping[UnitMark, UnitMark]) -> dict[UnitMark, list[UnitMark]]:
    found: dict[UnitMark, list[UnitMark]] = defaultdict(list)
    for child, parent in parents.items():
        found[parent].append(child)
    return found


def _successors(successions: Sequence[PlannedSuccession]) -> dict[UnitMark, list[UnitMark]]:
    found: dict[UnitMark, list[UnitMark]] = defaultdict(list)
    for succession in successions:
        if succession.old.kind != "province" and succession.share != 0:
            found[succession.old].append(succession.new)
    return found


def _middle(parts: Sequence[Centre]) -> Centre:
    known = [
        (part.lat, part.lon) for part in parts if part.lat is not None and part.lon is not None
    ]
    areas = [part.area_km2 for part in parts if part.area_km2 is not None]
    area = round(sum(areas), 2) if len(areas) == len(parts) else None
    if not known:
        return Centre(area_km2=area)
    lat = sum(lat for lat, _ in known) / len(known)
    lon = sum(lon for _, lon in known) / len(known)
    return Centre(round(lat, 6), round(lon, 6), area)
