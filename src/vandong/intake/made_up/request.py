"""What a made-up province is asked for, and when that is refused."""

from dataclasses import dataclass
from datetime import date
from zlib import crc32

import numpy as np

from vandong.administration.refusals import problem, refuse_all

FEWEST_PEOPLE, MOST_PEOPLE = 1, 10_000_000
LARGEST_SEED = 2**32 - 1
FIRST_DAY, LAST_DAY = date(2025, 7, 1), date(2027, 12, 31)
"""Days the data may stand for: the communes of today exist, and what was paid by then has its law."""
DEFAULT_DAY = date(2026, 10, 31)


@dataclass(frozen=True, slots=True)
class MadeUpRequest:
    """A province by its code of today, how many people, the seed, and the day the data stand for."""

    province_code: str
    people: int
    seed: int
    as_of: date = DEFAULT_DAY

    def check(self) -> None:
        """Raises Refused with every problem of the numbers. The province is checked by `ground_of`."""
        found = []
        if not FEWEST_PEOPLE <= self.people <= MOST_PEOPLE:
            found.append(
                problem(
                    "made_up_people",
                    people=self.people,
                    fewest=FEWEST_PEOPLE,
                    most=MOST_PEOPLE,
                )
            )
        if not 0 <= self.seed <= LARGEST_SEED:
            found.append(problem("made_up_seed", most=LARGEST_SEED))
        if not FIRST_DAY <= self.as_of <= LAST_DAY:
            found.append(problem("made_up_day", first=FIRST_DAY, last=LAST_DAY))
        refuse_all(found)

    def stream(self, name: str) -> np.random.Generator:
        """Random numbers of one part: a change in one part does not move the others."""
        return np.random.default_rng([self.seed, crc32(name.encode()), int(self.province_code)])
