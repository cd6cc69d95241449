"""Collection points and collectors of a made-up province, and who collects from which household."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from vandong.intake.made_up import rates
from vandong.intake.made_up.draws import Ints, drawn
from vandong.intake.made_up.ground import Ground
from vandong.intake.made_up.names import Names, name_stock
from vandong.intake.made_up.people import Households
from vandong.intake.made_up.request import MadeUpRequest

POINTS = {"post": "001", "other_agent": "002", "agency": "003"}
POINT_NAMES = {"post": "Bưu điện", "other_agent": "Tổ chức dịch vụ thu", "agency": "BHXH cơ sở"}


@dataclass(frozen=True, slots=True)
class Collectors:
    """Arrays over collectors; `of_household` gives each household the one who usually calls."""

    commune: Ints
    channel: Ints
    code: pl.Series
    point: pl.Series
    name: pl.Series
    of_household: Ints

    def frame(self, ground: Ground) -> pl.DataFrame:
        """The table of collectors."""
        channels = list(rates.CHANNELS)
        places = [ground.communes[index] for index in self.commune.tolist()]
        kinds = [channels[index] for index in self.channel.tolist()]
        organisations = [
            f"{POINT_NAMES[kind]} {place.name}" for kind, place in zip(kinds, places, strict=True)
        ]
        return pl.DataFrame(
            {
                "collector": self.code,
                "full_name": self.name,
                "channel": kinds,
                "organisation": self.point,
                "organisation_name": organisations,
                "unit": [place.code for place in places],
            }
        )


def collectors_of(
    request: MadeUpRequest, ground: Ground, households: Households, names: Names
) -> Collectors:
    """Six to ten collectors in each commune; few of them collect most."""
    rng = request.stream("collectors")
    low, high = rates.COLLECTORS
    counts = rng.integers(low, high + 1, len(ground.communes))
    starts = np.cumsum(counts) - counts
    commune = np.repeat(np.arange(len(counts)), counts)
    channel = drawn(rng, list(rates.CHANNELS.values()), len(commune))
    of_household = np.zeros(len(households.size), dtype=np.int64)
    first = np.searchsorted(households.commune, np.arange(len(counts) + 1))
    for place, count in enumerate(counts.tolist()):
        weights = np.arange(1, count + 1, dtype=float) ** -rates.COLLECTOR_STEEPNESS
        within = slice(first[place], first[place + 1])
        of_household[within] = starts[place] + drawn(rng, weights, within.stop - within.start)
    kinds = list(rates.CHANNELS)
    points = [
        f"TH{ground.code}{ground.communes[where].code}{POINTS[kinds[kind]]}"
        for where, kind in zip(commune.tolist(), channel.tolist(), strict=True)
    ]
    codes = [f"NV{ground.code}{one + 1:010d}" for one in range(len(commune))]
    words = names.words[rng.integers(0, len(names.words), (len(commune), 2))]
    mixed = np.concatenate([words[:, 0, :1], words[:, 1, 1:]], axis=1)
    name = Names(name_stock(), mixed).texts()
    return Collectors(commune, channel, pl.Series(codes), pl.Series(points), name, of_household)
