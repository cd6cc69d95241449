"""A whole made-up province in memory: everything that its files are written from."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from vandong.intake.made_up.amounts import Amounts, card_amounts, voluntary_amounts
from vandong.intake.made_up.cards import Payments, card_payments
from vandong.intake.made_up.collectors import Collectors, collectors_of
from vandong.intake.made_up.draws import Days, Flags, Ints
from vandong.intake.made_up.ground import Clusters, Ground, ground_of
from vandong.intake.made_up.names import Names, names_of
from vandong.intake.made_up.numbers import Numbers, Phones, numbers_of, phones_of
from vandong.intake.made_up.people import Households, People, households_of, people_of
from vandong.intake.made_up.request import MadeUpRequest
from vandong.intake.made_up.standing import Populace, Standing, standing_of
from vandong.intake.made_up.voluntary import REASONS, Voluntary, voluntary_payments
from vandong.law import LawBook

Step = Callable[[], None]


@dataclass(frozen=True)
class Province:
    """The parts of a made-up province. Indexes of one part point into another (person, household, commune)."""

    request: MadeUpRequest
    ground: Ground
    clusters: Clusters
    households: Households
    people: People
    names: Names
    numbers: Numbers
    phones: Phones
    standing: Standing
    cards: Payments
    card_amounts: Amounts
    voluntary: Voluntary
    voluntary_amounts: Amounts
    collectors: Collectors

    @cached_property
    def commune(self) -> Ints:
        """The commune of each person."""
        return self.households.commune[self.people.household]

    @cached_property
    def cluster(self) -> Ints:
        """The cluster of each person."""
        return self.households.cluster[self.people.household]

    @cached_property
    def unit_codes(self) -> pl.Series:
        """Codes of the communes of today."""
        return pl.Series([one.code for one in self.ground.communes])

    @cached_property
    def old_unit_codes(self) -> pl.Series:
        """The code until 30/06/2025 of each cluster; that of today where none is known."""
        olds = [one.code for one in self.clusters.olds]
        return pl.Series(
            [
                olds[old] if old >= 0 else self.ground.communes[commune].code
                for old, commune in zip(
                    self.clusters.old.tolist(), self.clusters.commune.tolist(), strict=True
                )
            ]
        )

    def person_ids(self, who: Ints) -> pl.Series:
        """P and the province, then the number of the person."""
        return _codes(f"P{self.ground.code}", who)

    def household_ids(self, which: Ints) -> pl.Series:
        """H and the province, then the number of the household."""
        return _codes(f"H{self.ground.code}", which)

    def ended(self, reason: str) -> Flags:
        """Who left voluntary insurance for this reason, for good."""
        found: Flags = self.voluntary.ended == REASONS.index(reason)
        return found


def _codes(prefix: str, which: Ints) -> pl.Series:
    return prefix + pl.Series(which + 1).cast(pl.String).str.zfill(8)


def made_up_province(request: MadeUpRequest, book: LawBook, step: Step) -> Province:
    """The province that a request describes: the same request, the same province. `step` is called after each
    of the seven parts. Raises Refused."""
    request.check()
    ground = ground_of(request.province_code)
    step()
    households, clusters = households_of(request, ground)
    people = people_of(request, households)
    step()
    names = names_of(request, ground, households, people)
    step()
    numbers = numbers_of(request, ground, clusters, households, people)
    step()
    standing = standing_of(request, ground, households, people)
    populace = Populace(request, ground, households, people, standing)
    took_part = _took_part(populace, book, step)
    return Province(
        request=request,
        ground=ground,
        clusters=clusters,
        households=households,
        people=people,
        names=names,
        numbers=numbers,
        phones=_phones(populace, took_part),
        standing=standing,
        cards=took_part.cards,
        card_amounts=took_part.card_amounts,
        voluntary=took_part.voluntary,
        voluntary_amounts=took_part.voluntary_amounts,
        collectors=collectors_of(request, ground, households, names),
    )


@dataclass(frozen=True, slots=True)
class _TookPart:
    """Both schemes with their payments and amounts."""

    cards: Payments
    card_amounts: Amounts
    voluntary: Voluntary
    voluntary_amounts: Amounts


def _took_part(populace: Populace, book: LawBook, step: Step) -> _TookPart:
    cards = card_payments(populace, book)
    step()
    holders = _holders(populace.request, cards, populace.people.count)
    voluntary = voluntary_payments(populace, book, holders)
    cards = _until_left(cards, voluntary)
    step()
    paid = voluntary.payments
    support = populace.standing.support[paid.person]
    amounts = voluntary_amounts(book, paid, voluntary.method, voluntary.steps, support)
    of_cards = card_amounts(book, cards)
    step()
    return _TookPart(cards, of_cards, voluntary, amounts)


def _phones(populace: Populace, took_part: _TookPart) -> Phones:
    count = populace.people.count
    return phones_of(
        populace.request,
        populace.people,
        populace.households,
        _flags(took_part.cards.person, count),
        _flags(took_part.voluntary.payments.person, count),
    )


def _flags(who: Ints, count: int) -> Flags:
    found = np.zeros(count, dtype=np.bool_)
    found[who] = True
    return found


def _holders(request: MadeUpRequest, cards: Payments, count: int) -> Flags:
    today = np.datetime64(request.as_of)
    runs = (cards.covers_from <= today) & (cards.covers_until > today)
    return _flags(cards.person[runs], count)


def left_on(voluntary: Voluntary, reason: str) -> Days:
    """The first day of the month in which somebody left for this reason, by person; NaT for the others."""
    left = voluntary.ended == REASONS.index(reason)
    months = voluntary.ended_month.astype("datetime64[M]").astype("datetime64[D]")
    return np.where(left, months, np.datetime64("NaT", "D"))


def _until_left(cards: Payments, voluntary: Voluntary) -> Payments:
    """No card is paid for those who have died or moved away."""
    kept = np.ones(len(cards.person), dtype=np.bool_)
    for reason in ("deceased", "moved_out"):
        gone = left_on(voluntary, reason)[cards.person]
        kept &= ~(cards.paid_on >= gone)
    return Payments(*(getattr(cards, name)[kept] for name in Payments.__dataclass_fields__))
