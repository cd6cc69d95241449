"""Names by region, sex and year of birth, as indexes into one list of words."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from vandong.intake.made_up import rates
from vandong.intake.made_up.draws import Flags, Floats, Ints, Rng, drawn
from vandong.intake.made_up.ground import Ground
from vandong.intake.made_up.people import Households, People, Role
from vandong.intake.made_up.request import MadeUpRequest
from vandong.kernel.yaml_texts import read_once

COHORTS = (1970, 1985, 2003)
THI_COHORTS = (1970, 1985, 2003, 2007)
YOUNG_FROM = 1985
THI, VAN = "Thị", "Văn"
Words = NDArray[np.int32]
WORDS_A_NAME = 4
"""Surname, middle, second middle, given: the columns of `Names.words`."""


@dataclass(frozen=True, slots=True)
class Stock:
    """Every word of a name once, the empty one first, and the shares of each choice."""

    words: tuple[str, ...]
    surnames: dict[str, tuple[Ints, Floats]]
    middles: dict[tuple[str, bool], Ints]
    given: dict[tuple[str, int], tuple[Ints, Floats]]
    thi: Floats
    van: Floats
    shares: dict[str, float]

    def index(self, word: str) -> int:
        """The place of a word."""
        return self.words.index(word)


@dataclass(frozen=True, slots=True)
class Names:
    """Four columns of indexes into `stock.words`; 0 is no word."""

    stock: Stock
    words: Words

    def texts(self, who: Ints | slice = slice(None)) -> pl.Series:
        """The whole names of all or some."""
        return joined(pl.Series(self.stock.words), self.words[who])


def joined(words: pl.Series, columns: Words | Ints) -> pl.Series:
    """Words by their indexes, parted by spaces; empty ones leave no gap."""
    filled = words.set(words == "", None)
    parts = [
        filled.gather(columns[:, place]).alias(str(place)) for place in range(columns.shape[1])
    ]
    told = pl.concat_str(pl.all(), separator=" ", ignore_nulls=True)
    return pl.DataFrame(parts).select(told.alias("name")).to_series()


@cache
def name_stock() -> Stock:
    """The names of `names.yaml`."""
    text = files("vandong.intake.made_up").joinpath("names.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = read_once(text) or {}
    places: dict[str, int] = {"": 0}
    surnames = {region: _shares(given, places) for region, given in content["surnames"].items()}
    middles = {
        (sex, age == "young"): np.array([_place(word, places) for word in words])
        for sex, ages in content["middles"].items()
        for age, words in ages.items()
    }
    given = {
        (sex, cohort): _shares(one, places)
        for sex, cohorts in content["given"].items()
        for cohort, one in enumerate(cohorts)
    }
    for word in (THI, VAN):
        _place(word, places)
    keys = ("second_middle_after_thi", "second_middle_else", "no_middle")
    thi, van = (np.array(content[key]) / 100 for key in ("thi", "van"))
    shares = {key: content[key] / 100 for key in keys}
    return Stock(tuple(places), surnames, middles, given, thi, van, shares)


def _place(word: str, places: dict[str, int]) -> int:
    return places.setdefault(word, len(places))


def _shares(given: dict[str, Any], places: dict[str, int]) -> tuple[Ints, Floats]:
    """Words with their shares; those of `rest` part what is left, the earlier ones a little more."""
    named = {word: float(share) for word, share in given.items() if word != "rest"}
    rest = [word for word in given["rest"] if word not in named]
    falling = np.linspace(1.6, 0.4, len(rest))
    left = (100 - sum(named.values())) * falling / falling.sum()
    words = np.array([_place(word, places) for word in (*named, *rest)])
    return words, np.concatenate([list(named.values()), left])


def names_of(
    request: MadeUpRequest, ground: Ground, households: Households, people: People
) -> Names:
    """A name for everybody; children bear the surname of their father."""
    rng, stock = request.stream("names"), name_stock()
    words = np.zeros((people.count, WORDS_A_NAME), dtype=np.int32)
    words[:, 0] = _surnames(rng, stock, ground, households, people)
    years = people.born.astype("datetime64[Y]").astype(np.int64) + 1970
    for sex, of_sex in (("female", people.female), ("male", ~people.female)):
        _first_names(rng, stock, sex, of_sex=of_sex, years=years, words=words)
    return Names(stock, words)


def _surnames(
    rng: Rng, stock: Stock, ground: Ground, households: Households, people: People
) -> Ints:
    own_words, shares = stock.surnames["north" if ground.is_northern else "south"]
    found = own_words[drawn(rng, shares, people.count)]
    words, shares = stock.surnames["minority"]
    other = households.minority[people.household] & (
        rng.random(people.count) < rates.MINORITY_SURNAME
    )
    found[other] = words[drawn(rng, shares, int(other.sum()))]
    head = households.starts[people.household]
    married = (people.role[head] == Role.HEAD) & (households.size[people.household] > 1)
    after = np.minimum(head + 1, people.count - 1)
    has_spouse = married & (people.role[after] == Role.SPOUSE)
    father = np.where(people.female[head] & has_spouse, after, head)
    of_father = np.isin(people.role, (Role.CHILD, Role.MARRIED_CHILD))
    found[of_father] = found[father[of_father]]
    of_head = (people.role == Role.SIBLING) | ((people.role == Role.PARENT) & ~people.female)
    found[of_head] = found[head[of_head]]
    _grandchildren(people, found)
    return found


def _grandchildren(people: People, found: Ints) -> None:
    """They follow the married child and its husband or wife, in that order, in every plan."""
    couple = np.flatnonzero(people.role == Role.MARRIED_CHILD)
    husband = np.where(people.female[couple], np.minimum(couple + 1, people.count - 1), couple)
    of_household = np.full(int(people.household[-1]) + 1, -1)
    of_household[people.household[couple]] = husband
    young = np.flatnonzero(people.role == Role.GRANDCHILD)
    known = of_household[people.household[young]]
    found[young[known >= 0]] = found[known[known >= 0]]


def _first_names(
    rng: Rng, stock: Stock, sex: str, *, of_sex: Flags, years: Ints, words: Words
) -> None:
    """Fills the middle and given names of one sex."""
    who = np.flatnonzero(of_sex)
    cohort = np.searchsorted(COHORTS, years[who], side="right")
    given = np.zeros(len(who), dtype=np.int64)
    for one in range(len(COHORTS) + 1):
        within = cohort == one
        choice, shares = stock.given[sex, one]
        given[within] = choice[drawn(rng, shares, int(within.sum()))]
    marks = stock.thi if sex == "female" else stock.van
    marked = rng.random(len(who)) < marks[np.searchsorted(THI_COHORTS, years[who], side="right")]
    middle = _middles(rng, stock, sex, years[who])
    second = _middles(rng, stock, sex, years[who])
    mark = stock.index(THI if sex == "female" else VAN)
    none = ~marked & (rng.random(len(who)) < stock.shares["no_middle"])
    more = np.where(
        marked & (sex == "female"),
        stock.shares["second_middle_after_thi"],
        stock.shares["second_middle_else"],
    )
    with_second = ~none & (rng.random(len(who)) < more) & (second != given)
    words[who, 1] = np.where(marked, mark, np.where(none | (middle == given), 0, middle))
    words[who, 2] = np.where(with_second & (second != words[who, 1]), second, 0)
    words[who, 3] = given


def _middles(rng: Rng, stock: Stock, sex: str, years: Ints) -> Ints:
    found = np.zeros(len(years), dtype=np.int64)
    for is_young in (False, True):
        within = (years >= YOUNG_FROM) == is_young
        choice = stock.middles[sex, is_young]
        found[within] = choice[rng.integers(0, len(choice), int(within.sum()))]
    return found
