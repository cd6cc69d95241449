"""Households and the people in them: sizes, relations, ages, births, sex, status."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from vandong.intake.made_up import rates
from vandong.intake.made_up.draws import Days, Flags, Floats, Ints, Rng, drawn, triangle
from vandong.intake.made_up.ground import Clusters, Ground, clusters_of
from vandong.intake.made_up.request import MadeUpRequest

DAYS_A_YEAR = 365.2425


class Role(IntEnum):
    """Who somebody is to the head of the household."""

    HEAD = 0
    SPOUSE = 1
    CHILD = 2
    PARENT = 3
    SIBLING = 4
    MARRIED_CHILD = 5
    CHILD_IN_LAW = 6
    GRANDCHILD = 7


LETTERS = {"H": 0, "S": 1, "C": 2, "P": 3, "B": 4, "Y": 5, "W": 6, "G": 7}
PLANS: dict[int, tuple[tuple[int, str, tuple[int, int, int]], ...]] = {
    1: ((58, "H", (60, 70, 92)), (42, "H", (20, 28, 62))),
    2: ((58, "HS", (48, 62, 85)), (14, "HS", (22, 28, 40)), (28, "HC", (28, 50, 85))),
    3: ((62, "HSC", (24, 33, 65)), (16, "HCC", (30, 44, 68)), (22, "HSC", (45, 60, 80))),
    4: ((72, "HSCC", (27, 39, 66)), (14, "HSCP", (26, 35, 52)), (14, "HSYW", (50, 60, 74))),
    5: ((38, "HSCCP", (29, 39, 55)), (30, "HSCCC", (32, 41, 58)), (32, "HSYWG", (48, 57, 74))),
    6: ((40, "HSCCPP", (28, 37, 50)), (60, "HSYWGG", (50, 59, 75))),
    7: (
        (45, "HSYWGGC", (50, 58, 72)),
        (30, "HSCCCPP", (32, 39, 50)),
        (25, "HSYWGGP", (48, 53, 62)),
    ),
    8: ((60, "HSYWGGGC", (52, 59, 72)), (40, "HSYWGGCP", (48, 53, 62))),
}
"""By size: weight, who lives there, and the age of the head (lowest, most, highest)."""
OLDEST = 101.0


@dataclass(frozen=True, slots=True)
class Households:
    """Arrays over households. `poverty`: 0 none, 1 poor, 2 near-poor."""

    size: Ints
    plan: Ints
    commune: Ints
    cluster: Ints
    poverty: Ints
    minority: Flags

    @property
    def starts(self) -> Ints:
        """The index of the head of each household among the people."""
        ends: Ints = np.cumsum(self.size)
        return ends - self.size


@dataclass(frozen=True, slots=True)
class People:
    """Arrays over people, household by household, the head first. `age` in whole years on the day."""

    household: Ints
    order: Ints
    role: Ints
    female: Flags
    born: Days
    age: Ints

    @property
    def count(self) -> int:
        """How many people."""
        return len(self.household)


def _flat_plans() -> tuple[Ints, Ints, Floats, Ints, Floats]:
    flat = [(size, *plan) for size, plans in PLANS.items() for plan in plans]
    roles = np.full((len(flat), rates.LARGEST_HOUSEHOLD), -1, dtype=np.int64)
    for index, (_, _, letters, _) in enumerate(flat):
        roles[index, : len(letters)] = [LETTERS[one] for one in letters]
    sizes = np.array([one[0] for one in flat])
    weights = np.array([one[1] for one in flat], dtype=float)
    ages = np.array([one[3] for one in flat], dtype=float)
    return sizes, np.arange(len(flat)), weights, roles, ages


_SIZES, _INDEX, _WEIGHTS, _ROLES, _AGES = _flat_plans()


def households_of(request: MadeUpRequest, ground: Ground) -> tuple[Households, Clusters]:
    """Households for exactly so many people, sorted by commune and cluster."""
    rng = request.stream("households")
    size = _sizes(rng, request.people)
    communes = len(ground.communes)
    weights = rng.lognormal(0, rates.COMMUNE_SPREAD, communes)
    counts = rng.multinomial(len(size), weights / weights.sum())
    clusters, cluster = clusters_of(request, ground, counts)
    commune = np.repeat(np.arange(communes), counts)
    plan = np.empty(len(size), dtype=np.int64)
    for one in range(1, rates.LARGEST_HOUSEHOLD + 1):
        of_size, options = size == one, _INDEX[one == _SIZES]
        plan[of_size] = options[drawn(rng, _WEIGHTS[options], int(of_size.sum()))]
    draw, share = (
        rng.random(len(size)),
        rates.MINORITY_SHARES.get(ground.code, rates.MINORITY_ELSEWHERE),
    )
    poverty = np.where(draw < rates.POOR, 1, np.where(draw < rates.POOR + rates.NEAR_POOR, 2, 0))
    minority = rng.random(len(size)) < share
    return Households(size, plan, commune, cluster, poverty, minority), clusters


def _sizes(rng: Rng, people: int) -> Ints:
    mean = np.dot(np.arange(1, 8), rates.HOUSEHOLD_SIZES) / 100
    count = int(people / mean * 1.05) + 50
    size = 1 + drawn(rng, rates.HOUSEHOLD_SIZES, count)
    size += (size == 7) & (rng.random(count) < 1 / 3)
    ends = np.cumsum(size)
    last = int(np.searchsorted(ends, people))
    size = size[: last + 1]
    size[-1] -= int(ends[last]) - people
    return size


def people_of(request: MadeUpRequest, households: Households) -> People:
    """The people of the households with sex and day of birth."""
    rng = request.stream("people")
    household = np.repeat(np.arange(len(households.size)), households.size)
    order = np.arange(request.people) - np.repeat(households.starts, households.size)
    role = _ROLES[households.plan[household], order]
    male = np.where(households.size == 1, 1 - rates.HEAD_MALE, rates.HEAD_MALE)
    head_female = rng.random(len(households.size)) >= male
    female = _female(rng, role, order, head_female[household])
    years = _years(rng, households, household, role=role, female=female, head_female=head_female)
    born = _births(rng, request, years)
    whole = (np.datetime64(request.as_of) - born).astype(np.int64) / DAYS_A_YEAR
    return People(household, order, role, female, born, whole.astype(np.int64))


def _female(rng: Rng, role: Ints, order: Ints, head_female: Flags) -> Flags:
    draw = rng.random(len(role))
    female: Flags = draw >= rates.BOYS
    female[role == Role.HEAD] = head_female[role == Role.HEAD]
    female[role == Role.SPOUSE] = ~head_female[role == Role.SPOUSE]
    parents = role == Role.PARENT
    female[parents] = draw[parents] < 0.7
    # The second of two parents is the other one.
    second = np.flatnonzero(parents[1:] & parents[:-1]) + 1
    female[second] = ~female[second - 1]
    married = role == Role.MARRIED_CHILD
    female[married] = draw[married] < 0.2
    in_law = np.flatnonzero(role == Role.CHILD_IN_LAW)
    female[in_law] = ~female[in_law - 1]
    return female


def _years(
    rng: Rng,
    households: Households,
    household: Ints,
    *,
    role: Ints,
    female: Flags,
    head_female: Flags,
) -> Floats:
    """Ages in years and parts of years."""
    low, top, high = _AGES[households.plan].T
    heads = triangle(rng, low, top, high)
    head, size = heads[household], len(household)
    # Mothers count: a wife is some years younger than her husband.
    mother = np.where(head_female[household], head, head - 2.5)
    young = triangle(rng, np.full(size, 19.0), np.full(size, 26.0), np.full(size, 40.0))
    married = heads - triangle(rng, low * 0 + 20, low * 0 + 25, low * 0 + 33)
    married = np.maximum(married, 19 + 2 * rng.random(len(heads)))[household]
    apart = rng.normal(0, 3.2, size)
    found = head.copy()
    found = np.where(role == Role.SPOUSE, head + np.where(female, -2.5, 2.5) + apart, found)
    found = np.where(role == Role.CHILD, _child(rng, mother, young), found)
    found = np.where(
        role == Role.PARENT, np.minimum(head + young, OLDEST - 6 * rng.random(size)), found
    )
    found = np.where(role == Role.SIBLING, head + 2 * apart, found)
    found = np.where(role == Role.MARRIED_CHILD, married, found)
    found = np.where(role == Role.CHILD_IN_LAW, married + np.where(female, -2, 2) + apart, found)
    found = np.where(role == Role.GRANDCHILD, _child(rng, married, young), found)
    adults = np.isin(role, (Role.SPOUSE, Role.SIBLING, Role.MARRIED_CHILD, Role.CHILD_IN_LAW))
    return np.where(adults, np.maximum(found, 18.2), np.minimum(found, OLDEST))


def _child(rng: Rng, mother: Floats, at_birth: Floats) -> Floats:
    """Ages of children; those who would be unborn or long out of the house are drawn again."""
    again = np.maximum(mother - 19, 1) * rng.random(len(mother))
    age = mother - at_birth
    grown = (age > 27) & (rng.random(len(mother)) < 0.6)
    found: Floats = np.where(
        (age < 0) | grown, np.minimum(again, 30 * rng.random(len(mother)) + 1), age
    )
    return found


def _births(rng: Rng, request: MadeUpRequest, years: Floats) -> Days:
    days = (years * DAYS_A_YEAR).astype(np.int64)
    born = np.datetime64(request.as_of) - days
    year = born.astype("datetime64[Y]")
    heaped = (year < np.datetime64("1965")) & (rng.random(len(years)) < rates.FIRST_OF_JANUARY)
    return np.where(heaped, year.astype("datetime64[D]"), born)
