"""The tables of a made-up province: persons, households, participation, receipts."""

from datetime import date

import numpy as np
import polars as pl

from vandong.intake.made_up import rates
from vandong.intake.made_up.amounts import Amounts, method_words
from vandong.intake.made_up.cards import KINDS, RENEWED, Payments
from vandong.intake.made_up.draws import Days, Flags, Ints, after_months, first_days, months_of
from vandong.intake.made_up.people import Role
from vandong.intake.made_up.province import Province, left_on
from vandong.intake.made_up.standing import CHILD, EMPLOYED, FREE, GROUPS, SUPPORT
from vandong.intake.made_up.voluntary import MISSING, REASONS
from vandong.places.official import CHANGE_DAY

CARD_MARKS = ("GD4", "DN4", "HT3", "TE1", "HS4", "SV4", "HN2", "CN3", "BT2")
"""Group and benefit of the cards of 15 characters, in the order of GROUPS."""
LAST_OLD_CARD = np.datetime64("2021-04-01")
ROLES = ("head", "spouse", "child", "parent", "sibling", "child", "child_in_law", "grandchild")
POVERTY = ("", "poor", "near_poor")
MADE_UP = "1"
TN, HGD, BB, CARD = "bhxh_tn", "bhyt_hgd", "bhxh_bb", "bhyt"


def texts(words: tuple[str, ...], indexes: Ints) -> pl.Series:
    """Words by their indexes; an empty word is no value."""
    found = pl.Series(words).gather(indexes)
    return found.set(found == "", None)


def persons_table(province: Province) -> pl.DataFrame:
    """`persons.csv`: one row a person, everything right."""
    people, standing, numbers = province.people, province.standing, province.numbers
    who = np.arange(people.count)
    return pl.DataFrame(
        {
            "person_id": province.person_ids(who),
            "full_name": province.names.texts(),
            "birth_on": people.born,
            "sex": texts(("M", "F"), people.female.astype(np.int64)),
            "personal_id": numbers.personal_id,
            "si_number": numbers.si_number,
            "phone": province.phones.number,
            "unit": province.unit_codes.gather(province.commune),
            "address": addresses(province),
            "household_id": province.household_ids(people.household),
            "cluster": pl.Series(province.clusters.names).gather(province.cluster),
            "unit_before_2025_07": province.old_unit_codes.gather(province.cluster),
            "household_order": people.order + 1,
            "relation": texts(ROLES, people.role),
            "card_number": old_cards(province),
            "card_group": texts(GROUPS, standing.group),
            "support_group": texts(SUPPORT, standing.support),
            "phone_shared": province.phones.shared.astype(np.int64),
            "phone_dead": province.phones.dead.astype(np.int64),
            "died_on": left_on(province.voluntary, "deceased"),
            "moved_out_on": left_on(province.voluntary, "moved_out"),
        }
    ).with_columns(made_up=pl.lit(MADE_UP))


def old_cards(province: Province) -> pl.Series:
    """Card numbers of 15 characters, for people with a number of 10 digits from before April 2021."""
    si = province.numbers.si_number
    mark = pl.Series(CARD_MARKS).gather(province.standing.group)
    card = mark + province.numbers.old_province + si
    has_one = (si.str.len_chars() == 10) & pl.Series(province.people.born < LAST_OLD_CARD)
    return card.set(~has_one.fill_null(False), None)


def addresses(province: Province) -> pl.Series:
    """House number, cluster, commune of today, province."""
    rng = province.request.stream("addresses")
    count = len(province.households.size)
    number = "Số " + pl.Series(rng.integers(1, 260, count)).cast(pl.String) + ", "
    number = number.set(pl.Series(rng.random(count) < rates.NO_HOUSE_NUMBER), "")
    names = [one.name for one in province.ground.communes]
    ends = pl.Series(
        [
            f"{name}, {names[commune]}, {province.ground.name}"
            for name, commune in zip(
                province.clusters.names, province.clusters.commune.tolist(), strict=True
            )
        ]
    )
    of_household = number + ends.gather(province.households.cluster)
    return of_household.gather(province.people.household)


