"""The ground of a made-up province: its real communes of today, what they were before, clusters in them."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from vandong.administration.refusals import Refused, problem
from vandong.intake.made_up import rates
from vandong.intake.made_up.request import MadeUpRequest
from vandong.kernel.identifiers import Refusal, check_unit_code
from vandong.places.official import CHANGE_DAY, OfficialPlan, UnitMark, official_plan

Ints = NDArray[np.int64]
URBAN_WORD, ISLAND_WORD = "Phường ", "Đặc khu "
UNKNOWN_SHARE = 0.5
NORTHERN_VILLAGE, SOUTHERN_VILLAGE = ("Thôn", "Thôn", "Xóm"), ("Ấp", "Thôn", "Ấp")


@dataclass(frozen=True, slots=True)
class OldCommune:
    """A commune until 30/06/2025; `weight` is the part of its people that came, 0.5 where nobody says."""

    code: str
    name: str
    district: str
    province_code: str
    province: str
    weight: float


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of today with the ones it was made of."""

    code: str
    name: str
    olds: tuple[OldCommune, ...]

    @property
    def is_urban(self) -> bool:
        """A ward."""
        return self.name.startswith(URBAN_WORD)

    @property
    def is_island(self) -> bool:
        """A special zone."""
        return self.name.startswith(ISLAND_WORD)


@dataclass(frozen=True, slots=True)
class Ground:
    """A province and its communes, in the order of their codes."""

    code: str
    name: str
    communes: tuple[Commune, ...]

    @property
    def is_northern(self) -> bool:
        """Thừa Thiên Huế (46) and everything north of it bear northern surnames here."""
        return self.code < "48"

    @property
    def old_provinces(self) -> tuple[str, ...]:
        """The provinces before July 2025 that this one was made of."""
        return tuple(sorted({old.province_code for one in self.communes for old in one.olds}))

    def urban(self) -> NDArray[np.bool_]:
        """Which communes are wards."""
        return np.array([one.is_urban for one in self.communes])


def ground_of(province_code: str) -> Ground:
    """The communes of a province of today. Raises Refused `made_up_province`."""
    code = check_unit_code(province_code, "province")
    plan = official_plan()
    names = {unit.mark: unit.name for unit in plan.units}
    if isinstance(code, Refusal):
        raise Refused(problem("made_up_province", province=province_code))
    found = _communes(plan, code.value)
    if not found:
        raise Refused(problem("made_up_province", province=province_code))
    olds = _olds(plan, names)
    communes = tuple(Commune(mark.code, names[mark], olds.get(mark, ())) for mark in found)
    return Ground(code.value, names[_province(plan, code.value)], communes)


def _is_of_today(valid_until: date | None) -> bool:
    return valid_until is None


def _province(plan: OfficialPlan, code: str) -> UnitMark:
    return next(
        unit.mark
        for unit in plan.units
        if unit.mark.kind == "province"
        and unit.mark.code == code
        and _is_of_today(unit.valid_until)
    )


def _communes(plan: OfficialPlan, province_code: str) -> list[UnitMark]:
    return sorted(
        (
            one.line[-1]
            for one in plan.placements
            if _is_of_today(one.valid_until)
            and one.line[-1].kind == "commune"
            and one.line[1].code == province_code
        ),
        key=lambda mark: mark.code,
    )


def _olds(plan: OfficialPlan, names: dict[UnitMark, str]) -> dict[UnitMark, tuple[OldCommune, ...]]:
    """What each commune of today was made of, by its mark; one that stayed was itself."""
    lines = {
        one.line[-1]: one.line
        for one in plan.placements
        if one.line[-1].kind == "commune" and one.valid_until == CHANGE_DAY
    }
    found: dict[UnitMark, list[OldCommune]] = {}
    for pair in plan.successions:
        line = lines.get(pair.old)
        share = UNKNOWN_SHARE if pair.share is None else float(pair.share)
        if line is None or not share or pair.new.kind != "commune":
            continue
        _, province, district, commune = line
        old = OldCommune(
            commune.code,
            names[commune],
            names[district],
            province.code,
            names[province],
            share,
        )
        found.setdefault(pair.new, []).append(old)
    for mark, line in lines.items():
        if mark not in found and len(line) == 4:
            itself = OldCommune(
                mark.code, names[mark], names[line[2]], line[1].code, names[line[1]], 1
            )
            found[mark] = [itself]
    return {mark: tuple(olds) for mark, olds in found.items()}


@dataclass(frozen=True, slots=True)
class Clusters:
    """Thôn and tổ dân phố: commune index, old commune (index into `olds`, −1 where none), name."""

    commune: Ints
    old: Ints
    names: tuple[str, ...]
    olds: tuple[OldCommune, ...]


def clusters_of(
    request: MadeUpRequest, ground: Ground, household_counts: Ints
) -> tuple[Clusters, Ints]:
    """Clusters for so many households in each commune, and the cluster of each household in order."""
    wanted = np.rint(household_counts / rates.CLUSTER_HOUSEHOLDS).astype(np.int64)
    counts = np.maximum(wanted, [max(1, len(one.olds)) for one in ground.communes])
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
    rng = request.stream("clusters")
    commune: list[int] = []
    old: list[int] = []
    names: list[str] = []
    olds: list[OldCommune] = []
    for index, one in enumerate(ground.communes):
        count = int(counts[index])
        commune += [index] * count
        names += _cluster_names(rng, one.is_urban, ground.is_northern, count)
        old += _spread(one, count, len(olds))
        olds += one.olds
    place = np.arange(household_counts.sum()) - np.repeat(
        np.cumsum(household_counts) - household_counts, household_counts
    )
    many = np.repeat(np.maximum(household_counts, 1), household_counts)
    of_household = (
        np.repeat(starts, household_counts) + place * np.repeat(counts, household_counts) // many
    )
    made = Clusters(np.array(commune), np.array(old), tuple(names), tuple(olds))
    return made, of_household.astype(np.int64)


def _cluster_names(
    rng: np.random.Generator, is_urban: bool, is_northern: bool, count: int
) -> list[str]:
    if is_urban:
        return [f"Tổ dân phố số {place + 1}" for place in range(count)]
    words = NORTHERN_VILLAGE if is_northern else SOUTHERN_VILLAGE
    word = words[int(rng.integers(len(words)))]
    return [f"{word} {place + 1}" for place in range(count)]


def _spread(commune: Commune, count: int, first: int) -> list[int]:
    """Clusters along the old communes by their weights: neighbours stay together."""
    if not commune.olds:
        return [-1] * count
    weights = np.array([old.weight for old in commune.olds])
    ends = np.cumsum(weights) / weights.sum()
    middles = (np.arange(count) + 0.5) / count
    return [first + int(place) for place in np.searchsorted(ends, middles)]
