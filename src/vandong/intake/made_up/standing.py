"""What people are on the day besides the two schemes: workers in compulsory insurance, pupils, pensioners, the
poor – and so who may hold a household card or pay voluntarily."""

from dataclasses import dataclass

import numpy as np

from vandong.intake.made_up import rates
from vandong.intake.made_up.draws import Days, Flags, Ints, Rng, first_days, months_of
from vandong.intake.made_up.ground import Ground
from vandong.intake.made_up.people import Households, People
from vandong.intake.made_up.request import MadeUpRequest

GROUPS = ("", "DN", "HT", "TE", "HS", "SV", "HN", "CN", "BT")
"""Groups of a health card: employed, pensioners, children under 6, pupils, students, poor, near-poor, aged with
an allowance. The empty one may hold a household card."""
FREE, EMPLOYED, PENSIONER, CHILD, PUPIL, STUDENT, POOR, NEAR_POOR, AGED = range(9)
SUPPORT = ("other", "poor", "near_poor", "ethnic_minority", "island")
WORKING_FROM, WORKING_UNTIL = 18, 61
LONGEST_WORK_MONTHS = 180


@dataclass(frozen=True, slots=True)
class Standing:
    """Arrays over people. `group` indexes GROUPS, `support` SUPPORT. Days of compulsory insurance: NaT where
    there was none, and where it goes on."""

    group: Ints
    support: Ints
    work_from: Days
    work_until: Days

    @property
    def ended_work(self) -> Flags:
        """Whose contract ended in the last two years."""
        found: Flags = ~np.isnat(self.work_until)
        return found

    @property
    def may_hold_card(self) -> Flags:
        """Nobody else pays the card."""
        found: Flags = self.group == FREE
        return found


@dataclass(frozen=True, slots=True)
class Populace:
    """Everybody and where they live: what both schemes start from."""

    request: MadeUpRequest
    ground: Ground
    households: Households
    people: People
    standing: Standing


def standing_of(
    request: MadeUpRequest, ground: Ground, households: Households, people: People
) -> Standing:
    """The standing of everybody on the day."""
    rng = request.stream("standing")
    urban = ground.urban()[households.commune][people.household]
    group = _groups(rng, people, households.poverty[people.household], urban)
    working = (people.age >= WORKING_FROM) & (people.age < WORKING_UNTIL)
    ended = (group == FREE) & working & (rng.random(people.count) < rates.CONTRACT_ENDED)
    work_from, work_until = _work(rng, request, people, group == EMPLOYED, ended)
    return Standing(group, _support(ground, households, people), work_from, work_until)


def _groups(rng: Rng, people: People, poverty: Ints, urban: Flags) -> Ints:
    """Of several groups the first that applies (in the order of who pays)."""
    draw, age = rng.random(people.count), people.age
    working = (age >= WORKING_FROM) & (age < WORKING_UNTIL)
    employed = np.where(urban, rates.EMPLOYED_URBAN, rates.EMPLOYED_RURAL)
    found = np.zeros(people.count, dtype=np.int64)
    for group, holds in (
        (AGED, age >= 75),
        (NEAR_POOR, poverty == 2),
        (STUDENT, (age >= 18) & (age < 23) & (draw < rates.STUDENTS)),
        (PUPIL, (age >= 6) & (age < 18) & (draw < rates.PUPILS)),
        (POOR, poverty == 1),
        (PENSIONER, (age >= WORKING_UNTIL) & (draw < rates.PENSIONERS)),
        (EMPLOYED, working & (draw > 1 - employed)),
        (CHILD, age < 6),
    ):
        found[holds] = group
    return found


def _work(
    rng: Rng, request: MadeUpRequest, people: People, employed: Flags, ended: Flags
) -> tuple[Days, Days]:
    """Spells of compulsory insurance in whole months, not before the age of work."""
    now = int(months_of(np.array([request.as_of], dtype="datetime64[D]"))[0])
    grown = months_of(people.born) + WORKING_FROM * 12
    last = now - rng.integers(0, rates.CONTRACT_ENDED_MONTHS, people.count)
    end = np.where(ended, last, now)
    start = np.maximum(end - 1 - rng.integers(0, LONGEST_WORK_MONTHS, people.count), grown)
    start = np.minimum(start, end - 1)
    never = np.datetime64("NaT", "D")
    begun = np.where(employed | ended, first_days(start), never)
    return begun, np.where(ended, first_days(end), never)


def _support(ground: Ground, households: Households, people: People) -> Ints:
    """The group of State support; of several the one with the most (Decree 159/2025, art 5.1)."""
    island = np.array([one.is_island for one in ground.communes])[households.commune]
    found = np.zeros(len(households.size), dtype=np.int64)
    found[households.minority] = SUPPORT.index("ethnic_minority")
    found[households.poverty == 2] = SUPPORT.index("near_poor")
    found[island] = SUPPORT.index("island")
    found[households.poverty == 1] = SUPPORT.index("poor")
    of_people: Ints = found[people.household]
    return of_people