def households_table(province: Province) -> pl.DataFrame:
    """`households.csv`: one row a household."""
    households = province.households
    which = np.arange(len(households.size))
    heads = households.starts
    return pl.DataFrame(
        {
            "household_id": province.household_ids(which),
            "head_id": province.person_ids(heads),
            "size": households.size,
            "unit": province.unit_codes.gather(households.commune),
            "unit_before_2025_07": province.old_unit_codes.gather(households.cluster),
            "cluster": pl.Series(province.clusters.names).gather(households.cluster),
            "poverty": texts(POVERTY, households.poverty),
            "minority": households.minority.astype(np.int64),
            "collector": province.collectors.code.gather(province.collectors.of_household),
        }
    ).with_columns(made_up=pl.lit(MADE_UP))


def receipts_table(province: Province) -> pl.DataFrame:
    """`receipts.csv`: one row a payment of one person, in the order of the days of payment."""
    voluntary = province.voluntary
    methods = method_words(voluntary.method, voluntary.payments.months)
    tn = _receipts(province, TN, voluntary.payments, province.voluntary_amounts, pl.Series(methods))
    months = pl.Series(province.cards.months).cast(pl.String)
    cards = _receipts(province, HGD, province.cards, province.card_amounts, months)
    told = pl.concat([tn, cards]).sort(
        "paid_on", "scheme", "person_id", "spell_id", maintain_order=True
    )
    return _with_books(_with_remitting(province, told))


def _receipts(
    province: Province, scheme: str, payments: Payments, amounts: Amounts, method: pl.Series
) -> pl.DataFrame:
    who = payments.person
    household = province.people.household[who]
    collector = province.collectors.of_household[household]
    online = province.request.stream(f"online {scheme}").random(len(who)) < rates.ONLINE
    channel = pl.Series(list(rates.CHANNELS)).gather(province.collectors.channel[collector])
    is_tn = scheme == TN
    group = texts(SUPPORT, province.standing.support[who])
    return pl.DataFrame(
        {
            "person_id": province.person_ids(who),
            "household_id": province.household_ids(household),
            "scheme": pl.Series([scheme]).gather(np.zeros(len(who), dtype=np.int64)),
            "spell_id": _spell_ids(province, scheme, who, payments.spell),
            "kind": texts(KINDS, payments.kind),
            "paid_on": payments.paid_on,
            "method": method,
            "months": payments.months,
            "covers_from": payments.covers_from,
            "covers_until": payments.covers_until,
            "income_amount": pl.Series(amounts.income).set(pl.Series(amounts.income == 0), None),
            "gross_amount": amounts.gross,
            "state_support_amount": amounts.state,
            "pay_amount": amounts.pay,
            "support_group": group
            if is_tn
            else group.set(pl.Series(np.ones(len(who), dtype=bool)), None),
            "member_order": pl.Series(payments.order).set(pl.Series(payments.order == 0), None),
            "unit": _units_of_day(province, who, payments.paid_on),
            "channel": channel.set(pl.Series(online), "online"),
            "organisation": province.collectors.point.gather(collector).set(
                pl.Series(online), None
            ),
            "collector": province.collectors.code.gather(collector).set(pl.Series(online), None),
        }
    ).with_columns(local_support_amount=pl.lit(0), other_amount=pl.lit(0))


def _spell_ids(province: Province, scheme: str, who: Ints, spell: Ints) -> pl.Series:
    mark = {TN: "T", HGD: "C", BB: "B", CARD: "K"}[scheme]
    return mark + province.person_ids(who).str.slice(1) + "-" + pl.Series(spell).cast(pl.String)


def _units_of_day(province: Province, who: Ints, on: Days) -> pl.Series:
    """The commune of the person as it was called on a day."""
    old = province.old_unit_codes.gather(province.cluster[who])
    now = province.unit_codes.gather(province.commune[who])
    return now.zip_with(pl.Series(on >= np.datetime64(CHANGE_DAY)), old)


