"""Household cards over four years: who holds them, when they are paid, renewed, dropped, taken up again."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from vandong.intake.made_up import rates
from vandong.intake.made_up.draws import (
    Days,
    Flags,
    Ints,
    Rng,
    after_months,
    drawn,
    first_days,
    months_of,
)
from vandong.intake.made_up.people import Households, People
from vandong.intake.made_up.request import MadeUpRequest
from vandong.intake.made_up.standing import Populace
from vandong.law import LawBook

FIRST_TIME, RETURNING, RENEWED, BEFORE = range(4)
KINDS = ("first_time", "returning", "renewed", "before")
"""What a payment is. `before`: the first one known of somebody who was in already."""
MOST_HOUSEHOLDS = 0.97
ON_THE_LINE = 3
"""Days around the 90 of a gap that are left out: there the office decides."""


@dataclass(frozen=True, slots=True)
class Payments:
    """Arrays over payments of people: `spell` counts the unbroken times of one person from 1. `covers_until` is
    exclusive; both days are NaT where nothing of the calendar is covered."""

    person: Ints
    spell: Ints
    kind: Ints
    paid_on: Days
    covers_from: Days
    covers_until: Days
    months: Ints
    order: Ints


@dataclass(frozen=True, slots=True)
class _Round:
    """Arrays over households: one payment each."""

    household: Ints
    spell: Ints
    kind: Ints
    paid_on: Days
    covers_from: Days
    covers_until: Days


def card_payments(populace: Populace, book: LawBook) -> Payments:
    """Every payment of household cards in the history."""
    request, people = populace.request, populace.people
    rng = request.stream("cards")
    order = _payers(rng, populace)
    paying = np.unique(people.household[order > 0])
    terms = np.array(list(rates.CARD_TERMS))
    term = terms[drawn(rng, list(rates.CARD_TERMS.values()), len(paying))]
    rounds = _rounds(rng, request, book, paying, term)
    month_count = np.zeros(len(populace.households.size), dtype=np.int64)
    month_count[paying] = term
    return _of_people(rounds, order, people, month_count)


def _payers(rng: Rng, populace: Populace) -> Ints:
    """The order in the household of everybody who pays, 0 for the others: grown people first."""
    households, people, ground = populace.households, populace.people, populace.ground
    free = populace.standing.may_hold_card
    count, places = len(households.size), len(ground.communes)
    available = np.bincount(people.household, weights=free, minlength=count).astype(np.int64)
    wanted = np.minimum(1 + drawn(rng, rates.PAYERS, count), available)
    low, high = rates.CARD_RURAL
    share = np.where(ground.urban(), rates.CARD_URBAN, rng.uniform(low, high, places))
    residents = np.bincount(households.commune, weights=households.size, minlength=places)
    possible = np.bincount(households.commune, weights=wanted, minlength=places)
    chance = np.minimum(share * residents / np.maximum(possible, 1), MOST_HOUSEHOLDS)
    paying = (rng.random(count) < chance[households.commune]) & (wanted > 0)
    rank = _rank_of_free(free, people, households)
    pays = free & paying[people.household] & (rank <= wanted[people.household])
    order: Ints = np.where(pays, rank, 0)
    return order


def _rank_of_free(free: Flags, people: People, households: Households) -> Ints:
    """1, 2, … over the free people of each household, in its order."""
    so_far = np.cumsum(free)
    before = np.concatenate(([0], so_far[:-1]))[households.starts]
    rank: Ints = so_far - before[people.household]
    return rank


def _rounds(
    rng: Rng, request: MadeUpRequest, book: LawBook, paying: Ints, term: Ints
) -> list[_Round]:
    """Payment after payment of each household until the day."""
    waiting = _days(request, book, "card_waiting_days") + _days(
        request, book, "card_start_after_waiting_days"
    )
    line = _days(request, book, "card_gap_waits_days")
    today = np.datetime64(request.as_of)
    current, term = _first_round(rng, request, paying, term, waiting)
    found = [_kept(current, np.zeros(len(term), dtype=np.bool_))]
    while len(current.household):
        known = current.paid_on <= today
        current, term = _kept(current, known), term[known]
        found.append(current)
        current, term = _next_round(rng, current, term, waiting, line)
    return found


def _days(request: MadeUpRequest, book: LawBook, parameter: str) -> int:
    return book.fact(parameter, request.as_of).whole


def _kept(given: _Round, flags: Flags) -> _Round:
    return _Round(
        given.household[flags],
        given.spell[flags],
        given.kind[flags],
        given.paid_on[flags],
        given.covers_from[flags],
        given.covers_until[flags],
    )


def _first_round(
    rng: Rng, request: MadeUpRequest, paying: Ints, term: Ints, waiting: int
) -> tuple[_Round, Ints]:
    """The first payment known: in the first year for those who were in, later for those who joined. Cards run
    out in the months of `CARD_EXPIRY`."""
    count = len(paying)
    begin = (
        int(months_of(np.array([request.as_of], dtype="datetime64[D]"))[0])
        - rates.HISTORY_MONTHS
        + 1
    )
    was_in = rng.random(count) < rates.CARD_KNOWN_BEFORE
    year = np.where(was_in, 0, rng.integers(1, rates.HISTORY_MONTHS // 12, count))
    month = (drawn(rng, rates.CARD_EXPIRY, count) - begin) % 12
    starts = begin + 12 * year + month
    within = np.where(was_in, month % term, month)
    starts = begin + 12 * year + within
    first = first_days(starts) + rng.integers(0, 28, count)
    paid_on = np.where(was_in, first, first - waiting)
    kind = np.where(was_in, BEFORE, FIRST_TIME)
    spell = np.ones(count, dtype=np.int64)
    return _Round(paying, spell, kind, paid_on, first, after_months(first, term)), term


def _next_round(rng: Rng, last: _Round, term: Ints, waiting: int, line: int) -> tuple[_Round, Ints]:
    """Renewed in time, renewed late, or dropped and perhaps taken up again after months."""
    count = len(last.household)
    chance = np.array([rates.CARD_RENEWAL[int(one)] for one in rates.CARD_TERMS])
    place = np.searchsorted(-np.array(list(rates.CARD_TERMS)), -term)
    renews = rng.random(count) < chance[place]
    late = renews & (rng.random(count) < rates.CARD_LATE)
    returns = ~renews & (rng.random(count) < rates.CARD_RETURNING)
    gap = np.where(late, rng.integers(1, line - ON_THE_LINE, count), 0)
    gap = np.where(returns, rng.integers(line + ON_THE_LINE, 400, count), gap)
    early = rng.integers(0, 21, count)
    paid_on = last.covers_until + np.where(gap > 0, gap, -early)
    waits = gap > line
    starts = np.where(gap > 0, paid_on + np.where(waits, waiting, 0), last.covers_until)
    # Paid again before the card ran out, never before it began.
    paid_on = np.maximum(paid_on, last.covers_from)
    made = _Round(
        last.household,
        last.spell + (gap > 0),
        np.where(gap > 0, RETURNING, RENEWED),
        paid_on,
        starts,
        after_months(starts, term),
    )
    goes_on = renews | returns
    return _kept(made, goes_on), term[goes_on]


def _of_people(rounds: list[_Round], order: Ints, people: People, months: Ints) -> Payments:
    """The payments of households as those of their payers."""
    payers = np.flatnonzero(order > 0)
    counts = np.bincount(people.household[payers], minlength=len(months))
    first = np.cumsum(counts) - counts
    household = np.concatenate([one.household for one in rounds])
    times = counts[household]
    place = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    person = payers[np.repeat(first[household], times) + place]

    def of(name: str) -> Any:
        return np.repeat(np.concatenate([getattr(one, name) for one in rounds]), times)

    return Payments(
        person=person,
        spell=of("spell"),
        kind=of("kind"),
        paid_on=of("paid_on"),
        covers_from=of("covers_from"),
        covers_until=of("covers_until"),
        months=months[people.household[person]],
        order=order[person],
    )
