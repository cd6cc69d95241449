"""Persons and households: who lives where, ages, names, numbers."""

from datetime import date

import polars as pl
import pytest

from vandong.kernel.identifiers import (
    HealthCard,
    PersonalId,
    Phone,
    PhoneKind,
    Sex,
    SiNumber,
    check_health_card,
    check_personal_id,
    check_phone,
    check_si_number,
)
from vandong.places.official.tables import listed_units

from .conftest import PEOPLE

AS_OF = date(2026, 10, 31)
CONTRACT = [
    *("person_id", "full_name", "birth_on", "sex", "personal_id", "si_number", "phone", "unit"),
    *("address", "household_id"),
]


@pytest.fixture(scope="session")
def persons(table):
    return table("persons").with_columns(pl.col("birth_on").str.to_date())


@pytest.fixture(scope="session")
def ages(persons):
    return persons["birth_on"].map_elements(
        lambda day: AS_OF.year - day.year - ((AS_OF.month, AS_OF.day) < (day.month, day.day)),
        return_dtype=pl.Int64,
    )


def test_the_columns_that_others_rely_on_come_first_and_rows_say_made_up(persons):
    assert persons.columns[: len(CONTRACT)] == CONTRACT
    assert persons.height == PEOPLE
    assert set(persons["made_up"]) == {"1"}


def test_keys_are_unique_and_households_hold_their_people(persons, table):
    households = table("households")
    assert persons["person_id"].n_unique() == PEOPLE
    assert set(persons["household_id"]) == set(households["household_id"])
    sizes = persons.group_by("household_id").len()
    joined = households.join(sizes, on="household_id")
    assert (joined["size"].cast(pl.Int64) == joined["len"]).all()
    heads = persons.filter(pl.col("relation") == "head")
    assert heads["household_id"].n_unique() == households.height == heads.height
    assert set(heads["person_id"]) == set(households["head_id"])
    assert set(heads["household_order"]) == {"1"}


def test_communes_are_the_real_ones_of_their_day(persons):
    now = {one.code for one in listed_units("2025-07") if one.parent == "01"}
    before = {one.code for one in listed_units("2025-01") if one.kind == "commune"}
    assert set(persons["unit"]) == now
    assert set(persons["unit_before_2025_07"]) <= before
    assert (persons["unit"] != persons["unit_before_2025_07"]).mean() > 0.4


def test_ages_make_a_plausible_pyramid(ages):
    def share(low, high):
        return ((ages >= low) & (ages < high)).mean()

    assert 0.20 < share(0, 15) < 0.26
    assert 0.15 < share(15, 30) < 0.24
    assert 0.21 < share(30, 45) < 0.29
    assert 0.15 < share(45, 60) < 0.22
    assert 0.12 < share(60, 75) < 0.18
    assert 0.015 < share(75, 200) < 0.05
    assert ages.min() >= 0
    assert ages.max() <= 102


def test_households_have_the_sizes_of_the_census(table):
    sizes = table("households")["size"].cast(pl.Int64)
    assert 3.4 < sizes.mean() < 3.65
    assert 0.09 < (sizes == 1).mean() < 0.13
    assert 0.24 < (sizes == 4).mean() < 0.28


def test_parents_are_older_than_children_and_children_bear_the_surname_of_their_father(persons):
    head = persons.filter(pl.col("relation") == "head").select(
        "household_id", "full_name", "sex", head_born="birth_on"
    )
    children = persons.filter(
        (pl.col("relation") == "child") & (pl.col("household_order").cast(pl.Int64) > 1)
    ).join(head, on="household_id", suffix="_head")
    apart = (children["birth_on"] - children["head_born"]).dt.total_days() / 365.25
    assert apart.min() > 13
    fathers = children.filter(pl.col("sex_head") == "M")
    surname = fathers["full_name"].str.split(" ").list.first()
    assert (surname == fathers["full_name_head"].str.split(" ").list.first()).all()


def test_surnames_have_northern_frequencies(persons):
    surnames = persons["full_name"].str.split(" ").list.first()
    for name, share in {
        "Nguyễn": 0.33,
        "Trần": 0.085,
        "Lê": 0.075,
        "Vũ": 0.055,
        "Đỗ": 0.04,
    }.items():
        assert (surnames == name).mean() == pytest.approx(share, rel=0.15), name


def test_thi_and_van_fade_with_the_cohorts(persons):
    def share(word, sex, first, last):
        group = persons.filter(
            (pl.col("sex") == sex) & pl.col("birth_on").dt.year().is_between(first, last)
        )
        return group["full_name"].str.contains(f" {word} ").mean()

    for word, sex, shares in (
        ("Thị", "F", (0.88, 0.80, 0.50, 0.17)),
        ("Văn", "M", (0.52, 0.45, 0.25, 0.03)),
    ):
        for (first, last), expected in zip(
            ((1900, 1969), (1970, 1984), (1985, 2002), (2007, 2026)), shares, strict=True
        ):
            assert share(word, sex, first, last) == pytest.approx(expected, abs=0.035)


def test_personal_numbers_tell_sex_and_year_of_birth(persons):
    known = persons.filter(pl.col("personal_id").is_not_null())
    assert known.height > 0.97 * PEOPLE
    assert known["personal_id"].n_unique() == known.height
    for row in known.sample(600, seed=1).iter_rows(named=True):
        read = check_personal_id(row["personal_id"])
        assert isinstance(read, PersonalId)
        assert not read.notes
        assert read.sex is (Sex.FEMALE if row["sex"] == "F" else Sex.MALE)
        assert read.birth_year == row["birth_on"].year
    assert 0.85 < known["personal_id"].str.starts_with("001").mean() < 0.95


def test_the_other_numbers_are_right_in_form(persons):
    numbers = persons["si_number"].drop_nulls()
    assert numbers.n_unique() == len(numbers)
    assert all(isinstance(check_si_number(one), SiNumber) for one in numbers.sample(300, seed=1))
    assert 0.005 < (numbers.str.len_chars() == 12).mean() < 0.06
    cards = [
        check_health_card(one) for one in persons["card_number"].drop_nulls().sample(300, seed=1)
    ]
    assert all(isinstance(one, HealthCard) and one.group for one in cards)
    for one in persons["phone"].drop_nulls().sample(300, seed=1):
        phone = check_phone(one)
        assert isinstance(phone, Phone)
        assert phone.kind is PhoneKind.MOBILE
        assert not phone.notes


def test_shared_phones_are_those_of_the_household(persons):
    shared = persons.filter(pl.col("phone_shared") == "1")
    assert 0.2 < shared.height / persons["phone"].is_not_null().sum() < 0.32
    assert shared.group_by("household_id").agg(pl.col("phone").n_unique())["phone"].max() == 1