def _with_remitting(province: Province, receipts: pl.DataFrame) -> pl.DataFrame:
    """Collected, remitted, accepted or returned: each with its day; what lies after the day is unknown."""
    rng = province.request.stream("remitting")
    count = receipts.height
    remitted = receipts["paid_on"].to_numpy() + rng.integers(0, 6, count)
    accepted = remitted + rng.integers(1, 6, count)
    draw, today = rng.random(count), np.datetime64(province.request.as_of)
    was_remitted = (remitted <= today) & (draw >= rates.NOT_REMITTED)
    was_accepted = was_remitted & (accepted <= today)
    returned = was_accepted & (draw > 1 - rates.RETURNED)
    state = np.select([returned, was_accepted, was_remitted], [3, 2, 1], 0)
    never = np.datetime64("NaT", "D")
    return receipts.with_columns(
        state=texts(("collected", "remitted", "accepted", "returned"), state),
        remitted_on=pl.Series(np.where(was_remitted, remitted, never)),
        accepted_on=pl.Series(np.where(was_accepted & ~returned, accepted, never)),
    )


def _with_books(receipts: pl.DataFrame) -> pl.DataFrame:
    """Books of 50 leaves, each of one collector and year; numbers of seven digits, new every year."""
    year = pl.col("paid_on").dt.year()
    book = pl.int_range(pl.len()).over(year, "collector") // rates.BOOK_LEAVES
    leaf = pl.int_range(pl.len()).over(year, "collector") % rates.BOOK_LEAVES
    made = receipts.with_columns(year=year, book_count=book, leaf=leaf)
    made = made.with_columns(
        rank=pl.struct(pl.col("collector").fill_null(""), "book_count").rank("dense").over("year")
    )
    number = (pl.col("rank") - 1) * rates.BOOK_LEAVES + pl.col("leaf") + 1
    text = pl.col("year").cast(pl.String).str.slice(2)
    return made.select(
        pl.format("R{}-{}", text, number.cast(pl.String).str.zfill(7)).alias("receipt_id"),
        pl.format("BL{}-{}", text, pl.col("rank").cast(pl.String).str.zfill(6)).alias("book"),
        number.cast(pl.String).str.zfill(7).alias("number"),
        pl.exclude("year", "book_count", "leaf", "rank"),
        pl.lit(MADE_UP).alias("made_up"),
    )


def participation_table(province: Province) -> pl.DataFrame:
    """`participation.csv`: one row an unbroken time in a scheme. `valid_until` is exclusive."""
    voluntary = province.voluntary
    paid = voluntary.payments
    month = first_days(months_of(paid.paid_on))
    at_once = voluntary.method == MISSING
    starts = np.where(at_once, month, paid.covers_from)
    ends = np.where(at_once, first_days(months_of(paid.paid_on) + 1), paid.covers_until)
    tn = _spells(province, TN, paid, starts, ends).with_columns(
        method=pl.Series(method_words(voluntary.method, paid.months)),
        income_amount=pl.Series(province.voluntary_amounts.income),
    )
    cards = province.cards
    hgd = _spells(province, HGD, cards, cards.covers_from, cards.covers_until).with_columns(
        method=pl.Series(cards.months).cast(pl.String),
        income_amount=pl.lit(None, dtype=pl.Int64),
    )
    whole = pl.concat([_joined(tn), _joined(hgd)])
    told = _with_endings(province, whole)
    return pl.concat([told, _work_spells(province), _card_spells(province)]).with_columns(
        made_up=pl.lit(MADE_UP)
    )


def _spells(
    province: Province, scheme: str, payments: Payments, starts: Days, ends: Days
) -> pl.DataFrame:
    who = payments.person
    return pl.DataFrame(
        {
            "who": who,
            "spell": payments.spell,
            "spell_id": _spell_ids(province, scheme, who, payments.spell),
            "scheme": pl.Series([scheme]).gather(np.zeros(len(who), dtype=np.int64)),
            "entry": texts(KINDS, payments.kind),
            "starts": starts,
            "ends": ends,
            "unit": _units_of_day(province, who, payments.paid_on),
        }
    )


def _joined(payments: pl.DataFrame) -> pl.DataFrame:
    """Payments of one spell as one row."""
    return (
        payments.sort("who", "spell", "starts", maintain_order=True)
        .group_by("who", "spell", maintain_order=True)
        .agg(
            pl.col("spell_id", "scheme", "entry", "unit").first(),
            pl.col("starts").min().alias("valid_from"),
            pl.col("ends").max().alias("valid_until"),
            pl.col("method", "income_amount").last(),
        )
    )


