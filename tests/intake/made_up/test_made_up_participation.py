"""Participation and receipts: spells, seasons, amounts by the law of the day, books."""

from datetime import date

import polars as pl
import pytest

from vandong.kernel.periods import Month
from vandong.law import law_book
from vandong.places.official import CHANGE_DAY
from vandong.rules.contribution import (
    ContributionRequest,
    parse_group,
    parse_method,
    voluntary_contribution,
)
from vandong.rules.household_card import CardRequest, household_card_quote

AS_OF = date(2026, 10, 31)
DAYS = ("paid_on", "covers_from", "covers_until", "remitted_on", "accepted_on")
AMOUNTS = ("gross_amount", "state_support_amount", "pay_amount", "months")


@pytest.fixture(scope="session")
def receipts(table):
    return table("receipts").with_columns(
        pl.col(DAYS).str.to_date(), pl.col(*AMOUNTS, "income_amount", "member_order").cast(pl.Int64)
    )


@pytest.fixture(scope="session")
def spells(table):
    return table("participation").with_columns(pl.col("valid_from", "valid_until").str.to_date())


def test_all_ids_lead_somewhere(receipts, spells, table):
    persons, collectors = table("persons"), table("collectors")
    assert set(receipts["person_id"]) | set(spells["person_id"]) <= set(persons["person_id"])
    assert set(receipts["spell_id"]) <= set(spells["spell_id"])
    assert spells["spell_id"].n_unique() == spells.height
    assert set(receipts["collector"].drop_nulls()) <= set(collectors["collector"])
    assert (receipts["collector"].is_null() == (receipts["channel"] == "online")).all()
    own = receipts.join(persons, on="person_id", suffix="_of_person")
    assert (own["household_id"] == own["household_id_of_person"]).all()


def test_spells_of_one_person_in_one_scheme_do_not_overlap(spells):
    assert (spells["valid_until"] > spells["valid_from"]).all()
    ordered = spells.sort("person_id", "scheme", "valid_from").with_columns(
        before=pl.col("valid_until").fill_null(date(9999, 1, 1)).shift().over("person_id", "scheme")
    )
    assert (ordered["valid_from"] >= ordered["before"]).all()


def test_a_spell_is_what_its_receipts_cover(receipts, spells):
    covered = (
        receipts.filter(pl.col("covers_from").is_not_null())
        .group_by("spell_id")
        .agg(
            pl.col("covers_from").min(),
            pl.col("covers_until").max(),
            days=(pl.col("covers_until") - pl.col("covers_from")).sum().dt.total_days(),
        )
        .join(spells, on="spell_id")
    )
    assert (covered["covers_from"] == covered["valid_from"]).all()
    assert (covered["covers_until"] == covered["valid_until"]).all()
    length = (covered["valid_until"] - covered["valid_from"]).dt.total_days()
    assert (length == covered["days"]).all(), "no gap and no month paid twice"


def test_ended_spells_say_why(spells):
    over = spells["valid_until"].fill_null(date(9999, 1, 1)) <= AS_OF
    assert (over == spells["ended_because"].is_not_null()).all()
    reasons = set(spells.filter(pl.col("scheme") == "bhxh_tn")["ended_because"].drop_nulls())
    assert {"lapsed", "to_compulsory"} <= reasons


def test_those_who_left_for_compulsory_insurance_are_in_it(spells):
    left = spells.filter(pl.col("ended_because") == "to_compulsory")
    work = spells.filter(pl.col("scheme") == "bhxh_bb")
    assert left.height > 5
    assert (
        left.join(
            work, left_on=["person_id", "valid_until"], right_on=["person_id", "valid_from"]
        ).height
        == left.height
    )


