"""`receipts.csv` of a made-up province: one row a payment of one person, in the order of the days."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from vandong.intake.made_up import rates
from vandong.intake.made_up.amounts import method_words
from vandong.intake.made_up.cards import KINDS
from vandong.intake.made_up.columns import (
    MADE_UP,
    SCHEMES,
    parts_of,
    spell_ids,
    texts,
    units_of_day,
    without,
)
from vandong.intake.made_up.draws import Flags, Ints
from vandong.intake.made_up.ledger import STATES, Ledger, ledger_of
from vandong.intake.made_up.province import Province
from vandong.intake.made_up.standing import SUPPORT

ONLINE = "online"


def receipt_parts(province: Province) -> Iterator[pl.DataFrame]:
    """`receipts.csv`, part by part."""
    ledger = ledger_of(province)
    for rows in parts_of(len(ledger.scheme)):
        yield _receipts(province, ledger, rows)


def _receipts(province: Province, ledger: Ledger, rows: Ints) -> pl.DataFrame:
    paid, card = ledger.payments, ledger.scheme[rows] == 1
    who, spell = paid.person[rows], paid.spell[rows]
    return pl.DataFrame(
        {
            **_numbers(ledger, rows),
            "person_id": province.person_ids(who),
            "household_id": province.household_ids(province.people.household[who]),
            "scheme": texts(SCHEMES, ledger.scheme[rows]),
            "spell_id": spell_ids(province, ledger.scheme[rows], who, spell),
            "kind": texts(KINDS, paid.kind[rows]),
            "paid_on": paid.paid_on[rows],
            "method": pl.Series(
                method_words(ledger.method[rows], paid.months[rows]), dtype=pl.String
            ),
            "months": paid.months[rows],
            "covers_from": paid.covers_from[rows],
            "covers_until": paid.covers_until[rows],
            **_amounts(ledger, rows, card),
            "support_group": texts(
                (*SUPPORT, ""), np.where(card, len(SUPPORT), province.standing.support[who])
            ),
            "months_supported_before": without(ledger.months_before[rows], card),
            "member_order": without(paid.order[rows], ~card),
            "unit": units_of_day(province, who, paid.paid_on[rows]),
            **_collected(province, ledger, rows),
        }
    ).with_columns(MADE_UP)


def _numbers(ledger: Ledger, rows: Ints) -> dict[str, pl.Series]:
    year = pl.Series(ledger.books.year[rows] % 100).cast(pl.String)
    book = pl.Series(ledger.books.book[rows]).cast(pl.String).str.zfill(6)
    number = pl.Series(ledger.books.number[rows]).cast(pl.String).str.zfill(7)
    return {
        "receipt_id": "R" + year + "-" + number,
        "book": "BL" + year + "-" + book,
        "number": number,
    }


def _amounts(ledger: Ledger, rows: Ints, card: Flags) -> dict[str, pl.Series]:
    amounts, nothing = ledger.amounts, np.zeros(len(rows), dtype=np.int64)
    return {
        "income_amount": without(amounts.income[rows], card),
        "gross_amount": pl.Series(amounts.gross[rows]),
        "state_support_amount": pl.Series(amounts.state[rows]),
        "local_support_amount": pl.Series(nothing),
        "other_amount": pl.Series(nothing),
        "pay_amount": pl.Series(amounts.pay[rows]),
    }


def _collected(province: Province, ledger: Ledger, rows: Ints) -> dict[str, pl.Series]:
    collectors, collector = province.collectors, ledger.collector[rows]
    online = pl.Series(ledger.online[rows])
    channel = texts(tuple(rates.CHANNELS), collectors.channel[collector])
    return {
        "channel": channel.set(online, ONLINE),
        "organisation": collectors.point.gather(collector).set(online, None),
        "collector": collectors.code.gather(collector).set(online, None),
        "state": texts(STATES, ledger.remitting.state[rows]),
        "remitted_on": pl.Series(ledger.remitting.remitted_on[rows]),
        "accepted_on": pl.Series(ledger.remitting.accepted_on[rows]),
    }
