"""The receipts of a made-up province as numbers, in the order of the days: who paid, to whom, in which book."""

from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np

from vandong.intake.made_up import rates
from vandong.intake.made_up.amounts import Amounts
from vandong.intake.made_up.cards import Payments
from vandong.intake.made_up.draws import Days, Flags, Ints
from vandong.intake.made_up.province import Province

Columns = TypeVar("Columns", Payments, Amounts)
PLAIN = -1
"""The method of a household card: its months say all."""
COLLECTED, REMITTED, ACCEPTED, RETURNED = range(4)
STATES = ("collected", "remitted", "accepted", "returned")


@dataclass(frozen=True, slots=True)
class Books:
    """Receipt books of 50 leaves, each of one collector and year; numbers begin anew every year."""

    year: Ints
    book: Ints
    number: Ints


@dataclass(frozen=True, slots=True)
class Remitting:
    """What became of the money: the state on the day, days NaT while not known."""

    state: Ints
    remitted_on: Days
    accepted_on: Days


@dataclass(frozen=True, slots=True)
class Ledger:
    """Arrays over receipts. `scheme`: 0 voluntary insurance, 1 household cards. `months_before`: months of
    voluntary insurance that the State had supported before this receipt."""

    scheme: Ints
    payments: Payments
    amounts: Amounts
    method: Ints
    months_before: Ints
    collector: Ints
    online: Flags
    books: Books
    remitting: Remitting


def ledger_of(province: Province) -> Ledger:
    """All receipts, sorted by day of payment, scheme, person."""
    voluntary, cards = province.voluntary, province.cards
    counts = (len(voluntary.payments.person), len(cards.person))
    scheme = np.repeat([0, 1], counts)
    payments = _both(voluntary.payments, cards)
    before = np.concatenate(
        [_months_before(voluntary.payments), np.zeros(counts[1], dtype=np.int64)]
    )
    method = np.concatenate([voluntary.method, np.full(counts[1], PLAIN)])
    order = np.lexsort((payments.spell, payments.person, scheme, payments.paid_on))
    payments = _taken(payments, order)
    household = province.people.household[payments.person]
    collector = province.collectors.of_household[household]
    online = province.request.stream("online").random(len(order)) < rates.ONLINE
    return Ledger(
        scheme=scheme[order],
        payments=payments,
        amounts=_taken(_both(province.voluntary_amounts, province.card_amounts), order),
        method=method[order],
        months_before=before[order],
        collector=collector,
        online=online,
        books=_books(payments.paid_on, np.where(online, -1, collector)),
        remitting=_remitting(province, payments.paid_on),
    )


def _both(first: Columns, second: Columns) -> Columns:
    return type(first)(
        *(
            np.concatenate([getattr(one, part.name) for one in (first, second)])
            for part in fields(first)
        )
    )


def _taken(given: Columns, order: Ints) -> Columns:
    return type(given)(*(getattr(given, part.name)[order] for part in fields(given)))


def _months_before(payments: Payments) -> Ints:
    """How many months each person had paid before each payment. In four years they stay below the months that
    the State supports at the most."""
    order = np.lexsort((payments.paid_on, payments.person))
    person, months = payments.person[order], payments.months[order]
    so_far = np.cumsum(months) - months
    first = np.append(True, person[1:] != person[:-1]) if len(person) else np.zeros(0, dtype=bool)
    at_first = np.maximum.accumulate(np.where(first, so_far, 0)) if len(person) else so_far
    found = np.empty_like(so_far)
    found[order] = so_far - at_first
    return found


def _books(paid_on: Days, collector: Ints) -> Books:
    """Leaves are used one after the other; a collector takes the next book of the year when one is full."""
    year = paid_on.astype("datetime64[Y]").astype(np.int64) + 1970
    order = np.lexsort((np.arange(len(year)), collector, year))
    of_year, of_collector = year[order], collector[order]
    place = np.arange(len(order))
    new_year = np.append(True, of_year[1:] != of_year[:-1])[: len(order)]
    new_owner = new_year | np.append(True, of_collector[1:] != of_collector[:-1])[: len(order)]
    used = place - np.maximum.accumulate(np.where(new_owner, place, 0))
    leaf = used % rates.BOOK_LEAVES
    opened = np.cumsum(leaf == 0)
    book = opened - np.maximum.accumulate(np.where(new_year, opened - 1, 0))
    found = np.empty((2, len(order)), dtype=np.int64)
    found[:, order] = book, (book - 1) * rates.BOOK_LEAVES + leaf + 1
    return Books(year, *found)


def _remitting(province: Province, paid_on: Days) -> Remitting:
    rng = province.request.stream("remitting")
    count = len(paid_on)
    remitted = paid_on + rng.integers(0, 6, count)
    accepted = remitted + rng.integers(1, 6, count)
    draw, today = rng.random(count), np.datetime64(province.request.as_of)
    was_remitted = (remitted <= today) & (draw >= rates.NOT_REMITTED)
    was_seen = was_remitted & (accepted <= today)
    returned = was_seen & (draw > 1 - rates.RETURNED)
    state = np.select([returned, was_seen, was_remitted], [RETURNED, ACCEPTED, REMITTED], COLLECTED)
    never = np.datetime64("NaT", "D")
    return Remitting(
        state,
        np.where(was_remitted, remitted, never),
        np.where(was_seen & ~returned, accepted, never),
    )