def test_amounts_of_voluntary_insurance_are_those_of_the_rule(receipts):
    book = law_book()
    paid = receipts.filter(pl.col("scheme") == "bhxh_tn")
    rare = paid.filter(pl.col("method").str.contains(":"))
    assert rare.height
    for row in pl.concat([paid.sample(250, seed=3), rare.head(40)]).iter_rows(named=True):
        on, first = row["paid_on"], row["covers_from"]
        given = ContributionRequest(
            income=row["income_amount"],
            method=parse_method(book, row["method"], on),
            on=on,
            groups=(parse_group(row["support_group"]),),
            covers_from=Month.of(first) if first else None,
            months_supported=int(row["months_supported_before"]),
        )
        expected = voluntary_contribution(book, given)
        assert (
            expected.gross_amount,
            expected.state_support_amount,
            expected.pay_amount,
            expected.months,
        ) == tuple(row[name] for name in AMOUNTS), row


def test_amounts_of_cards_are_those_of_the_rule(receipts):
    book = law_book()
    for row in (
        receipts.filter(pl.col("scheme") == "bhyt_hgd").sample(200, seed=3).iter_rows(named=True)
    ):
        asked = CardRequest(members=row["member_order"], months=row["months"], on=row["paid_on"])
        expected = household_card_quote(book, asked).members[-1]
        assert (expected.gross_amount, expected.amount) == (row["gross_amount"], row["pay_amount"])


def test_incomes_stand_on_the_steps_of_the_form(receipts):
    incomes = receipts.filter(pl.col("paid_on") >= date(2022, 1, 1))["income_amount"].drop_nulls()
    floor = 1_500_000
    assert ((incomes - floor) % 50_000 == 0).all()
    assert 0.6 < (incomes == floor).mean() < 0.75


def test_december_rushes_spring_lapses_and_may_joins(spells, receipts):
    paid = spells.filter(pl.col("scheme") == "bhxh_tn")

    def stock(year, month):
        day = date(year, month, 1)
        return paid.filter((pl.col("valid_from") <= day) & (pl.col("valid_until") > day)).height

    def joined(year, month):
        month_of = pl.col("paid_on").dt.strftime("%Y-%m") == f"{year}-{month:02d}"
        kinds = pl.col("kind").is_in(["first_time", "returning"])
        return receipts.filter((pl.col("scheme") == "bhxh_tn") & month_of & kinds).height

    assert stock(2025, 12) > 1.3 * stock(2025, 11)
    assert stock(2026, 4) < 0.9 * stock(2025, 12)
    assert joined(2025, 12) > 5 * joined(2025, 11)
    assert joined(2026, 5) > 2 * joined(2026, 4)


def test_seven_of_ten_payers_hold_a_household_card(spells):
    now = spells.filter((pl.col("valid_from") <= AS_OF) & (pl.col("valid_until") > AS_OF))
    payers = set(now.filter(pl.col("scheme") == "bhxh_tn")["person_id"])
    holders = set(now.filter(pl.col("scheme") == "bhyt_hgd")["person_id"])
    assert 0.6 < len(payers & holders) / len(payers) < 0.8


def test_receipts_stand_in_the_commune_of_their_day(receipts, table):
    persons = table("persons").select("person_id", "unit", "unit_before_2025_07")
    joined = receipts.join(persons, on="person_id", suffix="_now")
    after = joined["paid_on"] >= CHANGE_DAY
    assert (joined["unit"] == joined["unit_now"]).filter(after).all()
    assert (joined["unit"] == joined["unit_before_2025_07"]).filter(~after).all()


def test_books_have_fifty_leaves_of_one_collector(receipts):
    assert receipts["receipt_id"].n_unique() == receipts.height
    books = receipts.group_by("book").agg(
        pl.col("collector").n_unique(), pl.len(), pl.col("number").cast(pl.Int64).alias("n")
    )
    assert books["collector"].max() == 1
    assert books["len"].max() <= 50
    firsts = books["n"].list.min()
    assert (firsts % 50 == 1).all()
    assert (books["n"].list.max() - firsts == books["len"] - 1).all()
    used = receipts.sort("paid_on", maintain_order=True).group_by("book", maintain_order=True)
    assert used.agg(pl.col("number").is_sorted())["number"].all()


def test_nothing_is_known_that_comes_after_the_day(receipts):
    assert receipts["paid_on"].max() <= AS_OF
    for name in ("remitted_on", "accepted_on"):
        assert receipts[name].max() <= AS_OF
    assert set(receipts["state"]) == {"collected", "remitted", "accepted", "returned"}
