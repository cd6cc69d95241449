"""`participation.csv` of a made-up province: one row an unbroken time of one person in one scheme."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from vandong.intake.made_up.amounts import method_words
from vandong.intake.made_up.cards import KINDS, Payments
from vandong.intake.made_up.columns import (
    MADE_UP,
    SCHEMES,
    parts_of,
    spell_ids,
    texts,
    units_of_day,
    without,
)
from vandong.intake.made_up.draws import Days, Ints, after_months, first_days, months_of
from vandong.intake.made_up.ledger import PLAIN
from vandong.intake.made_up.province import Province
from vandong.intake.made_up.standing import CHILD, EMPLOYED, FREE, GROUPS
from vandong.intake.made_up.voluntary import LAPSED, MISSING, REASONS

ENDINGS = (*REASONS, "to_pension", "contract_ended")
"""Why a time is over; the empty one while it runs."""
RUNNING, CONTRACT_ENDED = 0, len(REASONS) + 1
TN, HGD, BB, CARD = range(4)
CHILDREN_MONTHS = 72
NEVER = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True)
class Spells:
    """Arrays over unbroken times in one scheme. `until` is exclusive, NaT where no end is known."""

    scheme: int
    who: Ints
    number: Ints
    entry: Ints
    starts: Days
    until: Days
    ending: Ints
    method: Ints
    months: Ints
    income: Ints
    known_on: Days
    """The day whose commune is meant."""


def participation_parts(province: Province) -> Iterator[pl.DataFrame]:
    """`participation.csv`: voluntary insurance, household cards, compulsory insurance, other cards."""
    for make in (_voluntary, _household_cards, _work, _came_to_work, _other_cards):
        spells = make(province)
        for rows in parts_of(len(spells.who)):
            yield _frame(province, spells, rows)


def _frame(province: Province, spells: Spells, rows: Ints) -> pl.DataFrame:
    who, scheme = spells.who[rows], np.full(len(rows), spells.scheme)
    method, months = spells.method[rows], spells.months[rows]
    group = np.where(spells.scheme == CARD, province.standing.group[who], FREE)
    paid = months > 0
    words = pl.Series(method_words(method, months), dtype=pl.String)
    return pl.DataFrame(
        {
            "spell_id": spell_ids(province, scheme, who, spells.number[rows]),
            "person_id": province.person_ids(who),
            "scheme": texts(SCHEMES, scheme),
            "entry": texts(KINDS, spells.entry[rows]),
            "valid_from": spells.starts[rows],
            "valid_until": spells.until[rows],
            "ended_because": texts(ENDINGS, spells.ending[rows]),
            "method": words.set(pl.Series(~paid), None),
            "income_amount": without(spells.income[rows], spells.income[rows] == 0),
            "card_group": texts(("GD", *GROUPS[1:]), group)
            if spells.scheme in {HGD, CARD}
            else _empty(rows),
            "unit": units_of_day(province, who, spells.known_on[rows]),
        }
    ).with_columns(MADE_UP)


def _empty(rows: Ints) -> pl.Series:
    return pl.Series([None] * len(rows), dtype=pl.String)


def _voluntary(province: Province) -> Spells:
    """A lump for missing time covers no month of the calendar: it counts for the month of payment."""
    voluntary = province.voluntary
    paid = voluntary.payments
    lump = voluntary.method == MISSING
    month = months_of(paid.paid_on)
    starts = np.where(lump, first_days(month), paid.covers_from)
    ends = np.where(lump, first_days(month + 1), paid.covers_until)
    spells = _joined(
        TN,
        paid,
        starts,
        ends,
        method=voluntary.method,
        income=province.voluntary_amounts.income,
    )
    last = np.append(spells.who[1:] != spells.who[:-1], True)[: len(spells.who)]
    ended = np.where(last, voluntary.ended[spells.who], RUNNING)
    return _with_endings(province, spells, ended)


def _household_cards(province: Province) -> Spells:
    cards = province.cards
    method, income = np.full(len(cards.person), PLAIN), np.zeros(len(cards.person), dtype=np.int64)
    spells = _joined(
        HGD, cards, cards.covers_from, cards.covers_until, method=method, income=income
    )
    return _with_endings(province, spells, np.full(len(spells.who), RUNNING))


def _joined(
    scheme: int, paid: Payments, starts: Days, ends: Days, *, method: Ints, income: Ints
) -> Spells:
    """Payments that follow each other as one time: the first tells how it began, the last how it is paid."""
    order = np.lexsort((starts, paid.spell, paid.person))
    who, number = paid.person[order], paid.spell[order]
    begins = np.append(True, (who[1:] != who[:-1]) | (number[1:] != number[:-1]))[: len(order)]
    first = order[begins]
    last = order[np.append(begins[1:], True)[: len(order)]]
    return Spells(
        scheme=scheme,
        who=paid.person[first],
        number=paid.spell[first],
        entry=paid.kind[first],
        starts=starts[first],
        until=ends[last],
        ending=np.zeros(len(first), dtype=np.int64),
        method=method[last],
        months=paid.months[last],
        income=income[last],
        known_on=paid.paid_on[first],
    )


def _with_endings(province: Province, spells: Spells, ended: Ints) -> Spells:
    """Times that are over without another reason have lapsed."""
    over = spells.until <= np.datetime64(province.request.as_of)
    ending = np.where(over, np.where(ended == RUNNING, LAPSED, ended), RUNNING)
    parts = {name: getattr(spells, name) for name in Spells.__dataclass_fields__}
    return Spells(**{**parts, "ending": ending})


def _plain(
    scheme: int, who: Ints, *, number: Ints, starts: Days, until: Days, ending: Ints
) -> Spells:
    nothing = np.zeros(len(who), dtype=np.int64)
    return Spells(
        scheme,
        who,
        number,
        nothing,
        starts,
        until,
        ending,
        nothing + PLAIN,
        nothing,
        nothing,
        starts,
    )


def _work(province: Province) -> Spells:
    """Compulsory insurance: contracts that run or have ended."""
    standing = province.standing
    who = np.flatnonzero(~np.isnat(standing.work_from))
    ending = np.where(standing.ended_work[who], CONTRACT_ENDED, RUNNING)
    return _plain(
        BB,
        who,
        number=np.ones(len(who), dtype=np.int64),
        starts=standing.work_from[who],
        until=standing.work_until[who],
        ending=ending,
    )


def _came_to_work(province: Province) -> Spells:
    """Compulsory insurance of those who left voluntary insurance for it."""
    who = np.flatnonzero(province.ended("to_compulsory"))
    worked_before = ~np.isnat(province.standing.work_from[who])
    return _plain(
        BB,
        who,
        number=1 + worked_before.astype(np.int64),
        starts=first_days(province.voluntary.ended_month[who]),
        until=np.full(len(who), NEVER),
        ending=np.zeros(len(who), dtype=np.int64),
    )


def _other_cards(province: Province) -> Spells:
    """Cards that somebody else pays: of the employed while they work, of children until 6, else of the year."""
    people, group, today = province.people, province.standing.group, province.request.as_of
    who = np.flatnonzero(group != FREE)
    this_year, next_year = (np.datetime64(date(today.year + more, 1, 1)) for more in (0, 1))
    young, employed = group[who] == CHILD, group[who] == EMPLOYED
    work = province.standing.work_from[who]
    six = after_months(people.born[who], np.full(len(who), CHILDREN_MONTHS))
    return _plain(
        CARD,
        who,
        number=np.ones(len(who), dtype=np.int64),
        starts=np.where(employed, work, np.where(young, people.born[who], this_year)),
        until=np.where(employed, NEVER, np.where(young, six, next_year)),
        ending=np.zeros(len(who), dtype=np.int64),
    )
