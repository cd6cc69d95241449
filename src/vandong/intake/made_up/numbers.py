"""Numbers of made-up people: right in form (`law.md` 5), drawn by chance, each given once."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from vandong.intake.made_up import rates
from vandong.intake.made_up.draws import Flags, Ints, Rng, drawn
from vandong.intake.made_up.ground import Clusters, Ground
from vandong.intake.made_up.people import Households, People
from vandong.intake.made_up.request import MadeUpRequest
from vandong.kernel.identifiers import OLD_PROVINCES

RANDOM_PART = 10**6
SI_RANDOM_PART = 10**8
PHONE_RANDOM_PART = 10**7
PERSONAL_ID_FROM = np.datetime64("2025-08-01")
"""People born since have no other number."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Texts over people; null where somebody has none. `old_province`: where the SI number was given."""

    personal_id: pl.Series
    si_number: pl.Series
    old_province: pl.Series


def numbers_of(
    request: MadeUpRequest,
    ground: Ground,
    clusters: Clusters,
    households: Households,
    people: People,
) -> Numbers:
    """Personal numbers and SI numbers; both are unique in the province."""
    rng = request.stream("numbers")
    province = _birth_provinces(rng, ground, clusters, households, people)
    digits = _personal_ids(rng, province, people)
    has_id = rng.random(people.count) >= rates.NO_PERSONAL_ID
    personal = _padded(digits, 12)
    si = _padded(_unique(rng, province * SI_RANDOM_PART, SI_RANDOM_PART), 10)
    newborn = people.born >= PERSONAL_ID_FROM
    instead = (newborn | (rng.random(people.count) < rates.PERSONAL_ID_AS_SI_NUMBER)) & has_id
    has_si = rng.random(people.count) >= rates.NO_SI_NUMBER
    personal = _kept(personal, has_id)
    si = _kept(si, has_si)
    frame = pl.DataFrame({"id": personal, "si": si, "instead": pl.Series(instead)})
    told = frame.select(pl.when("instead").then("id").otherwise("si")).to_series()
    return Numbers(personal, told, _padded(province, 2))


def _birth_provinces(
    rng: Rng, ground: Ground, clusters: Clusters, households: Households, people: People
) -> Ints:
    """Codes of the 63 provinces: mostly that of the old commune."""
    own = [int(old.province_code) for old in clusters.olds]
    of_old = np.array([*own, int(ground.code)])
    home = of_old[clusters.old[households.cluster]][people.household]
    known = np.array(sorted(int(code) for code in OLD_PROVINCES))
    elsewhere = rng.random(people.count) < rates.BORN_ELSEWHERE
    found: Ints = np.where(elsewhere, known[rng.integers(0, len(known), people.count)], home)
    return found


def _personal_ids(rng: Rng, province: Ints, people: People) -> Ints:
    """PPP, sex with century, two digits of the year, six by chance."""
    year = people.born.astype("datetime64[Y]").astype(np.int64) + 1970
    mark = 2 * (year // 100 - 19) + people.female
    return _unique(rng, ((province * 10 + mark) * 100 + year % 100) * RANDOM_PART, RANDOM_PART)


def _unique(rng: Rng, base: Ints, room: int) -> Ints:
    """`base` plus a number below `room`, drawn again until no two are alike."""
    found: Ints = base + rng.integers(0, room, len(base))
    again = _repeated(found)
    while len(again):
        found[again] = base[again] + rng.integers(0, room, len(again))
        again = _repeated(found)
    return found


def _repeated(values: Ints) -> Ints:
    """The places whose value stood before."""
    order = np.argsort(values, kind="stable")
    alike = np.flatnonzero(values[order][1:] == values[order][:-1]) + 1
    found: Ints = order[alike]
    return found


def _padded(values: Ints, length: int) -> pl.Series:
    return pl.Series(values).cast(pl.String).str.zfill(length)


def _kept(texts: pl.Series, flags: Flags) -> pl.Series:
    return texts.set(pl.Series(~flags), None)


@dataclass(frozen=True, slots=True)
class Phones:
    """Telephone numbers over people, null where none is on file; whether the number is the household's
    (shared) and whether nobody answers any more (dead)."""

    number: pl.Series
    shared: Flags
    dead: Flags


def phones_of(
    request: MadeUpRequest, people: People, households: Households, with_card: Flags, with_tn: Flags
) -> Phones:
    """Phones of people from 15 on: most for those in voluntary insurance, 30 % shared in the household."""
    rng = request.stream("phones")
    chance = np.where(
        with_tn, rates.PHONE_TN, np.where(with_card, rates.PHONE_CARD, rates.PHONE_ELSE)
    )
    on_file = (rng.random(people.count) < chance) & (people.age >= 15)
    shared = on_file & (rng.random(people.count) < rates.PHONE_SHARED)
    shared &= (households.size > 1)[people.household]
    own = _phone_numbers(rng, people.count)
    of_head = own[households.starts[people.household]]
    number = pl.Series(np.where(shared, of_head, own)).cast(pl.String).str.zfill(10)
    dead = on_file & (rng.random(people.count) < rates.PHONE_DEAD)
    return Phones(_kept(number, on_file), shared, dead)


def _phone_numbers(rng: Rng, count: int) -> Ints:
    prefixes = np.array([int(prefix) for prefix in rates.PHONE_PREFIXES])
    weights = list(rates.PHONE_PREFIXES.values())
    return _unique(rng, prefixes[drawn(rng, weights, count)] * PHONE_RANDOM_PART, PHONE_RANDOM_PART)
