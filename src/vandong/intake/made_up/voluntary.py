"""Voluntary insurance over four years, month by month: joining with the December rush and the drives of May,
renewing, lapsing in spring, coming back. Nobody pays for a month twice."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from vandong.intake.made_up import rates
from vandong.intake.made_up.cards import BEFORE, FIRST_TIME, RENEWED, RETURNING, Payments
from vandong.intake.made_up.draws import (
    Days,
    Flags,
    Floats,
    Ints,
    Rng,
    drawn,
    first_days,
    months_of,
)
from vandong.intake.made_up.request import MadeUpRequest
from vandong.intake.made_up.standing import EMPLOYED, PENSIONER, PUPIL, STUDENT, Populace, Standing
from vandong.law import LawBook

PLAIN_MONTHS = (1, 3, 6, 12)
YEARLY, AHEAD, MISSING = 3, 4, 5
YOUNGEST, OLDEST = 18, 66
DECEMBER, MAY = 12, 5
REASONS = ("", *rates.TN_LEAVING)
LAPSED = 1
PAYMENT_COLUMNS = 7
MILLION = 10**6


@dataclass(frozen=True, slots=True)
class Voluntary:
    """Payments with their method (index: 1, 3, 6, 12 months, ahead, missing) and chosen steps above the lowest
    income. `ended`: reason (index into REASONS) and month of those who left for good or lapsed, by person."""

    payments: Payments
    method: Ints
    steps: Ints
    ended: Ints
    ended_month: Ints


@dataclass(slots=True)
class _State:
    """What the months remember, over all people."""

    method: Ints
    steps: Ints
    renewals: Ints
    spell: Ints
    ended: Ints
    ended_month: Ints
    due: dict[int, list[Ints]] = field(default_factory=dict)
    lapsed: list[Ints] = field(default_factory=list)
    stock: int = 0
    found: list[tuple[Ints, ...]] = field(default_factory=list)

    @classmethod
    def of(cls, count: int) -> "_State":
        """Nobody has paid yet."""
        method, steps, renewals, spell, ended, left = np.zeros((6, count), dtype=np.int64)
        nobody = (np.empty(0, dtype=np.int64),) * PAYMENT_COLUMNS
        return cls(method, steps, renewals, spell, ended, left, found=[nobody])


def voluntary_payments(populace: Populace, book: LawBook, has_card: Flags) -> Voluntary:
    """Every payment of voluntary insurance in the history."""
    request, people = populace.request, populace.people
    rng = request.stream("voluntary")
    coverage = _coverage(rng, populace)
    workers = (people.age >= YOUNGEST) & (people.age < OLDEST)
    goal = float(coverage[workers].sum())
    joining = _Joining(
        queue=_queue(rng, populace, has_card, coverage),
        free_from=_free_from(populace.standing),
        age=people.age,
        steps=_steps(rng, request, book, people.count),
    )
    state = _State.of(people.count)
    now = int(months_of(np.array([request.as_of], dtype="datetime64[D]"))[0])
    months = range(now - rates.HISTORY_MONTHS + 1, now + 1)
    levels = _levels(months)
    for month, level in zip(months, levels, strict=True):
        turn = _Turn(month, month == months[0], _knows_interest(book, month))
        _renew(rng, state, turn)
        missing = round(goal * level / levels[-1]) - state.stock
        _join(rng, state, turn, max(missing, round(state.stock * rates.TN_TRICKLE)), joining)
    return _told(rng, request, state)


@dataclass(frozen=True, slots=True)
class _Turn:
    """One month: whether it is the first, and whether the law knows an interest for paying years at once."""

    month: int
    is_first: bool
    knows_interest: bool


def _knows_interest(book: LawBook, month: int) -> bool:
    return book.has("monthly_interest_rate", date(1970 + month // 12, month % 12 + 1, 1))


def _coverage(rng: Rng, populace: Populace) -> Floats:
    """The part of workers who pay in the commune of each person."""
    places, median = len(populace.ground.communes), np.log(rates.TN_COMMUNE_MEDIAN)
    drawn_shares = rng.lognormal(median, rates.TN_COMMUNE_SPREAD, places)
    shares = np.clip(drawn_shares, rates.TN_COMMUNE_LOW, rates.TN_COMMUNE_HIGH)
    found: Floats = shares[populace.households.commune[populace.people.household]]
    return found


def _free_from(standing: Standing) -> Ints:
    """The month after the last contract; 0 for those who had none."""
    ends = months_of(standing.work_until)
    found: Ints = np.where(standing.ended_work, ends, 0)
    return found


def _levels(months: range) -> list[float]:
    """The stock of each month on one scale: the index of `TN_INDEX`, year upon year."""
    growth = rates.TN_INDEX[-1] / 100
    return [
        rates.TN_INDEX[month % 12] / 100 * growth ** (month // 12 - months[0] // 12)
        for month in months
    ]


def _queue(rng: Rng, populace: Populace, has_card: Flags, coverage: Floats) -> Ints:
    """Who joins one after the other: rather where many do, with a household card, in the middle of life."""
    people = populace.people
    barred = np.isin(populace.standing.group, (EMPLOYED, PENSIONER, PUPIL, STUDENT))
    able = np.flatnonzero((people.age >= YOUNGEST) & (people.age < OLDEST) & ~barred)
    card = has_card[able]
    share = card.mean() if len(able) else 0.0
    odds = rates.TN_WITH_CARD / (1 - rates.TN_WITH_CARD) * (1 - share) / max(share, 1e-9)
    weight = coverage[able] * np.where(card, odds, 1.0)
    weight *= np.where((people.age[able] >= 30) & (people.age[able] < 56), 1.6, 0.7)
    weight *= np.where(people.female[able], 1.15, 1.0)
    keys = rng.standard_exponential(len(able)) / weight
    found: Ints = able[np.argsort(keys, kind="stable")]
    return found


@dataclass(slots=True)
class _Joining:
    """The queue and how far it is used; the month in which somebody's contract ended; ages on the day;
    income steps."""

    queue: Ints
    free_from: Ints
    age: Ints
    steps: Ints
    used: int = 0

    def next(self, count: int, month: int) -> Ints:
        """The next people who are free to join."""
        found = self.queue[self.used : self.used + count]
        self.used += len(found)
        free: Ints = found[self.free_from[found] <= month]
        return free


def _steps(rng: Rng, request: MadeUpRequest, book: LawBook, count: int) -> Ints:
    """Whole steps above the lowest income of the day, by the shares of `TN_INCOMES`."""
    floor = book.fact("poverty_line_rural", request.as_of).whole
    step = book.fact("income_step", request.as_of).whole
    bounds = np.array(
        [0, *(max(0, (one * MILLION - floor) // step) for one in rates.TN_INCOME_BOUNDS)]
    )
    choice = drawn(rng, rates.TN_INCOMES, count)
    low, high = bounds[np.maximum(choice - 1, 0)], bounds[choice]
    # Round incomes are liked: the end of each class counts most.
    part = np.where(rng.random(count) < 0.5, 1.0, rng.random(count))
    found: Ints = np.where(high > low, low + 1 + np.floor((high - low - 1) * part), low).astype(
        np.int64
    )
    return found


def _renew(rng: Rng, state: _State, turn: _Turn) -> None:
    """Those whose time is over pay again, or lapse, or leave."""
    month = turn.month
    due = np.concatenate([*state.due.pop(month, []), np.empty(0, dtype=np.int64)]).astype(np.int64)
    state.stock -= len(due)
    done = state.method[due] == MISSING
    first = state.renewals[due] == 0
    method = np.minimum(state.method[due], AHEAD)
    chance = np.where(
        first, np.array(rates.TN_FIRST_RENEWAL)[method], np.array(rates.TN_LATER_RENEWAL)[method]
    )
    if month % 12 < 3:
        chance = 1 - (1 - chance) * rates.TN_SPRING_LAPSE
    renews = (rng.random(len(due)) < chance) & ~done
    leaving = due[~renews]
    reason = 1 + drawn(rng, list(rates.TN_LEAVING.values()), len(leaving))
    pension = np.full(len(leaving), len(REASONS))
    state.ended[leaving] = np.where(done[~renews], pension, reason)
    state.ended_month[leaving] = month
    again = due[renews]
    state.renewals[again] += 1
    changes = rng.random(len(again)) < 0.12
    other = drawn(rng, rates.TN_METHODS, len(again))
    state.method[again] = np.where(changes, other, state.method[again])
    _pay(rng, state, turn, again, RENEWED)
    state.lapsed.append(leaving[state.ended[leaving] == LAPSED])


def _join(rng: Rng, state: _State, turn: _Turn, wanted: int, joining: _Joining) -> None:
    """New people and people who come back, until the stock is what the month wants."""
    back = (
        _returning(rng, state, round(wanted * (1 - rates.TN_FIRST_TIME)))
        if wanted
        else joining.queue[:0]
    )
    new = joining.next(wanted - len(back), turn.month)
    methods = rates.TN_METHODS_DECEMBER if turn.month % 12 == DECEMBER - 1 else rates.TN_METHODS
    state.steps[new] = joining.steps[new]
    for who, kind in ((new, BEFORE if turn.is_first else FIRST_TIME), (back, RETURNING)):
        method = drawn(rng, methods, len(who))
        old = joining.age[who] >= rates.SURELY_RETIRED + 2
        old &= (kind == FIRST_TIME) & turn.knows_interest
        method[old & (rng.random(len(who)) < rates.TN_MISSING_OF_OLD)] = MISSING
        state.method[who] = method
        state.renewals[who] = 0
        state.spell[who] += 1
        state.ended[who] = 0
        _pay(rng, state, turn, who, kind)


def _returning(rng: Rng, state: _State, count: int) -> Ints:
    """Some of those who lapsed in earlier months."""
    earlier = [one for one in state.lapsed[:-1] if len(one)]
    if not earlier:
        return np.empty(0, dtype=np.int64)
    pool = rng.permutation(np.concatenate(earlier))
    state.lapsed = [pool[count:], state.lapsed[-1]]
    back: Ints = pool[:count]
    return back


def _pay(rng: Rng, state: _State, turn: _Turn, who: Ints, kind: int) -> None:
    """One payment each, and the month in which the next is due."""
    if not len(who):
        return
    method = state.method[who]
    if not turn.knows_interest:
        method = np.where(method == AHEAD, YEARLY, method)
        state.method[who] = method
    years = 2 + drawn(rng, rates.TN_AHEAD_YEARS, len(who))
    plain = np.array((*PLAIN_MONTHS, 0, 0))[method]
    missing = rng.integers(6, 61, len(who))
    months = np.where(method == AHEAD, 12 * years, np.where(method == MISSING, missing, plain))
    covered = np.where(method == MISSING, 1, months)
    start = np.full(len(who), turn.month)
    if kind == BEFORE:
        start -= rng.integers(0, covered)
    state.found.append(
        (who, state.spell[who], np.full(len(who), kind), start, months, method, state.steps[who])
    )
    after = start + covered
    state.stock += len(who)
    order = np.argsort(after, kind="stable")
    ends, firsts = np.unique(after[order], return_index=True)
    for end, part in zip(ends.tolist(), np.split(who[order], firsts[1:]), strict=True):
        state.due.setdefault(end, []).append(part)


def _told(rng: Rng, request: MadeUpRequest, state: _State) -> Voluntary:
    person, spell, kind, start, months, method, steps = (
        np.concatenate(parts) for parts in zip(*state.found, strict=True)
    )
    nothing = method == MISSING
    never = np.datetime64("NaT", "D")
    payments = Payments(
        person=person,
        spell=spell,
        kind=kind,
        paid_on=_paid_on(rng, request, kind, start, method),
        covers_from=np.where(nothing, never, first_days(start)),
        covers_until=np.where(nothing, never, first_days(start + months)),
        months=months,
        order=np.zeros(len(person), dtype=np.int64),
    )
    return Voluntary(payments, method, steps, state.ended, state.ended_month)


def _paid_on(rng: Rng, request: MadeUpRequest, kind: Ints, start: Ints, method: Ints) -> Days:
    """A day of the first month; renewals also in the month before and, from three months on, in the next."""
    draw, count = rng.random(len(start)), len(start)
    renewed = kind == RENEWED
    plain = method < AHEAD
    month = start + (renewed & plain & (method > 0) & (draw < rates.IN_NEXT_MONTH))
    month = month - (renewed & plain & (draw > 1 - rates.IN_MONTH_BEFORE))
    first, length = first_days(month), (first_days(month + 1) - first_days(month)).astype(np.int64)
    day = np.floor(rng.random(count) * length).astype(np.int64)
    rush = np.select([month % 12 == DECEMBER - 1, month % 12 == MAY - 1], [9, 18], 0)
    late = ~renewed & (rng.random(count) < 0.65)
    day = np.where(late, rush + day * (length - rush) // length, day)
    return np.minimum(first + day, np.datetime64(request.as_of))