def _with_endings(province: Province, spells: pl.DataFrame) -> pl.DataFrame:
    """Why a time ended; nothing while it runs. A reason for good belongs to the last time of a person."""
    today = province.request.as_of
    reason = pl.Series((*REASONS, "to_pension")).gather(province.voluntary.ended[spells["who"]])
    is_last = pl.col("spell") == pl.col("spell").max().over("who", "scheme")
    ended = (
        pl.when(pl.col("valid_until") > today)
        .then(None)
        .when((pl.col("scheme") == TN) & is_last & (reason != ""))
        .then(reason)
        .otherwise(pl.lit("lapsed"))
    )
    return spells.with_columns(
        ended_because=ended, person_id=province.person_ids(spells["who"].to_numpy())
    ).select(*_PARTICIPATION)


_PARTICIPATION = (
    *("spell_id", "person_id", "scheme", "entry", "valid_from", "valid_until", "ended_because"),
    *("method", "income_amount", "unit"),
)


def _plain_spells(
    province: Province,
    scheme: str,
    who: Ints,
    number: Ints,
    starts: Days,
    ends: Days,
    reason: pl.Series,
) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "spell_id": _spell_ids(province, scheme, who, number),
            "person_id": province.person_ids(who),
            "scheme": pl.Series([scheme]).gather(np.zeros(len(who), dtype=np.int64)),
            "entry": pl.Series([KINDS[0]]).gather(np.zeros(len(who), dtype=np.int64)),
            "valid_from": starts,
            "valid_until": ends,
            "ended_because": reason,
            "method": pl.Series([None] * len(who), dtype=pl.String),
            "income_amount": pl.Series([None] * len(who), dtype=pl.Int64),
            "unit": _units_of_day(province, who, starts),
        }
    ).select(*_PARTICIPATION)


def _work_spells(province: Province) -> pl.DataFrame:
    """Compulsory insurance: contracts that run or have ended, and people who came from voluntary insurance."""
    standing, voluntary = province.standing, province.voluntary
    worked = np.flatnonzero(~np.isnat(standing.work_from))
    moved = np.flatnonzero(province.ended("to_compulsory"))
    never = np.full(len(moved), np.datetime64("NaT", "D"))
    ended = standing.ended_work[worked].astype(np.int64)
    number = 1 + np.isin(moved, worked).astype(np.int64)
    first = _plain_spells(
        province,
        BB,
        worked,
        np.ones(len(worked), dtype=np.int64),
        standing.work_from[worked],
        standing.work_until[worked],
        texts(("", "contract_ended"), ended),
    )
    later = first_days(voluntary.ended_month[moved])
    empty = pl.Series([None] * len(moved), dtype=pl.String)
    return pl.concat([first, _plain_spells(province, BB, moved, number, later, never, empty)])


def _card_spells(province: Province) -> pl.DataFrame:
    """Cards that somebody else pays: of the employed while they work, of children until 6, else of the year."""
    people, standing = province.people, province.standing
    group, today = standing.group, province.request.as_of
    who = np.flatnonzero(group != FREE)
    this_year = np.datetime64(date(today.year, 1, 1))
    next_year = np.datetime64(date(today.year + 1, 1, 1))
    young = group[who] == CHILD
    employed = group[who] == EMPLOYED
    starts = np.where(
        employed, standing.work_from[who], np.where(young, people.born[who], this_year)
    )
    six = after_months(people.born[who], np.full(len(who), 72))
    ends = np.where(employed, np.datetime64("NaT", "D"), np.where(young, six, next_year))
    empty = pl.Series([None] * len(who), dtype=pl.String)
    number = np.ones(len(who), dtype=np.int64)
    return _plain_spells(province, CARD, who, number, starts, ends, empty)


__all__ = [
    "RENEWED",
    "Flags",
    "Role",
    "households_table",
    "participation_table",
    "persons_table",
    "receipts_table",
]
